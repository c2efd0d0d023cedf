"""How early an outage must be announced, and what a visit is: no database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.content.rules import (
    Plan,
    PlanTrouble,
    check_plan,
    first_planned_day,
    is_person,
    monday_of,
    needs_reason,
    visitor_mark,
)
from tests.cast import at
from tests.core.calendars import WARD

NOW = at("23/11/2026 09:00")  # a Monday
PLAN = Plan(at("05/12/2026 22:00"), at("06/12/2026 04:00"), ("nop-ho-so",), "Nâng cấp máy chủ.")


def trouble(plan: Plan, before: Plan | None = None) -> str:
    """Which part of the plan is refused; "" for none."""
    try:
        check_plan(plan, before, now=NOW, calendar=WARD)
    except PlanTrouble as refusal:
        return refusal.key
    return ""


def test_seven_whole_working_days_lie_between() -> None:
    assert first_planned_day(NOW, WARD) == date(2026, 12, 3)  # 24, 25, 26, 27, 30, 1, 2 lie between
    assert first_planned_day(at("22/11/2026 09:00"), WARD) == date(2026, 12, 2)  # on a Sunday


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, ""),
        ({"affected": ()}, "affected"),
        ({"words": ""}, "words"),
        ({"ends_at": PLAN.starts_at}, "ends_at"),
        ({"starts_at": at("22/11/2026 09:00"), "ends_at": at("23/11/2026 08:59")}, "ends_at"),
        ({"ends_at": PLAN.starts_at + timedelta(days=31)}, "ends_at"),
        ({"starts_at": at("05/12/2027 22:00"), "ends_at": at("06/12/2027 04:00")}, "starts_at"),
        ({"starts_at": at("03/12/2026 00:00")}, ""),
        ({"starts_at": at("02/12/2026 23:59")}, "urgent_reason"),
        ({"starts_at": at("02/12/2026 23:59"), "urgent_reason": "Đứt cáp"}, ""),
        ({"starts_at": at("23/11/2026 08:30"), "ends_at": at("23/11/2026 10:00"), "urgent_reason": "Mất điện"}, ""),
    ],
)
def test_what_can_be_announced(changes: dict[str, object], key: str) -> None:
    assert trouble(replace(PLAN, **changes)) == key  # type: ignore[arg-type]


def test_a_change_needs_a_reason_only_where_it_takes_more_away() -> None:
    soon = replace(PLAN, starts_at=at("24/11/2026 22:00"), ends_at=at("25/11/2026 04:00"))
    shorter = replace(soon, ends_at=at("25/11/2026 02:00"), words="Xong sớm hơn.")
    assert not needs_reason(shorter, soon, NOW, WARD)
    assert needs_reason(shorter, replace(soon, urgent_reason="Đứt cáp"), NOW, WARD)  # it stays with it
    assert needs_reason(replace(soon, ends_at=at("25/11/2026 06:00")), soon, NOW, WARD)
    assert needs_reason(replace(soon, affected=("toan-bo",)), soon, NOW, WARD)


def test_what_has_begun_keeps_its_beginning() -> None:
    running = replace(PLAN, starts_at=at("23/11/2026 08:00"), ends_at=at("23/11/2026 12:00"), urgent_reason="Mất điện")
    assert trouble(replace(running, starts_at=at("23/11/2026 08:30")), running) == "starts_at"
    assert trouble(replace(running, ends_at=at("23/11/2026 14:00")), running) == ""


@pytest.mark.parametrize(
    ("agent", "counts"),
    [
        ("Mozilla/5.0 (Linux; Android 14; SM-A156E) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", False),
        ("Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)", False),
        ("facebookexternalhit/1.1", False),
        ("curl/8.5.0", False),
        ("python-requests/2.32", False),
        ("", False),
        ("   ", False),
    ],
)
def test_robots_that_say_so_are_left_out(agent: str, counts: bool) -> None:
    assert is_person(agent) is counts


def test_a_mark_is_one_person_s_on_one_day() -> None:
    mark = visitor_mark(b"k" * 32, "203.0.113.5", "A")
    assert mark == visitor_mark(b"k" * 32, "203.0.113.5", "A")
    others = {visitor_mark(b"j" * 32, "203.0.113.5", "A"), visitor_mark(b"k" * 32, "203.0.113.6", "A"),
              visitor_mark(b"k" * 32, "203.0.113.5", "B")}  # fmt: skip
    assert mark not in others
    assert len(others) == 3
    assert len(mark) == 16


def test_a_week_begins_on_monday() -> None:
    assert monday_of(date(2026, 11, 22)) == date(2026, 11, 16)
    assert monday_of(date(2026, 11, 23)) == date(2026, 11, 23)
