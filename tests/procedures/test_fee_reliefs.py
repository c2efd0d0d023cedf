"""What provinces take off fees is data: published as a list, read for a procedure and for an agency's province."""

from datetime import date
from typing import Any

import pytest

from motcua.audit.models import Event
from motcua.places.models import Unit as Place
from motcua.procedures import queries
from motcua.procedures.models import FeeRelief
from motcua.procedures.records import RecordError
from motcua.procedures.services import set_fee_reliefs
from tests.factories import a_place, a_procedure_version

pytestmark = pytest.mark.django_db

ROW: dict[str, Any] = {
    "key": "minh-giang-giam-30", "province": "98", "name": "Giảm 30% khi nộp trực tuyến", "procedures": ["1.001193"],
    "kind": "phi", "percent": 30, "channel": "truc-tuyen", "ground": "12/2026/NQ-HĐND",
    "effective_from": "2026-01-01", "effective_to": "2027-01-01",
}  # fmt: skip


@pytest.fixture
def province() -> Place:
    parent = a_place().parent
    assert parent is not None
    return parent


def test_a_list_is_published_once_and_proved(province: Place) -> None:
    assert set_fee_reliefs([ROW], by=None) == 1
    assert set_fee_reliefs([ROW], by=None) == 0
    assert set_fee_reliefs([ROW | {"percent": 40}], by=None) == 1
    assert FeeRelief.objects.get().percent == 40
    assert Event.objects.filter(act="catalogue.fee_reliefs_set").count() == 2


def test_it_is_read_for_its_procedure_and_its_province(province: Place) -> None:
    set_fee_reliefs([ROW], by=None)
    procedure, other = (a_procedure_version(code).procedure for code in ("1.001193", "1.001612"))
    assert [relief.key for relief in queries.reliefs_in(province, procedure)] == [ROW["key"]]
    assert queries.reliefs_in(province, other) == []
    assert queries.reliefs_in(a_place(), procedure) == []


def test_without_a_procedure_it_counts_for_all(province: Place) -> None:
    set_fee_reliefs([{key: value for key, value in ROW.items() if key != "procedures"}], by=None)
    assert len(queries.reliefs_in(province, a_procedure_version("1.001612").procedure)) == 1


@pytest.mark.parametrize(("day", "count"), [("2025-12-31", 0), ("2026-01-01", 1), ("2026-12-31", 1), ("2027-01-01", 0)])
def test_people_are_shown_what_is_in_force(province: Place, day: str, count: int) -> None:
    set_fee_reliefs([ROW], by=None)
    procedure = a_procedure_version().procedure
    assert len(queries.reliefs_for(procedure, date.fromisoformat(day))) == count


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": 0},
        {"percent": 101},
        {"province": "97"},
        {"channel": "fax"},
        {"ground": ""},
        {"effective_from": "mai"},
    ],
)
def test_what_doesnt_make_sense_is_refused(province: Place, wrong: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        set_fee_reliefs([ROW | wrong], by=None)
    assert not FeeRelief.objects.exists()
