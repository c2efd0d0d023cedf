"""Which figures are published, so that nobody can see one person in them, nor work one out (docs/decisions/0022).

A count from 1 to 4 is never shown. Nor is what would let it be worked out: from a sum and its other parts, from a
quarter and its other months, from an agency and its other fields. All of it follows from one picture. A line's year is
a row of points, the ends of its months. A published flow, such as what was settled from point 0 to point 3, joins two
points; and whoever can walk from one point to another by what is published knows the flow between them, by adding and
subtracting. So a flow may be published if, between any two points that it brings into reach of each other, the counts
are 0 or at least 5. What is in work is known point by point.

The same across lines: where an agency knows a flow, those of its fields that hide it are two or more and come to 5 or
more together, so that the known ones can't be subtracted. Figures once published stay, so only what is new is decided.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import combinations
from typing import Any

from motcua.reports.rules.counts import Line
from motcua.reports.rules.spans import Span

SMALLEST = 5  # what is fewer isn't shown; the usual threshold of official statistics
POINTS = 13

Key = tuple[int, ...]  # (): all agencies; (agency,); (agency, field); (agency, field, procedure)
Flow = tuple[int, int]  # from the end of one month to the end of another
Values = Callable[[Line], tuple[int, ...]]
Known = Callable[["Knowledge"], bool]


class Layer(Enum):
    """What is shown or hidden together in a line of one period, each presupposing some before it."""

    TAKEN_IN = "taken_in"  # (4) + (5)
    SOURCE = "source"  # (4), (5)
    BALANCE = "balance"  # (3), (6), (7), (11)
    OUTCOME = "outcome"  # (8), (9), (10)
    STANDING = "standing"  # (12), (13)


JOINING = (Layer.TAKEN_IN, Layer.SOURCE, Layer.OUTCOME)  # flows; the others are of points


@dataclass(frozen=True)
class Knowledge:
    """What the published figures of one line tell: points with the same label are joined; points of stocks."""

    taken_in: tuple[int, ...] = tuple(range(POINTS))
    source: tuple[int, ...] = tuple(range(POINTS))
    outcome: tuple[int, ...] = tuple(range(POINTS))
    balance: frozenset[int] = frozenset()
    standing: frozenset[int] = frozenset()

    def labels(self, layer: Layer) -> tuple[int, ...]:
        """Which points a layer of flows joins."""
        return {Layer.TAKEN_IN: self.taken_in, Layer.SOURCE: self.source, Layer.OUTCOME: self.outcome}[layer]

    def tells(self, layer: Layer, first: int, last: int) -> bool:
        """Whether a layer of a period can be read, or worked out, from what is published."""
        if layer in JOINING:
            labels = self.labels(layer)
            return labels[first] == labels[last]
        if layer == Layer.STANDING:
            return last in self.standing
        return {first, last} <= self.balance and self.taken_in[first] == self.taken_in[last]

    def told(self, layer: Layer, first: int, last: int) -> "Knowledge":
        """The same after one more publication."""
        if layer in JOINING:
            joined: dict[str, Any] = {layer.value: _joined(self.labels(layer), first, last)}
            return replace(self, **joined)
        if layer == Layer.STANDING:
            return replace(self, standing=self.standing | {last})
        return replace(self, balance=self.balance | {first, last})

    def presupposes(self, layer: Layer, first: int, last: int) -> bool:
        """Whether what a layer splits up is there."""
        needed = {Layer.SOURCE: Layer.TAKEN_IN, Layer.BALANCE: Layer.TAKEN_IN}.get(layer, Layer.BALANCE)
        return layer == Layer.TAKEN_IN or self.tells(needed, first, last)


def _joined(labels: tuple[int, ...], first: int, last: int) -> tuple[int, ...]:
    kept, gone = labels[first], labels[last]
    return tuple(kept if label == gone else label for label in labels)


@dataclass(frozen=True)
class _Fact:
    """A number that may be known of a line, and who knows it."""

    known: Known
    values: Values


def safe(counts: Sequence[int]) -> bool:
    """Whether these may be shown: nothing, or not too few."""
    return all(count == 0 or count >= SMALLEST for count in counts)


def apart(family: Sequence[Sequence[int]]) -> bool:
    """Whether a line and its parts tell nothing of one of them that it doesn't tell itself.

    Each is given as labels of points. What is between two points known for all but one of a family gives it away for
    the last; and so may sums and differences of several such stretches, which is why it is asked as algebra: every
    block of joined points of one must be made up of blocks of the others.
    """
    blocks = [{tuple(int(one == label) for one in labels) for label in set(labels)} for labels in family]
    for number, own in enumerate(blocks):
        others = set[tuple[int, ...]]().union(*blocks[:number], *blocks[number + 1 :])
        lone = own - others
        if lone:
            span = Span(len(family[number]), others)
            if not all(span.holds(block) for block in lone):
                return False
    return True


@dataclass
class Tables:
    """All lines of a year, their places in the tree, and what is known of each."""

    lines: Mapping[Key, Line]
    known: dict[Key, Knowledge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._children: dict[Key, list[Key]] = {}
        for key in self.lines:
            self.known.setdefault(key, Knowledge())
            if key:
                self._children.setdefault(key[:-1], []).append(key)

    def publish(self, flow: Flow) -> None:
        """Decide layer by layer which lines show a period that has just ended; `known` says what came of it."""
        for layer in Layer:
            if () in self.lines and self._may(layer, (), flow):
                self._tell(layer, (), flow)
            self._settle(layer, (), flow)

    def tells(self, key: Key, layer: Layer, flow: Flow) -> bool:
        """Whether a line shows a layer of a period."""
        return self.known[key].tells(layer, *flow)

    # ---- one layer of one period, from the root to the leaves ----

    def _settle(self, layer: Layer, parent: Key, flow: Flow) -> None:
        children = self._children.get(parent, [])
        before = {key: self.known[key] for key in children}
        willing = sorted((key for key in children if self._may(layer, key, flow)), key=self._weight(flow))
        for key in willing:
            self._tell(layer, key, flow)
        for key in willing:
            if self._balanced(layer, parent, flow):
                break
            self.known[key] = before[key]
        for key in children:
            self._settle(layer, key, flow)

    def _tell(self, layer: Layer, key: Key, flow: Flow) -> None:
        self.known[key] = self.known[key].told(layer, *flow)

    def _weight(self, flow: Flow) -> Callable[[Key], tuple[int, Key]]:
        """Whose figures are missed least comes first."""
        return lambda key: (self.lines[key].taken_in(*flow)[0] + self.lines[key].resolved(*flow)[0], key)

    def _may(self, layer: Layer, key: Key, flow: Flow) -> bool:
        """Whether a line may show it: nothing small comes into reach, in it or among its parts."""
        before = self.known[key]
        if not before.presupposes(layer, *flow):
            return False
        self._tell(layer, key, flow)
        facts = self._facts(layer, flow)
        fine = all(safe(fact.values(self.lines[key])) for fact in facts if fact.known(self.known[key]))
        children = self._children.get(key, [])
        if len(children) == 1:  # one and the same, on two floors: they show it together or not at all
            fine = fine and self._may(layer, children[0], flow)
        else:
            fine = fine and self._balanced(layer, key, flow)
        self.known[key] = before
        return fine

    def _balanced(self, layer: Layer, parent: Key, flow: Flow) -> bool:
        """Whether nobody can get from a line to one of its parts, or from all its parts to the line, by subtraction."""
        children = self._children.get(parent)
        if not children:
            return True
        family = [parent, *children]
        return all(self._closed(fact, parent, children) for fact in self._facts(layer, flow)) and (
            layer not in JOINING or apart([self.known[key].labels(layer)[: flow[1] + 1] for key in family])
        )

    def _closed(self, fact: _Fact, parent: Key, children: Sequence[Key]) -> bool:
        hidden = [key for key in children if not fact.known(self.known[key])]
        if not fact.known(self.known[parent]):
            return bool(hidden)
        if not hidden:
            return True
        rest = [fact.values(self.lines[key]) for key in hidden]
        return len(hidden) > 1 and safe([sum(column) for column in zip(*rest, strict=True)])

    # ---- what there is to know ----

    def _facts(self, layer: Layer, flow: Flow) -> Iterator[_Fact]:
        """Everything that publishing a layer up to a point can bring into reach."""
        last = flow[1]
        pairs = list(combinations(range(last + 1), 2))
        match layer:
            case Layer.TAKEN_IN:
                yield from (_flow(layer, *pair, Line.taken_in) for pair in pairs)
                # Who knows what came and what lay there at both ends knows what was settled.
                yield from (_flow(Layer.BALANCE, *pair, Line.resolved) for pair in pairs)
            case Layer.SOURCE:
                yield from (_flow(layer, *pair, Line.source) for pair in pairs)
            case Layer.BALANCE:
                yield from (_stock(layer, at, Line.in_work) for at in range(last + 1))
                yield from (_flow(layer, *pair, Line.resolved) for pair in pairs)
            case Layer.OUTCOME:
                yield from (_flow(layer, *pair, Line.outcome) for pair in pairs)
            case Layer.STANDING:
                yield from (_stock(layer, at, Line.standing) for at in range(last + 1))


def _flow(layer: Layer, first: int, last: int, values: Callable[[Line, int, int], tuple[int, ...]]) -> _Fact:
    return _Fact(lambda known: known.tells(layer, first, last), lambda line: values(line, first, last))


def _stock(layer: Layer, at: int, values: Callable[[Line, int], tuple[int, ...]]) -> _Fact:
    """What is in work at a point: a flow of no length from it to itself."""
    return _Fact(lambda known: known.tells(layer, at, at), lambda line: values(line, at))
