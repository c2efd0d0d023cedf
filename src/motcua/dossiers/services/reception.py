"""Acts at reception: accept a dossier with its code, its clock and its receipt; or decline it with a reason."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.accounts.models import User
from motcua.agencies.queries import working_calendar
from motcua.core.errors import BusinessError
from motcua.core.words import money, say
from motcua.core.worktime import local
from motcua.documents.services import make_signed_pdf, store_generated
from motcua.dossiers.models import Dossier, PaymentState, State
from motcua.dossiers.queries.clocks import clock_from
from motcua.dossiers.queries.drafts import bring_lines
from motcua.dossiers.queries.receipts import receipt_values
from motcua.dossiers.rules.clock import clock_start
from motcua.dossiers.rules.refusing import Why, check_why
from motcua.dossiers.services.acting import begin, lock, move, note, prove, tell
from motcua.dossiers.services.endings import end, write_declined
from motcua.dossiers.services.numbers import official_code

MAKE_RECEIPT = "dossiers.make_receipt"
QUEUE = "documents"


@transaction.atomic
def accept(dossier: Dossier, *, by: User, seen: str = "") -> Dossier:
    """Take a dossier in (tiếp nhận): official code, clock, appointment; the receipt is made by a job right after.

    Raises:
        Http404: the officer is of another agency.
        BusinessError: the role is another one; or the clock may only start once the fee is paid.
        Conflict: a colleague was first.
    """
    dossier, post = begin("accept", dossier, by, seen=seen)
    now = timezone.now()
    version = dossier.offering_version
    owes = dossier.payment_state in {PaymentState.OWED, PaymentState.ASKED}
    started = clock_start(version.clock_starts, complete_at=now, paid_at=None, owes=owes)
    if started is None:
        raise BusinessError(
            say(
                "Thủ tục này chỉ tính thời hạn khi đã nộp đủ phí, lệ phí. Hồ sơ còn phải nộp {amount}.",
                amount=money(dossier.fee_total),
            )
        )
    clock = clock_from(version, started, working_calendar(dossier.agency))
    dossier.code = official_code(dossier.agency, local(now).date())
    dossier.accepted_at, dossier.clock_started_at, dossier.answer_by = now, started, None
    dossier.limit_value, dossier.limit_unit, dossier.due_at = version.limit_value, version.limit_unit, clock.due_at
    move(
        dossier, State.ACCEPTED, "code", "accepted_at", "clock_started_at", "answer_by",
        "limit_value", "limit_unit", "due_at",
    )  # fmt: skip
    note(
        dossier, "accept", "Được tiếp nhận, có giấy hẹn", by=by, post=post, at=now,
        text=say("Mã hồ sơ {code}.", code=dossier.code),
    )  # fmt: skip
    prove("dossier.accepted", dossier, by, due_at=dossier.due_at, limit=dossier.limit_value, unit=dossier.limit_unit)
    tell(
        "dossier_accepted", dossier, at=now, by=by, post=post, due_at=dossier.due_at,
        papers=bring_lines(dossier),
        next_step=_what_follows(dossier),
    )  # fmt: skip
    app.configure_task(MAKE_RECEIPT, queue=QUEUE).defer(dossier_id=dossier.pk)
    return dossier


def _what_follows(dossier: Dossier) -> str:
    """The steps still to come, in one sentence."""
    names = [step.name for step in dossier.offering_version.steps.all() if step.position > 1]
    if not names:
        return "chờ kết quả."
    steps = "; ".join(name[:1].lower() + name[1:] for name in names)
    return say(
        "chờ kết quả; cơ quan lần lượt {steps}. Giấy tiếp nhận và hẹn trả có trong mục Hồ sơ của tôi.",
        steps=steps,
    )


def make_receipt(dossier_id: int) -> None:
    """Make the receipt (mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả) of an accepted dossier, once.

    Safe to run twice and at once: the file is made outside any lock, who comes second finds a receipt and leaves it.
    """
    dossier = Dossier.objects.get(pk=dossier_id)
    if dossier.receipt_id is not None:
        return
    title = say("Giấy tiếp nhận hồ sơ {code}", code=dossier.code)
    content = make_signed_pdf("receipt", receipt_values(dossier), title=title, agency_name=dossier.agency.name)
    with transaction.atomic():
        dossier = lock(dossier)
        if dossier.receipt_id is not None:
            return
        dossier.receipt = store_generated(content, f"giay-tiep-nhan-{dossier.code}.pdf", owner=dossier.user)
        dossier.save(update_fields=["receipt"])
        prove("dossier.receipt_made", dossier, None, document=dossier.receipt.pk)


@transaction.atomic
def decline(dossier: Dossier, why: Why, *, by: User, seen: str = "") -> Dossier:
    """Answer that a dossier can't be taken in (từ chối tiếp nhận), with the reason that the person gets.

    Its slip (mẫu 03) is made by a job right after.

    Raises:
        Http404: the officer is of another agency.
        BusinessError: the role is another one, or the reason is missing or a bare code.
        Conflict: a colleague was first.
    """
    why = why.tidy()
    dossier, post = begin("decline", dossier, by, reason=why.reason, seen=seen)
    check_why(why, needs_ground=False)
    now = timezone.now()
    end(dossier, State.DECLINED, now)
    write_declined(dossier, why, by=by, post=post, at=now)
    tell("dossier_declined", dossier, at=now, by=by, post=post, reason=why.reason)
    return dossier
