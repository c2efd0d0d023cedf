"""What people type in vain: nobody reads it before enough others have typed it too, and nobody is known by it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import caches

from motcua.procedures.models import SearchDay, UnmetSearch
from motcua.procedures.queries import finding as reads
from motcua.procedures.services import finding as acts
from motcua.procedures.services.finding import (
    COUNTED_PER_HOUR,
    ENOUGH_VISITORS,
    LONGEST,
    blanked,
    forget_searches,
    note_found,
    note_unmet,
)
from tests.cast import quan
from tests.moments import Moments, stopped_clock

pytestmark = pytest.mark.django_db
TEXT = "giấy vay vốn nuôi Cá 123"


@pytest.fixture
def clock() -> Any:
    with stopped_clock("23/11/2026 09:00") as moments:
        yield moments


def typed(times: int, text: str = TEXT, *, visitor: str = "") -> None:
    for number in range(times):
        note_unmet(text, visitor=visitor or f"192.0.2.{number}")


def shown() -> list[str]:
    return [search.text for search in reads.unmet()]


def next_day(clock: Moments) -> None:
    clock.at("24/11/2026 09:00")


def test_enough_visitors_on_enough_days_show_it_with_digits_blanked(clock: Moments) -> None:
    typed(ENOUGH_VISITORS - 1)
    next_day(clock)
    assert shown() == []
    typed(1, visitor="198.51.100.9")
    assert shown() == ["giấy vay vốn nuôi cá ###"]
    assert UnmetSearch.objects.get().visitors == []
    assert UnmetSearch.objects.get().times == ENOUGH_VISITORS


def test_many_visitors_on_one_day_do_not_show_it(clock: Moments) -> None:
    typed(ENOUGH_VISITORS * 3)
    assert shown() == []


def test_one_visitor_on_many_days_does_not_show_it(clock: Moments) -> None:
    for day in range(10):
        clock.at(f"{10 + day}/12/2026 09:00")
        typed(1, visitor="192.0.2.1")
    assert shown() == []


def test_until_then_nothing_in_the_database_says_what_was_typed_or_by_whom(clock: Moments) -> None:
    typed(ENOUGH_VISITORS)
    kept = " ".join(str(value) for row in UnmetSearch.objects.values() for value in row.values())
    for word in ("vay", "nuôi", "192.0.2", "123"):
        assert word not in kept


def test_the_same_visitor_has_another_mark_with_another_text(clock: Moments) -> None:
    typed(1)
    typed(1, "một việc khác")
    marks = [search.visitors[0] for search in UnmetSearch.objects.all()]
    assert len(set(marks)) == 2


def test_accents_and_capitals_make_no_other_text(clock: Moments) -> None:
    typed(1, "Vay Vốn")
    typed(1, "vay von")
    assert UnmetSearch.objects.get().times == 2


def test_long_texts_are_only_counted(clock: Moments) -> None:
    typed(1, "a " * LONGEST)
    assert not UnmetSearch.objects.exists()
    assert SearchDay.objects.get().nothing == 1


def test_one_visitor_is_counted_so_often_in_an_hour(clock: Moments) -> None:
    typed(COUNTED_PER_HOUR + 5, visitor="192.0.2.1")
    for _ in range(COUNTED_PER_HOUR + 5):
        note_found(visitor="192.0.2.1")
    day = SearchDay.objects.get()
    assert (day.nothing, day.found) == (COUNTED_PER_HOUR, COUNTED_PER_HOUR)
    caches["default"].clear()


def test_what_was_seen_to_comes_back_when_it_is_typed_again(clock: Moments) -> None:
    typed(ENOUGH_VISITORS)
    next_day(clock)
    typed(1)
    acts.settle_unmet(UnmetSearch.objects.get(), by=quan())
    assert shown() == []
    typed(1)
    assert shown() == [blanked(TEXT)]
    assert UnmetSearch.objects.get().times == 1


def test_rare_texts_go_after_a_month_and_all_after_a_year(clock: Moments) -> None:
    today = date(2026, 11, 23)
    typed(1, "hiếm")
    typed(ENOUGH_VISITORS)
    next_day(clock)
    typed(1)
    assert forget_searches(today + timedelta(days=30)) == 0
    assert forget_searches(today + timedelta(days=32)) == 1
    assert shown()
    assert forget_searches(today + timedelta(days=367)) == 1
