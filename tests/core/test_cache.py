"""The shared cache keeps what it is given until it runs out."""

from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection

from motcua.core.cache import PostgresCache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty() -> None:
    cache.clear()


def run_out() -> None:
    """Let all that is kept run out."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE motcua_cache SET expires = now() - %s", [timedelta(seconds=2)])


def test_keeps_values_of_any_kind() -> None:
    cache.set("a", {"x": [1, "ệ"]}, 60)
    cache.set("b", 1, None)
    assert cache.get_many(["a", "b", "c"]) == {"a": {"x": [1, "ệ"]}, "b": 1}
    cache.delete("a")
    assert cache.get("a") is None


def test_adds_only_what_is_not_there() -> None:
    assert cache.add("a", 1, 60)
    assert not cache.add("a", 2, 60)
    assert cache.get("a") == 1
    run_out()
    assert cache.get("a") is None
    assert cache.add("a", 3, 60)


def test_touching_prolongs_what_is_there() -> None:
    cache.set("a", 1, 60)
    assert cache.touch("a", 120)
    assert not cache.touch("b", 120)


def test_throws_nothing_away_before_its_time() -> None:
    for number in range(400):  # Django's own culls at 300
        cache.set(f"k{number}", number, 60)
    assert all(cache.get(f"k{number}") == number for number in range(400))


def test_each_write_is_one_statement(django_assert_num_queries: object) -> None:
    for write in (
        lambda: cache.set("a", 1, 60),
        lambda: cache.add("a", 1, 60),
        lambda: counters().count("n", 60),
        lambda: counters().count("n", 60),
    ):
        with django_assert_num_queries(1):  # type: ignore[operator]
            write()


def test_a_counter_begins_anew_when_it_has_run_out() -> None:
    assert [counters().count("n", 60) for _ in range(3)] == [1, 2, 3]
    assert counters().counted("n") == 3
    run_out()
    assert counters().counted("n") == 0
    assert counters().count("n", 60) == 1


def test_what_has_run_out_is_cleared() -> None:
    cache.set("a", 1, 60)
    run_out()
    cache.set("b", 1, 60)
    assert counters().clear_expired() == 1
    assert cache.get("b") == 1


def counters() -> PostgresCache:
    """The shared cache, with its counters."""
    found = caches["default"]
    assert isinstance(found, PostgresCache)
    return found
