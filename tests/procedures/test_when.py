"""Conditions in editors' words: what is read says the same as what was written, for every way to answer."""

from itertools import product
from typing import Any

import pytest

from motcua.eforms.rules import holds
from motcua.procedures.rules.when import (
    ALWAYS,
    Joint,
    When,
    answers_in,
    lost_answers,
    read_when,
    settled,
    with_values,
    write_when,
)

WHO: dict[str, Any] = {
    "field": "who", "kind": "one", "title": "Ai đi?",
    "choices": [{"value": "toi", "label": "Tôi"}, {"value": "me", "label": "Mẹ"}, {"value": "khac", "label": "Khác"}],
}  # fmt: skip
LOST: dict[str, Any] = {
    "field": "lost", "kind": "tick", "title": "Riêng", "choices": [{"value": "true", "label": "Bị mất"}],
}  # fmt: skip
SITUATIONS = [WHO, LOST]
ME, MOTHER, OTHER, GONE = ("who", "toi"), ("who", "me"), ("who", "khac"), ("lost", "true")
IS_ME, IS_LOST = {"field": "who", "is": "toi"}, {"field": "lost", "is": True}
NOT_LOST = {"not": IS_LOST}


def case(*answers: tuple[str, str], joint: Joint = Joint.ANY, unless: tuple[tuple[str, str], ...] = ()) -> When:
    return When(frozenset(answers), joint, frozenset(unless))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (None, ALWAYS),
        ({}, ALWAYS),
        (IS_ME, case(ME)),
        ({"field": "who", "in": ["me", "khac"]}, case(MOTHER, OTHER)),
        ({"any": [IS_ME, IS_LOST]}, case(ME, GONE)),
        ({"all": [IS_ME, IS_LOST]}, case(ME, GONE, joint=Joint.ALL)),
        ({"all": [{"field": "who", "in": ["me", "khac"]}, IS_LOST]}, case(MOTHER, OTHER, GONE, joint=Joint.ALL)),
        (NOT_LOST, case(unless=(GONE,))),
        ({"not": {"any": [{"field": "who", "in": ["me", "khac"]}, IS_LOST]}}, case(unless=(MOTHER, OTHER, GONE))),
        ({"all": [IS_ME, NOT_LOST]}, case(ME, unless=(GONE,))),
        ({"all": [{"any": [IS_ME, IS_LOST]}, {"not": {"field": "who", "is": "me"}}]}, case(ME, GONE, unless=(MOTHER,))),
    ],
)
def test_a_condition_is_read_in_words_and_written_again(condition: Any, said: When) -> None:
    assert read_when(condition, SITUATIONS) == said
    again = write_when(said, SITUATIONS)
    assert settled(read_when(again, SITUATIONS) or ALWAYS) == settled(said)
    for who, lost in product(("toi", "me", "khac"), (True, False)):
        answers = {"who": who, "lost": lost}
        assert holds(again, answers) == holds(condition, answers), answers


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "who", "filled": True},
        {"field": "who", "at_least": 2},
        {"field": "other", "is": "toi"},
        {"field": "who", "is": "nobody"},
        {"field": "lost", "is": False},
        {"any": [{"all": [IS_ME, IS_LOST]}, IS_LOST]},
        {"any": [IS_ME, NOT_LOST]},
        {"all": [IS_ME, {"field": "who", "is": "me"}]},
        {"all": [{"any": [IS_ME, IS_LOST]}, IS_LOST]},
        {"not": {"all": [IS_ME, IS_LOST]}},
        {"not": NOT_LOST},
    ],
)
def test_what_these_words_can_not_say_is_left_alone(condition: Any) -> None:
    assert read_when(condition, SITUATIONS) is None


def test_how_answers_belong_together_makes_no_difference_for_one_question() -> None:
    assert settled(case(ME, MOTHER, joint=Joint.ALL)) == case(ME, MOTHER)
    assert settled(case(ME, GONE, joint=Joint.ALL)) == case(ME, GONE, joint=Joint.ALL)


def test_an_answer_keeps_its_value_while_its_label_is_corrected() -> None:
    def values(*labels: str, before: Any = WHO) -> list[tuple[str, str]]:
        return [(one["value"], one["label"]) for one in with_values(labels, before.get("kind", "one"), before)]

    assert values("Chính tôi", "Mẹ", "Khác") == [("toi", "Chính tôi"), ("me", "Mẹ"), ("khac", "Khác")]
    assert values("Khác", "Tôi", "Mẹ") == [("khac", "Khác"), ("toi", "Tôi"), ("me", "Mẹ")]
    assert values("Tôi", "Bố đẻ", "Mẹ", "Khác")[1] == ("bo-de", "Bố đẻ")
    assert values("Khac", "Tôi", "Mẹ", "Khác")[0] == ("khac-1", "Khac")  # "khac" is another one's
    assert values("Đúng", before={}) == [("dung", "Đúng")]
    assert values("Bị hỏng", before=LOST) == [("true", "Bị hỏng")]
    assert with_values(["Bị mất"], "tick", {}) == [{"value": "true", "label": "Bị mất"}]


def test_answers_that_are_gone_and_those_that_a_condition_looks_at() -> None:
    less = [{**WHO, "choices": WHO["choices"][:2]}]
    assert lost_answers(SITUATIONS, less) == {OTHER, GONE}
    assert answers_in({"all": [{"not": {"any": [IS_ME, IS_LOST]}}, {"field": "x", "filled": True}]}) == {ME, GONE}
    assert answers_in(None) == set()
