"""What the search reads from the database: the records in force, and what staff have set beside them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from motcua.procedures.finding.index import Entry
from motcua.procedures.models import PinnedResult, Procedure, Requirement, Synonym
from motcua.procedures.queries import codes_to_take_home, in_force
from motcua.procedures.rules.agency_names import named_in

CHUNK = 500  # records in memory at a time
_COLUMNS = (
    "pk", "procedure__code", "name", "short_name", "keywords", "field_id", "field__name", "levels", "agency_text",
    "agencies", "audience", "results", "summary", "steps", "issuing_body", "is_short", "procedure_id",
)  # fmt: skip


def entries(on: date | None = None) -> Iterator[Entry]:
    """The records in force on a day (today): three queries, whatever their number."""
    papers = _papers(on)
    events = _life_events()
    for row in in_force(on).order_by("pk").values_list(*_COLUMNS, named=True).iterator(CHUNK):
        yield _entry(row, papers.get(row.pk, []), events.get(row.procedure_id, ()))


def synonyms() -> dict[str, list[str]]:
    """What people say → what the catalogue writes, as set by staff."""
    return {said: list(meant) for said, meant in Synonym.objects.values_list("said", "meant")}


def pins() -> dict[str, list[str]]:
    """Folded text → codes of the procedures that staff have put on top for it, in their order."""
    found: dict[str, list[str]] = {}
    for typed, code in PinnedResult.objects.values_list("typed", "procedure__code"):
        found.setdefault(typed, []).append(code)
    return found


def with_forms() -> list[str]:
    """Codes of the procedures whose forms can be had here (mức độ 2)."""
    return codes_to_take_home()


def count() -> int:
    """How many records are in force."""
    return in_force().count()


def _entry(row: Any, papers: list[str], life_events: tuple[str, ...]) -> Entry:
    steps = [text for step in row.steps for text in (step["title"], step["text"])]
    return Entry(
        version_id=row.pk,
        code=row.procedure__code,
        name=row.name,
        short_name=row.short_name,
        keywords=tuple(row.keywords),
        field=row.field_id,
        field_name=row.field__name,
        levels=tuple(row.levels),
        agency=row.agency_text,
        audience=tuple(row.audience),
        life_events=life_events,
        results=" ".join(result["name"] for result in row.results),
        body=" ".join([row.summary, *steps, *papers]),
        issuing_body=row.issuing_body,
        short=row.is_short,
        agencies=tuple(named_in(row.agencies, row.agency_text)),
    )


def _papers(on: date | None) -> dict[int, list[str]]:
    named: dict[int, list[str]] = defaultdict(list)
    wanted = Requirement.objects.filter(version__in=in_force(on).values("pk").order_by()).order_by()
    for version, name in wanted.values_list("version_id", "name").iterator(CHUNK * 20):
        named[version].append(name)
    return named


def _life_events() -> dict[int, tuple[str, ...]]:
    """By procedure: the life events under which staff have put it."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for procedure, slug in Procedure.life_events.through.objects.values_list("procedure_id", "lifeevent_id"):
        found[procedure] += (slug,)
    return found
