"""What is counted of dossiers, in the columns of Biểu II.06a/VPCP/KSTT (rules.md §12.1 of the field notes).

A line of the form balances: nhận (3) = trực tuyến (4) + trực tiếp, bưu chính (5) + kỳ trước chuyển sang (6)
= đã giải quyết (7) + đang giải quyết (11). It does so by construction: what is in work at the end of a month is what
was in work before, and what came, less what was settled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Month:
    """What one month brought to one line, in dossiers; `within` and `overdue` as it ends.

    Attributes:
        online: handed in online and accepted in this month (4).
        other: handed in at the counter or by post (5).
        early, on_time, late: settled a day or more before the promised day, on time, after it (8, 9, 10).
        within, overdue: in work when the month ends, the promise not yet missed, or missed (12, 13).
    """

    online: int = 0
    other: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    within: int = 0
    overdue: int = 0

    @property
    def taken_in(self) -> int:
        """What came in this month."""
        return self.online + self.other

    @property
    def resolved(self) -> int:
        """What was settled in this month (7)."""
        return self.early + self.on_time + self.late

    @property
    def in_work(self) -> int:
        """What is in work when it ends (11)."""
        return self.within + self.overdue

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.taken_in or self.resolved or self.in_work)

    def __add__(self, other: "Month") -> "Month":
        return Month(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Month)))


NOTHING = Month()


def together(months: Iterable[Month]) -> Month:
    """Lines added up, of one and the same month."""
    return sum(months, NOTHING)


class Line:
    """A line of the tables through a year: `months` in order from January; `opening`: the December before."""

    def __init__(self, months: Sequence[Month], opening: Month = NOTHING) -> None:
        self.months, self.opening = list(months), opening
        self._until: list[tuple[int, ...]] = [(0,) * 5]
        for one in self.months:
            flows = (one.online, one.other, one.early, one.on_time, one.late)
            self._until.append(tuple(map(sum, zip(self._until[-1], flows, strict=True))))

    def _between(self, first: int, last: int) -> tuple[int, ...]:
        return tuple(after - before for before, after in zip(self._until[first], self._until[last], strict=True))

    def source(self, first: int, last: int) -> tuple[int, ...]:
        """(4), (5) from the end of one month to the end of another, as numbers of months of the year."""
        return self._between(first, last)[:2]

    def taken_in(self, first: int, last: int) -> tuple[int, ...]:
        """(4) + (5)."""
        return (sum(self.source(first, last)),)

    def outcome(self, first: int, last: int) -> tuple[int, ...]:
        """(8), (9), (10)."""
        return self._between(first, last)[2:]

    def resolved(self, first: int, last: int) -> tuple[int, ...]:
        """(7)."""
        return (sum(self.outcome(first, last)),)

    def standing(self, at: int) -> tuple[int, ...]:
        """(12), (13) after so many months."""
        one = self.months[at - 1] if at else self.opening
        return (one.within, one.overdue)

    def in_work(self, at: int) -> tuple[int, ...]:
        """(11) after so many months."""
        return (sum(self.standing(at)),)
