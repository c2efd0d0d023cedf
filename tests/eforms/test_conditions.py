"""Conditions: what they compare, and how hidden answers stay out of play."""

from datetime import date
from typing import Any

import pytest

from motcua.eforms.rules import holds, prune, shown, visible, visible_pages
from tests.eforms.forms import HOUSEHOLD, one_field

ANSWERS = {
    "a": "x",
    "n": 3,
    "zero": 0,
    "empty": "",
    "no": False,
    "yes": True,
    "list": ["x", "y"],
    "rows": [{}, {}],
    "day": "2026-09-01",
    "broken": {"day": "30", "month": "2", "year": "2026"},
    "nothing": {"day": "", "month": ""},
    "other": {"code": "khac", "name": "Bu-tan"},
}


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (None, True),
        ({}, True),
        ({"field": "a", "is": "x"}, True),
        ({"field": "a", "is": "y"}, False),
        ({"field": "missing", "is": "x"}, False),
        ({"field": "n", "is": 3}, True),
        ({"field": "list", "is": "y"}, True),
        ({"field": "list", "is": "z"}, False),
        ({"field": "other", "is": "khac"}, True),
        ({"field": "yes", "is": True}, True),
        ({"field": "yes", "is": "1"}, False),
        ({"field": "no", "is": False}, True),
        ({"field": "missing", "is": False}, True),
        ({"field": "no", "is": True}, False),
        ({"field": "a", "in": ["y", "x"]}, True),
        ({"field": "a", "in": ["y"]}, False),
        ({"field": "a", "filled": True}, True),
        ({"field": "zero", "filled": True}, True),
        ({"field": "empty", "filled": True}, False),
        ({"field": "empty", "filled": False}, True),
        ({"field": "missing", "filled": False}, True),
        ({"field": "broken", "filled": True}, True),
        ({"field": "nothing", "filled": True}, False),
        ({"field": "n", "at_least": 3}, True),
        ({"field": "n", "at_least": 4}, False),
        ({"field": "rows", "at_least": 2}, True),
        ({"field": "rows", "at_most": 1}, False),
        ({"field": "a", "at_least": 1}, False),
        ({"field": "day", "more_days_ago_than": 60}, True),
        ({"field": "day", "more_days_ago_than": 81}, False),
        ({"field": "broken", "more_days_ago_than": 0}, False),
        ({"all": [{"field": "a", "is": "x"}, {"field": "n", "is": 3}]}, True),
        ({"all": [{"field": "a", "is": "x"}, {"field": "n", "is": 4}]}, False),
        ({"any": [{"field": "a", "is": "y"}, {"field": "n", "is": 3}]}, True),
        ({"any": [{"field": "a", "is": "y"}, {"field": "n", "is": 4}]}, False),
        ({"not": {"field": "a", "is": "y"}}, True),
        ({"not": {"any": [{"field": "a", "is": "x"}]}}, False),
    ],
)
def test_holds(condition: dict[str, Any] | None, met: bool) -> None:
    assert holds(condition, ANSWERS, today=date(2026, 11, 21)) is met


def test_without_a_clock_no_date_is_long_ago() -> None:
    assert holds({"field": "day", "more_days_ago_than": 1}, ANSWERS) is False


@pytest.mark.parametrize("nonsense", [{"fields": "a"}, {"field": "a"}, {"field": "a", "like": "x"}])
def test_nonsense_is_no_condition(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Not a condition"):
        holds(nonsense, ANSWERS)


def test_a_hidden_answer_decides_nothing() -> None:
    """C depends on B, B on A: when A hides B, B's old answer no longer shows C."""
    others = [
        {"field": "a", "kind": "tick", "label": "A"},
        {"field": "b", "kind": "tick", "label": "B", "shown_if": {"field": "a", "is": True}},
    ]
    form = one_field(kind="text", others=others, shown_if={"field": "b", "is": True})
    assert visible(form, {"a": True, "b": True}) == {"a", "b", "x"}
    assert visible(form, {"a": False, "b": True, "x": "cũ"}) == {"a"}
    assert prune(form, {"a": False, "b": True, "x": "cũ"}) == {"a": False}


def test_a_field_may_depend_on_a_later_one() -> None:
    others = [{"field": "first", "kind": "text", "label": "Trước", "shown_if": {"field": "x", "is": True}}]
    form = one_field(kind="tick", others=others)
    assert visible(form, {"x": True}) == {"first", "x"}
    assert visible(form, {"x": False}) == {"x"}


def test_what_an_option_reveals_is_shown_while_it_is_chosen() -> None:
    inner = [{"field": "more", "kind": "text", "label": "Thêm"}]
    options = [{"value": "a", "label": "A", "reveals": inner}, {"value": "b", "label": "B"}]
    form = one_field(kind="choice", options=options)
    assert visible(form, {"x": "a"}) == {"x", "more"}
    assert visible(form, {"x": "b", "more": "cũ"}) == {"x"}


def test_a_row_sees_its_siblings_and_not_other_rows() -> None:
    lines = [{"code": "9200"}, {"code": "4711", "license": "cũ"}]
    names = visible(HOUSEHOLD, {"lines": lines})
    assert "lines__0__license" in names
    assert "lines__1__license" not in names
    assert prune(HOUSEHOLD, {"lines": lines}) == {"lines": [{"code": "9200"}, {"code": "4711"}]}


def test_a_page_can_be_hidden_with_all_it_holds() -> None:
    answers = {"founder": "ca-nhan", "members": [{"name": "An"}]}
    assert [page.slug for page in visible_pages(HOUSEHOLD, answers)] == ["nganh-nghe", "von"]
    assert prune(HOUSEHOLD, answers) == {"founder": "ca-nhan"}
    assert "members" in shown(HOUSEHOLD, answers | {"founder": "ho-gia-dinh"}).ids
