"""Money goes back (hoàn phí): recorded with its reason, and asked of the provider where it came through one."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.accounts.models import User
from motcua.audit.services import record
from motcua.core.errors import BusinessError
from motcua.core.jobs import TryLater
from motcua.core.text import clean
from motcua.core.words import money
from motcua.payments.models import Booking, Order, Refund
from motcua.payments.providers import ProviderError, vnpay
from motcua.payments.queries import left_of
from motcua.payments.rules import vnpay as protocol
from motcua.payments.rules.states import Method, NoticeKind, RefundState
from motcua.payments.services.attempts import keep
from motcua.payments.services.orders import QUEUE, lock
from motcua.payments.signals import money_changed

ASK = "payments.ask_refund"
PAUSES = (30, 120, 600, 3600, 6 * 3600)  # seconds
IN_HAND_ALREADY = "94"


@transaction.atomic
def refund(booking: Booking, *, amount: int, reason: str, account: str, by: User) -> Refund:
    """Give money back, never more than is left of it. What came through VNPAY goes back through VNPAY, by a job;
    other money was given back by hand, which is recorded.

    Args:
        amount: đồng.
        account: where to, for money that didn't come through VNPAY nor in cash.

    Raises:
        BusinessError: no reason, no account, or more than is left.
    """
    reason, account = clean(reason)[:500], clean(account)[:200]
    if not reason:
        raise BusinessError("Nhập lý do hoàn tiền.")
    order = lock(booking.order)
    booking = Booking.objects.select_related("attempt").prefetch_related("refunds").get(pk=booking.pk)
    left = left_of(booking)
    if not 0 < amount <= left:
        raise BusinessError(f"Số tiền hoàn phải từ 1 đồng đến {money(left)}." if left else "Khoản này đã hoàn hết.")
    if any(one.state == RefundState.ASKED for one in booking.refunds.all()):
        # VNPAY's "in hand already" could not be told apart: the answer to the first one first.
        raise BusinessError("Đang hoàn một phần của khoản này, chờ VNPAY trả lời. Xin thử lại sau.")
    by_hand = booking.method != Method.VNPAY
    if by_hand and booking.method != Method.CASH and not account:
        raise BusinessError("Nhập tài khoản nhận tiền hoàn.")
    now = timezone.now()
    given = Refund.objects.create(
        booking=booking, amount=amount, reason=reason, way=booking.method, account=account,
        state=RefundState.DONE if by_hand else RefundState.ASKED, request_id=secrets.token_hex(16), by=by, at=now,
        done_at=now if by_hand else None,
    )  # fmt: skip
    record(
        "payment.refund_asked", subject_kind="order", subject_ref=order.number, actor=by,
        about=list(order.about), amount=amount, reason=reason, account=account,
    )  # fmt: skip
    if by_hand:
        _say_done(order, given)
    else:
        app.configure_task(ASK, queue=QUEUE).defer(refund_id=given.pk)
        money_changed.send(sender=Order, order=order, what="refund_asked")
    return given


def ask_refund(refund_id: int) -> None:
    """Ask VNPAY to give the money back. Safe to run twice: VNPAY knows a repetition by its number.

    Raises:
        TryLater: no answer, or one that says so.
    """
    given = Refund.objects.select_related("booking__attempt", "by").get(pk=refund_id)
    if given.state != RefundState.ASKED:
        return
    attempt = given.booking.attempt
    assert attempt is not None  # money that came through VNPAY
    before = given.asked
    Refund.objects.filter(pk=given.pk).update(asked=before + 1)
    try:
        answer = vnpay.refund(given, attempt)
    except ProviderError as trouble:
        Refund.objects.filter(pk=given.pk).update(trouble=str(trouble)[:300])
        raise TryLater(PAUSES[min(before, len(PAUSES) - 1)]) from None
    keep(NoticeKind.REFUND, answer, genuine=True, answer=str(answer.get("vnp_ResponseCode", ""))[:4])
    _settle(given, answer, repeated=before > 0)


@transaction.atomic
def _settle(given: Refund, answer: dict[str, Any], *, repeated: bool) -> None:
    order = lock(given.booking.order)
    given = Refund.objects.get(pk=given.pk)
    if given.state != RefundState.ASKED:
        return
    code = str(answer.get("vnp_ResponseCode", ""))
    given.provider_no = str(answer.get("vnp_TransactionNo") or "")[:30]
    # "In hand already", said to a repetition, means our own first request, whose answer was lost.
    if code == protocol.OK or (code == IN_HAND_ALREADY and repeated):
        given.state, given.done_at, given.trouble = RefundState.DONE, timezone.now(), ""
        given.save(update_fields=["state", "done_at", "trouble", "provider_no"])
        _say_done(order, given)
    elif code in protocol.REFUND_TROUBLES:
        given.state, given.trouble = RefundState.FAILED, protocol.REFUND_TROUBLES[code]
        given.save(update_fields=["state", "trouble", "provider_no"])
        record(
            "payment.refund_failed", subject_kind="order", subject_ref=order.number, actor=None,
            amount=given.amount, code=code,
        )  # fmt: skip
        money_changed.send(sender=Order, order=order, what="refund_failed")
    else:
        raise TryLater(PAUSES[min(given.asked, len(PAUSES) - 1)])


def _say_done(order: Order, given: Refund) -> None:
    record(
        "payment.refunded", subject_kind="order", subject_ref=order.number, actor=given.by,
        about=list(order.about), amount=given.amount, way=given.way,
    )  # fmt: skip
    money_changed.send(sender=Order, order=order, what="refunded")
