"""Made-up years of figures, and somebody who works out from what is published whatever can be worked out."""

import random
from collections.abc import Iterator, Sequence
from itertools import combinations

from motcua.reports.rules.counts import Line, Month, together
from motcua.reports.rules.hiding import POINTS, Key, Layer, Tables

PRIME = (1 << 61) - 1
Row = dict[int, int]


def a_world(seed: int, *, months: int = 6, agencies: int = 2, fields: int = 3, most: int = 9) -> dict[Key, Line]:
    """Agencies with fields, in all of which few things happen, so that nearly everything is in danger."""
    dice = random.Random(seed)
    leaves: dict[Key, Line] = {
        (agency, field): a_line(dice, months, dice.choice((0, 1, 3, most, 4 * most)))
        for agency in range(agencies)
        for field in range(fields)
    }
    there = {key: line for key, line in leaves.items() if not all(month.empty for month in line.months)}
    return with_sums(there or {(0, 0): Line([Month(online=7, early=7)] * months)})


def a_line(dice: random.Random, months: int, most: int) -> Line:
    """A year that could have been: what is settled was there."""
    opening = Month(within=dice.randint(0, most), overdue=dice.choice((0, 0, dice.randint(0, most))))
    in_work, made = opening.in_work, []
    for _ in range(months):
        online, other = dice.randint(0, most), dice.choice((0, dice.randint(0, most)))
        in_work += online + other
        settled = dice.randint(0, in_work) if dice.random() < 0.7 else in_work
        in_work -= settled
        late = dice.choice((0, 0, dice.randint(0, min(settled, 6))))
        early = dice.choice((0, dice.randint(0, settled - late)))
        overdue = dice.choice((0, dice.randint(0, min(in_work, 6))))
        made.append(Month(online, other, early, settled - late - early, late, in_work - overdue, overdue))
    return Line(made, opening)


def with_sums(leaves: dict[Key, Line]) -> dict[Key, Line]:
    """The leaves and every sum of them up to the whole."""
    lines: dict[Key, Line] = {}
    for depth in range(len(next(iter(leaves))), -1, -1):
        for key in {leaf[:depth] for leaf in leaves}:
            parts = [leaves[leaf] for leaf in leaves if leaf[:depth] == key]
            months = [together(each) for each in zip(*(part.months for part in parts), strict=True)]
            lines[key] = Line(months, together(part.opening for part in parts))
    return lines


def publish_year(lines: dict[Key, Line]) -> Tables:
    """Month by month, as the portal does: at each end the year, the quarter, the month."""
    tables = Tables(lines)
    for last in range(1, len(lines[()].months) + 1):
        for length in (12, 3, 1):
            if last % length == 0:
                tables.publish((last - length, last))
    return tables


class Attacker:
    """Linear algebra on everything that is published: each number is a sum of unknown counts of the leaves.

    Unknown of a leaf: five flows a month, what is late at each end, what was in work at first.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables, self.months = tables, len(tables.lines[()].months)
        self.leaves = [key for key in tables.lines if not any(len(other) > len(key) for other in tables.lines)]
        self.basis: dict[int, tuple[Row, int]] = {}
        for key in tables.lines:
            for numbers in self.published(key):
                for row, value in numbers:
                    self._learn(row, value)

    def found(self) -> list[tuple[Key, str, tuple[int, ...], int]]:
        """Every count from 1 to 4 that can be worked out: of any line, column and stretch of months."""
        caught = []
        for key in self.tables.lines:
            for name, where, row, value in self.counts(key):
                if 0 < value < 5 and not self._reduced(row, 0)[0]:
                    caught.append((key, name, where, value))
        return caught

    # ---- what is published ----

    def published(self, key: Key) -> Iterator[list[tuple[Row, int]]]:
        """The numbers of each layer that is shown, of each pair of points that a table could be made for."""
        line = self.tables.lines[key]
        for first, last in combinations(range(self.months + 1), 2):
            shows = {layer for layer in Layer if self.tables.tells(key, layer, (first, last))}
            if Layer.TAKEN_IN in shows:
                yield self._flows(key, first, last, [(0, 1)], line.taken_in(first, last))
            if Layer.SOURCE in shows:
                yield self._flows(key, first, last, [(0,), (1,)], line.source(first, last))
            if Layer.OUTCOME in shows:
                yield self._flows(key, first, last, [(2,), (3,), (4,)], line.outcome(first, last))
            if Layer.BALANCE in shows:
                yield self._flows(key, first, last, [(2, 3, 4)], line.resolved(first, last))
                yield [(self._in_work(key, at), line.in_work(at)[0]) for at in (first, last)]
            if Layer.STANDING in shows:
                within, overdue = line.standing(last)
                yield [(self._overdue(key, last), overdue), (self._in_work(key, last), within + overdue)]

    def counts(self, key: Key) -> Iterator[tuple[str, tuple[int, ...], Row, int]]:
        """Every count there is, published or not."""
        line = self.tables.lines[key]
        for pair in combinations(range(self.months + 1), 2):
            flows = (*line.source(*pair), *line.outcome(*pair))
            for column in range(5):
                yield f"flow {column}", pair, self._sum(key, *pair, (column,)), flows[column]
            yield "taken in", pair, self._sum(key, *pair, (0, 1)), sum(flows[:2])
            yield "resolved", pair, self._sum(key, *pair, (2, 3, 4)), sum(flows[2:])
        for at in range(self.months + 1):
            within, overdue = line.standing(at)
            yield "in work", (at,), self._in_work(key, at), within + overdue
            yield "overdue", (at,), self._overdue(key, at), overdue
            yield "within", (at,), _plus(self._in_work(key, at), self._overdue(key, at), -1), within

    # ---- sums of unknowns ----

    def _flows(
        self, key: Key, first: int, last: int, columns: Sequence[tuple[int, ...]], values: Sequence[int]
    ) -> list[tuple[Row, int]]:
        return [
            (self._sum(key, first, last, some), value) for some, value in zip(columns, values, strict=True)
        ]  # fmt: skip

    def _sum(self, key: Key, first: int, last: int, columns: Sequence[int]) -> Row:
        return {self._name(leaf, 5 * month + column): 1
                for leaf in self._below(key) for month in range(first, last) for column in columns}  # fmt: skip

    def _in_work(self, key: Key, at: int) -> Row:
        row = {self._name(leaf, 5 * POINTS): 1 for leaf in self._below(key)}
        return _plus(_plus(row, self._sum(key, 0, at, (0, 1)), 1), self._sum(key, 0, at, (2, 3, 4)), -1)

    def _overdue(self, key: Key, at: int) -> Row:
        return {self._name(leaf, 5 * POINTS + 1 + at): 1 for leaf in self._below(key)}

    def _below(self, key: Key) -> list[Key]:
        return [leaf for leaf in self.leaves if leaf[: len(key)] == key]

    def _name(self, leaf: Key, number: int) -> int:
        return self.leaves.index(leaf) * 100 + number

    # ---- elimination ----

    def _learn(self, row: Row, value: int) -> None:
        row, value = self._reduced(row, value)
        if not row:
            assert value == 0, "the published figures contradict each other"
            return
        lead = min(row)
        inverse = pow(row[lead], -1, PRIME)
        self.basis[lead] = ({name: one * inverse % PRIME for name, one in row.items()}, value * inverse % PRIME)

    def _reduced(self, row: Row, value: int) -> tuple[Row, int]:
        row = {name: one % PRIME for name, one in row.items() if one % PRIME}
        while leads := [name for name in row if name in self.basis]:
            lead = min(leads)
            known, worth = self.basis[lead]
            times = row[lead]
            row = _plus(row, known, -times)
            value = (value - times * worth) % PRIME
        return row, value


def _plus(row: Row, other: Row, times: int) -> Row:
    found = dict(row)
    for name, one in other.items():
        found[name] = (found.get(name, 0) + times * one) % PRIME
        if not found[name]:
            del found[name]
    return found
