"""Closing a month (chốt số liệu): count it once, decide what may be shown, publish it. Nothing of it changes later."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import record
from motcua.core.errors import BusinessError
from motcua.core.worktime import local
from motcua.dossiers.rules.clock import add_months
from motcua.reports.models import Closing, Figure, MonthCount
from motcua.reports.queries import counting
from motcua.reports.queries.counting import Place
from motcua.reports.rules.counts import NOTHING, Line, Month, together
from motcua.reports.rules.hiding import Key, Knowledge, Layer, Tables
from motcua.reports.rules.periods import Period, Span, periods_at

QUEUE = "reports"
CLOSE = "reports.close_months"
Where = tuple[int | None, str | None, int | None]  # agency, field, procedure; None: all of them


def close_months() -> list[date]:
    """Close every month that is over and isn't closed yet, the oldest first; returns them. May run twice, and late.

    Each month is a transaction of its own: whoever is interrupted goes on where it stopped.
    """
    closed = []
    while month := _next_to_close():
        if not _close(month, None):
            break
        closed.append(month)
    return closed


def take_over(month: date, counts: Mapping[Place, Month]) -> None:
    """Close a month with what another system counted, for the time before this portal.

    Raises:
        BusinessError: that month is closed, isn't over yet, or leaves a gap behind the last one that is closed; or a
            line doesn't balance with the month before, of which nothing counts as nothing.
    """
    due = _next_to_close()
    last = Closing.objects.order_by("-month").first()
    if month.day != 1 or month >= _this_month() or (last and month != add_months(last.month, 1)):
        raise BusinessError("Chỉ nhận số liệu của tháng đã qua, nối tiếp tháng đã chốt gần nhất.")
    if due is not None and month > due:
        raise BusinessError("Còn tháng trước đó có hồ sơ mà chưa chốt số liệu.")
    before = counting.month_counts(add_months(month, -1))
    for place in before.keys() | counts.keys():
        one, carried = counts.get(place, NOTHING), before.get(place, NOTHING).in_work
        if carried + one.taken_in != one.resolved + one.in_work:
            raise BusinessError("Số liệu không cân: nhận trong kỳ và kỳ trước chuyển sang khác đã và đang giải quyết.")
    _close(month, dict(counts))


def _this_month() -> date:
    return local(timezone.now()).date().replace(day=1)


def _next_to_close() -> date | None:
    """The oldest month that is over and not closed; None: there is none, or nothing was ever accepted."""
    last = Closing.objects.order_by("-month").values_list("month", flat=True).first()
    month = add_months(last, 1) if last else counting.first_month()
    return month if month and month < _this_month() else None


@transaction.atomic
def _close(month: date, taken_over: dict[Place, Month] | None) -> bool:
    """Whether it was us: two workers at the same month queue up at its row, and the second finds it done."""
    row, created = Closing.objects.get_or_create(
        month=month, defaults={"closed_at": timezone.now(), "taken_over": taken_over is not None}
    )
    if not created:
        return True
    counts = taken_over if taken_over is not None else counting.counted(month)
    MonthCount.objects.bulk_create(
        [
            MonthCount(agency_id=agency, field_id=field, procedure_id=procedure, month=month, **vars(one))
            for (agency, field, procedure), one in sorted(counts.items())
        ],
        batch_size=1000,
    )
    published = _publish(month)
    record(
        "figures.closed", subject_kind="month", subject_ref=f"{month:%Y-%m}", actor=None, month=f"{month:%m/%Y}",
        lines=published, taken_over=row.taken_over,
    )  # fmt: skip
    return True


# ---- what is shown of it ----


def _publish(month: date) -> int:
    """Write the lines of the month, and of its quarter and year as far as they are; how many."""
    year = _Year(month)
    for period in periods_at(month):
        if add_months(month, 1) == period.end:
            year.tables.publish((period.first, period.last))
    rows = [year.figure(where, period) for where in year.lines for period in periods_at(month)]
    for period in periods_at(month):
        Figure.objects.filter(span=period.span, start=period.start).delete()  # of a quarter to date: it has grown
    Figure.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


class _Year:
    """All lines of the year up to a month, with what is known of them from what was published before."""

    def __init__(self, month: date) -> None:
        self.month, self.now = month, month.month
        self.lines: dict[Where, Line] = _lines(month)
        self.keys: dict[Where, Key] = _keys(self.lines)
        before = _known_before(month)
        known = {key: before.get(where, _never_seen(self.now - 1)) for where, key in self.keys.items()}
        self.tables = Tables({self.keys[where]: line for where, line in self.lines.items()}, known)

    def figure(self, where: Where, period: Period) -> Figure:
        """A line of a period as it is published."""
        line, key, first, last = self.lines[where], self.keys[where], period.first, min(period.last, self.now)
        row = Figure(
            span=period.span, start=period.start, through=self.month, agency_id=where[0], field_id=where[1],
            procedure_id=where[2],
        )  # fmt: skip
        shown = {layer for layer in Layer if self.tables.tells(key, layer, (first, last))}
        if Layer.TAKEN_IN in shown:
            (row.taken_in,) = line.taken_in(first, last)
        if Layer.SOURCE in shown:
            row.online, row.other = line.source(first, last)
        if Layer.BALANCE in shown:
            (row.carried,), (row.in_work,) = line.in_work(first), line.in_work(last)
            (row.resolved,) = line.resolved(first, last)
        if Layer.OUTCOME in shown:
            row.early, row.on_time, row.late = line.outcome(first, last)
        if Layer.STANDING in shown:
            row.within, row.overdue = line.standing(last)
        return row


def _lines(month: date) -> dict[Where, Line]:
    """Every procedure's line of this year, and the sums: of a field, of an agency, of all."""
    december = date(month.year - 1, 12, 1)
    rows = MonthCount.objects.filter(month__lte=month)
    # A line that has been there stays: were it left out, everybody would know that it has nothing any more.
    places = rows.order_by().values_list("agency_id", "field_id", "procedure_id").distinct()
    parts: dict[Place, dict[date, Month]] = {place: {} for place in places}
    for row in rows.filter(month__gte=december):
        parts[row.agency_id, row.field_id, row.procedure_id][row.month] = row.counts
    sums: dict[Where, list[dict[date, Month]]] = defaultdict(list)
    for (agency, field, procedure), months in parts.items():
        for where in ((None,) * 3, (agency, None, None), (agency, field, None), (agency, field, procedure)):
            sums[where].append(months)
    year = [date(month.year, number, 1) for number in range(1, month.month + 1)]
    return {
        where: Line([_sum(each, day) for day in year], _sum(each, december)) for where, each in sums.items()
    }  # fmt: skip


def _sum(lines: Iterable[Mapping[date, Month]], day: date) -> Month:
    return together(months.get(day, NOTHING) for months in lines)


def _keys(lines: Iterable[Where]) -> dict[Where, Key]:
    """A place as the rules name it: numbers only, one more on each floor of the tree."""
    fields = {name: number for number, name in enumerate(sorted({where[1] for where in lines if where[1]}))}
    found = {}
    for where in lines:
        agency, field, procedure = where
        steps = (agency, None if field is None else fields[field], procedure)
        found[where] = tuple(step for step in steps if step is not None)
    return found


def _never_seen(until: int) -> Knowledge:
    """Of a line that first has something now, everybody knows that it had nothing before."""
    known = Knowledge()
    for layer in (Layer.TAKEN_IN, Layer.SOURCE, Layer.BALANCE, Layer.OUTCOME, Layer.STANDING):
        for last in range(until + 1):
            known = known.told(layer, 0, last)
    return known


def _known_before(month: date) -> dict[Where, Knowledge]:
    """What the year's published lines tell, and the December before."""
    found: dict[Where, Knowledge] = {}
    last_year = Figure.objects.filter(span=Span.MONTH, start=date(month.year - 1, 12, 1))
    for row in last_year:
        where = (row.agency_id, row.field_id, row.procedure_id)
        known = Knowledge()
        if row.in_work is not None:
            known = known.told(Layer.BALANCE, 0, 0)
        if row.within is not None:
            known = known.told(Layer.STANDING, 0, 0)
        found[where] = known
    this_year = Figure.objects.filter(start__gte=date(month.year, 1, 1), through__lt=month)
    for row in sorted(this_year, key=lambda row: (row.span != Span.MONTH, row.start)):
        where = (row.agency_id, row.field_id, row.procedure_id)
        found[where] = _with(found.get(where) or _never_seen(row.start.month - 1), row)
    return found


def _with(known: Knowledge, row: Figure) -> Knowledge:
    """What one published line adds."""
    first, last = row.start.month - 1, row.through.month
    shown = {
        Layer.TAKEN_IN: row.taken_in,
        Layer.SOURCE: row.online,
        Layer.BALANCE: row.in_work,
        Layer.OUTCOME: row.late,
        Layer.STANDING: row.within,
    }
    for layer, number in shown.items():
        if number is not None:
            known = known.told(layer, first, last)
    return known
