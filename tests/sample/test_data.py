"""The sample's data files fit together: forms, records, offerings, people, calendars."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from motcua.agencies.models import Role
from motcua.core.identity import check_personal_number, normalise_phone
from motcua.dossiers.rules.moves import ACTS
from motcua.eforms.rules import parse

FOLDER = settings.PROJECT / "sample"
OFFERINGS = json.loads((FOLDER / "offerings.json").read_text(encoding="utf-8"))
PEOPLE = json.loads((FOLDER / "people.json").read_text(encoding="utf-8"))
AGENCIES = json.loads((FOLDER / "agencies.json").read_text(encoding="utf-8"))
SOURCE = re.compile(r"answers\.(\w+)")


def definition(key: str) -> Any:
    return parse(json.loads((FOLDER / "forms" / f"{key}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("offering", OFFERINGS, ids=lambda offering: offering["procedure"])
class TestOfferings:
    def test_every_value_of_the_result_has_a_field_to_come_from(self, offering: dict[str, Any]) -> None:
        known = set(definition(offering["form"]).holders)
        asked = set(SOURCE.findall(json.dumps(offering["result_values"])))
        assert asked
        assert asked <= known

    def test_the_template_of_the_result_takes_every_value(self, offering: dict[str, Any]) -> None:
        schema = settings.PROJECT / "src/motcua/documents/pdf" / f"{offering['result_template']}.schema.json"
        takes = set(json.loads(schema.read_text(encoding="utf-8"))["properties"])
        assert set(offering["result_values"]) <= takes

    def test_copies_are_asked_for_in_the_form_if_anywhere(self, offering: dict[str, Any]) -> None:
        asked = offering.get("copies_answer")
        assert asked is None or asked in definition(offering["form"]).holders

    def test_steps_name_known_acts_roles_and_units(self, offering: dict[str, Any]) -> None:
        agency = next(one for one in AGENCIES["agencies"] if one["code"] == offering["agency"])
        units = {code for code, _ in agency["units"]}
        for step in offering["steps"]:
            assert set(step["acts"]) <= ACTS
            assert step["role"] in Role.values
            assert step["unit"] in units

    def test_somebody_holds_every_role_of_its_steps(self, offering: dict[str, Any]) -> None:
        held = {(person["agency"], person["unit"], role) for person in PEOPLE["officers"] for role in person["roles"]}
        for step in offering["steps"]:
            assert (offering["agency"], step["unit"], step["role"]) in held


@pytest.mark.parametrize("person", PEOPLE["citizens"], ids=lambda person: person["full_name"])
def test_a_citizens_number_agrees_with_birth_and_sex(person: dict[str, str]) -> None:
    born = date.fromisoformat(person["birth_date"])
    assert check_personal_number(person["personal_number"], birth_date=born, sex=person["sex"]) is None
    assert normalise_phone(person["phone"]).startswith("+84")


def test_nobody_shares_a_number_or_a_phone() -> None:
    citizens = PEOPLE["citizens"]
    assert len({person["personal_number"] for person in citizens}) == len(citizens) == 5
    assert len({person["phone"] for person in citizens}) == 5


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_calendars_know_the_holidays_of_the_year(year: int) -> None:
    (calendar,) = json.loads((FOLDER / "calendars.json").read_text(encoding="utf-8"))
    off = {day["date"] for day in calendar["days"] if not day["hours"]}
    for day in ("01-01", "04-30", "09-02"):
        assert f"{year}-{day}" in off or date.fromisoformat(f"{year}-{day}").weekday() >= 5
    assert sum(day.startswith(str(year)) for day in off) >= 11  # Điều 112 Bộ luật Lao động, with those in lieu


def test_there_are_six_full_records() -> None:
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (FOLDER / "procedures").glob("*.json")]
    assert {record["code"] for record in records} == {
        "1.001193", "2.000815", "1.000894", "1.004873", "2.000635", "1.001612",
    }  # fmt: skip
    for record in records:
        assert record["legal_basis"]
        assert record["requirements"]
        assert record["results"]
