"""Figures as cells: what a line shows, and the word where it doesn't."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from motcua.procedures.models import ProcedureVersion
from motcua.reports.models import Figure
from motcua.reports.rules.periods import Period, Span

# The columns of Biểu II.06a with their numbers there, and between them what came in the period itself.
COLUMNS = (
    ("total", "(3)"),
    ("taken_in", "(4)+(5)"),
    ("online", "(4)"),
    ("other", "(5)"),
    ("carried", "(6)"),
    ("resolved", "(7)"),
    ("early", "(8)"),
    ("on_time", "(9)"),
    ("late", "(10)"),
    ("in_work", "(11)"),
    ("within", "(12)"),
    ("overdue", "(13)"),
)
GROUP_STARTS = (0, 5, 9, 12)  # the cells at which a group of columns begins


@dataclass(frozen=True)
class Cell:
    """A number, or that it isn't shown."""

    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table: where it leads, its cells in the order of the head."""

    name: str
    cells: list[Cell]
    slug: str = ""
    depth: int = 0  # 1: a procedure of the field before it


def row_of(figure: Figure, name: str, *, slug: str = "", depth: int = 0) -> Row:
    """One line."""
    cells = [counted(getattr(figure, column)) for column, _number in COLUMNS]
    return Row(name, [*cells, share(figure)], slug, depth)


def counted(number: int | None) -> Cell:
    """A number as it is read, or "ẩn"."""
    if number is None:
        return Cell(_("ẩn"), hidden=True)
    return Cell(number_format(number, use_l10n=True, force_grouping=True))


def share(figure: Figure) -> Cell:
    """The share of what was settled that was settled in time."""
    if figure.punctual is not None:
        return Cell(percent(figure.punctual))
    return Cell("–") if figure.resolved == 0 else Cell(_("ẩn"), hidden=True)


def percent(part: float) -> str:
    """97,4%; never 100% while one is missing."""
    tenths = round(part * 1000)
    tenths = 999 if tenths == 1000 and part < 1 else tenths
    return f"{number_format(tenths / 10, decimal_pos=0 if tenths % 10 == 0 else 1, use_l10n=True)}%"


def agency_rows(figures: Iterable[Figure]) -> list[Row]:
    """A line for each agency, leading to its own page."""
    return [row_of(one, one.agency.name, slug=one.agency.slug) for one in figures if one.agency]


def field_rows(figures: Sequence[Figure], names: dict[str, ProcedureVersion]) -> list[Row]:
    """A line for each field, and behind it one for each of its procedures if there are several."""
    rows = []
    for one in figures:
        if one.procedure is not None:
            version = names.get(one.procedure.code)
            rows.append(row_of(one, version.short_name if version else one.procedure.code, depth=1))
        elif one.field is not None:
            rows.append(row_of(one, one.field.name))
    return rows


def name_of(period: Period) -> str:
    """The period's name in the reader's language."""
    values = {"number": period.roman if period.span == Span.QUARTER else period.number, "year": period.start.year}
    if period.span == Span.YEAR:
        return _("Năm {year}").format(**values)
    if period.span == Span.QUARTER:
        return _("Quý {number}/{year}").format(**values)
    return _("Tháng {number}/{year}").format(**values)


def length(span: Span) -> str:
    """What a length of periods is called in the reader's language."""
    return {Span.MONTH: _("Tháng"), Span.QUARTER: _("Quý"), Span.YEAR: _("Năm")}[span]
