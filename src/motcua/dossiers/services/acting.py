"""What every act on a dossier begins and ends with: lock, ask the rules; note, tell."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.queries import recipient_of
from motcua.agencies.models import Post
from motcua.audit.services import record
from motcua.core.errors import Conflict
from motcua.core.words import say
from motcua.core.worktime import local
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, DossierEvent, State
from motcua.dossiers.queries.clocks import step_in
from motcua.dossiers.queries.desk_dossier import stamp_of
from motcua.dossiers.rules.moves import check_reason, check_start
from motcua.notifications.services import notify

# What a colleague did first, said to the one who comes second.
LONGEST_NOTE = 1000  # letters of what the history says beside a title
WAS_FIRST = {
    "submit": "nộp",
    "accept": "tiếp nhận",
    "decline": "trả lời không tiếp nhận",
    "take_up": "nhận thụ lý",
    "send_draft": "gửi bản nháp cho người nộp",
    "agree_draft": "đồng ý với bản nháp",
    "object_draft": "đề nghị sửa bản nháp",
    "silence_agrees": "chuyển tiếp vì hết hạn xem bản nháp",
    "propose": "trình ký",
    "approve": "ký duyệt",
    "send_back": "trả lại người thụ lý",
    "issue": "vào sổ",
    "hand_over": "trả kết quả",
    "hand_to_post": "chuẩn bị gửi qua bưu chính",
    "take_in_papers": "nhận giấy tờ từ bưu chính",
    "choose_receiving": "chọn lại cách nhận kết quả",
    "call_postman": "gọi bưu chính đến lấy giấy tờ",
    "take_online": "tải kết quả",
    "pay": "nộp phí",
    "collect_fee": "thu phí",
    "refund_fee": "hoàn phí",
    "requote": "bổ sung làm thay đổi phí",
    "propose_refusal": "trình từ chối",
    "refuse": "ký từ chối",
    "stop": "dừng giải quyết",
    "withdraw": "rút lại",
    "apologise": "gửi lời xin lỗi, hẹn lại",
    "ask_supplement": "yêu cầu bổ sung",
    "supplement": "bổ sung",
    "end_supplement": "thôi chờ bổ sung",
    "note_call": "ghi một cuộc gọi",
}


def lock(dossier: Dossier) -> Dossier:
    """The dossier's row as it is now, held until the end of the transaction."""
    rows = Dossier.objects.select_for_update(of=("self",), no_key=True)
    joined = rows.select_related(
        "agency", "procedure_version__procedure", "offering_version__offering", "offering_version__form", "step", "user"
    )
    return joined.defer(access.LONG).prefetch_related("offering_version__steps").get(pk=dossier.pk)


def begin(act: str, dossier: Dossier, by: User, *, reason: str = "", seen: str = "") -> tuple[Dossier, Post]:
    """Lock the dossier for an officer's act and ask whether it may be done.

    Args:
        seen: the stamp of the page the officer decided on; empty: the state alone decides.

    Raises:
        Http404: the officer is of another agency.
        BusinessError: the role is another one, or the reason is missing.
        Conflict: a colleague was first; it says who and when.
    """
    dossier = lock(dossier)
    post = access.post_for(act, dossier, by)
    _check_start(act, dossier)
    if seen and seen != stamp_of(dossier):
        first = first_word(dossier)
        raise Conflict(
            say("{first} Xin xem lại rồi quyết định.", first=first) if first else "Xin xem lại rồi quyết định."
        )
    check_reason(act, reason)
    return dossier, post


def begin_as_applicant(act: str, dossier: Dossier, by: User, *, reason: str = "") -> Dossier:
    """Lock the dossier for an act of the person it belongs to.

    Raises:
        Http404: it is somebody else's.
        BusinessError: the reason is missing.
        Conflict: the dossier has moved on.
    """
    dossier = lock(dossier)
    access.check_applicant(dossier, by)
    _check_start(act, dossier)
    check_reason(act, reason)
    return dossier


def _check_start(act: str, dossier: Dossier) -> None:
    """Refuse in the words that help most: who was first, if it is known."""
    try:
        check_start(act, State(dossier.state))
    except Conflict as refusal:
        raise Conflict(first_word(dossier) or str(refusal)) from None


def first_word(dossier: Dossier) -> str:
    """Who did the last act on this dossier and when, in a sentence; empty if nobody did."""
    last = DossierEvent.objects.filter(dossier=dossier).order_by("-id").first()
    if last is None or last.kind not in WAS_FIRST:
        return ""
    here, today = local(last.at), local(timezone.now()).date()
    pattern = (
        "Hồ sơ {code} đã được {who} {act} lúc {hour}."
        if here.date() == today
        else "Hồ sơ {code} đã được {who} {act} lúc {hour} ngày {day:%d/%m/%Y}."
    )
    code, act = dossier.code or dossier.ref, say(WAS_FIRST[last.kind])
    return say(pattern, code=code, who=last.actor_name, act=act, hour=_hour(here), day=here)


def _hour(moment: datetime) -> str:
    return f"{moment.hour}:{moment:%M}"


def move(dossier: Dossier, state: State, *fields: str) -> None:
    """Put the dossier into a state and the step that belongs to it; `fields` were changed too."""
    dossier.state = state
    dossier.step = step_in(dossier.offering_version, state, dossier.step)
    dossier.save(update_fields=["state", "step", *fields])


def note(
    dossier: Dossier,
    kind: str,
    title: str,
    *,
    by: User | None,
    post: Post | None = None,
    text: str = "",
    at: datetime,
    for_people: bool = True,
) -> DossierEvent:
    """A line of the history that people read."""
    place = f"{post.unit.name}, {dossier.agency.short_name}" if post else ""
    return DossierEvent.objects.create(
        dossier=dossier, at=at, kind=kind, title=title, text=text[:LONGEST_NOTE],
        actor_name=by.full_name if by else "Hệ thống", actor_place=place, for_people=for_people,
    )  # fmt: skip


def prove(act: str, dossier: Dossier, by: User | None, **data: object) -> None:
    """A line of the proof that is kept for law."""
    record(act, subject_kind="dossier", subject_ref=dossier.ref, actor=by, code=dossier.code, **data)


def tell(
    template: str,
    dossier: Dossier,
    *,
    at: datetime,
    by: User | None = None,
    post: Post | None = None,
    due_at: datetime | None = None,
    next_step: str = "",
    papers: Sequence[str] = (),
    once: str = "",
    **more: Any,
) -> None:
    """A message to the person with what NĐ 224/2026 Điều 15.1g asks for: agency, person, times.

    Args:
        once: tells apart what can happen several times, such as a second draft.
    """
    person = f"{by.full_name}, {post.title}" if by and post else by.full_name if by else ""
    notify(
        template, recipient_of(dossier.user),
        key=f"{template}:{dossier.ref}" + (f":{once}" if once else ""), about=dossier.about,
        ref=dossier.ref, code=dossier.code or "", procedure=dossier.procedure_version.short_name,
        agency=dossier.agency.desk_name, person=person, at=at, due_at=due_at,
        url=f"{settings.BASE_URL}/ho-so/{dossier.ref}/", next_step=next_step, papers=list(papers), **more,
    )  # fmt: skip
