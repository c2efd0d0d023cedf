"""The whole state machine of a dossier is one table: which act leads from where to where, and whose it is.

No official table of transitions is published; this one follows NĐ 61/2018 Điều 17–20 (kept by NĐ 118/2025) and
rules.md §2.1. Acts whose services come later stand here already, so that no state is a dead end by accident.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from motcua.agencies.models import Post, Role
from motcua.core.errors import BusinessError, Conflict
from motcua.core.words import say
from motcua.dossiers.rules.states import State
from motcua.offerings.models import Step

S = State


@dataclass(frozen=True)
class Move:
    """One act. `roles` is empty for the applicant; `ends` is empty where the business state stays as it is."""

    label: str
    starts: frozenset[State]
    ends: State | None = None
    roles: frozenset[Role] = frozenset()
    needs_reason: bool = False
    by_system: bool = False


def _move(
    label: str, starts: set[State], ends: State | None, *roles: Role, reason: bool = False, system: bool = False
) -> Move:
    return Move(label, frozenset(starts), ends, frozenset(roles), reason, system)


_RECEPTION, _REGISTRAR, _LEADER, _CLERK = Role.RECEPTION, Role.REGISTRAR, Role.LEADER, Role.CLERK
_OPEN = {S.SUBMITTED, S.ACCEPTED, S.PROCESSING}
_WORKED_ON = {S.ACCEPTED, S.PROCESSING, S.SIGNING, S.REFUSING, S.APPROVED}
# The postman may have taken less than was owed for a result that he has delivered.
_OWING = _OPEN | {S.SUPPLEMENT, S.CONFIRMING, S.SIGNING, S.APPROVED, S.ISSUED, S.RETURNED}

MOVES: dict[str, Move] = {
    "submit": _move("Nộp hồ sơ", {S.DRAFT}, S.SUBMITTED),
    "accept": _move("Tiếp nhận", {S.SUBMITTED}, S.ACCEPTED, _RECEPTION),
    "decline": _move("Không tiếp nhận", {S.SUBMITTED}, S.DECLINED, _RECEPTION, reason=True),
    "take_up": _move("Nhận thụ lý", {S.ACCEPTED}, S.PROCESSING, _REGISTRAR),
    "judge_paper": _move("Ghi kết quả kiểm tra giấy tờ", {S.PROCESSING}, None, _REGISTRAR),
    "send_draft": _move("Gửi bản nháp cho người nộp", {S.PROCESSING}, S.CONFIRMING, _REGISTRAR),
    "agree_draft": _move("Đồng ý với bản nháp", {S.CONFIRMING}, S.PROCESSING),
    "object_draft": _move("Đề nghị sửa bản nháp", {S.CONFIRMING}, S.PROCESSING, reason=True),
    "silence_agrees": _move("Coi như đồng ý với bản nháp", {S.CONFIRMING}, S.PROCESSING, system=True),
    "propose": _move("Trình lãnh đạo ký", {S.PROCESSING}, S.SIGNING, _REGISTRAR),
    "approve": _move("Ký duyệt", {S.SIGNING}, S.APPROVED, _LEADER),
    "send_back": _move("Trả lại người thụ lý", {S.SIGNING, S.REFUSING}, S.PROCESSING, _LEADER, reason=True),
    "issue": _move("Vào sổ, cấp số", {S.APPROVED}, S.ISSUED, _CLERK),
    "hand_over": _move("Trả kết quả tại quầy", {S.ISSUED}, S.RETURNED, _RECEPTION),
    "take_online": _move("Tải kết quả", {S.ISSUED}, S.RETURNED),
    "ask_supplement_first": _move("Yêu cầu bổ sung", {S.SUBMITTED}, S.SUPPLEMENT, _RECEPTION, reason=True),
    "ask_supplement": _move("Yêu cầu bổ sung", {S.PROCESSING}, S.SUPPLEMENT, _REGISTRAR, reason=True),
    "supplement_first": _move("Bổ sung trước tiếp nhận", {S.SUPPLEMENT}, S.SUBMITTED),
    "supplement": _move("Bổ sung", {S.SUPPLEMENT}, S.PROCESSING),
    "end_supplement_first": _move("Thôi chờ bổ sung", {S.SUPPLEMENT}, S.SUBMITTED, _RECEPTION),
    "end_supplement": _move("Thôi chờ bổ sung", {S.SUPPLEMENT}, S.PROCESSING, _REGISTRAR),
    "take_brought_first": _move("Nhận giấy tờ bổ sung tại quầy", {S.SUPPLEMENT}, S.SUBMITTED, _RECEPTION),
    "take_brought": _move("Nhận giấy tờ bổ sung tại quầy", {S.SUPPLEMENT}, S.PROCESSING, _RECEPTION),
    "pay": _move("Nộp phí", _OWING, None),
    "collect_fee": _move("Thu phí", _OWING, None, _RECEPTION),
    # A transfer comes when it comes, also after the end: then it is booked as not owed, and given back.
    "book_transfer": _move("Ghi khoản chuyển khoản", set(S) - {S.DRAFT}, None, _RECEPTION),
    # Not whoever takes money in: nobody alone books a payment and gives it back.
    "refund_fee": _move("Hoàn phí", set(S) - {S.DRAFT}, None, _LEADER, reason=True),
    "propose_refusal": _move("Trình từ chối", {S.PROCESSING}, S.REFUSING, _REGISTRAR, reason=True),
    "refuse": _move("Ký từ chối", {S.REFUSING}, S.REFUSED, _LEADER),
    "apologise": _move("Xin lỗi, hẹn lại", _WORKED_ON, None, _REGISTRAR, _LEADER, reason=True),
    "stop": _move("Dừng giải quyết", {S.PROCESSING, S.SUPPLEMENT, S.SIGNING}, S.STOPPED, _LEADER, reason=True),
    "withdraw": _move("Rút hồ sơ", _OPEN | {S.SUPPLEMENT, S.CONFIRMING}, S.WITHDRAWN, reason=True),
    "note_call": _move("Ghi cuộc gọi", set(S) - {S.DRAFT}, None, _RECEPTION, _REGISTRAR, _LEADER),
    "hand_back": _move("Trả lại giấy tờ", {S.REFUSED, S.STOPPED, S.WITHDRAWN}, None, _RECEPTION),
    # By post (bưu chính công ích). What the post itself says is nobody's act; the business ends when it has delivered.
    "hand_to_post": _move("Gửi kết quả qua bưu chính", {S.ISSUED}, None, _RECEPTION),
    "give_to_postman": _move("Giao cho nhân viên bưu chính", {S.ISSUED}, None, _RECEPTION),
    "post_delivered": _move("Bưu chính phát kết quả", {S.ISSUED}, S.RETURNED, system=True),
    "choose_receiving": _move("Chọn lại cách nhận kết quả", {S.ISSUED}, None),
    "call_postman": _move("Gọi bưu chính đến lấy giấy tờ", _OPEN | _WORKED_ON | {S.CONFIRMING, S.ISSUED}, None),
    "take_in_papers": _move("Nhận giấy tờ từ bưu chính", set(S) - {S.DRAFT}, None, _RECEPTION),
}
ACTS = frozenset(MOVES)  # what a step of an offering may name


def check_start(act: str, state: State) -> None:
    """Refuse an act that doesn't start from this state.

    Raises:
        Conflict: somebody else has moved the dossier on.
    """
    if state not in MOVES[act].starts:
        raise Conflict(
            say("Hồ sơ này đang ở trạng thái “{label}” nên không thực hiện được việc vừa chọn.", label=say(state.label))
        )


def check_reason(act: str, reason: str) -> None:
    """Refuse an act without the reason that it needs.

    Raises:
        BusinessError: nothing is said.
    """
    if MOVES[act].needs_reason and not reason.strip():
        raise BusinessError("Nhập lý do, để người nhận biết vì sao.")


def roles_for(act: str, step_role: str = "", step_acts: Collection[str] = ()) -> frozenset[Role]:
    """Whose an act is: as the present step of the process says if it names the act, else as the table does."""
    return frozenset({Role(step_role)}) if act in step_acts else MOVES[act].roles


def able_for(act: str, step: Step | None, posts: Iterable[Post]) -> list[Post]:
    """The posts at the agency by which an act may be done: of the right role; and of the step's unit if it names it."""
    roles = roles_for(act, step.role, step.acts) if step else roles_for(act)
    found = [post for post in posts if roles & set(post.roles)]
    return [post for post in found if post.unit_id == step.unit_id] if step and act in step.acts else found


def lawful_acts(state: State, roles: Collection[Role]) -> list[str]:
    """What somebody with these roles may do with a dossier in this state, in the table's order."""
    return [act for act, move in MOVES.items() if state in move.starts and move.roles & set(roles)]
