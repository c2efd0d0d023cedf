"""Counters that several processes share."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection, connections

from motcua.core import ratelimit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def test_allows_as_many_as_the_limit() -> None:
    answers = [ratelimit.hit("login", "036196004321", limit=3, seconds=60) for _ in range(5)]
    assert answers == [True, True, True, False, False]


def test_counts_each_key_and_each_bucket_for_itself() -> None:
    assert ratelimit.hit("login", "an", limit=1, seconds=60)
    assert ratelimit.hit("login", "binh", limit=1, seconds=60)
    assert ratelimit.hit("code", "an", limit=1, seconds=60)
    assert not ratelimit.hit("login", "an", limit=1, seconds=60)


def test_says_how_many_are_left() -> None:
    assert ratelimit.left("login", "an", limit=2) == 2
    ratelimit.hit("login", "an", limit=2, seconds=60)
    assert ratelimit.left("login", "an", limit=2) == 1
    ratelimit.hit("login", "an", limit=2, seconds=60)
    ratelimit.hit("login", "an", limit=2, seconds=60)
    assert ratelimit.left("login", "an", limit=2) == 0


def test_begins_anew_when_the_window_has_closed() -> None:
    assert ratelimit.hit("login", "an", limit=1, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE motcua_cache SET expires = now() - interval '2 seconds'")
    assert ratelimit.hit("login", "an", limit=1, seconds=60)


def test_can_be_forgotten() -> None:
    ratelimit.hit("login", "an", limit=1, seconds=60)
    ratelimit.forget("login", "an")
    assert ratelimit.hit("login", "an", limit=1, seconds=60)


def test_keeps_no_personal_data() -> None:
    ratelimit.hit("login", "036196004321", limit=1, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key || value, ' ') FROM motcua_cache")
        assert "036196004321" not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_burst_from_many_sides_gets_no_more_than_the_limit() -> None:
    allowed: list[bool] = []
    gate = threading.Barrier(4)

    def burst() -> None:
        gate.wait()
        for _ in range(5):
            allowed.append(ratelimit.hit("burst", "an", limit=6, seconds=60))
        connections.close_all()

    threads = [threading.Thread(target=burst) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(allowed) == 6
