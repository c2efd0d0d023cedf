"""Reads for the people a dossier belongs to: their list, one dossier's story, and what a stranger may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.ids import tidy_ref
from motcua.core.words import say
from motcua.core.worktime import local
from motcua.dossiers.models import AT_COUNTER, Dossier, DossierEvent, Result, ResultDraft
from motcua.dossiers.models.standing import elsewhere, for_others, own
from motcua.dossiers.queries import results
from motcua.dossiers.queries.money import pays_now
from motcua.dossiers.rules import national
from motcua.dossiers.rules.papers import Receive
from motcua.dossiers.rules.states import ENDED, DeliveryState, PaymentState, State
from motcua.dossiers.rules.wording import Value
from motcua.offerings.models import Step

STILL_BRINGING = frozenset(State) - ENDED - {State.DRAFT}  # papers can still be brought
MOST_OTHERS = 200  # of an organisation's dossiers on one page
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class ToDo(StrEnum):
    """What the person can do now."""

    FINISH = "finish"  # a draft
    CONFIRM = "confirm"  # look at the draft of the result
    SUPPLEMENT = "supplement"  # correct what the desk asked for
    PAY = "pay"  # the fee, now
    DOWNLOAD = "download"  # fetch the result
    NOTHING = ""


@dataclass(frozen=True)
class Line:
    """A dossier in one sentence, and what its person can do about it."""

    dossier: Dossier
    headline: str
    to_do: ToDo
    status: str  # of the nation, in words
    chip: str
    chip_icon: str


@dataclass
class Mine:
    """Somebody's dossiers, what waits for them first."""

    yours: list[Line] = field(default_factory=list)
    running: list[Line] = field(default_factory=list)
    drafts: list[Line] = field(default_factory=list)
    done: list[Line] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)  # whose dossiers this session doesn't show
    others: list[Line] = field(default_factory=list)  # of one's organisation, handed in by somebody else

    def __bool__(self) -> bool:
        return bool(self.yours or self.running or self.drafts or self.done or self.organisations or self.others)


@dataclass(frozen=True)
class Stage:
    """What anybody may know of a dossier: its number and its stage."""

    number: str
    status: str
    chip: str
    chip_icon: str


_ICONS = {
    national.NationalStatus.SUBMITTED: "new",
    national.NationalStatus.ACCEPTED: "check",
    national.NationalStatus.NOT_ACCEPTED: "stopped",
    national.NationalStatus.PROCESSING: "run",
    national.NationalStatus.SUPPLEMENT_REQUESTED: "your-turn",
    national.NationalStatus.PAYMENT_REQUESTED: "money",
    national.NationalStatus.WITHDRAWN: "withdraw",
    national.NationalStatus.STOPPED: "stopped",
    national.NationalStatus.COMPLETED: "done",
    national.NationalStatus.RETURNED: "done",
}


def my_dossiers(user: User) -> Mine:
    """All dossiers handed in or begun with this account, newest first in each part."""
    every = Dossier.objects.exclude(AT_COUNTER).select_related("procedure_version", "agency", "offering_version")
    rows = every.order_by("-saved_at", "-pk")
    mine = Mine()
    now = timezone.now()
    names = Dossier.objects.filter(elsewhere(user)).values_list("applicant__organisation_name", flat=True)
    mine.organisations = sorted(set(names))
    if user.came_for:
        mine.others = [line_of(dossier, now) for dossier in rows.filter(for_others(user))[:MOST_OTHERS]]
    for dossier in rows.filter(own(user)):
        line = line_of(dossier, now)
        if dossier.state == State.DRAFT:
            mine.drafts.append(line)
        elif line.to_do:
            mine.yours.append(line)
        elif dossier.state in ENDED:
            mine.done.append(line)
        else:
            mine.running.append(line)
    return mine


def line_of(dossier: Dossier, now: datetime) -> Line:
    """One dossier's sentence, status and next step."""
    status, chip, icon = status_of(dossier)
    return Line(dossier, headline(dossier, now), to_do(dossier), status, chip, icon)


def status_of(dossier: Dossier) -> tuple[str, str, str]:
    """The national status in words, its chip and its icon; a draft has its own."""
    status = national.national_status(
        State(dossier.state), PaymentState(dossier.payment_state), DeliveryState(dossier.delivery_state)
    )
    if status is None:
        return str(State.DRAFT.label), "idle", "edit"
    return str(status.label), national.CHIP[status], _ICONS[status]


def to_do(dossier: Dossier) -> ToDo:
    """The next lawful step of the person; most of the time there is none."""
    match dossier.state:
        case State.DRAFT:
            return ToDo.FINISH
        case State.CONFIRMING:
            return ToDo.CONFIRM
        case State.SUPPLEMENT:
            return ToDo.SUPPLEMENT
        case State.ISSUED if dossier.delivery_state == DeliveryState.WAITING and _wants_online(dossier):
            return ToDo.DOWNLOAD
    return ToDo.PAY if pays_now(dossier) else ToDo.NOTHING


def _wants_online(dossier: Dossier) -> bool:
    return Receive.ONLINE in (dossier.delivery.get("receive") or [])


def headline(dossier: Dossier, now: datetime) -> str:
    """Where the dossier stands, as a sentence to the person."""
    result = dossier.offering_version.result_name
    match dossier.state:
        case State.DRAFT:
            return say("Bản nháp, lưu lúc {moment}", moment=spoken_moment(dossier.saved_at))
        case State.SUBMITTED if dossier.payment_state == PaymentState.ASKED:
            return "Hồ sơ đang chờ ông/bà nộp phí, lệ phí"
        case State.SUBMITTED if dossier.answer_by:
            return say("Đã nộp, Bộ phận Một cửa trả lời trước {moment}", moment=spoken_moment(dossier.answer_by))
        case State.CONFIRMING:
            return say("Hồ sơ đang chờ ông/bà xem bản nháp {result}", result=result)
        case State.SUPPLEMENT:
            return "Hồ sơ đang chờ ông/bà bổ sung"
        case State.ISSUED:
            return say("Đã có {result}", result=result)
        case State.RETURNED:
            return say("Đã trả {result}", result=result)
        case State.DECLINED:
            return "Hồ sơ không được tiếp nhận"
        case State.REFUSED:
            return "Cơ quan từ chối giải quyết hồ sơ này"
        case State.STOPPED:
            return "Hồ sơ đã dừng giải quyết"
        case State.WITHDRAWN:
            return "Ông/bà đã rút hồ sơ này"
    return _promise(dossier, now)


def _promise(dossier: Dossier, now: datetime) -> str:
    """For what is being worked on: the promised moment, or that it is missed."""
    if dossier.due_at is None:
        return "Hồ sơ đang được giải quyết"
    if dossier.extended_to is not None and now <= dossier.due_at:
        return say("Hồ sơ đang được giải quyết, đã hẹn lại: trả {moment}", moment=spoken_moment(dossier.due_at))
    if now > dossier.due_at:
        return say("Hồ sơ đã quá hẹn {moment}, cơ quan đang giải quyết", moment=spoken_moment(dossier.due_at))
    return say("Hồ sơ đang được giải quyết, hẹn trả {moment}", moment=spoken_moment(dossier.due_at))


def spoken_moment(moment: datetime) -> str:
    """17:00 thứ Năm, 26/11/2026."""
    here = local(moment)
    day = say("{weekday}, {date}", weekday=say(WEEKDAYS[here.weekday()]), date=f"{here:%d/%m/%Y}")
    return say("{time} {day}", time=f"{here:%H:%M}", day=day)


def timeline(dossier: Dossier) -> list[DossierEvent]:
    """What happened, in people's words, newest first."""
    return list(dossier.events.filter(for_people=True).order_by("-at", "-id"))


def coming_steps(dossier: Dossier) -> list[str]:
    """What is still to happen, in order; nothing once it is over. Giving the result back is always the last."""
    if dossier.state in ENDED or dossier.state in {State.DRAFT, State.ISSUED}:
        return []
    steps = list(dossier.offering_version.steps.all())
    names = [step.name for step in steps[_after(dossier, steps) :] if "hand_over" not in step.acts]
    return [*names, say("Trả {result_name}", result_name=dossier.offering_version.result_name)]


def _after(dossier: Dossier, steps: Iterable[Step]) -> int:
    """The place of the first step that hasn't begun."""
    for place, step in enumerate(steps):
        if step.pk == dossier.step_id:
            return place + 1
    return 0


# ---- The result and its draft ----


def result_of(dossier: Dossier) -> Result | None:
    """What came out, with its file; None before."""
    return Result.objects.filter(dossier=dossier).select_related("document__blob", "signed_by").first()


def open_draft(dossier: Dossier) -> ResultDraft | None:
    """The draft of the result that waits for the person's answer."""
    if dossier.state != State.CONFIRMING:
        return None
    shown = dossier.drafts.filter(shown_at__isnull=False, answered_at=None)
    return shown.select_related("document__blob", "by").first()


def draft_values(dossier: Dossier) -> list[Value]:
    """What the newest draft says, with its labels; empty values are left out."""
    return [value for value in results.draft_values(dossier) if value.text and value.label]


# ---- What strangers may see ----


def public_stage(typed: str) -> Stage | None:
    """Number and stage of the dossier with this code (ours, or the National portal's) or submission number; or None."""
    number = tidy_ref(typed)[:60]
    known = Q(code=number) | Q(ref=number) | Q(national_code=number)
    dossier = Dossier.objects.exclude(state=State.DRAFT).filter(known).first()
    if dossier is None:
        return None
    return Stage(dossier.code or dossier.ref, *status_of(dossier))


def stages_of(user: User) -> list[Line]:
    """What the look-up shows to a person who has proved with a code who they are; a draft is nobody's statement."""
    rows = Dossier.objects.filter(own(user)).exclude(state=State.DRAFT)
    now = timezone.now()
    return [
        line_of(dossier, now)
        for dossier in rows.select_related("procedure_version", "offering_version", "agency").order_by("-submitted_at")
    ]
