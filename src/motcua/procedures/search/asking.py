"""The search itself: text and filters in, hits, groups and facets out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from motcua.procedures.finding.index import Entry
from motcua.procedures.search.catalogue import Answer, Catalogue
from motcua.procedures.search.facets import FACETS, Choice, Filters, Told
from motcua.procedures.search.hits import Group, Hit, Lazily, own_first
from motcua.procedures.search.serving import catalogue

MOST_SAID = 3  # sayings among the suggestions
ENOUGH_TO_ASK = 4  # letters of a text for which the whole search is asked when names alone don't answer


def search(
    text: str = "",
    *,
    filters: Filters | None = None,
    services: Mapping[str, str] | None = None,
    otherwise: str = "",
    online: Collection[str] = (),
    as_typed: bool = False,
    province: str = "",
    of: Catalogue | None = None,
) -> "Results":
    """The records in force today for what was typed, narrowed by filters.

    Args:
        text: with accents or without, a question, a number of a procedure; empty lists all, by name.
        services: what rooms above know of a procedure's service, by code; it becomes the facet "services".
        otherwise: the value in that facet of procedures that `services` doesn't name; empty: they have none.
        online: codes of what can be handed in online; the facet "online".
        as_typed: typing errors aren't mended.
        province: one's own, folded ("minh giang"); its records stand for their copies elsewhere.
        of: the catalogue to search, if it is at hand already.
    """
    asked = of or catalogue()
    told = asked.facets.told(services or {}, otherwise, online)
    return Results(asked, asked.find(text, as_typed=as_typed), filters or Filters(), told, province)


@dataclass(frozen=True)
class Suggestion:
    """What a text may become.

    Attributes:
        text: the name of a record; or something people say, which is then searched for.
        entry: the record; of a saying the best one.
        is_saying: whether it is to be searched for.
    """

    text: str
    entry: Entry
    is_saying: bool = False


def suggest(text: str, *, limit: int = 8, province: str = "") -> list[Suggestion]:
    """What a text that is still being typed may become, each name once; nothing for less than two letters."""
    asked = catalogue()
    names, whole = asked.suggestions.suggest(text, limit=limit, nearness=lambda entry: own_first(entry, province))
    is_short = len(text.strip()) < ENOUGH_TO_ASK
    found = names if is_short or (whole and not asked.find(text).otherwise) else _asked(asked, text, names, limit)
    said = [] if is_short else list(_completed(asked, text))
    if found is names:  # names have the text as it stands: most people go on to one of these
        named = found[: limit - len(said)]
        said = [one for one in said if one.entry not in named]
        return [*map(_named, named), *said]
    known = {one.entry.short_name for one in said}
    return [*said, *(_named(entry) for entry in found if entry.short_name not in known)][:limit]


def _asked(asked: Catalogue, text: str, names: Sequence[Entry], limit: int) -> list[Entry]:
    """What the whole search finds: what people say for it, wrong letters, another order. "Sổ đỏ" stands in no name,
    though "số đơn vị" does."""
    found: dict[str, Entry] = {}
    for number in asked.find(text).numbers:
        entry = asked.entries[number]
        found.setdefault(entry.short_name, entry)
        if len(found) == limit:
            break
    return list({entry.short_name: entry for entry in [*found.values(), *names]}.values())[:limit]


def _completed(asked: Catalogue, text: str) -> Iterator[Suggestion]:
    """Sayings that begin so, each with the record to which it leads; no two lead to the same."""
    seen: set[str] = set()
    for said in asked.completions.complete(text, limit=MOST_SAID):
        numbers = asked.find(said).numbers
        if numbers and (entry := asked.entries[numbers[0]]).short_name not in seen:
            seen.add(entry.short_name)
            yield Suggestion(said, entry, is_saying=True)


def _named(entry: Entry) -> Suggestion:
    return Suggestion(entry.short_name, entry)


def nearest(text: str, *, limit: int = 5) -> list[Entry]:
    """Records whose names have words like those of a text for which nothing was found; none for a person's name."""
    asked = catalogue()
    return asked.suggestions.nearest(text, limit=limit) if asked.index.is_question(text) else []


class Results:
    """What was found: all hits, best first, their groups, the facets over them. Each is worked out when asked for."""

    def __init__(self, asked: Catalogue, answer: Answer, filters: Filters, told: Told, province: str) -> None:
        self.read_as = answer.read_as
        self._catalogue, self._answer = asked, answer
        self._filters, self._told, self._province = filters, told, province
        self._numbers = self._narrowed(filters)

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """Every record, best first."""
        return Lazily(len(self._numbers), lambda place: self._hit(self._numbers[place]))

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The same, copies of one procedure together at the place of the best of them."""
        copies: dict[int, list[int]] = {}
        for number in self._numbers:
            copies.setdefault(self._catalogue.copy_of[number], []).append(number)
        together = list(copies.values())
        return Lazily(len(together), lambda place: self._group(together[place]))

    @cached_property
    def facets(self) -> dict[str, list[Choice]]:
        """For each of `FACETS` its choices, the commonest first."""
        return {facet: self.choices(facet) for facet in FACETS}

    def choices(self, facet: str) -> list[Choice]:
        """The choices of one facet."""
        return self._catalogue.facets.choices(facet, self._answer.bits, self._filters, self._told)

    def count_with(self, filters: Filters) -> int:
        """How many records other filters would leave."""
        return (self._answer.bits & self._catalogue.facets.narrowed(filters, self._told)).bit_count()

    def _narrowed(self, filters: Filters) -> Sequence[int]:
        facets = self._catalogue.facets
        allowed = facets.narrowed(filters, self._told)
        if allowed == facets.all:
            return self._answer.numbers
        buffer = allowed.to_bytes(facets.size // 8 + 1, "little")
        return [number for number in self._answer.numbers if buffer[number >> 3] >> (number & 7) & 1]

    def _hit(self, number: int) -> Hit:
        return Hit(self._catalogue.entries[number], self._answer.words)

    def _group(self, numbers: list[int]) -> Group:
        if len(numbers) == 1:
            return Group(self._hit(numbers[0]))
        entries = self._catalogue.entries
        first, *others = sorted(numbers, key=lambda number: own_first(entries[number], self._province))
        return Group(self._hit(first), [self._hit(number) for number in others])
