"""Working calendars: what may be set, and what the clock gets."""

from datetime import date, time

import pytest

from motcua.accounts.models import User
from motcua.agencies import queries, services
from motcua.agencies.models import Agency, Role
from motcua.agencies.rules import check_day, check_week
from motcua.audit.models import Event
from motcua.places.models import Unit as Place

DAY = [["07:30", "11:30"], ["13:30", "17:00"]]
WEEK = [DAY, DAY, DAY, DAY, DAY, [["08:00", "11:00"]], []]


@pytest.fixture
def ward(db: None) -> Agency:
    services.set_calendar(
        "c", name="Lịch", week=WEEK, days=[{"date": "2026-11-24", "name": "Nghỉ", "hours": []}], by=None
    )
    place = Place.objects.create(code="98001", kind="phuong", name="Hoa Sen", folded="phuong hoa sen", sort_key="a")
    return services.open_agency(
        by=None, units=[("mot-cua", "Bộ phận Một cửa")], code="H98.21", slug="hoa-sen", kind="xa-phuong",
        name="Ủy ban nhân dân phường Hoa Sen", desk_name="Trung tâm", short_name="phường Hoa Sen", place=place,
        address="Số 12", phone="0298 3000 100", email="a@b.example", calendar_id="c",
    )  # fmt: skip


def officer(handle: str = "chi") -> User:
    return User.objects.create(kind="officer", handle=handle, full_name="Trần Thị Chi")


@pytest.mark.parametrize(
    "pairs",
    [[["11:30", "07:30"]], [["07:30", "11:30"], ["11:00", "12:00"]], [["08:00", "08:00"]], [["25:00", "26:00"]]],
)
def test_hours_that_can_not_be_are_refused(pairs: list[list[str]]) -> None:
    with pytest.raises(ValueError, match=r"follow|hour"):
        check_day(pairs)


@pytest.mark.parametrize("week", [[DAY] * 6, [[]] * 7])
def test_a_week_without_work_or_with_six_days_is_refused(week: list[list[list[str]]]) -> None:
    with pytest.raises(ValueError, match=r"seven|end"):
        check_week(week)


def test_the_clock_gets_week_and_exceptions(ward: Agency) -> None:
    calendar = queries.working_calendar(ward)
    assert calendar.hours(date(2026, 11, 23)) == ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
    assert not calendar.is_working_day(date(2026, 11, 24))
    assert calendar.hours(date(2026, 11, 28)) == ((time(8), time(11)),)


def test_setting_a_calendar_again_replaces_its_days_and_is_recorded(ward: Agency) -> None:
    services.set_calendar(
        "c", name="Lịch", week=WEEK, days=[{"date": "2027-01-01", "name": "Tết", "hours": []}], by=None
    )
    calendar = queries.working_calendar(ward)
    assert calendar.is_working_day(date(2026, 11, 24))
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert Event.objects.filter(act="calendar.set").count() == 2


def test_a_post_is_held_while_it_lasts(ward: Agency) -> None:
    chi, hoa = officer(), officer("hoa")
    unit = ward.units.get()
    post = services.appoint(chi, unit, title="Công chức", roles=[Role.RECEPTION], since=date(2025, 7, 1), by=None)
    assert queries.posts_of(chi) == [post]
    assert queries.posts_of(hoa) == []
    post.until = date(2026, 1, 1)
    post.save(update_fields=["until"])
    assert queries.posts_of(chi) == []
