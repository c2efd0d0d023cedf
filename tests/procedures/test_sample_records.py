"""The sample's records: sound, and in step with the e-form whose answers feed their papers' conditions."""

from collections.abc import Iterator
from typing import Any

import pytest

from motcua.eforms.rules.conditions import leaves
from motcua.procedures.records import SCHEMA, RecordError, check_shape
from tests.procedures.catalogue import SAMPLE, read

CODES = sorted(path.stem for path in (SAMPLE / "procedures").glob("*.json"))
EVENTS = {event["slug"] for event in read("life_events")}
FIELDS = {field["slug"] for field in read("fields")}


@pytest.mark.parametrize("code", CODES)
def test_a_record_is_whole(code: str) -> None:
    record = read(f"procedures/{code}")
    check_shape(record)
    assert record["code"] == code
    assert {answer["key"] for answer in record["answers"]} == {"how_long", "how_much", "what", "where"}
    assert set(record["life_events"]) <= EVENTS
    assert record["field"] in FIELDS
    assert set(record["related"]) <= set(CODES)
    keys = [requirement["key"] for requirement in record["requirements"]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("code", CODES)
def test_every_condition_asks_what_the_situations_or_the_form_answer(code: str) -> None:
    record = read(f"procedures/{code}")
    known = {situation["field"] for situation in record["situations"]} if "situations" in record else set()
    for requirement in record["requirements"]:
        for leaf in leaves(requirement.get("shown_if")):
            assert leaf["field"] in known


def test_the_situations_of_khai_sinh_are_fields_of_its_form_with_values_it_knows() -> None:
    fields = {field["field"]: field for field in _fields(read("forms/khai-sinh")["pages"])}
    for situation in read("procedures/1.001193")["situations"]:
        values = {option["value"] for option in fields[situation["field"]].get("options", [])} or {"true"}
        assert {choice["value"] for choice in situation["choices"]} <= values


def test_the_papers_and_fees_of_khai_sinh_are_as_published() -> None:
    record = read("procedures/1.001193")
    handed_in = [paper["key"] for paper in record["requirements"] if paper["originals"]]
    assert handed_in == [
        "to-khai",
        "giay-chung-sinh",
        "xac-nhan-sinh",
        "bien-ban-bo-roi",
        "mang-thai-ho",
        "van-ban-uy-quyen",
    ]
    assert [(line["amount"], line.get("per", "")) for line in record["fee_lines"]] == [(0, ""), (8000, "copies")]
    assert record["results"] == [{"code": "KQ.G15.000031", "name": "Giấy khai sinh"}]


def test_the_schema_is_published_with_its_address() -> None:
    assert SCHEMA.exists()
    with pytest.raises(RecordError, match="bản ghi"):
        check_shape({"code": "1.001193"})


def _fields(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "field" in part and "kind" in part:
            yield part
        for value in part.values():
            yield from _fields(value)
    elif isinstance(part, list):
        for item in part:
            yield from _fields(item)
