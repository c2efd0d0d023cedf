"""The desk's acts on supplements (phiếu yêu cầu bổ sung, mẫu 02): ask once and completely, note that time is over, end.

The person's side is in `services.supplementing`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.accounts.models import User
from motcua.agencies.queries import working_calendar
from motcua.core.errors import BusinessError, Conflict
from motcua.core.text import clean, clean_lines
from motcua.core.words import say
from motcua.dossiers.access import check_applicant
from motcua.dossiers.models import (
    Dossier,
    Pause,
    PaymentState,
    State,
    SupplementFile,
    SupplementItem,
    SupplementRequest,
)
from motcua.dossiers.queries import drafts
from motcua.dossiers.queries import supplements as reads
from motcua.dossiers.queries.outages import excused_until, time_is_over
from motcua.dossiers.queries.supplements import Askable, Work
from motcua.dossiers.rules.refusing import LONGEST_GROUND, LONGEST_REASON
from motcua.dossiers.rules.supplements import Wanted, answer_until, told_once, told_shortly
from motcua.dossiers.services import slips
from motcua.dossiers.services.acting import LONGEST_NOTE, begin, lock, move, note, prove, tell
from motcua.dossiers.services.pausing import start_clock, start_reception, stop_clock

EXPIRE = "dossiers.supplement_expires"
QUEUE = "dossiers"
Stage, Outcome = SupplementRequest.Stage, SupplementRequest.Outcome
LONGEST_ITEM = 500  # letters


class ItemTrouble(BusinessError):
    """One of the things asked for can't be; `key` says which, as its tick is called: "answer:mother_name"."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


class Ended(Conflict):
    """The request that somebody works on isn't open any more."""

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ này không còn chờ bổ sung: đã gửi ở một cửa sổ khác, hoặc cơ quan đã kết thúc việc chờ."
        )


def lock_work(dossier: Dossier, by: User) -> tuple[Dossier, Work]:
    """The dossier's row, held until the end of the transaction, with its open request.

    Raises:
        Http404: it is somebody else's.
        Ended: it doesn't wait for a supplement any more.
    """
    dossier = lock(dossier)
    check_applicant(dossier, by)
    request = reads.open_request(dossier)
    if request is None:
        raise Ended
    return dossier, reads.work_on(dossier, request)


@transaction.atomic
def ask(
    dossier: Dossier, wanted: Sequence[Wanted], *, reason: str, ground: str, by: User, seen: str = ""
) -> SupplementRequest:
    """Send a dossier back for completion, once and for everything; the clock stops, the slip is made by a job.

    At reception it is the desk's act and there is no clock yet; while it is worked on it is the registrar's.

    Args:
        wanted: each answer and paper with what is wrong with it.
        reason: why, for all of it together.
        ground: the rule that asks for it (căn cứ).

    Raises:
        ItemTrouble: the dossier has no such answer or paper, or nothing is said about it.
        BusinessError: nothing is asked for, the ground is missing, or it was asked as often as the service allows.
        Http404, Conflict: as every act of an officer.
    """
    first = dossier.state == State.SUBMITTED
    reason, ground = clean_lines(reason)[:LONGEST_REASON], clean(ground)[:LONGEST_GROUND]
    act = "ask_supplement_first" if first else "ask_supplement"
    dossier, post = begin(act, dossier, by, reason=reason, seen=seen)
    _check(dossier, wanted, ground)
    now = timezone.now()
    until = answer_until(now, dossier.offering_version.supplement_days, working_calendar(dossier.agency))
    request = SupplementRequest.objects.create(
        dossier=dossier, stage=Stage.RECEPTION if first else Stage.PROCESSING, reason=reason, ground=ground,
        asked_by=by, asked_at=now, answer_by=until, answers=dossier.answers,
    )  # fmt: skip
    _write_items(request, wanted)
    _wait(dossier, request, by, now)
    labels = [f"{item.label}: {item.reason}" for item in request.items.all()]
    told = told_shortly(reason, [item.label for item in request.items.all()], LONGEST_NOTE)
    note(dossier, "ask_supplement", "Yêu cầu bổ sung hồ sơ", by=by, post=post, at=now, text=told)
    prove("dossier.supplement_requested", dossier, by, request=request.pk, stage=request.stage, answer_by=until)
    tell(
        "dossier_supplement", dossier, at=now, by=by, post=post, due_at=until, reason=reason, papers=labels,
        once=str(request.pk),
    )  # fmt: skip
    slips.have_made(slips.MAKE_SUPPLEMENT, request_id=request.pk)
    app.configure_task(EXPIRE, queue=QUEUE, schedule_at=until).defer(request_id=request.pk)
    return request


def _check(dossier: Dossier, wanted: Sequence[Wanted], ground: str) -> None:
    if not reads.left(dossier):
        allowed = dossier.offering_version.supplements_allowed
        raise BusinessError(
            say(
                "Hồ sơ này đã được yêu cầu bổ sung {allowed} lần, đủ số lần cho phép. Xin giải quyết theo những gì đã "
                "có, hoặc trả lời từ chối kèm lý do.",
                allowed=allowed,
            )
            if allowed
            else "Hồ sơ này không bổ sung được. Xin giải quyết theo những gì đã có, hoặc trả lời từ chối kèm lý do."
        )
    if not wanted:
        raise BusinessError("Đánh dấu ít nhất một nội dung hoặc giấy tờ cần bổ sung.")
    if not ground:
        raise BusinessError("Ghi căn cứ: quy định nào yêu cầu bổ sung.")


def _write_items(request: SupplementRequest, wanted: Sequence[Wanted]) -> None:
    """The items with what there is now, papers with their files to begin with."""
    dossier = request.dossier
    known = {(one.kind, one.key): one for _, questions in reads.askable(dossier) for one in questions}
    for position, one in enumerate(told_once(wanted), 1):
        reason = clean(one.reason)[:LONGEST_ITEM]
        asked = known.get((one.kind, one.key))
        if asked is None:
            raise ItemTrouble(f"{one.kind}:{one.key}", "Hồ sơ này không có nội dung hoặc giấy tờ đó.")
        if not reason:
            raise ItemTrouble(f"{one.kind}:{one.key}", say("Ghi rõ cần sửa gì ở “{short}”", short=asked.short))
        _write_item(request, asked, reason, position)


def _write_item(request: SupplementRequest, asked: Askable, reason: str, position: int) -> None:
    is_answer = asked.kind == SupplementItem.Kind.ANSWER
    item = SupplementItem.objects.create(
        request=request, position=position, kind=asked.kind, key=asked.key, label=asked.label, reason=reason,
        before=drafts.shown_answers(request.dossier).get(asked.key) if is_answer else None,
    )  # fmt: skip
    files = [] if is_answer else reads.files_now(request.dossier, asked.key)
    SupplementFile.objects.bulk_create(
        SupplementFile(item=item, which=which, document_id=one.document_id, position=one.position)
        for which in SupplementFile.Which
        for one in files
    )


def _wait(dossier: Dossier, request: SupplementRequest, by: User, now: datetime) -> None:
    """Nobody's time runs while the person is asked: neither the promise nor reception's hours."""
    if request.stage == Stage.RECEPTION:
        dossier.answer_by = None
        move(dossier, State.SUPPLEMENT, "answer_by")
        return
    stop_clock(dossier, Pause.Kind.SUPPLEMENT, "Chờ người nộp bổ sung hồ sơ", now)
    dossier.held_by = by
    move(dossier, State.SUPPLEMENT, "due_at", "held_by")


def go_on(dossier: Dossier, request: SupplementRequest, now: datetime) -> list[str]:
    """Give a locked dossier back to the desk that asked; returns the fields that the caller has to save.

    At reception its hours begin anew, unless the fee is still awaited; later the clock goes on by the service's rule.
    """
    if request.stage == Stage.PROCESSING:
        start_clock(dossier, now)
        return ["due_at"]
    if dossier.payment_state != PaymentState.ASKED:
        start_reception(dossier, now)
    return ["answer_by"]


def back_in(request: SupplementRequest) -> State:
    """The state that a dossier was in when it was sent back."""
    return State.SUBMITTED if request.stage == Stage.RECEPTION else State.PROCESSING


@transaction.atomic
def end(dossier: Dossier, *, by: User, seen: str = "") -> SupplementRequest:
    """Stop waiting for a supplement whose time is over (thôi chờ bổ sung); the dossier goes on as it is.

    What the person had typed stays with the request. The wait counts as a stop, never as a new beginning.

    Raises:
        BusinessError: the person still has time.
        Http404, Conflict: as every act of an officer.
    """
    present = lock(dossier)  # the stage decides whose act it is; what comes first holds the row
    request = reads.open_request(present)
    first = request is not None and request.stage == Stage.RECEPTION
    dossier, post = begin("end_supplement_first" if first else "end_supplement", dossier, by, seen=seen)
    if request is None:
        raise Conflict("Yêu cầu bổ sung này đã kết thúc.")
    now = timezone.now()
    if not time_is_over(request.answer_by, now):
        raise BusinessError("Người nộp còn thời gian bổ sung, chưa thôi chờ được.")
    dossier.pauses.filter(ended_at=None).update(kind=Pause.Kind.UNANSWERED)
    request.outcome, request.ended_at = Outcome.ENDED, now
    request.save(update_fields=["outcome", "ended_at"])
    fields = go_on(dossier, request, now)
    move(dossier, back_in(request), *fields)
    note(dossier, "end_supplement", "Hết hạn bổ sung, cơ quan xem xét theo hồ sơ đã có", by=by, post=post, at=now)
    prove("dossier.supplement_ended", dossier, by, request=request.pk)
    tell("dossier_supplement_ended", dossier, at=now, by=by, post=post, once=str(request.pk))
    return request


@transaction.atomic
def note_expiry(request_id: int, *, now: datetime | None = None) -> bool:
    """Tell person and desk that the time for a supplement is over; it is still taken until the desk ends it.

    Safe to run at any time and as often as it likes.

    Returns:
        whether this call did it.
    """
    found = SupplementRequest.objects.select_related("dossier").filter(pk=request_id).first()
    if found is None:
        return False
    dossier = lock(found.dossier)
    request = reads.open_request(dossier)
    now = now or timezone.now()
    if request is None or request.pk != request_id or request.reminded_at or now < request.answer_by:
        return False
    last = excused_until(request.answer_by)
    if now < last:  # the portal stands still
        app.configure_task(EXPIRE, queue=QUEUE, schedule_at=last).defer(request_id=request_id)
        return False
    request.reminded_at = now
    request.save(update_fields=["reminded_at"])
    note(dossier, "supplement_expired", "Hết hạn bổ sung, chưa nhận được", by=None, at=now)
    prove("dossier.supplement_expired", dossier, None, request=request.pk)
    tell("dossier_supplement_expired", dossier, at=now, due_at=request.answer_by, once=str(request.pk))
    return True
