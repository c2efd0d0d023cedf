"""How far it is, and when we try again."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.delivery.rules.addresses import in_one_line, problems, tidy
from motcua.delivery.rules.asking import next_look, next_try
from motcua.delivery.rules.postage import Spot, Zone, zone_between

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
HERE = Spot("98001", "98", city=False)


@pytest.mark.parametrize(
    ("destination", "zone"),
    [
        (Spot("98001", "98", city=False), Zone.SAME_COMMUNE),
        (Spot("98002", "98", city=False), Zone.SAME_PROVINCE),
        (Spot("", "98", city=False), Zone.SAME_PROVINCE),
        (Spot("00004", "01", city=True), Zone.OTHER_PROVINCE),
    ],
)
def test_how_far_it_is(destination: Spot, zone: Zone) -> None:
    assert zone_between(HERE, destination) == zone
    assert zone_between(destination, HERE) == zone


def test_between_two_cities_and_within_one_province_s_centre() -> None:
    assert zone_between(Spot("00004", "01", city=True), Spot("26734", "79", city=True)) == Zone.BETWEEN_CITIES
    assert zone_between(Spot("", "98", city=False), Spot("", "98", city=False)) == Zone.SAME_PROVINCE


def test_a_silent_post_is_called_for_days_and_ever_more_seldom() -> None:
    moment, calls = NOW, 0
    while moment < NOW + timedelta(days=1):
        calls += 1
        moment = next_try(called=calls, now=moment)
    assert 20 < calls < 40
    assert next_try(called=10_000, now=NOW) == NOW + timedelta(hours=1)
    assert next_try(called=1, now=NOW) == NOW + timedelta(minutes=1)


def test_a_quiet_parcel_is_asked_about_at_least_once_a_day() -> None:
    times = [next_look(called=called, ordered_at=NOW, now=NOW) for called in range(8)]
    looks = [moment - NOW for moment in times if moment]
    assert looks[0] == timedelta(hours=6)
    assert looks == sorted(looks)
    assert looks[-1] == timedelta(days=1)
    assert next_look(called=0, ordered_at=NOW - timedelta(days=184), now=NOW) is None


def test_an_address_is_cleaned_and_says_what_is_missing() -> None:
    given = {"name": "  Nguyễn Thị  An ", "phone": "0900 000 217", "address": "", "unit": "98001", "more": "x"}
    assert tidy(given) == {"name": "Nguyễn Thị An", "phone": "0900 000 217", "address": "", "unit": "98001"}
    assert [field for field, _ in problems(tidy(given))] == ["address"]
    assert [field for field, _ in problems({})] == ["name", "phone", "address", "unit"]


def test_an_address_names_its_commune_once() -> None:
    hoa_sen = "Phường Hoa Sen, tỉnh Minh Giang"
    assert in_one_line("Số 5 đường Lê Lợi", hoa_sen) == f"Số 5 đường Lê Lợi, {hoa_sen}"
    whole = "Số 12 đường Trần Phú, phường Hoa Sen, tỉnh Minh Giang"
    assert in_one_line(whole, hoa_sen) == whole
    assert in_one_line("", hoa_sen) == hoa_sen
    assert in_one_line("Số 5", "") == "Số 5"
