"""A million dossiers of two years at forty agencies, for the public figures: rows only, since nothing else reads them.

They are copied from one real dossier in a single statement; what differs is where and when they were accepted, promised
and settled, and by which way they came. The months are then closed by the act itself.
"""

import time
from typing import Any

AGENCIES = 40
MONTHS = 24
# Of the copy's own: everything else is the template's.
DIFFERENT = {
    "id": "%(first)s + n",
    "ref": "'NS-' || n",
    "code": "'H98.BENCH-' || n",
    "agency_id": "(%(agencies)s::bigint[])[1 + (n * 7919 %% %(agency_count)s)]",
    "procedure_version_id": "(%(versions)s::bigint[])[1 + (n * 104729 %% %(version_count)s)]",
    "delivery": """jsonb_build_object('hand_in', CASE WHEN n %% 5 < 3 THEN 'truc-tuyen' ELSE 'tai-quay' END)""",
    "accepted_at": "began + n * step",
    "submitted_at": "began + n * step",
    "clock_started_at": "began + n * step",
    "due_at": "began + n * step + interval '5 days'",
    "finished_at": "began + n * step + (1 + n * 31 %% 100 + (n %% 50 = 0)::int * 200) * '1 hour'::interval",
}
INSERT = """
INSERT INTO dossiers_dossier ({columns})
SELECT {values}
  FROM dossiers_dossier AS template, generate_series(1::bigint, %(count)s::bigint) AS n,
       (SELECT date_trunc('month', now()) - interval '{months} months' AS began,
               interval '{months} months' / %(count)s AS step) AS times
 WHERE template.id = %(template)s
"""


def seed_figures(count: int) -> str:
    """The dossiers, and the months closed; a sentence on how long that took."""
    from motcua.agencies.models import Agency
    from motcua.dossiers.models import Dossier
    from motcua.procedures.queries import in_force
    from motcua.reports.models import Closing, Figure, MonthCount
    from motcua.reports.services import closing

    for table in (Figure, MonthCount, Closing):  # the sample's own, made up
        table.objects.all().delete()
    began = time.perf_counter()
    template = Dossier.objects.filter(state="returned").exclude(accepted_at=None).latest("pk")
    given: dict[str, Any] = {
        "count": count, "template": template.pk, "first": 10**15,
        "agencies": _agencies(Agency.objects.get(pk=template.agency_id)),
        "versions": list(in_force().values_list("pk", flat=True)),
    }  # fmt: skip
    given |= {"agency_count": len(given["agencies"]), "version_count": len(given["versions"])}
    _insert(Dossier, given)
    seeded = time.perf_counter()
    months = closing.close_months()
    closed = time.perf_counter()
    return (
        f"{count:,} dossiers more in {seeded - began:.0f} s; {len(months)} months of {Figure.objects.count():,} lines"
        f" closed in {closed - seeded:.0f} s"
    )


def _agencies(like: Any) -> list[int]:
    """The agency and neighbours of it."""
    from motcua.agencies.models import Agency

    fields = {field.attname: getattr(like, field.attname) for field in Agency._meta.concrete_fields}
    del fields["id"]
    made = [
        Agency(**fields | {"code": f"H98.B{turn}", "slug": f"xa-do-toc-do-{turn}", "name": f"{like.name} {turn}"})
        for turn in range(1, AGENCIES)
    ]
    return [like.pk, *(agency.pk for agency in Agency.objects.bulk_create(made))]


def _insert(dossiers: Any, given: dict[str, Any]) -> None:
    from django.db import connection

    columns = [field.column for field in dossiers._meta.concrete_fields]
    values = [DIFFERENT.get(column, f'template."{column}"') for column in columns]
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(columns=quoted, values=", ".join(values), months=MONTHS), given)
        cursor.execute("ANALYZE dossiers_dossier")
