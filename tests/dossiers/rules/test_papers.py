"""What must still be brought or signed: level × way of receiving × signature × form of the paper, every case."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest

from motcua.dossiers.rules.papers import (
    BRING_BEFORE,
    CERTIFIED,
    COMPARE,
    COMPARE_OR_SEND,
    COPY,
    ORIGINAL,
    PRINTED,
    SEND_OR_BRING,
    SIGN_AFTERWARDS,
    SIGN_AT_DESK,
    SIGN_AT_THE_DOOR,
    TO_THE_POSTMAN,
    WITH_RESULT_AT_DESK,
    WITH_THE_DOSSIER,
    Form,
    Receive,
    Scope,
    Signature,
    ToSign,
    how_to_bring,
    papers_to_bring,
    receive_way,
    what_to_bring,
    what_to_sign,
)

# How papers reach the office: by level, then by the way in which the result is received.
HOW = {
    (Scope.FULL, Receive.DESK): WITH_RESULT_AT_DESK,
    (Scope.FULL, Receive.POST): TO_THE_POSTMAN,
    (Scope.FULL, Receive.ONLINE): SEND_OR_BRING,
    (Scope.FULL, Receive.EMAIL): SEND_OR_BRING,
    (Scope.PARTIAL, Receive.DESK): WITH_RESULT_AT_DESK,
    (Scope.PARTIAL, Receive.POST): TO_THE_POSTMAN,
    (Scope.PARTIAL, Receive.ONLINE): BRING_BEFORE,
    (Scope.PARTIAL, Receive.EMAIL): BRING_BEFORE,
    (Scope.INFORMATION, Receive.DESK): WITH_THE_DOSSIER,
    (Scope.INFORMATION, Receive.POST): WITH_THE_DOSSIER,
    (Scope.INFORMATION, Receive.ONLINE): WITH_THE_DOSSIER,
    (Scope.INFORMATION, Receive.EMAIL): WITH_THE_DOSSIER,
}
# What of a paper: with the result at the desk, to the postman, sent or brought, brought before, with the dossier.
HOWS = (WITH_RESULT_AT_DESK, TO_THE_POSTMAN, SEND_OR_BRING, BRING_BEFORE, WITH_THE_DOSSIER)
WHAT = {
    (Form.ORIGINAL, Signature.NONE): (ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL),
    (Form.ORIGINAL, Signature.STATEMENT): (ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL),
    (Form.ORIGINAL, Signature.FILE): (ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL, ORIGINAL),
    (Form.CERTIFIED_COPY, Signature.NONE): (CERTIFIED, CERTIFIED, CERTIFIED, CERTIFIED, CERTIFIED),
    (Form.CERTIFIED_COPY, Signature.STATEMENT): (None, None, None, None, CERTIFIED),
    (Form.CERTIFIED_COPY, Signature.FILE): (None, None, None, None, CERTIFIED),
    (Form.COPY_TO_COMPARE, Signature.NONE): (COMPARE, CERTIFIED, COMPARE_OR_SEND, COMPARE, COMPARE_OR_SEND),
    (Form.COPY_TO_COMPARE, Signature.STATEMENT): (None, None, None, None, COMPARE_OR_SEND),
    (Form.COPY_TO_COMPARE, Signature.FILE): (None, None, None, None, COMPARE_OR_SEND),
    (Form.PHOTOGRAPH, Signature.NONE): (None, None, None, None, COPY),
    (Form.PHOTOGRAPH, Signature.STATEMENT): (None, None, None, None, COPY),
    (Form.PHOTOGRAPH, Signature.FILE): (None, None, None, None, COPY),
    (Form.EFORM, Signature.NONE): (None, None, None, None, PRINTED),
    (Form.EFORM, Signature.STATEMENT): (None, None, None, None, PRINTED),
    (Form.EFORM, Signature.FILE): (None, None, None, None, PRINTED),
    (Form.NOTHING, Signature.NONE): (None, None, None, None, None),
    (Form.NOTHING, Signature.STATEMENT): (None, None, None, None, None),
    (Form.NOTHING, Signature.FILE): (None, None, None, None, None),
}
SIGN = {
    Receive.DESK: SIGN_AT_DESK,
    Receive.POST: SIGN_AT_THE_DOOR,
    Receive.ONLINE: SIGN_AFTERWARDS,
    Receive.EMAIL: SIGN_AFTERWARDS,
}


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


def test_the_tables_leave_no_case_out() -> None:
    assert set(HOW) == set(product(Scope, Receive))
    assert set(WHAT) == set(product(Form, Signature))
    assert set(SIGN) == set(Receive)


@pytest.mark.parametrize(("scope", "way", "signed", "form"), list(product(Scope, Receive, Signature, Form)))
def test_every_case(scope: Scope, way: Receive, signed: Signature, form: Form) -> None:
    how = HOW[scope, way]
    what = WHAT[form, signed][HOWS.index(how)]
    assert how_to_bring(scope, way) == how
    assert what_to_bring(form, signed=signed, how=how) == what
    found = papers_to_bring([Paper("giay", form)], {}, attached=["giay"], signed={"giay": signed}, scope=scope, way=way)
    assert [(paper.what, paper.how) for paper in found] == ([(what, how)] if what else [])


@pytest.mark.parametrize(("asked", "way"), list(product(("", "Sổ đăng ký khai sinh"), Receive)))
def test_every_case_of_the_signature_of_receipt(asked: str, way: Receive) -> None:
    assert what_to_sign(asked, way=way) == (ToSign(asked, SIGN[way]) if asked else None)


def keys(*papers: Paper, answers: dict[str, Any] | None = None, **known: Any) -> list[str]:
    given = {"attached": (), "signed": {}, "scope": Scope.FULL, "way": Receive.DESK} | known
    return [paper.key for paper in papers_to_bring(papers, answers or {}, **given)]


def test_a_required_paper_counts_even_if_nothing_was_attached() -> None:
    assert keys(Paper("chung-sinh", Form.ORIGINAL)) == ["chung-sinh"]


def test_an_optional_paper_counts_only_if_it_was_handed_in() -> None:
    optional = Paper("uy-quyen", Form.CERTIFIED_COPY, required_if=None)
    assert keys(optional) == []
    assert keys(optional, attached=("uy-quyen",)) == ["uy-quyen"]


def test_a_paper_that_the_office_already_has_is_not_brought_again() -> None:
    papers = (Paper("chung-sinh", Form.ORIGINAL), Paper("uy-quyen", Form.CERTIFIED_COPY))
    assert keys(*papers, brought=["chung-sinh"]) == ["uy-quyen"]
    assert keys(*papers, brought=["chung-sinh"], scope=Scope.INFORMATION) == ["uy-quyen"]


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
        (["truc-tuyen", "thu-dien-tu"], Receive.EMAIL),
        (["thu-dien-tu", "buu-chinh"], Receive.POST),
        ([], Receive.ONLINE),
    ],
)
def test_who_comes_anyway_brings_them_along(receive: list[str], way: Receive) -> None:
    assert receive_way({"receive": receive}) == way
