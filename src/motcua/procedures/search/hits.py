"""What was found: hits made only when they are looked at, and copies of one procedure in one group."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar, overload

from motcua.core.text import fold
from motcua.procedures.finding.index import Entry, marked
from motcua.procedures.models import ProcedureVersion

SMALL = frozenset(fold("các cho có của đến do được là này những ở số tại theo thì trên trong từ và vào về với").split())
LONG = 60  # letters of a name
MOST_MARKED = 0.5  # of it
LEVELS = {level.value: str(level.label) for level in ProcedureVersion.Level}
T = TypeVar("T")
_PROVINCE = re.compile(r"(tinh|thanh pho|tp)\.? (.+)")
_LEVEL = re.compile(r"\s*\(?thực hiện (?:ở|tại) cấp [^()]*\)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Hit:
    """One record found. `words` are the folded words that were looked for."""

    entry: Entry
    words: frozenset[str] = frozenset()

    @property
    def version_id(self) -> int:
        """Of the version in force."""
        return self.entry.version_id

    @property
    def code(self) -> str:
        """The procedure's number."""
        return self.entry.code

    @property
    def levels(self) -> list[str]:
        """The levels of government that settle it, in words."""
        return [LEVELS[level] for level in self.entry.levels if level in LEVELS]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """Its short name in pieces, each with whether it was looked for; a small word alone says nothing, and nothing
        stands out of a long name of which most was looked for."""
        pieces = [(piece, hit and fold(piece) not in SMALL) for piece, hit in marked(self.entry.short_name, self.words)]
        looked_for = sum(len(piece) for piece, hit in pieces if hit)
        if len(self.entry.short_name) > LONG and looked_for > MOST_MARKED * len(self.entry.short_name):
            return [(self.entry.short_name, False)]
        alike = groupby(pieces, key=itemgetter(1))  # each piece is drawn, and twenty names have 800 words and blanks
        return [("".join(piece for piece, _ in those), hit) for hit, those in alike]


@dataclass(frozen=True, eq=False)
class Group:
    """Records under one name: the one to show, and its copies by other bodies or at other levels."""

    first: Hit
    others: Sequence[Hit] = ()

    @property
    def provinces(self) -> int:
        """In how many provinces the others were published."""
        return len({place for hit in self.others if (place := province_of(hit.entry.issuing_body))})


class Lazily(Sequence[T], Generic[T]):
    """A list whose items are made when they are asked for: of 7,000 results a page shows 20."""

    def __init__(self, size: int, make: Callable[[int], T]) -> None:
        self._size, self._make = size, make

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self._make(one) for one in range(*place.indices(self._size))]
        return self._make(range(self._size)[place])

    def __iter__(self) -> Iterator[T]:
        return map(self._make, range(self._size))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def name_key(entry: Entry) -> str:
    """What makes two records copies of each other: the name, without the level that some names carry."""
    name = fold(_LEVEL.sub("", entry.name)).strip(" .")
    return name.removeprefix("thu tuc ")


def province_of(issuing_body: str) -> str:
    """The folded name of the province whose body published it; empty for ministries and others."""
    words = fold(issuing_body).removeprefix("uy ban nhan dan ").removeprefix("ubnd ")
    found = _PROVINCE.match(words)
    return found[2] if found else ""


def own_first(entry: Entry, province: str) -> tuple[int, bool, bool, str]:
    """The order within a group: one's own province, then the whole country's, then other provinces'; communes first.

    Args:
        province: folded name of one's own province; "" if it isn't known.
    """
    place = province_of(entry.issuing_body)
    nearness = 0 if place and place == province else 2 if place else 1
    return nearness, ProcedureVersion.Level.COMMUNE not in entry.levels, entry.short, place
