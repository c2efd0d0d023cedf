"""The clock of a dossier: every example of the domain's time rules that applies is a row here."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from motcua.core.errors import BusinessError
from motcua.core.worktime import Calendar
from motcua.dossiers.rules.clock import (
    AfterPause,
    Clock,
    ClockStarts,
    Standing,
    Stop,
    Terms,
    add_months,
    clock_start,
    confirm_until,
    extension_until,
    new_promise,
    reception_answer_by,
    spoken,
)
from motcua.procedures.models import LimitUnit
from tests.core.calendars import OFFICE, POLICE, PROVINCE, WARD, WEEK, at

HOURS, WORKING, CALENDAR, MONTHS = (
    LimitUnit.WORKING_HOURS,
    LimitUnit.WORKING_DAYS,
    LimitUnit.CALENDAR_DAYS,
    LimitUnit.MONTHS,
)
THREE, FOUR = time(15, 0), time(16, 0)
RESUME, RESTART = AfterPause.RESUME, AfterPause.RESTART
TET = Calendar(WEEK, {date(2026, 2, day): () for day in range(14, 23)})  # the long closure of Bính Ngọ


def clock(
    start: str, value: str, unit: LimitUnit = WORKING, calendar: Calendar = WARD, *stops: Stop, **terms: object
) -> Clock:
    return Clock(at(start), Terms(Decimal(value), unit, **terms), calendar, stops)  # type: ignore[arg-type]


def stop(start: str, end: str | None, kind: str = "supplement") -> Stop:
    return Stop(kind, at(start), at(end) if end else None, "Chờ bổ sung")


@pytest.mark.parametrize(
    ("start", "value", "unit", "terms", "due"),
    [
        # Same-day procedures (khai sinh, chứng thực): the result the same day, after 15:00 the next working day.
        ("25/11/2026 08:35", "1", WORKING, {"first_day_counts": True, "cut_off": THREE}, "25/11/2026 17:00"),
        ("25/11/2026 15:00", "1", WORKING, {"first_day_counts": True, "cut_off": THREE}, "25/11/2026 17:00"),
        ("25/11/2026 15:01", "1", WORKING, {"first_day_counts": True, "cut_off": THREE}, "26/11/2026 17:00"),
        ("27/11/2026 15:01", "1", WORKING, {"first_day_counts": True, "cut_off": THREE}, "30/11/2026 17:00"),
        ("25/11/2026 20:47", "1", WORKING, {"first_day_counts": True, "cut_off": THREE}, "26/11/2026 17:00"),
        ("25/11/2026 05:10", "1", WORKING, {"first_day_counts": True, "cut_off": THREE}, "25/11/2026 17:00"),
        ("28/11/2026 09:00", "1", WORKING, {"first_day_counts": True, "cut_off": THREE}, "30/11/2026 17:00"),
        # Some procedures say 16:00 (1.014849, 2.001627).
        ("25/11/2026 15:30", "1", WORKING, {"first_day_counts": True, "cut_off": FOUR}, "25/11/2026 17:00"),
        ("25/11/2026 16:01", "1", WORKING, {"first_day_counts": True, "cut_off": FOUR}, "26/11/2026 17:00"),
        # The first day isn't counted (Bộ luật Dân sự Điều 147).
        ("25/11/2026 08:35", "1", WORKING, {"cut_off": THREE}, "26/11/2026 17:00"),
        ("17/11/2026 08:35", "3", WORKING, {"cut_off": THREE}, "20/11/2026 17:00"),
        ("17/11/2026 15:10", "3", WORKING, {"cut_off": THREE}, "23/11/2026 17:00"),
        ("26/11/2026 09:00", "3", WORKING, {}, "01/12/2026 17:00"),
        ("28/08/2026 09:00", "1", WORKING, {}, "03/09/2026 17:00"),  # over a holiday and its swapped Monday
        ("21/08/2026 09:00", "1", WORKING, {}, "22/08/2026 17:00"),  # the Saturday worked instead
        ("24/11/2026 09:00", "2", WORKING, {"first_day_counts": True}, "25/11/2026 17:00"),
        # Fractions of a day.
        ("23/11/2026 09:00", "7.5", WORKING, {}, "03/12/2026 11:15"),  # 7 days, then half of 7.5 hours
        ("23/11/2026 09:00", "0.5", WORKING, {}, "24/11/2026 11:15"),
        ("23/11/2026 07:30", "0.5", WORKING, {"first_day_counts": True}, "23/11/2026 11:15"),
        ("23/11/2026 09:00", "1.5", WORKING, {"first_day_counts": True}, "24/11/2026 11:15"),
        # Working hours.
        ("25/11/2026 08:00", "4", HOURS, {}, "25/11/2026 14:00"),
        ("25/11/2026 16:00", "4", HOURS, {}, "26/11/2026 10:30"),
        ("25/11/2026 15:30", "4", HOURS, {"cut_off": THREE}, "26/11/2026 11:30"),
        ("25/11/2026 12:10", "0.5", HOURS, {}, "25/11/2026 14:00"),
        # Calendar days: counted in days, due on the next working day.
        ("25/11/2026 08:35", "1", CALENDAR, {}, "26/11/2026 17:00"),
        ("25/11/2026 08:35", "3", CALENDAR, {}, "30/11/2026 17:00"),  # Saturday → Monday
        ("25/11/2026 08:35", "15", CALENDAR, {}, "10/12/2026 17:00"),
        ("24/08/2026 08:35", "7", CALENDAR, {}, "03/09/2026 17:00"),  # 31/8 is off, then the holiday
        ("25/11/2026 15:10", "1", CALENDAR, {"cut_off": THREE}, "27/11/2026 17:00"),
        ("25/11/2026 08:35", "7.5", CALENDAR, {}, "03/12/2026 17:00"),
        # Months end on the same date, or on the last of a shorter month.
        ("25/11/2026 08:35", "1", MONTHS, {}, "25/12/2026 17:00"),
        ("31/12/2026 08:35", "2", MONTHS, {}, "01/03/2027 17:00"),  # 28/2/2027 is a Sunday
        ("20/11/2026 08:35", "1", MONTHS, {}, "21/12/2026 17:00"),  # 20/12 is a Sunday
        ("02/11/2026 08:35", "1.5", MONTHS, {}, "17/12/2026 17:00"),
    ],
)
def test_due_time(start: str, value: str, unit: LimitUnit, terms: dict[str, object], due: str) -> None:
    assert clock(start, value, unit, WARD, **terms).due_at == at(due)


@pytest.mark.parametrize(
    ("calendar", "start", "value", "due"),
    [
        (PROVINCE, "25/11/2026 07:05", "1", "26/11/2026 17:00"),
        (POLICE, "27/11/2026 09:00", "1", "28/11/2026 11:30"),  # they work on Saturday morning
        (TET, "13/02/2026 09:00", "1", "23/02/2026 17:00"),
    ],
)
def test_due_time_follows_the_agencys_calendar(calendar: Calendar, start: str, value: str, due: str) -> None:
    assert clock(start, value, WORKING, calendar).due_at == at(due)


SAME_DAY = {"first_day_counts": True, "cut_off": THREE, "after_pause": RESUME}


@pytest.mark.parametrize(
    ("start", "value", "unit", "terms", "stops", "due"),
    [
        # The rest that was left at the stop is counted on.
        ("24/11/2026 13:10", "1", WORKING, SAME_DAY, [("24/11/2026 14:25", "25/11/2026 08:55")], "25/11/2026 11:30"),
        ("17/11/2026 08:35", "3", WORKING, {}, [("18/11/2026 17:00", "23/11/2026 07:30")], "24/11/2026 17:00"),
        (
            "17/11/2026 08:35", "3", WORKING, {},
            [("18/11/2026 17:00", "23/11/2026 07:30"), ("23/11/2026 17:00", "25/11/2026 17:00")],
            "26/11/2026 17:00",
        ),
        ("25/11/2026 08:00", "8", HOURS, {}, [("25/11/2026 09:00", "26/11/2026 09:00")], "27/11/2026 08:30"),
        # A stop over night only costs no working time, so it moves nothing.
        ("25/11/2026 08:00", "8", HOURS, {}, [("25/11/2026 17:30", "26/11/2026 06:00")], "26/11/2026 08:30"),
        # Calendar limits move by calendar days, then on to a working day.
        ("02/11/2026 08:35", "15", CALENDAR, {}, [("05/11/2026 10:00", "09/11/2026 10:00")], "23/11/2026 17:00"),
        ("02/11/2026 08:35", "1", MONTHS, {}, [("05/11/2026 10:00", "06/11/2026 10:00")], "03/12/2026 17:00"),
        # NĐ 61/2018 Điều 19.4: from zero after the full dossier is there; the cut-off holds again.
        (
            "17/11/2026 08:35", "3", WORKING, {"after_pause": RESTART, "cut_off": THREE},
            [("18/11/2026 10:00", "23/11/2026 09:00")], "26/11/2026 17:00",
        ),
        (
            "17/11/2026 08:35", "3", WORKING, {"after_pause": RESTART, "cut_off": THREE},
            [("18/11/2026 10:00", "23/11/2026 15:30")], "27/11/2026 17:00",
        ),
        # Already late: waiting doesn't make it punctual again.
        ("17/11/2026 08:35", "1", WORKING, {}, [("19/11/2026 10:00", "23/11/2026 09:00")], "18/11/2026 17:00"),
    ],
)  # fmt: skip
def test_due_time_after_pauses(
    start: str, value: str, unit: LimitUnit, terms: dict[str, object], stops: list[tuple[str, str]], due: str
) -> None:
    assert clock(start, value, unit, WARD, *(stop(a, b) for a, b in stops), **terms).due_at == at(due)


def test_only_a_supplement_restarts_other_stops_resume() -> None:
    waiting = stop("24/11/2026 14:25", "25/11/2026 08:55", "confirm_draft")
    same_day = clock("24/11/2026 13:10", "1", WORKING, WARD, waiting, first_day_counts=True, after_pause=RESTART)
    assert same_day.due_at == at("25/11/2026 11:30")


def test_a_stopped_clock_promises_nothing() -> None:
    waiting = clock("17/11/2026 08:35", "3", WORKING, WARD, stop("18/11/2026 17:00", None))
    assert waiting.due_at is None
    assert waiting.standing(at("30/11/2026 09:00")) is Standing.STOPPED
    assert waiting.due_before_stop == at("20/11/2026 17:00")
    assert waiting.left(at("30/11/2026 09:00")) == timedelta(hours=15)  # what was left when it stopped
    assert waiting.over(at("30/11/2026 09:00")) == timedelta()


@pytest.mark.parametrize(
    ("finished", "now", "standing"),
    [
        (None, "19/11/2026 09:00", Standing.RUNNING),
        (None, "20/11/2026 17:00", Standing.RUNNING),
        (None, "20/11/2026 17:01", Standing.LATE),
        ("19/11/2026 16:00", "30/11/2026 09:00", Standing.EARLY),
        ("20/11/2026 08:00", "30/11/2026 09:00", Standing.ON_TIME),
        ("20/11/2026 17:00", "30/11/2026 09:00", Standing.ON_TIME),
        ("23/11/2026 07:31", "30/11/2026 09:00", Standing.LATE),
    ],
)
def test_early_on_time_late(finished: str | None, now: str, standing: Standing) -> None:
    whole = clock("17/11/2026 08:35", "3")
    ended = Clock(whole.start, whole.terms, whole.calendar, (), at(finished) if finished else None)
    assert ended.standing(at(now)) is standing


def test_used_left_and_paused_are_working_time() -> None:
    now = at("25/11/2026 09:12")
    resumed = clock("24/11/2026 13:10", "1", WORKING, WARD, stop("24/11/2026 14:25", "25/11/2026 08:55"), **SAME_DAY)
    assert resumed.used(now) == timedelta(hours=1, minutes=12)  # 13:30–14:25 and 8:55–9:12
    assert resumed.left(now) == timedelta(hours=2, minutes=18)
    assert resumed.paused(now) == timedelta(hours=4)


def test_a_restart_uses_from_zero() -> None:
    begun_anew = clock(
        "17/11/2026 08:35", "3", WORKING, WARD, stop("18/11/2026 10:00", "23/11/2026 09:00"), after_pause=RESTART
    )
    assert begun_anew.used(at("23/11/2026 10:00")) == timedelta(hours=1)
    assert begun_anew.used(at("18/11/2026 10:00")) == timedelta(hours=6, minutes=25) + timedelta(hours=2, minutes=30)


def test_late_says_by_how_much() -> None:
    late = clock("24/11/2026 08:00", "1", WORKING, WARD, first_day_counts=True)
    assert late.over(at("25/11/2026 09:30")) == timedelta(hours=2)
    assert late.left(at("25/11/2026 09:30")) == timedelta()


def test_the_ledger_has_a_cell_for_every_working_day() -> None:
    two_stops = clock(
        "17/11/2026 08:35", "3", WORKING, WARD,
        stop("18/11/2026 17:00", "23/11/2026 07:30"), stop("23/11/2026 17:00", None),
    )  # fmt: skip
    days = two_stops.ledger(at("25/11/2026 09:12"))
    assert [(day.date.day, day.what, day.number) for day in days] == [
        (17, "start", 0), (18, "run", 1), (19, "stop", 0), (20, "stop", 0), (23, "run", 2), (24, "stop", 0),
        (25, "stop", 0),
    ]  # fmt: skip
    assert [day.date.day for day in days if day.is_today] == [25]


def test_the_ledger_goes_on_to_the_promise_and_past_it() -> None:
    running = clock("17/11/2026 08:35", "3")
    ahead = running.ledger(at("18/11/2026 09:00"))
    assert [(day.date.day, day.what) for day in ahead] == [(17, "start"), (18, "run"), (19, "ahead"), (20, "due")]
    late = running.ledger(at("24/11/2026 09:00"))
    assert [(day.date.day, day.what) for day in late][-3:] == [(20, "due"), (23, "late"), (24, "late")]


def test_the_ledger_of_a_same_day_procedure_is_one_day() -> None:
    days = clock("25/11/2026 08:35", "1", **SAME_DAY).ledger(at("25/11/2026 09:00"))
    assert [(day.date.day, day.what, day.number) for day in days] == [(25, "due", 1)]


def test_marks_tell_what_moved_the_promise() -> None:
    marks = clock("17/11/2026 08:35", "3", WORKING, WARD, stop("18/11/2026 17:00", "23/11/2026 07:30")).marks()
    assert [(mark.what, mark.due_at) for mark in marks] == [
        ("start", at("20/11/2026 17:00")),
        ("stop", None),
        ("go", at("24/11/2026 17:00")),
        ("due", at("24/11/2026 17:00")),
    ]


def test_a_finished_clock_ends_with_its_end() -> None:
    ended = Clock(at("17/11/2026 08:35"), Terms(Decimal(3), WORKING), WARD, (), at("19/11/2026 16:00"))
    assert ended.marks()[-1].what == "end"
    assert ended.ledger(at("30/11/2026 09:00"))[2].what == "end"


@pytest.mark.parametrize(
    ("starts", "paid", "owes", "expected"),
    [
        (ClockStarts.COMPLETE, None, True, "25/11/2026 08:35"),
        (ClockStarts.COMPLETE_AND_PAID, None, False, "25/11/2026 08:35"),
        (ClockStarts.COMPLETE_AND_PAID, None, True, None),
        (ClockStarts.COMPLETE_AND_PAID, "26/11/2026 10:00", True, "26/11/2026 10:00"),
        (ClockStarts.COMPLETE_AND_PAID, "24/11/2026 10:00", True, "25/11/2026 08:35"),
    ],
)
def test_the_clock_starts_when_complete_or_when_also_paid(
    starts: str, paid: str | None, owes: bool, expected: str | None
) -> None:
    begun = clock_start(starts, complete_at=at("25/11/2026 08:35"), paid_at=at(paid) if paid else None, owes=owes)
    assert begun == (at(expected) if expected else None)


@pytest.mark.parametrize(
    ("submitted", "calendar", "by"),
    [
        ("25/11/2026 08:00", WARD, "26/11/2026 08:30"),
        ("25/11/2026 08:00", PROVINCE, "26/11/2026 08:00"),
        ("27/11/2026 20:47", WARD, "01/12/2026 08:00"),
        ("28/11/2026 09:00", PROVINCE, "30/11/2026 17:00"),
    ],
)
def test_an_online_dossier_is_answered_within_eight_working_hours(submitted: str, calendar: Calendar, by: str) -> None:
    assert reception_answer_by(at(submitted), 8, calendar) == at(by)


@pytest.mark.parametrize(
    ("shown", "until"),
    [
        ("25/11/2026 09:00", "26/11/2026 23:59"),
        ("27/11/2026 16:30", "30/11/2026 23:59"),  # Saturday is off: nobody loses the day
        ("01/09/2026 10:00", "03/09/2026 23:59"),
    ],
)
def test_a_draft_may_be_answered_for_a_day(shown: str, until: str) -> None:
    assert confirm_until(at(shown), 1, WARD) == at(until)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_on(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (timedelta(hours=2, minutes=18), "2 giờ 18 phút"),
        (timedelta(minutes=0), "0 phút"),
        (timedelta(hours=15), "2 ngày"),
        (timedelta(hours=17, minutes=20), "2 ngày 2 giờ"),
        (timedelta(minutes=45), "45 phút"),
    ],
)
def test_working_time_in_words(amount: timedelta, words: str) -> None:
    assert spoken(amount, day=timedelta(hours=7, minutes=30)) == words


def test_every_moment_has_a_zone() -> None:
    due = clock("25/11/2026 08:35", "1").due_at
    assert isinstance(due, datetime)
    assert due.utcoffset() == timedelta(hours=7)
    assert OFFICE[1][1] == due.time()


# ---- An apology that moves the promise ----


def extended(at_: str, to: str, *stops: Stop, value: str = "3", **terms: object) -> Clock:
    """Three days from Tuesday 17/11, due Friday 20/11 17:00, put off."""
    plain = clock("17/11/2026 08:35", value, WORKING, WARD, *stops, **terms)
    return replace(plain, extended_at=at(at_), extended_to=at(to))


class TestExtension:
    def test_the_promise_moves(self) -> None:
        moved = extended("19/11/2026 09:00", "25/11/2026 17:00")
        assert moved.due_at == at("25/11/2026 17:00")
        assert moved.due_before_extension == at("20/11/2026 17:00")
        assert moved.standing(at("24/11/2026 09:00")) == Standing.RUNNING
        assert moved.standing(at("25/11/2026 17:01")) == Standing.LATE
        assert replace(moved, finished_at=at("25/11/2026 16:00")).standing(at("26/11/2026 09:00")) == Standing.ON_TIME
        assert clock("17/11/2026 08:35", "3").due_before_extension is None

    def test_a_stop_before_it_is_counted_in_the_old_promise(self) -> None:
        moved = extended("20/11/2026 09:00", "27/11/2026 17:00", stop("17/11/2026 17:00", "18/11/2026 17:00"))
        assert moved.due_before_extension == at("23/11/2026 17:00")
        assert moved.due_at == at("27/11/2026 17:00")

    def test_a_later_stop_moves_on_from_the_new_promise(self) -> None:
        stops = [stop("23/11/2026 17:00", "24/11/2026 17:00")]
        moved = extended("19/11/2026 09:00", "25/11/2026 17:00", *stops)
        assert moved.due_at == at("26/11/2026 17:00")
        waiting = extended("19/11/2026 09:00", "25/11/2026 17:00", stop("23/11/2026 17:00", None))
        assert (waiting.due_at, waiting.due_before_stop) == (None, at("25/11/2026 17:00"))

    def test_a_limit_that_begins_anew_takes_nothing_back(self) -> None:
        stops = [stop("20/11/2026 09:00", "20/11/2026 10:00")]
        moved = extended("19/11/2026 09:00", "02/12/2026 17:00", *stops, after_pause=RESTART)
        assert moved.due_at is not None
        assert moved.due_at > at("02/12/2026 17:00")  # and not 25/11, three days from the answer
        later = extended("19/11/2026 09:00", "23/11/2026 17:00", *stops, after_pause=RESTART)
        assert later.due_at == at("25/11/2026 17:00")

    def test_the_ledger_says_so(self) -> None:
        moved = extended("19/11/2026 09:00", "24/11/2026 17:00", stop("23/11/2026 09:00", "23/11/2026 10:00"))
        marks = [(mark.what, mark.due_at) for mark in moved.marks()]
        assert marks == [
            ("start", at("20/11/2026 17:00")),
            ("extend", at("24/11/2026 17:00")),
            ("stop", None),
            ("go", at("25/11/2026 08:30")),
            ("due", at("25/11/2026 08:30")),
        ]
        days = {day.date: day.what for day in moved.ledger(at("19/11/2026 10:00"))}
        assert (days[date(2026, 11, 20)], days[date(2026, 11, 25)]) == ("moved", "due")

    def test_what_was_known_before_it_stays_in_the_ledger(self) -> None:
        moved = extended("20/11/2026 09:00", "27/11/2026 17:00", stop("17/11/2026 17:00", "18/11/2026 17:00"))
        assert [mark.due_at for mark in moved.marks() if mark.what == "go"] == [at("23/11/2026 17:00")]

    @pytest.mark.parametrize(
        ("due", "until"),
        [
            ("20/11/2026 17:00", "20/11/2026 00:00"),  # Friday: to the end of Thursday
            ("23/11/2026 17:00", "21/11/2026 00:00"),  # Monday: to the end of Friday, not on the Sunday
            ("03/09/2026 17:00", "29/08/2026 00:00"),  # after a holiday: the last working day before it
        ],
    )
    def test_it_is_made_a_working_day_before(self, due: str, until: str) -> None:
        assert extension_until(at(due), WARD) == at(until)

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (date(2026, 11, 20), "phải sau ngày 20/11/2026"),
            (date(2026, 11, 19), "phải sau ngày 20/11/2026"),
            (date(2026, 11, 21), "không làm việc"),
            (date(2062, 11, 25), "xa quá"),
        ],
    )
    def test_a_new_day_that_is_none(self, day: date, words: str) -> None:
        with pytest.raises(BusinessError, match=words):
            new_promise(day, at("20/11/2026 17:00"), at("18/11/2026 09:00"), WARD)

    def test_the_new_promise_is_the_end_of_that_day_and_never_past(self) -> None:
        assert new_promise(date(2026, 11, 25), at("20/11/2026 17:00"), at("18/11/2026 09:00"), WARD) == at(
            "25/11/2026 17:00"
        )
        with pytest.raises(BusinessError, match="sau ngày 24/11/2026"):
            new_promise(date(2026, 11, 23), at("20/11/2026 17:00"), at("24/11/2026 09:00"), WARD)
