"""Which thing of the old record is which of the new one, and what became of it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.procedures.comparing.texts import Piece, marked, same, shortened

_LEAST_ALIKE = 0.55  # of the words of two things without a common key
_MOST_PAIRS = 20_000  # so many are weighed against each other; of more only neighbours
_NEIGHBOURS = 30


@dataclass(frozen=True)
class Entry:
    """One thing of a record: a paper, a way, a law, or a text that stands alone.

    Attributes:
        key: what makes it the same thing in both records; empty: only its words do.
        title: how it is called in a list of changes.
        parts: what is said of it, each with its label (empty where the title is label enough).
        known_by: the words by which it is recognised where its key has changed; empty: all of them.
        counted: whether it has a place among the others; a text that stands alone has none.
    """

    key: str
    title: str
    parts: tuple[tuple[str, str], ...]
    known_by: str = ""
    counted: bool = True

    @property
    def words(self) -> str:
        """All that is said of it."""
        return "\n".join(text for _, text in self.parts)


class Kind(StrEnum):
    """What became of a thing."""

    ADDED = "them"
    REMOVED = "bo"
    CHANGED = "doi"
    MOVED = "thu-tu"

    @property
    def label(self) -> str:
        """For people."""
        return _LABELS[self]


_LABELS = {Kind.ADDED: "Thêm", Kind.REMOVED: "Bỏ", Kind.CHANGED: "Sửa", Kind.MOVED: "Đổi thứ tự"}


@dataclass(frozen=True)
class Part:
    """One thing said, before and after; `pieces` are both in one. Of a thing that moved: its title and both places."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What stayed, was removed and was added, in reading order."""
        return marked(self.before, self.after)

    @property
    def shown(self) -> tuple[Piece, ...]:
        """The same, with what stayed far from any change left out."""
        return shortened(self.pieces)

    @property
    def only(self) -> str:
        """The whole text of what was added or removed; empty where both are there."""
        return "" if self.before and self.after else self.before or self.after


@dataclass(frozen=True)
class Change:
    """One thing that was added, removed, moved, or of which something was changed."""

    kind: Kind
    title: str
    parts: tuple[Part, ...]


def changes(before: Sequence[Entry], after: Sequence[Entry], order: str = "") -> tuple[Change, ...]:
    """What became of the things of one section, in the new order, each removed one where it stood.

    Args:
        order: what the order is called, where it tells something; empty: it doesn't.
    """
    pairs = _pairs(before, after)
    partner = {new: old for old, new in pairs.items()}
    gone = _removed(before, pairs)
    found = gone.pop(-1, [])
    for place, entry in enumerate(after):
        old = partner.get(place)
        if old is None:
            found.append(_whole(Kind.ADDED, entry))
            continue
        if parts := tuple(_changed_parts(before[old], entry)):
            found.append(Change(Kind.CHANGED, entry.title, parts))
        found += gone.pop(old, [])
    if order and (moved := _moved(before, after, pairs)):
        found.append(Change(Kind.MOVED, order, tuple(moved)))
    return tuple(found)


def _removed(before: Sequence[Entry], pairs: Mapping[int, int]) -> dict[int, list[Change]]:
    """What was removed, by the place of the last thing before it that stayed (-1: of none)."""
    found: dict[int, list[Change]] = {}
    stayed = -1
    for place, entry in enumerate(before):
        if place in pairs:
            stayed = place
        else:
            found.setdefault(stayed, []).append(_whole(Kind.REMOVED, entry))
    return found


def _whole(kind: Kind, entry: Entry) -> Change:
    said = [(label, text) for label, text in entry.parts if text]
    if kind is Kind.ADDED:
        return Change(kind, entry.title, tuple(Part(label, "", text) for label, text in said))
    return Change(kind, entry.title, tuple(Part(label, text, "") for label, text in said))


def _changed_parts(old: Entry, new: Entry) -> Iterator[Part]:
    was = dict(old.parts)
    for label, text in new.parts:
        if not same(was.get(label, ""), text):
            yield Part(label, was.get(label, ""), text)
    said = dict(new.parts)
    for label, text in old.parts:
        if label not in said and text:
            yield Part(label, text, "")


# ---- Pairs ----


def _pairs(before: Sequence[Entry], after: Sequence[Entry]) -> dict[int, int]:
    """Place before → place after: first what is word for word the same, then by key, then the most alike."""
    pairs: dict[int, int] = {}
    for as_said in (lambda entry: (entry.key, entry.words), lambda entry: entry.words, lambda entry: entry.key):
        waiting: dict[object, list[int]] = {}
        taken = set(pairs.values())
        for place, entry in enumerate(after):
            if place not in taken and as_said(entry):
                waiting.setdefault(as_said(entry), []).append(place)
        for place, entry in enumerate(before):
            if place not in pairs and waiting.get(as_said(entry)):
                pairs[place] = waiting[as_said(entry)].pop(0)
    _pair_alike(before, after, pairs)
    return pairs


def _pair_alike(before: Sequence[Entry], after: Sequence[Entry], pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    old = {place: _bag(entry) for place, entry in enumerate(before) if place not in pairs}
    new = {place: _bag(entry) for place, entry in enumerate(after) if place not in taken}
    reach = len(before) + len(after) if len(old) * len(new) <= _MOST_PAIRS else _NEIGHBOURS
    weighed = [
        (_alike(old[left], new[right]), -abs(left - right), left, right)
        for left in old
        for right in new
        if abs(left - right) <= reach
    ]
    for alike, _, left, right in sorted(weighed, reverse=True):
        if alike < _LEAST_ALIKE:
            break
        if left in old and right in new:
            pairs[left] = right
            del old[left], new[right]


def _bag(entry: Entry) -> "Counter[str]":
    return Counter((entry.known_by or entry.words).split())


def _alike(left: "Counter[str]", right: "Counter[str]") -> float:
    """How much of both is common: 0 nothing, 1 all (Dice's coefficient over words)."""
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


# ---- Order ----


def _moved(before: Sequence[Entry], after: Sequence[Entry], pairs: Mapping[int, int]) -> list[Part]:
    """As few things as can have moved so that the others are still in their order, each with its places, from 1."""
    counted = {old: new for old, new in pairs.items() if before[old].counted and after[new].counted}
    stayed = set(_longest_rising([counted[old] for old in sorted(counted)]))
    was, now = _places(before), _places(after)
    both = [(was[old], now[new], new) for old, new in sorted(counted.items(), key=lambda pair: pair[1])]
    moved = [one for one in both if one[2] not in stayed]
    if any(old == place for old, place, _ in moved):  # they went round it: all that have another place tell more
        moved = [one for one in both if one[0] != one[1]]
    return [Part(after[new].title, str(old), str(place)) for old, place, new in moved]


def _places(entries: Sequence[Entry]) -> dict[int, int]:
    """Index → the place that people count, from 1."""
    return {index: place for place, index in enumerate((i for i, one in enumerate(entries) if one.counted), 1)}


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest run of numbers that rise from left to right, others left out (patience sorting)."""
    ends: list[int] = []  # the least number that a run of each length can end with
    before: dict[int, int] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        if length:
            before[number] = ends[length - 1]
        ends[length : length + 1] = [number]
    found = ends[-1:]
    while found and found[-1] in before:
        found.append(before[found[-1]])
    return found[::-1]
