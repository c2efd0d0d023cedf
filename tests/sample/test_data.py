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


def read(folder: str, name: str) -> Any:
    return json.loads((FOLDER / folder / f"{name}.json").read_text(encoding="utf-8"))


def definition(key: str) -> Any:
    return parse(json.loads((FOLDER / "forms" / f"{key}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("offering", OFFERINGS, ids=lambda offering: offering["procedure"])
class TestOfferings:
    def test_every_value_of_the_result_has_a_field_to_come_from(self, offering: dict[str, Any]) -> None:
        asked = set(SOURCE.findall(json.dumps(offering["result_values"])))
        assert bool(asked) == bool(offering["form"])
        assert asked <= (set(definition(offering["form"]).holders) if offering["form"] else set())

    def test_the_template_of_the_result_takes_every_value(self, offering: dict[str, Any]) -> None:
        schema = settings.PROJECT / "src/motcua/documents/pdf" / f"{offering['result_template']}.schema.json"
        takes = set(json.loads(schema.read_text(encoding="utf-8"))["properties"])
        assert set(offering["result_values"]) <= takes

    def test_copies_are_asked_for_in_the_form_if_anywhere(self, offering: dict[str, Any]) -> None:
        asked = offering.get("copies_answer")
        assert asked is None or not offering["form"] or asked in definition(offering["form"]).holders

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


def test_every_question_of_a_record_is_one_of_the_form() -> None:
    """By them people see only their own papers; the form's answers must select the same."""
    for offering in OFFERINGS:
        record = read("procedures", offering["procedure"])
        fields = definition(offering["form"]).holders if offering["form"] else None
        for situation in record.get("situations", []) if fields is not None else []:
            options = {option.value for option in fields[situation["field"]].options} or {"true"}
            assert {choice["value"] for choice in situation["choices"]} <= options


def test_twelve_procedures_are_offered_at_levels_2_to_4() -> None:
    offered = {offering["procedure"]: offering for offering in OFFERINGS}
    assert set(offered) == {path.stem for path in (FOLDER / "procedures").glob("*.json")}
    assert len(offered) == 12
    assert {offering["old_level"] for offering in OFFERINGS} == {2, 3, 4}
    assert (offered["1.001193"]["old_level"], offered["1.001193"]["scope"]) == (3, "mot-phan")
    assert (offered["1.001612"]["old_level"], offered["1.001612"]["scope"]) == (4, "toan-trinh")
    assert {one["partial_kind"] for one in OFFERINGS if one["scope"] == "mot-phan"} == {"co-mat", "xac-minh"}


def test_there_are_twelve_full_records() -> None:
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (FOLDER / "procedures").glob("*.json")]
    assert {record["code"] for record in records} == {
        "1.001193", "2.000815", "1.000894", "1.004873", "2.000635", "1.001612",
        "1.000656", "1.001022", "2.000884", "1.013225", "1.014027", "3.000333",
    }  # fmt: skip
    for record in records:
        assert record["legal_basis"]
        assert record["requirements"]
        assert record["results"]
