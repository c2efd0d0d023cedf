"""A procedure's own figures of this year, on the page of its record (Thông tư 32/2017/TT-BTTTT Điều 11.3)."""

from dataclasses import dataclass
from datetime import date

from motcua.reports.queries import screens
from motcua.web.public.progress import tables
from motcua.web.public.progress.tables import Cell


@dataclass(frozen=True)
class AtAgency:
    """What one agency took in and settled."""

    name: str
    slug: str
    online: Cell
    taken_in: Cell
    resolved: Cell
    share: Cell


@dataclass(frozen=True)
class Progress:
    """A year at all agencies, as far as it is counted."""

    year: int
    through: date  # the first day of the last month counted
    rows: list[AtAgency]


def progress_of(code: str) -> Progress | None:
    """The newest year that has figures of this procedure; None: nothing is published yet."""
    figures = screens.of_procedure(code)
    if not figures:
        return None
    rows = [
        AtAgency(
            one.agency.name, one.agency.slug, tables.counted(one.online), tables.counted(one.taken_in),
            tables.counted(one.resolved), tables.share(one),
        )
        for one in figures
        if one.agency
    ]  # fmt: skip
    return Progress(figures[0].start.year, figures[0].through, rows)
