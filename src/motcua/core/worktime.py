"""Working time: when an office is open, and how far a number of working minutes or days reaches.

Pure and without a database; `agencies.queries.working_calendar` makes a `Calendar` from an agency's rows. Moments are
aware datetimes; days and times of day are those of Việt Nam, which has one zone and no summer time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
Hours = tuple[tuple[time, time], ...]

# Tết is the longest closure there is; a calendar that stays shut for longer is a mistake, not a holiday.
LONGEST_CLOSURE = timedelta(days=120)


class NeverOpen(ValueError):
    """The calendar has no working day within reach: somebody set it up wrongly."""


def local(moment: datetime) -> datetime:
    """The same moment on Việt Nam's clock."""
    return moment.astimezone(VIETNAM)


@dataclass(frozen=True)
class Calendar:
    """When an agency works (lịch làm việc).

    Args:
        week: seven days, Monday first, each a tuple of (opens, closes); an empty one is a day off.
        days: what differs from the week: holidays (empty), Saturdays worked in their place (làm bù).
    """

    week: Sequence[Hours]
    days: Mapping[date, Hours] = field(default_factory=dict)

    def hours(self, day: date) -> Hours:
        """The stretches worked on this day, in order."""
        return self.days.get(day, self.week[day.weekday()])

    def is_working_day(self, day: date) -> bool:
        """Whether anybody works on this day, be it only in the morning."""
        return bool(self.hours(day))

    def opens(self, moment: datetime) -> bool:
        """Whether people are at work at this moment; the closing minute itself is no longer one."""
        here = local(moment)
        return any(start <= here.time() < end for start, end in self.hours(here.date()))

    def open_of(self, day: date) -> datetime:
        """The first opening of a working day.

        Raises:
            NeverOpen: it is a day off.
        """
        return self._edge(day, first=True)

    def close_of(self, day: date) -> datetime:
        """The last closing of a working day.

        Raises:
            NeverOpen: it is a day off.
        """
        return self._edge(day, first=False)

    def _edge(self, day: date, *, first: bool) -> datetime:
        hours = self.hours(day)
        if not hours:
            raise NeverOpen(f"{day} is a day off.")
        return datetime.combine(day, hours[0][0] if first else hours[-1][1], VIETNAM)

    def day_length(self, day: date) -> timedelta:
        """The working time of one day."""
        return sum((end - start for start, end in self._stretches_of(day)), timedelta())

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself while people are at work, otherwise when they next begin: early morning → opening,
        lunch → afternoon, evening → next working morning."""
        here = local(moment)
        for start, end in self._stretches(here.date()):
            if here < end:
                return max(here, start)
        raise NeverOpen("No working day follows.")  # for the type checker: the loop raises first

    def first_working_day(self, day: date) -> date:
        """This day if it is worked, else the next one that is."""
        return self.next_opening(datetime.combine(day, time.min, VIETNAM)).date()

    def add_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself isn't counted (Bộ luật Dân sự 2015 Điều 147)."""
        for _ in range(count):
            day = self.first_working_day(day + timedelta(days=1))
        return day

    def add_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which so much working time has passed since `start`.

        Time that ends exactly with a stretch ends there, at its closing, and not at the next opening.
        """
        here = local(start)
        if amount <= timedelta():
            return here
        for opening, end in self._stretches(here.date()):
            begin = max(opening, here)
            if end <= begin:
                continue
            if amount <= end - begin:
                return begin + amount
            amount -= end - begin
        raise NeverOpen("No working day follows.")  # for the type checker: the loop raises first

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """`add_time` in working minutes."""
        return self.add_time(start, timedelta(minutes=minutes))

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from one moment to a later one; nothing if it isn't later."""
        first, last = local(start), local(end)
        total = timedelta()
        day = first.date()
        while day <= last.date():
            for opening, closing in self._stretches_of(day):
                total += max(min(closing, last) - max(opening, first), timedelta())
            day += timedelta(days=1)
        return total

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """`time_between` in whole working minutes."""
        return int(self.time_between(start, end) / timedelta(minutes=1))

    def working_days(self, first: date, last: date) -> Iterator[date]:
        """Every working day from the first to the last, both included."""
        day = first
        while day <= last:
            if self.is_working_day(day):
                yield day
            day += timedelta(days=1)

    def _stretches_of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for start, end in self.hours(day):
            yield datetime.combine(day, start, VIETNAM), datetime.combine(day, end, VIETNAM)

    def _stretches(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """All stretches from this day on, for ever."""
        last_worked = day
        while day - last_worked <= LONGEST_CLOSURE:
            if self.is_working_day(day):
                last_worked = day
                yield from self._stretches_of(day)
            day += timedelta(days=1)
        raise NeverOpen(f"No working day within {LONGEST_CLOSURE.days} days after {last_worked}.")
