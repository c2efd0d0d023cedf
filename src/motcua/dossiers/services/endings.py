"""Acts that end a dossier without a result: refuse it, stop it, take it back (từ chối, dừng, rút)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Post
from motcua.core.errors import BusinessError
from motcua.core.text import clean_lines
from motcua.dossiers.models import Dossier, Pause, Refusal, State, SupplementRequest, Withdrawal
from motcua.dossiers.rules.refusing import Why, check_why
from motcua.dossiers.services import slips
from motcua.dossiers.services.acting import begin, begin_as_applicant, move, note, prove, tell
from motcua.dossiers.services.money import stop_asking
from motcua.dossiers.services.pausing import start_clock

LONGEST_REASON = 1000  # of a person who takes their dossier back


@transaction.atomic
def propose_refusal(dossier: Dossier, why: Why, *, by: User, seen: str = "") -> Refusal:
    """Put a refusal before the leader (trình từ chối); the person hears of it when it is signed. The clock runs on.

    Raises:
        BusinessError: reason or ground is missing, or the reason is a bare code.
        Http404, Conflict: as every act of an officer.
    """
    why = why.tidy()
    dossier, post = begin("propose_refusal", dossier, by, reason=why.reason, seen=seen)
    check_why(why, needs_ground=True)
    now = timezone.now()
    refusal = _write(dossier, Refusal.Stage.PROCESSING, why, by=by, at=now)
    dossier.held_by = by
    move(dossier, State.REFUSING, "held_by")
    note(
        dossier, "propose_refusal", "Trình lãnh đạo từ chối giải quyết", by=by, post=post, at=now, text=why.reason,
        for_people=False,
    )  # fmt: skip
    prove("dossier.refusal_proposed", dossier, by, refusal=refusal.pk, reason=why.reason, ground=why.ground)
    return refusal


@transaction.atomic
def refuse(dossier: Dossier, *, by: User, seen: str = "") -> Refusal:
    """The leader signs the refusal that lies before them (ký từ chối); the slip (mẫu 03) is made by a job right after.

    Raises:
        Http404, BusinessError, Conflict: as every act of an officer.
    """
    dossier, post = begin("refuse", dossier, by, seen=seen)
    now = timezone.now()
    refusal = _decided(dossier, Refusal.Outcome.REFUSED, by=by, at=now)
    end(dossier, State.REFUSED, now)
    note(dossier, "refuse", "Từ chối giải quyết hồ sơ", by=by, post=post, at=now, text=refusal.reason)
    prove("dossier.refused", dossier, by, refusal=refusal.pk, reason=refusal.reason)
    tell("dossier_refused", dossier, at=now, by=by, post=post, reason=refusal.reason)
    slips.have_made(slips.MAKE_REFUSAL, refusal_id=refusal.pk)
    return refusal


def send_refusal_back(dossier: Dossier, *, by: User, at: datetime, reason: str) -> Refusal:
    """Take a proposed refusal off the leader's desk; a part of `work.send_back`, which has locked and asked."""
    refusal = _decided(dossier, Refusal.Outcome.SENT_BACK, by=by, at=at)
    prove("dossier.sent_back", dossier, by, refusal=refusal.pk, reason=reason)
    return refusal


@transaction.atomic
def stop(dossier: Dossier, why: Why, *, by: User, seen: str = "") -> Refusal:
    """The leader ends the work on a dossier without deciding on it (dừng giải quyết, mẫu 05).

    For what can't be gone on with: a supplement that never came, a matter that another decision has settled.

    Raises:
        BusinessError: reason or ground is missing, or the reason is a bare code.
        Http404, Conflict: as every act of an officer.
    """
    why = why.tidy()
    dossier, post = begin("stop", dossier, by, reason=why.reason, seen=seen)
    check_why(why, needs_ground=True)
    now = timezone.now()
    refusal = _write(dossier, Refusal.Stage.STOPPED, why, by=by, at=now)
    refusal = _decided(dossier, Refusal.Outcome.REFUSED, by=by, at=now)
    end(dossier, State.STOPPED, now)
    note(dossier, "stop", "Dừng giải quyết hồ sơ", by=by, post=post, at=now, text=why.reason)
    prove("dossier.stopped", dossier, by, refusal=refusal.pk, reason=why.reason, ground=why.ground)
    tell("dossier_stopped", dossier, at=now, by=by, post=post, reason=why.reason)
    slips.have_made(slips.MAKE_REFUSAL, refusal_id=refusal.pk)
    return refusal


def write_declined(dossier: Dossier, why: Why, *, by: User, post: Post, at: datetime) -> Refusal:
    """Keep why a dossier wasn't taken in, and have its slip made; a part of `reception.decline`."""
    refusal = _write(dossier, Refusal.Stage.RECEPTION, why, by=by, at=at)
    refusal = _decided(dossier, Refusal.Outcome.REFUSED, by=by, at=at)
    note(dossier, "decline", "Không được tiếp nhận", by=by, post=post, at=at, text=why.reason)
    prove("dossier.declined", dossier, by, reason=why.reason, refusal=refusal.pk)
    slips.have_made(slips.MAKE_REFUSAL, refusal_id=refusal.pk)
    return refusal


def _write(dossier: Dossier, stage: Refusal.Stage, why: Why, *, by: User, at: datetime) -> Refusal:
    return Refusal.objects.create(
        dossier=dossier, stage=stage, reason=why.reason, ground=why.ground, right_agency=why.right_agency,
        proposed_by=by, proposed_at=at,
    )  # fmt: skip


def _decided(dossier: Dossier, outcome: Refusal.Outcome, *, by: User, at: datetime) -> Refusal:
    refusal = Refusal.objects.filter(dossier=dossier, outcome="").first()
    if refusal is None:  # the state says that one was proposed
        raise BusinessError("Hồ sơ này không có đề nghị từ chối nào đang chờ ký.")
    refusal.outcome, refusal.decided_by, refusal.decided_at = outcome, by, at
    refusal.save(update_fields=["outcome", "decided_by", "decided_at"])
    return refusal


@transaction.atomic
def withdraw(dossier: Dossier, *, by: User, reason: str) -> Withdrawal:
    """The person takes their dossier back (rút hồ sơ), as long as nobody has put a decision before the leader.

    Raises:
        Http404: it is somebody else's.
        BusinessError: the reason is missing.
        Conflict: it has been decided on meanwhile, or is withdrawn already.
    """
    reason = clean_lines(reason)[:LONGEST_REASON]
    dossier = begin_as_applicant("withdraw", dossier, by, reason=reason)
    now = timezone.now()
    withdrawal = Withdrawal.objects.create(dossier=dossier, reason=reason, by=by, at=now)
    end(dossier, State.WITHDRAWN, now)
    note(dossier, "withdraw", "Rút hồ sơ", by=by, at=now, text=reason)
    prove("dossier.withdrawn", dossier, by, reason=reason)
    tell("dossier_withdrawn", dossier, at=now, by=by)
    return withdrawal


def end(dossier: Dossier, state: State, now: datetime) -> None:
    """Put a locked dossier into its last state: no clock, no question to the person stays open."""
    waiting = dossier.pauses.filter(ended_at=None)
    waiting.filter(kind=Pause.Kind.SUPPLEMENT).update(kind=Pause.Kind.UNANSWERED)  # so no limit begins anew
    if waiting.exists():
        start_clock(dossier, now)
    stop_asking(dossier, state.label)
    open_requests = SupplementRequest.objects.filter(dossier=dossier, outcome="")
    open_requests.update(outcome=SupplementRequest.Outcome.ENDED, ended_at=now)
    dossier.answer_by, dossier.finished_at = None, now
    move(dossier, state, "answer_by", "finished_at", "due_at")
