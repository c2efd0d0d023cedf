"""A chart without a library: what the server draws as SVG, per cent across and pixels down (docs/look.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.reports.models import Figure
from motcua.web.public.progress.tables import Cell, counted

TOP, BASE = 24, 196  # pixels: where the highest grid line and the ground lie
LEFT = 9.0  # per cent that the scale takes
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """A column of one month; `hidden`: its number isn't shown, and nothing is drawn."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    hidden: bool


@dataclass(frozen=True)
class Column:
    """A month of the chart: its bars, its name, and where that stands."""

    month: date
    middle: str
    bars: list[Bar]
    taken_in: Cell
    resolved: Cell

    @property
    def name(self) -> str:
        """What stands under it: T10."""
        return f"T{self.month.month}"


@dataclass(frozen=True)
class Chart:
    """All that the template draws."""

    columns: list[Column]
    lines: list[tuple[str, str]]  # what a grid line means, and its height


def chart_of(course: Sequence[Figure]) -> Chart | None:
    """What came in and what was settled, month by month; None where there is nothing to draw."""
    numbers = [number for one in course for number in (one.taken_in, one.resolved) if number is not None]
    if not numbers or not max(numbers):
        return None
    step = _step(max(numbers))
    top = -(-max(numbers) // step) * step
    width = (100 - LEFT) / len(course)
    columns = []
    for number, one in enumerate(course):
        left = LEFT + width * number
        pair = ((one.taken_in, "s2", left + width * 0.16), (one.resolved, "s1", left + width * 0.52))
        bars = [_bar(count, kind, x, width * 0.32, top) for count, kind, x in pair]
        cells = counted(one.taken_in), counted(one.resolved)
        columns.append(Column(one.start, _percent(left + width / 2), bars, *cells))
    return Chart(columns, [(counted(line).text, f"{_height(line, top):.1f}") for line in range(0, top + 1, step)])


def _step(most: int) -> int:
    """A round distance between grid lines, of which there are four or five at most."""
    ten = 1
    while True:
        for step in STEPS:
            if most <= step * ten * 4:
                return step * ten
        ten *= 10


def _bar(count: int | None, kind: str, x: float, width: float, top: int) -> Bar:
    y = _height(count or 0, top)
    return Bar(_percent(x), f"{y:.1f}", _percent(width), f"{BASE - y:.1f}", kind, hidden=count is None)


def _height(count: int, top: int) -> float:
    return BASE - (BASE - TOP) * count / top


def _percent(number: float) -> str:
    return f"{number:.2f}%"
