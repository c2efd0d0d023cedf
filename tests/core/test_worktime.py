"""The working calendar, by the examples of working-time rules (per-agency hours, holidays, Saturdays)."""

from datetime import date, datetime, timedelta

import pytest

from motcua.core.worktime import Calendar, NeverOpen
from tests.core.calendars import POLICE, PROVINCE, WARD, at


@pytest.mark.parametrize(
    ("received", "counts_from"),
    [
        ("25/11/2026 06:10", "25/11/2026 07:30"),  # before opening → opening
        ("25/11/2026 07:30", "25/11/2026 07:30"),
        ("25/11/2026 09:12", "25/11/2026 09:12"),
        ("25/11/2026 11:30", "25/11/2026 13:30"),  # during lunch → 13:30
        ("25/11/2026 12:45", "25/11/2026 13:30"),
        ("25/11/2026 17:00", "26/11/2026 07:30"),  # after close → next working morning
        ("25/11/2026 20:47", "26/11/2026 07:30"),
        ("27/11/2026 17:01", "30/11/2026 07:30"),  # Friday evening → Monday
        ("28/11/2026 09:00", "30/11/2026 07:30"),
        ("31/08/2026 10:00", "03/09/2026 07:30"),  # the swapped Monday, then two holidays
        ("22/08/2026 10:00", "22/08/2026 10:00"),  # the Saturday worked instead
    ],
)
def test_what_comes_outside_hours_counts_from_the_next_opening(received: str, counts_from: str) -> None:
    assert WARD.next_opening(at(received)) == at(counts_from)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("25/11/2026 07:29", False), ("25/11/2026 07:30", True), ("25/11/2026 11:29", True),
        ("25/11/2026 11:30", False), ("25/11/2026 16:59", True), ("25/11/2026 17:00", False),
        ("29/11/2026 09:00", False), ("02/09/2026 09:00", False),
    ],
)  # fmt: skip
def test_open_means_somebody_is_there(moment: str, is_open: bool) -> None:
    assert WARD.opens(at(moment)) is is_open


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("25/11/2026 07:30", 240, "25/11/2026 11:30"),  # ends with the morning, not after lunch
        ("25/11/2026 07:30", 241, "25/11/2026 13:31"),
        ("25/11/2026 11:00", 60, "25/11/2026 14:00"),
        ("25/11/2026 16:30", 60, "26/11/2026 08:00"),
        ("27/11/2026 16:30", 60, "30/11/2026 08:00"),
        ("25/11/2026 20:47", 480, "27/11/2026 08:00"),  # 8 working hours, 7.5 hours a day
        ("25/11/2026 08:55", 155, "25/11/2026 11:30"),
        ("25/11/2026 08:55", 0, "25/11/2026 08:55"),
    ],
)
def test_working_minutes_reach_over_lunch_nights_and_weekends(start: str, minutes: int, end: str) -> None:
    assert WARD.add_minutes(at(start), minutes) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("25/11/2026 07:30", "25/11/2026 17:00", 450),
        ("25/11/2026 12:00", "25/11/2026 13:00", 0),
        ("24/11/2026 14:25", "25/11/2026 08:55", 155 + 85),
        ("27/11/2026 16:00", "30/11/2026 08:00", 90),
        ("25/11/2026 10:00", "25/11/2026 09:00", 0),
    ],
)
def test_minutes_between_count_working_time_only(start: str, end: str, minutes: int) -> None:
    assert WARD.minutes_between(at(start), at(end)) == minutes


@pytest.mark.parametrize(
    ("calendar", "day", "count", "result"),
    [
        (WARD, date(2026, 11, 25), 1, date(2026, 11, 26)),
        (WARD, date(2026, 11, 27), 1, date(2026, 11, 30)),
        (WARD, date(2026, 11, 25), 0, date(2026, 11, 25)),
        (WARD, date(2026, 8, 28), 1, date(2026, 9, 3)),  # over the National Day holiday
        (WARD, date(2026, 8, 21), 1, date(2026, 8, 22)),  # the swap Saturday is a working day
        (POLICE, date(2026, 11, 27), 1, date(2026, 11, 28)),  # Saturday morning counts where it is worked
    ],
)
def test_working_days_after_a_day(calendar: Calendar, day: date, count: int, result: date) -> None:
    assert calendar.add_days(day, count) == result


def test_each_agency_has_its_own_hours() -> None:
    assert PROVINCE.day_length(date(2026, 11, 25)) == timedelta(hours=8)
    assert WARD.day_length(date(2026, 11, 25)) == timedelta(hours=7, minutes=30)
    assert POLICE.close_of(date(2026, 11, 28)) == at("28/11/2026 11:30")
    assert PROVINCE.open_of(date(2026, 11, 25)) == at("25/11/2026 07:00")


def test_moments_of_other_zones_are_read_on_our_clock() -> None:
    utc = datetime.fromisoformat("2026-11-25T02:12:00+00:00")
    assert WARD.opens(utc)
    assert WARD.next_opening(utc) == at("25/11/2026 09:12")


def test_a_day_off_has_no_closing_and_a_calendar_without_days_never_opens() -> None:
    with pytest.raises(NeverOpen):
        WARD.close_of(date(2026, 11, 29))
    with pytest.raises(NeverOpen):
        Calendar(((),) * 7).next_opening(at("25/11/2026 08:00"))
