"""What the pages about progress show: only published figures, a handful of rows each."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.models import Agency
from motcua.core.text import sort_key
from motcua.dossiers.rules.clock import add_months
from motcua.reports.models import Closing, Figure
from motcua.reports.rules.periods import Period, Span, period_of

COURSE_MONTHS = 12


@dataclass(frozen=True)
class Published:
    """Of which months there are figures."""

    first: date | None
    last: date | None
    closed_at: datetime | None = None  # when the last one was; tells one closing from another

    def has(self, period: Period) -> bool:
        """Whether anything of a period is published."""
        return bool(self.first and self.last and self.first < period.end and period.start <= self.last)

    def periods(self, span: Span) -> list[Period]:
        """Every period of this length that has figures, the newest first."""
        found: list[Period] = []
        month = self.last
        while self.first and month and month >= self.first:
            period = period_of(month, span)
            if period not in found:
                found.append(period)
            month = add_months(month, -1)
        return found


def published() -> Published:
    """From which month to which there are figures; one query."""
    rows = list(Closing.objects.order_by("month").values_list("month", "closed_at"))
    return Published(rows[0][0], *rows[-1]) if rows else Published(None, None)


def overview(period: Period) -> list[Figure]:
    """The line of every agency, by name, and of all of them first; one query."""
    rows = Figure.objects.filter(span=period.span, start=period.start, field=None).select_related("agency")
    return sorted(rows, key=lambda row: (row.agency is not None, sort_key(row.agency.name if row.agency else "")))


def of_agency(agency: Agency, period: Period) -> list[Figure]:
    """The agency's own line, then each field by name with its procedures behind it; one query."""
    rows = Figure.objects.filter(span=period.span, start=period.start, agency=agency)
    return sorted(rows.select_related("field", "procedure"), key=_in_order)


def _in_order(row: Figure) -> tuple[str, str]:
    return sort_key(row.field.name) if row.field else "", row.procedure.code if row.procedure else ""


def course(agency: Agency | None, until: date) -> list[Figure]:
    """The lines of the last months, the oldest first, of an agency or of all; one query."""
    since = add_months(until, 1 - COURSE_MONTHS)
    rows = Figure.objects.filter(span=Span.MONTH, agency=agency, field=None, start__gte=since, start__lte=until)
    return list(rows.order_by("start"))


def of_procedure(code: str) -> list[Figure]:
    """This year's line of a procedure at each agency, as far as it is published (TT 32/2017 Điều 11.3); one query."""
    rows = Figure.objects.filter(span=Span.YEAR, procedure__code=code).select_related("agency")
    newest = max((row.start for row in rows), default=None)
    return sorted(
        (row for row in rows if row.start == newest), key=lambda row: sort_key(row.agency.name if row.agency else "")
    )


def agency_called(slug: str) -> Agency | None:
    """The agency of this address."""
    return Agency.objects.filter(slug=slug).first()
