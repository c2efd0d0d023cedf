"""A form that is written wrong is refused with the place and the trouble; published forms follow the schema."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from motcua.eforms.rules import DefinitionError, parse, schema
from motcua.eforms.rules.kinds import KINDS
from tests.eforms.forms import BIRTH, BIRTH_DATA, HOUSEHOLD_DATA, one_field


def test_the_schema_is_a_schema_and_names_every_kind() -> None:
    Draft202012Validator.check_schema(schema())
    assert set(schema()["$defs"]["field"]["properties"]["kind"]["enum"]) == set(KINDS)


def test_parsing_keeps_everything() -> None:
    assert [page.slug for page in BIRTH.pages] == [
        "nguoi-yeu-cau",
        "nguoi-duoc-khai-sinh",
        "me",
        "cha",
        "ban-sao-cam-doan",
    ]
    assert BIRTH.subject == "child_name"
    assert set(BIRTH.order) == set(BIRTH.holders)


TEXT = {"field": "t", "kind": "text", "label": "Chữ"}


@pytest.mark.parametrize(
    ("field", "trouble"),
    [
        ({"kind": "text", "shown_if": {"field": "nowhere", "is": "a"}}, "there is no field nowhere"),
        ({"kind": "text", "required": {"field": "nowhere", "filled": True}}, "there is no field nowhere"),
        ({"kind": "date", "checks": [{"check": "not_after", "field": "nowhere"}]}, "there is no field nowhere"),
        ({"kind": "text", "prefill": {"field": "nowhere"}}, "there is no field nowhere"),
        ({"kind": "text", "shown_if": {"field": "x", "filled": True}}, "circle"),
        ({"kind": "text", "shown_if": {"field": "t", "more_days_ago_than": 3}}, "only notes and checks"),
        ({"kind": "text", "others": [TEXT, TEXT]}, "id t is used 2 times"),
        ({"kind": "text", "shown_if": {"field": "c", "is": "z"}}, "c has no value z"),
        ({"kind": "text", "shown_if": {"field": "c", "in": ["a", "z"]}}, "c has no value z"),
        ({"kind": "text", "shown_if": {"field": "k", "is": "a"}}, "k is true or false"),
        ({"kind": "text", "shown_if": {"field": "land", "is": "ZZ"}}, "land has no value ZZ"),
        ({"kind": "choice"}, "options"),
        ({"kind": "text", "options": [{"value": "a", "label": "A"}]}, "pages/0/items"),
        ({"kind": "choice", "options": [{"value": "a", "label": "A"}] * 2}, "option a is used 2 times"),
        ({"kind": "choice", "default": "z", "options": [{"value": "a", "label": "A"}]}, "the default z"),
        ({"kind": "telepathy"}, "pages/0/items"),
        ({"kind": "text", "pattern": "[0-9]"}, "pattern_message"),
        ({"kind": "text", "pattern": "[0-9", "pattern_message": "x"}, "pages/0/items"),
        ({"kind": "text", "colour": "red"}, "colour"),
        ({"kind": "date", "checks": [{"check": "full_moon"}]}, "pages/0/items"),
        ({"kind": "text", "field": "Bad__Id"}, "pages/0/items"),
    ],
)
def test_a_wrong_field_is_refused(field: dict[str, Any], trouble: str) -> None:
    others = [
        TEXT,
        {"field": "c", "kind": "choice", "label": "C", "options": [{"value": "a", "label": "A"}]},
        {"field": "k", "kind": "tick", "label": "K"},
        {"field": "land", "kind": "country", "label": "Nước"},
    ]
    with pytest.raises(DefinitionError) as refused:
        one_field(**{"others": others, **field})
    assert trouble in str(refused.value)


@pytest.mark.parametrize(
    ("path", "value", "trouble"),
    [
        (("subject",), "nowhere", "subject"),
        (("version",), 0, "version"),
        (("pages", 2, "slug"), "nganh-nghe", "page nganh-nghe is used 2 times"),
        (("pages", 0, "items", 2, "least"), 30, "least is more than most"),
        (("pages", 0, "items", 2, "fields", 0, "field"), "founder", "id founder is used"),
        (("pages", 0, "items", 2, "checks", 0, "field"), "nowhere", "there is no field nowhere"),
        (("pages", 0, "items", 2, "fields", 3, "shown_if"), {"field": "license", "filled": True}, "circle"),
        (("pages", 1, "items", 0, "most"), 301, "pages/1/items/0"),
    ],
)
def test_a_wrong_form_is_refused(path: tuple[Any, ...], value: Any, trouble: str) -> None:
    data = copy.deepcopy(HOUSEHOLD_DATA)
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(DefinitionError) as refused:
        parse(data)
    assert trouble in str(refused.value)


def test_two_conditions_in_a_circle_are_found() -> None:
    other = {"field": "t", "kind": "text", "label": "Chữ", "shown_if": {"field": "x", "filled": True}}
    with pytest.raises(DefinitionError, match="circle"):
        one_field(kind="text", shown_if={"field": "t", "filled": True}, others=[other])


def test_the_birth_form_is_complete() -> None:
    """Every field of the paper form (rules §6.3 A) has its question."""
    assert {
        "registration_kind", "requester_name", "requester_birth", "requester_number", "requester_document_kind",
        "requester_document_number", "requester_document_issued_on", "requester_document_issued_by",
        "requester_residence_kind", "requester_residence", "relation", "child_name", "child_birth", "child_sex",
        "child_ethnicity", "child_nationality", "birth_place_kind", "birth_facility", "birth_address", "birth_country",
        "child_hometown", "birth_notice_code", "birth_notice_date", "marriage_number", "marriage_book", "marriage_date",
        "marriage_place", "wants_copies", "copies", "promise", "made_at",
    } <= set(BIRTH.holders)  # fmt: skip
    for who in ("mother", "father"):
        keys = (
            "name", "birth_year", "ethnicity", "nationality", "residence_kind", "residence", "number", "document_kind",
            "document_number", "document_issued_on", "document_issued_by",
        )  # fmt: skip
        assert {f"{who}_{key}" for key in keys} <= set(BIRTH.holders)
    assert BIRTH_DATA["source"]


def test_the_documented_example_is_a_form() -> None:
    text = (Path(__file__).parents[2] / "docs" / "eforms.md").read_text(encoding="utf-8")
    example = re.search(r"```json\n(\{\n.*?\n\})\n```", text, re.DOTALL)
    assert example
    assert parse(json.loads(example[1])).key == "ho-kinh-doanh"
