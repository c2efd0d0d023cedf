"""Which papers must still be brought: level × way of receiving × signature × form of the paper, all of it."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest

from motcua.dossiers.rules.papers import (
    BRING_BEFORE,
    CERTIFIED,
    COMPARE,
    COMPARE_OR_SEND,
    ORIGINAL,
    SEND_OR_BRING,
    TO_THE_POSTMAN,
    WITH_RESULT_AT_DESK,
    Form,
    Receive,
    Scope,
    how_to_bring,
    papers_to_bring,
    receive_way,
    what_to_bring,
)

INFORMED = {
    Receive.DESK: WITH_RESULT_AT_DESK,
    Receive.POST: TO_THE_POSTMAN,
    Receive.ONLINE: BRING_BEFORE,
    Receive.EMAIL: BRING_BEFORE,
}
HOW = {
    (Scope.FULL, Receive.DESK): WITH_RESULT_AT_DESK,
    (Scope.FULL, Receive.POST): TO_THE_POSTMAN,
    (Scope.FULL, Receive.ONLINE): SEND_OR_BRING,
    (Scope.FULL, Receive.EMAIL): SEND_OR_BRING,
    (Scope.PARTIAL, Receive.DESK): WITH_RESULT_AT_DESK,
    (Scope.PARTIAL, Receive.POST): TO_THE_POSTMAN,
    (Scope.PARTIAL, Receive.ONLINE): BRING_BEFORE,
    (Scope.PARTIAL, Receive.EMAIL): BRING_BEFORE,
} | {(Scope.INFORMATION, way): how for way, how in INFORMED.items()}
# form → unsigned: (at the desk with the result, to the postman, sent or brought, brought before); signed: the same
UNSIGNED = {
    Form.ORIGINAL: (ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL),
    Form.CERTIFIED_COPY: (CERTIFIED, CERTIFIED, CERTIFIED, CERTIFIED),
    Form.COPY_TO_COMPARE: (COMPARE, CERTIFIED, COMPARE_OR_SEND, COMPARE),
    Form.PHOTOGRAPH: (None, None, None, None),
    Form.EFORM: (None, None, None, None),
    Form.NOTHING: (None, None, None, None),
}
SIGNED = {form: (ORIGINAL,) * 4 if form == Form.ORIGINAL else (None,) * 4 for form in Form}
HOWS = (WITH_RESULT_AT_DESK, TO_THE_POSTMAN, SEND_OR_BRING, BRING_BEFORE)


@dataclass
class Paper:
    key: str
    form: str
    required_if: Any = field(default_factory=dict)
    shown_if: Any = None
    is_document: bool = True

    @property
    def name(self) -> str:
        return self.key.capitalize()


@pytest.mark.parametrize(("scope", "way", "signed", "form"), list(product(Scope, Receive, (False, True), Form)))
def test_every_case(scope: Scope, way: Receive, signed: bool, form: Form) -> None:
    how = HOW[scope, way]
    what = (SIGNED if signed else UNSIGNED)[form][HOWS.index(how)]
    assert how_to_bring(scope, way) == how
    assert what_to_bring(form, signed=signed, how=how) == what
    found = papers_to_bring(
        [Paper("giay", form)], {}, attached=["giay"], signed=["giay"] if signed else [], scope=scope, way=way
    )
    assert [(paper.what, paper.how) for paper in found] == ([(what, how)] if what else [])


def keys(*papers: Paper, answers: dict[str, Any] | None = None, attached: tuple[str, ...] = ()) -> list[str]:
    found = papers_to_bring(papers, answers or {}, attached=attached, scope=Scope.FULL, way=Receive.DESK)
    return [paper.key for paper in found]


def test_a_required_paper_counts_even_if_nothing_was_attached() -> None:
    assert keys(Paper("chung-sinh", Form.ORIGINAL)) == ["chung-sinh"]


def test_an_optional_paper_counts_only_if_it_was_handed_in() -> None:
    optional = Paper("uy-quyen", Form.CERTIFIED_COPY, required_if=None)
    assert keys(optional) == []
    assert keys(optional, attached=("uy-quyen",)) == ["uy-quyen"]


def test_a_paper_that_the_answers_dont_call_for_is_not_brought() -> None:
    conditional = Paper("bo-roi", Form.ORIGINAL, required_if={"field": "found", "is": "co"})
    assert keys(conditional, answers={"found": "khong"}) == []
    assert keys(conditional, answers={"found": "co"}) == ["bo-roi"]
    hidden = Paper("mang-thai-ho", Form.ORIGINAL, shown_if={"field": "surrogate", "is": "co"})
    assert keys(hidden, attached=("mang-thai-ho",)) == []


def test_a_remark_filed_as_a_paper_is_none() -> None:
    assert keys(Paper("luu-y", Form.ORIGINAL, is_document=False)) == []


@pytest.mark.parametrize(
    ("receive", "way"),
    [
        (["truc-tuyen"], Receive.ONLINE),
        (["truc-tuyen", "tai-quay"], Receive.DESK),
        (["truc-tuyen", "buu-chinh"], Receive.POST),
        (["buu-chinh", "tai-quay"], Receive.DESK),
        ([], Receive.ONLINE),
    ],
)
def test_who_comes_anyway_brings_them_along(receive: list[str], way: Receive) -> None:
    assert receive_way({"receive": receive}) == way
