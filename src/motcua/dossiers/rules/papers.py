"""Which papers must still be brought, and what must be signed, to receive the result (journeys.md §7).

The same list stands on the review page, on the receipt and in the message. Nothing here looks at a clock, a row or a
person: everything that decides is an argument, and `tests/dossiers/rules/test_papers.py` has every case.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from motcua.eforms.rules.conditions import holds
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import Requirement

Form = Requirement.Form
Scope = OfferingVersion.Scope
Receive = OfferingVersion.Receive


class Signature(StrEnum):
    """How a person stands by the file of a paper, other than by having uploaded it."""

    NONE = ""
    STATEMENT = "statement"  # the whole dossier is confirmed: VNeID, or a digitally signed declaration
    FILE = "file"  # the file itself carries a digital signature that counts


MOST_SHEETS = 99  # of one paper and one kind: more is a typing mistake
ORIGINAL = "Bản chính, nộp lại cho cơ quan"
CERTIFIED = "Bản sao có chứng thực"
COMPARE = "Bản chính để đối chiếu, hoặc bản sao có chứng thực"
COMPARE_OR_SEND = "Bản sao có chứng thực; nếu đến quầy thì chỉ cần mang bản chính để đối chiếu"
COPY = "Bản chụp"
PRINTED = "Bản in theo mẫu, đã điền và ký"

WITH_RESULT_AT_DESK = "Mang đến Bộ phận Một cửa khi nhận kết quả"
TO_THE_POSTMAN = "Gửi qua bưu chính, hoặc giao cho nhân viên bưu chính khi nhận kết quả"
SEND_OR_BRING = "Gửi qua bưu chính hoặc nộp tại Bộ phận Một cửa, trước khi nhận kết quả"
BRING_BEFORE = "Mang đến Bộ phận Một cửa trước khi nhận kết quả"
WITH_THE_DOSSIER = "Nộp cùng hồ sơ, tại Bộ phận Một cửa hoặc qua bưu chính"

SIGN_AT_DESK = "Khi nhận kết quả tại Bộ phận Một cửa"
SIGN_AT_THE_DOOR = "Khi nhân viên bưu chính giao kết quả; bưu chính chuyển bản đã ký về cơ quan"
SIGN_AFTERWARDS = "Tại Bộ phận Một cửa, sau khi có kết quả; bản điện tử vẫn nhận được ngay"


class Paper(Protocol):
    """What the rule asks of a requirement (thành phần hồ sơ)."""

    key: str
    name: str
    form: str
    required_if: Any
    shown_if: Any
    is_document: bool


@dataclass(frozen=True)
class ToBring:
    """One paper to bring: what of it, and how it reaches the office."""

    key: str
    name: str
    what: str
    how: str


@dataclass(frozen=True)
class ToSign:
    """What is signed to receive the result (ký nhận), and on which occasion."""

    what: str
    how: str


def is_shown(paper: Paper, answers: Mapping[str, Any]) -> bool:
    """Whether this paper concerns these answers at all."""
    return paper.is_document and (paper.shown_if is None or holds(paper.shown_if, answers))


def is_required(paper: Paper, answers: Mapping[str, Any]) -> bool:
    """Whether the dossier is incomplete without it; {} means always, nothing means optional."""
    return is_shown(paper, answers) and paper.required_if is not None and holds(paper.required_if, answers)


def receive_way(delivery: Mapping[str, Any]) -> Receive:
    """The way that decides where papers can be shown: who comes to the desk anyway, shows them there."""
    chosen = set(delivery.get("receive") or [])
    ways = (Receive.DESK, Receive.POST, Receive.EMAIL)
    return next((way for way in ways if way in chosen), Receive.ONLINE)


def how_to_bring(scope: str, way: str) -> str:
    """How papers reach the office, by the level of the service and the way in which the result is received.

    What isn't filled in online (mức độ 1, 2) comes on paper, so its papers come with it. Otherwise who comes for the
    result brings them then, and the postman who brings the result takes them along. Who receives it online or by email
    meets nobody: wholly online, the papers may come by post; online in part, they are brought.
    """
    if scope == Scope.INFORMATION:
        return WITH_THE_DOSSIER
    if way == Receive.DESK:
        return WITH_RESULT_AT_DESK
    if way == Receive.POST:
        return TO_THE_POSTMAN
    return SEND_OR_BRING if scope == Scope.FULL else BRING_BEFORE


def what_to_bring(form: str, *, signed: str, how: str) -> str | None:
    """What of a paper must be brought; None: nothing.

    A digital signature replaces every paper except an original that the office keeps; on paper it replaces nothing.
    """
    if how == WITH_THE_DOSSIER:
        return _ON_PAPER[Form(form)]
    if form == Form.ORIGINAL:
        return ORIGINAL
    if signed or form in {Form.PHOTOGRAPH, Form.EFORM, Form.NOTHING}:
        return None
    if form == Form.CERTIFIED_COPY or how == TO_THE_POSTMAN:  # nobody can compare at the door
        return CERTIFIED
    return COMPARE_OR_SEND if how == SEND_OR_BRING else COMPARE


_ON_PAPER = {
    Form.ORIGINAL: ORIGINAL,
    Form.CERTIFIED_COPY: CERTIFIED,
    Form.COPY_TO_COMPARE: COMPARE_OR_SEND,
    Form.PHOTOGRAPH: COPY,
    Form.EFORM: PRINTED,
    Form.NOTHING: None,
}


def what_to_sign(asked: str, *, way: str) -> ToSign | None:
    """What the person signs to receive the result, and when; None: no signature of receipt is asked.

    Args:
        asked: `OfferingVersion.sign_on_receipt`: "Sổ đăng ký khai sinh", or "".
    """
    if not asked:
        return None
    return ToSign(
        asked, {Receive.DESK: SIGN_AT_DESK, Receive.POST: SIGN_AT_THE_DOOR}.get(Receive(way), SIGN_AFTERWARDS)
    )


def papers_to_bring(
    papers: Iterable[Paper],
    answers: Mapping[str, Any],
    *,
    attached: Collection[str],
    signed: Mapping[str, str],
    scope: str,
    way: str,
    brought: Collection[str] = (),
) -> list[ToBring]:
    """The papers that must still be brought, in the order of the record.

    Args:
        attached: keys of the papers with files; an optional paper counts only if it was handed in.
        signed: the `Signature` of those whose files are stood by; the others have none.
        brought: keys of those that the office already has on paper.
    """
    how = how_to_bring(scope, way)
    found = []
    for paper in papers:
        if paper.key in brought:
            continue
        if not is_required(paper, answers) and not (paper.key in attached and is_shown(paper, answers)):
            continue
        what = what_to_bring(paper.form, signed=signed.get(paper.key, Signature.NONE), how=how)
        if what:
            found.append(ToBring(paper.key, paper.name, what, how))
    return found
