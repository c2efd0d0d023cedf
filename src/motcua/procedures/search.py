"""Search of the catalogue: an index of this process, rebuilt when the catalogue's stamp or the day moves; facets."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from uuid import UUID

from django.utils import timezone

from motcua.procedures.finding.index import Entry, Index, marked
from motcua.procedures.models import CatalogueStamp, ProcedureVersion
from motcua.procedures.queries import in_force

LEVELS = dict(ProcedureVersion.Level.choices)


@dataclass(frozen=True)
class Filters:
    """What results are narrowed to; an empty set narrows nothing. Values of one set are alternatives.

    Attributes:
        fields: slugs of fields (lĩnh vực).
        levels: `ProcedureVersion.Level` (cấp thủ tục).
        agencies: cơ quan thực hiện, as published.
        audiences: đối tượng thực hiện.
        life_events: slugs of life events.
        services: values of the mapping `services` given to `search` (mức độ).
    """

    fields: Collection[str] = ()
    levels: Collection[str] = ()
    agencies: Collection[str] = ()
    audiences: Collection[str] = ()
    life_events: Collection[str] = ()
    services: Collection[str] = ()


@dataclass(frozen=True)
class Hit:
    """One record found: its version, and its short name in pieces, each with whether it was looked for."""

    version_id: int
    code: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Choice:
    """One value of a facet, and how many results it would leave beside the other facets' choices."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Results:
    """All hits, best first, the facets over them, and the text as it was read if a typing error was mended."""

    hits: list[Hit]
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    read_as: str = ""


_lock = Lock()
_cached: tuple[tuple[UUID | None, date], Index] | None = None


def search(
    text: str = "",
    *,
    filters: Filters | None = None,
    services: Mapping[str, str] | None = None,
    otherwise: str = "",
    as_typed: bool = False,
) -> Results:
    """The records in force today for what was typed, narrowed by filters.

    It costs one small query as long as the catalogue stands still.

    Args:
        text: with accents or without, a question, a number of a procedure; empty lists all, by name.
        services: what rooms above know of a procedure's service, by code; it becomes the facet "services".
        otherwise: the value in that facet of procedures that `services` doesn't name; empty: they have none.
        as_typed: typing errors aren't mended.
    """
    wanted = filters or Filters()
    found = _index().search(text, as_typed=as_typed)
    values = _Values(services or {}, otherwise)
    chosen = {name: set(getattr(wanted, name)) for name in _Values.NAMES}
    left = [entry for entry in found.entries if values.fit(entry, chosen)]
    return Results(
        hits=[Hit(entry.version_id, entry.code, marked(entry.short_name, found.words)) for entry in left],
        facets={name: list(values.choices(name, found.entries, chosen)) for name in _Values.NAMES},
        read_as=found.read_as,
    )


class _Values:
    """Which values an entry has in each facet."""

    NAMES = ("services", "agencies", "levels", "fields", "audiences", "life_events")

    def __init__(self, services: Mapping[str, str], otherwise: str) -> None:
        self._services = services
        self._otherwise = otherwise

    def of(self, entry: Entry, name: str) -> list[tuple[str, str]]:
        """Pairs of value and label."""
        match name:
            case "fields":
                return [(entry.field, entry.field_name)]
            case "levels":
                return [(level, LEVELS[level]) for level in entry.levels]
            case "agencies":
                return [(entry.agency, entry.agency)] if entry.agency else []
            case "audiences":
                return [(audience, audience) for audience in entry.audience]
            case "life_events":
                return [(slug, slug) for slug in entry.life_events]
            case _:
                service = self._services.get(entry.code, self._otherwise)
                return [(service, service)] if service else []

    def fit(self, entry: Entry, chosen: Mapping[str, set[str]], but: str = "") -> bool:
        """Whether an entry is in every facet's choice, one facet left aside."""
        return all(
            not wanted or any(value in wanted for value, _ in self.of(entry, name))
            for name, wanted in chosen.items()
            if name != but
        )

    def choices(self, name: str, entries: list[Entry], chosen: Mapping[str, set[str]]) -> Iterator[Choice]:
        """The values of a facet, the commonest first; a chosen one stays even if nothing is left of it."""
        pairs = [pair for entry in entries if self.fit(entry, chosen, but=name) for pair in self.of(entry, name)]
        counts = Counter(value for value, _ in pairs)
        labels = dict(pairs) | {value: value for value in chosen[name] if value not in counts}
        for value, label in sorted(labels.items(), key=lambda item: (-counts[item[0]], item[1])):
            yield Choice(value, label, counts[value], value in chosen[name])


def _index() -> Index:
    """This process's index, if it still tells the truth; otherwise a new one."""
    global _cached  # one index for all requests of this process
    key = (CatalogueStamp.objects.values_list("token", flat=True).first(), timezone.localdate())
    if key[0] is None:
        return Index(_entries())  # nothing was ever published by the service: there is no stamp to trust
    with _lock:
        if _cached is None or _cached[0] != key:
            _cached = (key, Index(_entries()))
        return _cached[1]


def _entries() -> Iterator[Entry]:
    versions = (
        in_force().select_related("procedure", "field").prefetch_related("procedure__life_events", "requirements")
    )
    for version in versions.order_by("pk"):
        papers = [requirement.name for requirement in version.requirements.all()]
        steps = [text for step in version.steps for text in (step["title"], step["text"])]
        yield Entry(
            version_id=version.pk,
            code=version.procedure.code,
            name=version.name,
            short_name=version.short_name,
            keywords=tuple(version.keywords),
            field=version.field_id,
            field_name=version.field.name,
            levels=tuple(version.levels),
            agency=version.agency_text,
            audience=tuple(version.audience),
            life_events=tuple(event.slug for event in version.procedure.life_events.all()),
            results=" ".join(result["name"] for result in version.results),
            body=" ".join([version.summary, *steps, *papers]),
        )
