"""Working calendars of three kinds of agency."""

from datetime import date, datetime, time

from motcua.core.worktime import VIETNAM, Calendar

MORNING, AFTERNOON = (time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))
OFFICE = (MORNING, AFTERNOON)
WEEK = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (), ())
WARD = Calendar(
    WEEK,
    {
        date(2026, 9, 1): (),
        date(2026, 9, 2): (),
        date(2026, 8, 22): OFFICE,  # a Saturday worked in place of Monday 31/8
        date(2026, 8, 31): (),
    },
)
POLICE = Calendar((OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (MORNING,), ()))  # Saturday mornings too
PROVINCE = Calendar((((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0))),) * 5 + ((), ()))  # 8 hours a day


def at(text: str) -> datetime:
    """A moment here: "25/11/2026 07:30"."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)
