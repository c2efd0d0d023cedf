"""Visitors are counted once a day, without a trace of who they were."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.content.models import DayKey, VisitDay, Visitor
from motcua.content.queries import Visits, visits, visits_by_day
from motcua.content.services.visits import close_days, forget_waiting, note_visit
from tests.cast import at
from tests.moments import stopped_clock

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36"
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) Firefox/132.0"


def come(moment: str, address: str = "203.0.113.5", agent: str = PHONE) -> bool:
    return note_visit(address, agent, now=at(moment))


def test_one_person_counts_once_a_day() -> None:
    for moment in ("16/11/2026 08:00", "16/11/2026 08:03", "16/11/2026 21:00", "18/11/2026 09:00"):
        come(moment)
    come("18/11/2026 09:01", agent=DESKTOP)
    come("18/11/2026 09:02", address="203.0.113.6")
    with stopped_clock("18/11/2026 09:05"):
        assert visits() == Visits(online=2, today=3, week=4, total=4)
    with stopped_clock("23/11/2026 09:06"):  # the next Monday
        assert visits() == Visits(online=0, today=0, week=0, total=4)


def test_robots_are_left_out() -> None:
    assert come("16/11/2026 08:00", agent="Mozilla/5.0 (compatible; Googlebot/2.1)") is False
    assert not Visitor.objects.exists()


def test_nothing_of_the_address_is_kept() -> None:
    come("16/11/2026 08:00")
    row = Visitor.objects.values().get()
    assert len(bytes(row["mark"])) == 16
    assert "203.0.113.5" not in str(row)
    assert b"203.0.113.5" not in bytes(row["mark"])


def test_a_day_that_is_over_leaves_a_number() -> None:
    come("16/11/2026 08:00")
    come("16/11/2026 08:01", agent=DESKTOP)
    come("17/11/2026 08:00")
    assert close_days(date(2026, 11, 17)) == 2
    assert close_days(date(2026, 11, 17)) == 0
    assert list(VisitDay.objects.values_list("day", "visitors")) == [(date(2026, 11, 16), 2)]
    assert list(DayKey.objects.values_list("day", flat=True)) == [date(2026, 11, 17)]
    assert Visitor.objects.count() == 1
    with stopped_clock("17/11/2026 08:10"):
        assert visits() == Visits(online=0, today=1, week=3, total=3)
    assert visits_by_day(date(2026, 11, 1), date(2026, 11, 30)) == [(date(2026, 11, 17), 1), (date(2026, 11, 16), 2)]


def test_a_late_write_of_a_closed_day_is_added() -> None:
    come("16/11/2026 08:00")
    close_days(date(2026, 11, 17))
    come("16/11/2026 23:59", address="203.0.113.9")
    assert close_days(date(2026, 11, 17)) == 1
    assert VisitDay.objects.get().visitors == 2


def test_the_next_day_s_mark_is_another() -> None:
    come("16/11/2026 08:00")
    come("17/11/2026 08:00")
    first, second = (bytes(mark) for mark in Visitor.objects.order_by("day").values_list("mark", flat=True))
    assert first != second


def test_visits_are_gathered_and_written_together(settings: Any) -> None:
    settings.CONTENT_SECONDS = 15
    come("16/11/2026 08:00")
    with CaptureQueriesContext(connection) as queries:
        for n in range(10, 28):
            come("16/11/2026 08:00", address=f"203.0.113.{n}")
    assert len(queries) == 0
    assert Visitor.objects.count() == 1
    with CaptureQueriesContext(connection) as queries:
        come("16/11/2026 08:01")
    assert len(queries) == 1
    assert Visitor.objects.count() == 19


def test_one_address_counts_for_so_many_browsers_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.content.services.visits.MOST_OF_ONE_ADDRESS", 5)
    for n in range(9):
        come(f"16/11/2026 08:{n:02}", agent=f"Mozilla/5.0 Firefox/{n}")
    assert Visitor.objects.count() == 5
    come("16/11/2026 08:55", agent="Mozilla/5.0 Firefox/1")  # again
    come("16/11/2026 08:55", address="203.0.113.200")
    come("16/11/2026 08:56", address="203.0.113.200")
    assert Visitor.objects.count() == 6
    come("16/11/2026 09:00", agent="Mozilla/5.0 Firefox/8")
    assert Visitor.objects.count() == 7


def test_a_swarm_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.content.services.visits.MOST_KNOWN", 5)
    for n in range(9):
        come("16/11/2026 08:00", address=f"203.0.113.{n}")
    come("16/11/2026 08:59", address="203.0.113.1")
    assert Visitor.objects.count() == 5


def test_another_process_uses_the_same_key() -> None:
    come("16/11/2026 08:00")
    forget_waiting()
    come("16/11/2026 08:05")
    assert Visitor.objects.count() == 1
