"""Which papers must still be brought, although everything was handed in online (journeys.md §7).

The same list stands on the review page, on the receipt and in the message.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from motcua.eforms.rules.conditions import holds
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import Requirement

Form = Requirement.Form
Scope = OfferingVersion.Scope
Receive = OfferingVersion.Receive

ORIGINAL = "Bản chính, nộp lại cho cơ quan"
CERTIFIED = "Bản sao có chứng thực"
COMPARE = "Bản chính để đối chiếu, hoặc bản sao có chứng thực"
COMPARE_OR_SEND = "Bản sao có chứng thực; nếu đến quầy thì chỉ cần mang bản chính để đối chiếu"

WITH_RESULT_AT_DESK = "Mang đến Bộ phận Một cửa khi nhận kết quả"
TO_THE_POSTMAN = "Gửi qua bưu chính, hoặc giao cho nhân viên bưu chính khi nhận kết quả"
SEND_OR_BRING = "Gửi qua bưu chính hoặc nộp tại Bộ phận Một cửa, trước khi nhận kết quả"
BRING_BEFORE = "Mang đến Bộ phận Một cửa trước khi nhận kết quả"


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


def is_shown(paper: Paper, answers: Mapping[str, Any]) -> bool:
    """Whether this paper concerns these answers at all."""
    return paper.is_document and (paper.shown_if is None or holds(paper.shown_if, answers))


def is_required(paper: Paper, answers: Mapping[str, Any]) -> bool:
    """Whether the dossier is incomplete without it; {} means always, nothing means optional."""
    return is_shown(paper, answers) and paper.required_if is not None and holds(paper.required_if, answers)


def receive_way(delivery: Mapping[str, Any]) -> Receive:
    """The way that decides where papers can be shown: who comes to the desk anyway, shows them there."""
    chosen = set(delivery.get("receive") or [])
    return next((way for way in (Receive.DESK, Receive.POST) if way in chosen), Receive.ONLINE)


def how_to_bring(scope: str, way: str) -> str:
    """How papers reach the office, by the level of the service and the way in which the result is received."""
    if way == Receive.DESK:
        return WITH_RESULT_AT_DESK
    if way == Receive.POST:
        return TO_THE_POSTMAN
    return SEND_OR_BRING if scope == Scope.FULL else BRING_BEFORE


def what_to_bring(form: str, *, signed: bool, how: str) -> str | None:
    """What of a paper must be brought; None: nothing.

    A digital signature replaces every paper except an original that the office keeps.
    """
    if form == Form.ORIGINAL:
        return ORIGINAL
    if signed or form in {Form.PHOTOGRAPH, Form.EFORM, Form.NOTHING}:
        return None
    if form == Form.CERTIFIED_COPY or how == TO_THE_POSTMAN:  # nobody can compare at the door
        return CERTIFIED
    return COMPARE_OR_SEND if how == SEND_OR_BRING else COMPARE


def papers_to_bring(
    papers: Iterable[Paper],
    answers: Mapping[str, Any],
    *,
    attached: Collection[str],
    signed: Collection[str] = (),
    scope: str,
    way: str,
) -> list[ToBring]:
    """The papers that must still be brought, in the order of the record.

    Args:
        attached: keys of the papers with files; an optional paper counts only if it was handed in.
        signed: keys of those whose files carry a valid digital signature.
    """
    how = how_to_bring(scope, way)
    found = []
    for paper in papers:
        if not is_required(paper, answers) and not (paper.key in attached and is_shown(paper, answers)):
            continue
        what = what_to_bring(paper.form, signed=paper.key in signed, how=how)
        if what:
            found.append(ToBring(paper.key, paper.name, what, how))
    return found
