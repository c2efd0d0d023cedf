"""The periods that figures are published for: a month, a quarter, a year (kỳ báo cáo)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import TextChoices

from motcua.core.worktime import VIETNAM
from motcua.dossiers.rules.clock import add_months

MONTHS = 12
_ROMAN = ("I", "II", "III", "IV")
_TYPED = re.compile(r"(20\d\d)(?:-(?:(0[1-9]|1[0-2])|quy-([1-4])))?")


class Span(TextChoices):
    """How long a period is."""

    MONTH = "thang", "Tháng"
    QUARTER = "quy", "Quý"
    YEAR = "nam", "Năm"

    @property
    def months(self) -> int:
        """How many months it has."""
        return {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: MONTHS}[self]


@dataclass(frozen=True, order=True)
class Period:
    """One of them, by its first day."""

    start: date
    span: Span

    @property
    def end(self) -> date:
        """The first day after it."""
        return add_months(self.start, self.span.months)

    @property
    def first(self) -> int:
        """How many months of its year are over when it begins."""
        return self.start.month - 1

    @property
    def last(self) -> int:
        """How many months of its year are over when it ends."""
        return self.first + self.span.months

    @property
    def number(self) -> int:
        """Which month, quarter or year it is."""
        return {Span.MONTH: self.start.month, Span.QUARTER: self.first // 3 + 1, Span.YEAR: self.start.year}[self.span]

    @property
    def roman(self) -> str:
        """A quarter's number as it is written."""
        return _ROMAN[self.first // 3]

    @property
    def label(self) -> str:
        """For people: "Tháng 10/2026", "Quý III/2026", "Năm 2026"."""
        if self.span == Span.YEAR:
            return f"Năm {self.start.year}"
        number = self.roman if self.span == Span.QUARTER else str(self.number)
        return f"{self.span.label} {number}/{self.start.year}"

    @property
    def typed(self) -> str:
        """In an address: "2026-10", "2026-quy-3", "2026"."""
        year = str(self.start.year)
        if self.span == Span.YEAR:
            return year
        return f"{year}-quy-{self.number}" if self.span == Span.QUARTER else f"{year}-{self.number:02d}"

    def months(self) -> Iterator[date]:
        """The first day of each of its months."""
        for count in range(self.span.months):
            yield add_months(self.start, count)


def period_from(typed: str) -> Period | None:
    """The period that an address names; None if it names none."""
    found = _TYPED.fullmatch(typed)
    if not found:
        return None
    year, month, quarter = found.groups()
    if month:
        return Period(date(int(year), int(month), 1), Span.MONTH)
    if quarter:
        return Period(date(int(year), int(quarter) * 3 - 2, 1), Span.QUARTER)
    return Period(date(int(year), 1, 1), Span.YEAR)


def period_of(day: date, span: Span) -> Period:
    """The period of this length that a day lies in."""
    month = {Span.MONTH: day.month, Span.QUARTER: (day.month - 1) // 3 * 3 + 1, Span.YEAR: 1}[span]
    return Period(date(day.year, month, 1), span)


def periods_at(closed: date) -> list[Period]:
    """The periods that a month, by its first day, belongs to, the longest first."""
    return [period_of(closed, span) for span in (Span.YEAR, Span.QUARTER, Span.MONTH)]


def beginning(day: date) -> datetime:
    """The moment at which a day begins, on Việt Nam's clock."""
    return datetime.combine(day, time.min, VIETNAM)
