"""Tries to pay online: the way to the provider, its notice, and the person's return, which only shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.accounts.models import User
from motcua.audit.services import record
from motcua.core import ratelimit
from motcua.core.errors import BusinessError, Conflict
from motcua.payments.models import Attempt, Booking, Notice, Order
from motcua.payments.providers import vnpay
from motcua.payments.rules import vnpay as protocol
from motcua.payments.rules.judging import EXPIRES_AFTER, Verdict, judge_notice, next_question
from motcua.payments.rules.states import AttemptState, Method, NoticeKind, OrderState
from motcua.payments.services.bookings import book
from motcua.payments.services.orders import QUEUE, lock
from motcua.payments.signals import money_changed

ASK = "payments.ask_provider"
MOST_ATTEMPTS = 99  # of one order: two digits of the transaction's number
MOST_FIELDS, LONGEST_FIELD = 40, 300
FORGED_KEPT = 200  # an hour; whoever sends more fills no disk
TOLD_KEPT = 100  # an hour of one transaction: a payer holds a genuine word, too, and can send it again and again


@transaction.atomic
def start_attempt(order: Order, *, visitor_ip: str, return_url: str, by: User | None) -> str:
    """Begin to pay online; the address of the provider's page.

    Args:
        visitor_ip: the person's address, which goes to the provider and is not kept.
        return_url: where the provider sends the person back to.

    Raises:
        BusinessError: there is no contract with a provider, or it was tried too often.
        Conflict: it is paid already, or no longer asked for.
    """
    if not vnpay.ready():
        raise BusinessError("Chưa nộp trực tuyến được. Ông/bà chọn cách nộp khác.")
    order = lock(order)
    if order.state != OrderState.OPEN:
        done = order.state == OrderState.PAID
        raise Conflict("Khoản này đã được nộp." if done else "Khoản này không phải nộp nữa.")
    now = timezone.now()
    tried = order.attempts.count()
    if tried >= MOST_ATTEMPTS:
        raise BusinessError("Đã thử nộp trực tuyến quá nhiều lần. Ông/bà chọn cách nộp khác.")
    attempt = Attempt.objects.create(
        order=order, txn_ref=f"{order.number}{tried + 1:02d}", amount=order.amount, started_at=now,
        expires_at=now + EXPIRES_AFTER,
        ask_at=next_question(AttemptState.STARTED, started_at=now, asked=0, now=now),
    )  # fmt: skip
    record("payment.started", subject_kind="order", subject_ref=order.number, actor=by, txn_ref=attempt.txn_ref)
    info, address = f"Nop phi {order.number}", protocol.address(visitor_ip)
    return vnpay.pay_url(attempt, info=info, return_url=return_url, visitor_ip=address)


def take_vnpay_notice(params: Mapping[str, str]) -> dict[str, str]:
    """Take VNPAY's notice, which books; called outside a transaction. It is kept before anything is done with it.

    Returns:
        the answer for VNPAY: 00 taken · 01 unknown · 02 known already · 04 another amount · 97 forged · 99 told too
        often. Anything but 00 and 02 lets VNPAY tell it again.
    """
    if not vnpay.is_genuine(params):
        if ratelimit.hit("payments.forged", "", limit=FORGED_KEPT, seconds=3600):
            keep(NoticeKind.IPN, params, genuine=False, answer="97")
        return protocol.reply("97")
    if not ratelimit.hit("payments.told", params.get("vnp_TxnRef", "")[:100], limit=TOLD_KEPT, seconds=3600):
        return protocol.reply("99")
    notice = keep(NoticeKind.IPN, params, genuine=True)
    return protocol.reply(_settle_notice(notice, protocol.word_from(params)))


def keep(kind: NoticeKind, fields: Mapping[str, Any], *, genuine: bool, answer: str = "") -> Notice:
    """A provider's words as they came, in a transaction of their own; what is too long for them is cut."""
    names = sorted(name for name in fields if name.startswith("vnp_"))[:MOST_FIELDS]
    content = {_printable(name, 60): _printable(fields[name], LONGEST_FIELD) for name in names}
    return Notice.objects.create(
        kind=kind, at=timezone.now(), txn_ref=_printable(fields.get("vnp_TxnRef", ""), 100), content=content,
        genuine=genuine, answer=answer,
    )  # fmt: skip


def _printable(value: object, most: int) -> str:
    return "".join(letter for letter in str(value)[:most] if letter.isprintable())


@transaction.atomic
def _settle_notice(notice: Notice, word: protocol.Word) -> str:
    attempt = Attempt.objects.select_related("order").filter(txn_ref=word.txn_ref).first()
    if attempt is None:
        notice.answer = "01"
    else:
        order = lock(attempt.order)
        attempt = Attempt.objects.get(pk=attempt.pk)  # as it is now that the order is held
        verdict = judge_notice(AttemptState(attempt.state), attempt.amount, word)
        apply(verdict, order, attempt, word)
        notice.attempt, notice.answer = attempt, verdict.answer
    notice.save(update_fields=["attempt", "answer"])
    return notice.answer


def apply(verdict: Verdict, order: Order, attempt: Attempt, word: protocol.Word) -> None:
    """Do what a verdict says, with the order held; money that came is booked in the same transaction."""
    if verdict.becomes is None:
        return
    now = timezone.now()
    attempt.state, attempt.code = verdict.becomes, word.code
    attempt.provider_no, attempt.bank = word.provider_no or attempt.provider_no, word.bank or attempt.bank
    attempt.ended_at = now
    attempt.ask_at = next_question(verdict.becomes, started_at=attempt.started_at, asked=attempt.asked, now=now)
    attempt.save(update_fields=["state", "code", "provider_no", "bank", "ended_at", "ask_at"])
    if verdict.becomes == AttemptState.SUCCEEDED:
        book(order, amount=attempt.amount, method=Method.VNPAY, by=None, attempt=attempt, reference=attempt.provider_no)
        return
    record(
        "payment.not_made", subject_kind="order", subject_ref=order.number, actor=None,
        txn_ref=attempt.txn_ref, state=str(attempt.state), code=attempt.code,
    )  # fmt: skip
    money_changed.send(sender=Order, order=order, what="attempt")


@dataclass(frozen=True)
class Return:
    """What a person who comes back from the provider may be shown.

    Attributes:
        genuine: the address bears the provider's signature; if not, nothing else is said.
        attempt: what they tried, with its `order`; None: unknown here.
        paid: our books have the money; `surplus`: it came besides and goes back.
        waiting: the provider says paid, and our books don't know yet. `held`: it was taken and is held back.
        words: what the provider says, for people.
    """

    genuine: bool
    attempt: Attempt | None = None
    paid: bool = False
    surplus: bool = False
    waiting: bool = False
    held: bool = False
    words: str = ""


def show_return(params: Mapping[str, str]) -> Return:
    """What to show to a person who comes back; books nothing. While we don't know the outcome, it lets us ask."""
    if not vnpay.is_genuine(params):
        return Return(genuine=False)
    word = protocol.word_from(params)
    attempt = Attempt.objects.select_related("order__agency").filter(txn_ref=word.txn_ref).first()
    if attempt is None:
        return Return(genuine=True)
    open_ended = attempt.state in {AttemptState.STARTED, AttemptState.EXPIRED}
    if open_ended:
        _ask_once(attempt, params)
    booking = Booking.objects.filter(attempt=attempt).first()
    held = booking is None and (attempt.state == AttemptState.SUSPECT or (open_ended and word.held_back))
    return Return(
        True, attempt, paid=booking is not None, surplus=booking is not None and booking.surplus,
        waiting=open_ended and word.paid, held=held, words=protocol.meaning("07" if held else word.code),
    )  # fmt: skip


@transaction.atomic
def _ask_once(attempt: Attempt, params: Mapping[str, str]) -> None:
    """The first return lets us ask in a moment, if no notice has come by then; a page loaded again doesn't."""
    if Notice.objects.filter(attempt=attempt, kind=NoticeKind.RETURN).exists():
        return
    notice = keep(NoticeKind.RETURN, params, genuine=True)
    notice.attempt = attempt
    notice.save(update_fields=["attempt"])
    app.configure_task(ASK, queue=QUEUE, schedule_in={"seconds": settings.VNPAY_ASK_SECONDS}).defer(
        attempt_id=attempt.pk
    )
