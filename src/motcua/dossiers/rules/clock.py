"""The clock of a dossier: what it was promised, what of it is used, what stopped it. Every rule is a setting.

Sources: rules.md §4; Bộ luật Dân sự 2015 Điều 146–148 (the first day isn't counted, months end on the same date, a last
day off moves on to the next working day); NĐ 61/2018 Điều 18–19.
"""

import math
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from motcua.core.errors import BusinessError
from motcua.core.words import say
from motcua.core.worktime import VIETNAM, Calendar, local
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import LimitUnit

AfterPause = OfferingVersion.AfterPause
ClockStarts = OfferingVersion.ClockStarts
RESTARTING = frozenset({"supplement"})  # a new dossier in substance; other stops only ever interrupt
LONGEST_EXTENSION = timedelta(days=180)  # no law says so: it catches a mistyped year
_DAYS_IN_MONTH = 30  # a fraction of a month: Bộ luật Dân sự Điều 146


class Standing(StrEnum):
    """How a dossier stands to its promise (trước hạn, đúng hạn, quá hạn)."""

    RUNNING = "running"
    STOPPED = "stopped"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True)
class Terms:
    """A time limit with all its settings.

    Args:
        value: how many units; may be 7.5.
        first_day_counts: same-day procedures count the day of reception as the first.
        cut_off: what is received later counts as received next working morning; None: there is no such hour.
        after_pause: whether a supplement lets the limit begin anew (NĐ 61/2018 Điều 19.4) or run on.
    """

    value: Decimal
    unit: LimitUnit
    first_day_counts: bool = False
    cut_off: time | None = None
    after_pause: str = AfterPause.RESUME


@dataclass(frozen=True)
class Stop:
    """A stretch that doesn't count. `kind` is a `Pause.Kind`; `ended_at` is None while it lasts."""

    kind: str
    started_at: datetime
    ended_at: datetime | None = None
    reason: str = ""

    def covers(self, moment: datetime) -> bool:
        """Whether the clock stood still at this moment."""
        return self.started_at < moment and (self.ended_at is None or moment <= self.ended_at)


@dataclass(frozen=True)
class Mark:
    """A line of the ledger in words: since when the clock did what, and what that meant for the promise."""

    at: datetime
    what: str  # start | stop | go | extend | due | end
    reason: str
    used: timedelta
    due_at: datetime | None


@dataclass(frozen=True)
class LedgerDay:
    """A working day as a cell; `number`: which counted day.

    `what`: start | run | stop | due | late | ahead | end, or moved: the day of a promise that an apology put off.
    """

    date: date
    what: str
    number: int = 0
    is_today: bool = False


@dataclass(frozen=True)
class Clock:
    """One dossier's time: where it began, what was promised, what interrupted it, when it ended.

    `extended_to` is the promise that an apology in time put in place of the old one at `extended_at` (NĐ 61/2018 Điều
    19.9); what stops the clock later moves on from there. It is only ever made while the clock runs.
    """

    start: datetime
    terms: Terms
    calendar: Calendar
    stops: tuple[Stop, ...] = ()
    finished_at: datetime | None = None
    extended_at: datetime | None = None
    extended_to: datetime | None = None

    def counts_from(self, received: datetime) -> datetime:
        """When a reception at this moment begins to count: within hours and not after the cut-off."""
        begins = self.calendar.next_opening(received)
        cut_off = self.terms.cut_off
        same_day = begins.date() == local(received).date()
        if cut_off is not None and same_day and local(received).time() > cut_off:
            begins = self.calendar.open_of(self.calendar.add_days(begins.date(), 1))
        return begins

    def promised(self, received: datetime) -> datetime:
        """The due time of the whole limit for what is received at this moment, as a moment."""
        begins = self.counts_from(received)
        value, day = self.terms.value, begins.date()
        first = 1 if self.terms.first_day_counts else 0
        match self.terms.unit:
            case LimitUnit.WORKING_HOURS:
                return self.calendar.add_time(begins, timedelta(hours=float(value)))
            case LimitUnit.WORKING_DAYS:
                return self._after_working_days(begins)
            case LimitUnit.CALENDAR_DAYS:
                last = day + timedelta(days=max(math.ceil(value) - first, 0))
            case LimitUnit.MONTHS:
                whole = int(value)
                last = add_months(day, whole) + timedelta(days=math.ceil((value - whole) * _DAYS_IN_MONTH) - first)
        return self._end_of(last)

    def _after_working_days(self, begins: datetime) -> datetime:
        whole = int(self.terms.value)
        fraction = float(self.terms.value - whole)
        day = begins.date()
        if self.terms.first_day_counts:
            if not whole:  # half a day, of the very day
                return self.calendar.add_time(begins, self.calendar.day_length(day) * fraction)
            whole -= 1
        day = self.calendar.add_days(day, whole)
        if not fraction:
            return self.calendar.close_of(day)
        day = self.calendar.add_days(day, 1)
        return self.calendar.add_time(self.calendar.open_of(day), self.calendar.day_length(day) * fraction)

    def _end_of(self, day: date) -> datetime:
        return self.calendar.close_of(self.calendar.first_working_day(day))

    @cached_property
    def due_at(self) -> datetime | None:
        """The moment of the promise; None while the clock stands still."""
        return None if self.open_stop else self._due_after(self.stops)

    @property
    def open_stop(self) -> Stop | None:
        """What the clock is waiting for now."""
        return next((stop for stop in self.stops if stop.ended_at is None), None)

    @property
    def due_before_stop(self) -> datetime:
        """The promise as it was when the clock stopped last, or as it is if it runs."""
        return self._due_after(tuple(stop for stop in self.stops if stop.ended_at is not None))

    @property
    def due_before_extension(self) -> datetime | None:
        """The promise that an apology put off; None where none did."""
        if self.extended_at is None:
            return None
        earlier = tuple(stop for stop in self.stops if stop.started_at < self.extended_at)
        return replace(self, extended_at=None, extended_to=None)._due_after(earlier)

    def _due_after(self, stops: tuple[Stop, ...], at: datetime | None = None) -> datetime:
        """The promise after these stops, all of them ended; with `at`, as it was known at that moment."""
        due = self.promised(self.start)
        extended = False
        for stop in stops:
            assert stop.ended_at is not None
            if not extended and self._extended_by(stop.started_at):
                due, extended = self._extension(due), True
            moved = self._moved(due, stop, stop.ended_at)
            if not self._restarts(stop):
                due = moved
            else:  # the whole limit anew; but what an apology gave is not taken back by it
                due = max(self.promised(stop.ended_at), moved) if extended else self.promised(stop.ended_at)
        return due if extended or not self._extended_by(at) else self._extension(due)

    def _extended_by(self, moment: datetime | None) -> bool:
        """Whether the promise had been put off by then; None: by now."""
        return self.extended_at is not None and (moment is None or self.extended_at <= moment)

    def _extension(self, due: datetime) -> datetime:
        return due if self.extended_to is None else max(due, self.extended_to)

    def _restarts(self, stop: Stop) -> bool:
        return self.terms.after_pause == AfterPause.RESTART and stop.kind in RESTARTING

    def _moved(self, due: datetime, stop: Stop, ended_at: datetime) -> datetime:
        """The due time once the rest that was left at the stop has been counted on from its end."""
        if stop.started_at >= due:
            return due  # already late: waiting doesn't make it punctual again
        if self.terms.unit in {LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS}:
            return self._end_of(local(due).date() + (local(ended_at).date() - local(stop.started_at).date()))
        return self.calendar.add_time(ended_at, self.calendar.time_between(stop.started_at, due))

    def used(self, now: datetime) -> timedelta:
        """The working time that counts, until now or until the end; since the last new beginning."""
        return self._used_until(self.finished_at or now)

    def _used_until(self, until: datetime) -> timedelta:
        begun = self.counts_from(self.start)
        for stop in self.stops:
            if self._restarts(stop) and stop.ended_at is not None and stop.ended_at <= until:
                begun = self.counts_from(stop.ended_at)
        total = self.calendar.time_between(begun, until)
        return max(total - self._stopped_between(begun, until), timedelta())

    def _stopped_between(self, start: datetime, until: datetime) -> timedelta:
        return sum(
            (
                self.calendar.time_between(max(stop.started_at, start), min(stop.ended_at or until, until))
                for stop in self.stops
            ),
            timedelta(),
        )

    def paused(self, now: datetime) -> timedelta:
        """The working time in which the clock stood still."""
        return self._stopped_between(self.start, self.finished_at or now)

    def left(self, now: datetime) -> timedelta:
        """The working time that is left; nothing once it is late."""
        stop = self.open_stop
        since = stop.started_at if stop else self.finished_at or now
        return self.calendar.time_between(since, self.due_before_stop)

    def over(self, now: datetime) -> timedelta:
        """The working time by which the promise is missed; nothing while it is kept."""
        until = self.finished_at or now
        return timedelta() if self.due_at is None else self.calendar.time_between(self.due_at, until)

    def standing(self, now: datetime) -> Standing:
        """Early and on time are said of what is finished; late also of what isn't."""
        if self.due_at is None:
            return Standing.STOPPED
        if (self.finished_at or now) > self.due_at:
            return Standing.LATE
        if self.finished_at is None:
            return Standing.RUNNING
        return Standing.EARLY if local(self.finished_at).date() < local(self.due_at).date() else Standing.ON_TIME

    def marks(self) -> list[Mark]:
        """What started, stopped and moved the clock, oldest first, with what was used and promised then."""
        marks = [Mark(self.start, "start", "", timedelta(), self.promised(self.start))]
        for index, stop in enumerate(self.stops):
            marks.append(Mark(stop.started_at, "stop", stop.reason, self._used_until(stop.started_at), None))
            if stop.ended_at is not None:
                due = self._due_after(self.stops[: index + 1], stop.ended_at)
                marks.append(Mark(stop.ended_at, "go", "", self._used_until(stop.ended_at), due))
        if self.extended_at is not None:
            used = self._used_until(self.extended_at)
            marks.append(Mark(self.extended_at, "extend", "", used, self.extended_to))
            marks.sort(key=lambda mark: mark.at)
        if self.finished_at is not None:
            used = self._used_until(self.finished_at)
            marks.append(Mark(self.finished_at, "end", "", used, self.due_at))
        elif self.due_at is not None:
            marks.append(Mark(self.due_at, "due", "", self._used_until(self.due_at), self.due_at))
        return marks

    def ledger(self, now: datetime) -> list[LedgerDay]:
        """Every working day from the start to the promise, or to today if that is later."""
        first = self.calendar.first_working_day(local(self.start).date())
        today = local(self.finished_at or now).date()
        due_day = local(self.due_before_stop).date()
        days, number = [], 0
        for day in self.calendar.working_days(first, max(due_day, today)):
            what = self._day(day, due_day=due_day, today=today)
            counts = what in {"run", "ahead", "due", "late", "end", "moved"} and self._counted(day)
            number += counts
            days.append(LedgerDay(day, what, number if counts else 0, is_today=day == local(now).date()))
        return days

    @cached_property
    def _put_off(self) -> date | None:
        before = self.due_before_extension
        return local(before).date() if before is not None else None

    def _counted(self, day: date) -> bool:
        begins = self.counts_from(self.start).date()
        return day >= begins if self.terms.first_day_counts else day > begins

    def _day(self, day: date, *, due_day: date, today: date) -> str:
        close = self.calendar.close_of(day)
        if self.finished_at is not None and day == today:
            return "end"
        if self.due_at is not None and day == due_day:
            return "due"
        if any(stop.covers(close) for stop in self.stops) and day <= today:
            return "stop"
        if self.due_at is not None and day > due_day:
            return "late"
        if day == self._put_off:
            return "moved"
        if not self._counted(day):
            return "start"
        return "run" if day <= today else "ahead"


def add_months(day: date, count: int) -> date:
    """The same date so many months on, or the last day of that month (Bộ luật Dân sự Điều 148.4)."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def clock_start(starts: str, *, complete_at: datetime, paid_at: datetime | None, owes: bool) -> datetime | None:
    """When the clock starts: at once, or where the procedure says so only when the fee is paid too; None: not yet."""
    if starts == ClockStarts.COMPLETE or not owes:
        return complete_at
    return max(complete_at, paid_at) if paid_at is not None else None


def reception_answer_by(submitted_at: datetime, hours: int, calendar: Calendar) -> datetime:
    """Until when an online dossier is accepted or answered: so many working hours, 8 in general (rules.md §4)."""
    return calendar.add_time(submitted_at, timedelta(hours=hours))


def extension_until(due_at: datetime, calendar: Calendar) -> datetime:
    """Until when the promise may still be put off: the end of the last working day before its own.

    "Chậm nhất 01 ngày trước ngày hết thời hạn giải quyết" (NĐ 61/2018 Điều 19.9); counted in working days, so that
    nobody reads on a Sunday evening that Monday's appointment is gone.
    """
    day = local(due_at).date() - timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day + timedelta(days=1), time.min, VIETNAM)


def new_promise(day: date, due_at: datetime, now: datetime, calendar: Calendar) -> datetime:
    """The moment that an apology names instead of the old promise: the end of a working day after it, and after today.

    Raises:
        BusinessError: it is a day off, or not later than the promise or today, or too far to be meant.
    """
    earliest = max(local(due_at).date(), local(now).date())
    if day <= earliest:
        raise BusinessError(say("Ngày hẹn mới phải sau ngày {earliest:%d/%m/%Y}.", earliest=earliest))
    if day > earliest + LONGEST_EXTENSION:
        raise BusinessError(
            say("Ngày hẹn mới xa quá: nhiều nhất {days} ngày sau ngày hẹn cũ.", days=LONGEST_EXTENSION.days)
        )
    if not calendar.is_working_day(day):
        raise BusinessError(say("Ngày {day:%d/%m/%Y} cơ quan không làm việc. Chọn một ngày làm việc.", day=day))
    return calendar.close_of(day)


def confirm_until(shown_at: datetime, days: int, calendar: Calendar) -> datetime:
    """Until when the applicant may answer a draft; after it, silence agrees.

    The law says "một ngày", not a working day: counted in calendar days, the first day left out, a last day off moved
    on, to the end of the day (Bộ luật Dân sự Điều 147, 148.5, 148.6): whoever works all day answers in the evening.
    """
    last = calendar.first_working_day(local(shown_at).date() + timedelta(days=days))
    return datetime.combine(last, time(23, 59), VIETNAM)


def spoken(amount: timedelta, day: timedelta = timedelta(hours=8)) -> str:
    """Working time in words: "2 ngày 3 giờ", "2 giờ 18 phút", "0 phút"; `day` is the length of a working day."""
    days, rest = divmod(amount, day) if amount >= day else (0, amount)
    hours, minutes = divmod(int(rest / timedelta(minutes=1)), 60)
    if days:
        minutes = 0  # nobody plans days by the minute
    parts = [
        say("{count} ngày", count=days) if days else None,
        say("{count} giờ", count=hours) if hours else None,
        say("{count} phút", count=minutes) if minutes else None,
    ]
    said = [part for part in parts if part]
    if len(said) == 2:
        return say("{longer} {shorter}", longer=said[0], shorter=said[1])
    return said[0] if said else say("0 phút")
