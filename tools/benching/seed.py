"""Ten thousand dossiers in seconds: a few made by the real acts, one for each stage, then copied row by row in SQL.

A copy keeps every invariant because its original came about through the acts: all its rows are moved together in time,
by whole weeks without holidays, and get numbers, names and accounts of their own; the counters follow.
"""

import random
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

STRIDE = 1_000_000_000  # a copy's numeric key: the original's + STRIDE × its turn
WEEKS = 40
# How the dossiers of a ward stand: shares of all, by what was done last.
SHARES = {
    "handed_over": 0.86,
    "declined": 0.08,
    "submitted": 0.02,
    "accepted": 0.005,
    "taken_up": 0.015,
    "asking": 0.005,
    "proposed": 0.005,
    "approved": 0.003,
    "issued": 0.007,
}
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Sùng", "Lò"]
MIDDLE = ["Thị", "Văn", "Minh", "Thu", "Đức", "Ngọc", "Hoàng", "Gia", "Bảo", "Khánh"]
GIVEN = ["An", "Bình", "Châu", "Dung", "Giang", "Hà", "Hải", "Hòa", "Khuê", "Lan", "Linh", "Mai", "Quân", "Việt", "Yến"]


@dataclass(frozen=True)
class Copy:
    """One copy to be made."""

    turn: int
    template: int
    ref: str
    code: str | None
    user: int
    days: int  # how far back in time
    full_name: str
    number: str
    subject: str
    folded: str
    result: str | None


def citizens(count: int, like: Any) -> list[int]:
    """Accounts of the same age as `like`; their keys."""
    from motcua.accounts.models import User

    dice = random.Random(1)
    rows = [
        User(
            full_name=_name(dice),
            personal_number=f"{like.personal_number[:6]}{900_000 - turn:06d}",
            birth_date=like.birth_date,
            sex=like.sex,
            phone=f"+8490{turn:07d}",
            phone_verified_at=timezone.now(),
            email=f"c{turn}@motcua.example",
            email_verified_at=timezone.now(),
            residence=like.residence,
            residence_detail="Tổ 4, đường Trần Phú",
            password="!",
        )
        for turn in range(count)
    ]
    return [user.pk for user in User.objects.bulk_create(rows, batch_size=1000)]


def _name(dice: random.Random) -> str:
    return f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"


def stages(submitted: Callable[[], Any], officers: dict[str, Any]) -> dict[str, Any]:
    """A dossier in each stage, brought there by the acts."""
    from motcua.dossiers.queries.results import suggested_values
    from motcua.dossiers.rules.refusing import Why
    from motcua.dossiers.services import reception, results, work

    chi, dung, giang, khanh = (officers[role] for role in ("reception", "registrar", "leader", "clerk"))

    def ask(dossier: Any) -> None:
        values = {value.key: value.text for value in suggested_values(dossier)}
        work.send_draft(dossier, values, by=dung)

    ways: list[tuple[str, Callable[[Any], object]]] = [
        ("accepted", lambda it: reception.accept(it, by=chi)),
        ("taken_up", lambda it: work.take_up(it, by=dung)),
        ("asking", ask),
        ("", lambda it: work.answer_draft(it, by=it.user, agree=True)),
        ("proposed", lambda it: work.propose(it, by=dung)),
        ("approved", lambda it: work.approve(it, by=giang)),
        ("issued", lambda it: results.issue(it, by=khanh)),
        (
            "handed_over",
            lambda it: results.hand_over(
                it,
                by=chi,
                receiver_name=it.applicant["full_name"],
                receiver_number=it.applicant["personal_number"],
                fee_collected=it.fee_total,
            ),
        ),
    ]
    found = {"submitted": submitted()}
    declined = submitted()
    reception.decline(declined, Why("Giấy chứng sinh chụp mờ, không đọc được số."), by=chi)
    found["declined"] = declined
    for last, (name, _) in enumerate(ways):
        if name:
            dossier = submitted()
            for _, act in ways[: last + 1]:
                act(dossier)
                dossier = type(dossier).objects.get(pk=dossier.pk)
            found[name] = dossier
    return found


@transaction.atomic
def copy_all(templates: dict[str, Any], count: int, users: Sequence[int]) -> None:
    """Make `count` copies in the shares of a ward."""
    names = list(SHARES)
    dice = random.Random(2)
    chosen = dice.choices(names, [SHARES[name] for name in names], k=count)
    _copy_into_tables(list(_copies(templates, chosen, users, dice)))


@transaction.atomic
def copy_drafts(draft: Any, count: int, users: Sequence[int], first_turn: int) -> list[tuple[int, str]]:
    """Copies of a complete draft, ready to be handed in; (user, number) of each."""
    from motcua.core.ids import new_ref

    made = [
        Copy(
            first_turn + turn,
            draft.pk,
            new_ref(),
            None,
            users[turn % len(users)],
            0,
            draft.applicant["full_name"],
            draft.applicant["personal_number"],
            "",
            "",
            None,
        )
        for turn in range(count)
    ]
    _copy_into_tables(made)
    return [(copy.user, copy.ref) for copy in made]


def _copies(
    templates: dict[str, Any], chosen: Sequence[str], users: Sequence[int], dice: random.Random
) -> Iterator[Copy]:
    from motcua.accounts.models import User
    from motcua.core.ids import new_ref
    from motcua.dossiers.models import Counter, Result
    from motcua.dossiers.rules.searching import searchable

    people = User.objects.in_bulk(list(users))
    results = {result.dossier_id: result for result in Result.objects.select_related("agency")}
    quiet = _quiet_weeks(next(iter(templates.values())).agency.calendar)
    series: Tally[str] = Tally(dict(Counter.objects.values_list("series", "last")))
    for turn, stage in enumerate(chosen, start=1):
        template = templates[stage]
        closed = stage in {"handed_over", "declined"}
        days = 7 * (dice.choice(quiet) if closed else dice.choice(quiet[:1]))
        person = people[dice.choice(users)]
        subject = _name(dice)
        code = number = None
        if template.code:
            day = timezone.localdate(template.accepted_at) - timedelta(days=days)
            key = f"code/{template.agency.code}/{day:%Y-%m-%d}"
            series[key] += 1
            code = template.agency.code_pattern.format(agency=template.agency.code, date=day, seq=series[key])
        if result := results.get(template.pk):
            day = timezone.localdate(result.issued_at) - timedelta(days=days)
            key = f"result/{template.agency.code}/{result.result_code}/{day.year}"
            series[key] += 1
            number = template.offering_version.result_number_pattern.format(seq=series[key], year=day.year, date=day)
        owner = {"full_name": person.full_name, "personal_number": person.personal_number}
        folded = searchable(subject, owner, owner)
        assert person.personal_number
        yield Copy(
            turn, template.pk, new_ref(), code, person.pk, days, person.full_name, person.personal_number, subject,
            folded, number,
        )  # fmt: skip
    for key, last in series.items():
        Counter.objects.update_or_create(series=key, defaults={"last": last})


def _quiet_weeks(calendar: Any) -> list[int]:
    """Weeks back in which no holiday falls into the fortnight after: there working time runs as it does this week."""
    holidays = set(calendar.days.values_list("date", flat=True))
    today: date = timezone.localdate()

    def is_quiet(weeks: int) -> bool:
        return not any(today + timedelta(days=day - 7 * weeks) in holidays for day in range(15))

    return [weeks for weeks in range(1, WEEKS) if is_quiet(weeks)] or [1]


# ---- rows ----


def _copy_into_tables(copies: Sequence[Copy]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bench_copy (turn int, template bigint, ref text, code text, user_id bigint, days int,"
            " full_name text, number text, subject text, folded text, result text) ON COMMIT DROP"
        )
        rows = [tuple(vars(copy).values()) for copy in copies]
        with cursor.copy("COPY bench_copy FROM STDIN") as into:
            for row in rows:
                into.write_row(row)
        cursor.execute("CREATE INDEX ON bench_copy (template); ANALYZE bench_copy")
        for label, join, special in TABLES:
            model = apps.get_model(label)
            if model._meta.db_table not in connection.introspection.table_names(cursor):
                continue
            _copy_table(cursor, model, join, special)
        cursor.execute("DROP TABLE bench_copy")


DOCUMENTS_OF = """JOIN (
  SELECT dossier_id, document_id FROM dossiers_attachment
  UNION SELECT dossier_id, document_id FROM dossiers_resultdraft
  UNION SELECT dossier_id, document_id FROM dossiers_result
  UNION SELECT id, receipt_id FROM dossiers_dossier WHERE receipt_id IS NOT NULL
) o ON o.document_id = t.id JOIN bench_copy c ON c.template = o.dossier_id"""
OF_DOSSIER = "JOIN bench_copy c ON c.template = t.dossier_id"
PERSON = "|| jsonb_build_object('full_name', c.full_name, 'personal_number', c.number)"
BY_REF = "JOIN dossiers_dossier d ON d.ref = t.{0} JOIN bench_copy c ON c.template = d.id"
# What a table's rows belong to, and the columns that are not simply moved along.
TABLES: list[tuple[str, str, dict[str, str]]] = [
    (
        "documents.Document",
        DOCUMENTS_OF,
        {
            "id": "md5(t.id::text || c.turn)::uuid",
            "owner_id": "CASE WHEN t.owner_id IS NULL THEN NULL ELSE c.user_id END",
        },
    ),
    (
        "dossiers.Dossier",
        "JOIN bench_copy c ON c.template = t.id",
        {
            "ref": "c.ref",
            "code": "c.code",
            "user_id": "c.user_id",
            "applicant": f"t.applicant {PERSON}",
            "owner": f"t.owner {PERSON}",
            "subject_name": "c.subject",
            "folded": "c.folded",
        },
    ),
    ("dossiers.Attachment", OF_DOSSIER, {}),
    ("dossiers.Pause", OF_DOSSIER, {}),
    ("dossiers.Verdict", OF_DOSSIER, {}),
    ("dossiers.ResultDraft", OF_DOSSIER, {}),
    ("dossiers.Decision", OF_DOSSIER, {"draft_id": f"t.draft_id + c.turn * {STRIDE}::bigint"}),
    ("dossiers.Result", OF_DOSSIER, {"number": "c.result"}),
    ("dossiers.HandOver", OF_DOSSIER, {"receiver_name": "c.full_name", "receiver_number": "c.number"}),
    (
        "dossiers.DossierEvent",
        OF_DOSSIER,
        {"actor_name": "CASE WHEN t.kind IN ('submit', 'agree_draft') THEN c.full_name ELSE t.actor_name END"},
    ),
    (
        "audit.Event",
        BY_REF.format("subject_ref"),
        {"id": "", "subject_ref": "c.ref", "position": "NULL", "seal": "''",
         "data": "CASE WHEN t.data ? 'code' THEN t.data || jsonb_build_object('code', c.code) ELSE t.data END"},
    ),
    (
        "notifications.Message",
        BY_REF.format("about_ref"),
        {
            "id": "",
            "about_ref": "c.ref",
            "key": "replace(t.key, d.ref, c.ref)",
            "body": "replace(t.body, d.ref, c.ref)",
        },
    ),
]  # fmt: skip


def _copy_table(cursor: Any, model: type[models.Model], join: str, special: dict[str, str]) -> None:
    columns, values = [], []
    for column in model._meta.local_concrete_fields:
        value = special.get(column.column, _moved(column))
        if value:
            columns.append(f'"{column.column}"')
            values.append(value)
    table = model._meta.db_table
    cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} t {join}")


def _moved(column: Any) -> str:
    """The value of a copied column: keys shifted, times moved, the rest as it was."""
    from motcua.documents.models import Document
    from motcua.dossiers.models import Dossier

    name = f't."{column.column}"'
    if column.primary_key or (column.is_relation and column.related_model is Dossier):
        return f"{name} + c.turn * {STRIDE}::bigint"
    if column.is_relation and column.related_model is Document:
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE md5({name}::text || c.turn)::uuid END"
    if isinstance(column, models.DateTimeField):
        return f"{name} - make_interval(days => c.days)"
    return name
