"""What a dossier does when its money has moved: it stands otherwise, tells the person, leaves traces.

In the transaction that moved it (`receivers`), as `parcels` does for the post.
"""

from collections.abc import Callable

from django.utils import timezone

from motcua.core.words import money, say
from motcua.dossiers.models import Dossier, PaymentState, State
from motcua.dossiers.queries.money import Account, account_of
from motcua.dossiers.rules import money as rules
from motcua.dossiers.services.acting import lock, note, prove, tell
from motcua.dossiers.services.money import ask, tell_fee, time_reception
from motcua.payments import services as payments
from motcua.payments.models import Order, Refund
from motcua.payments.rules.states import Method


def settle(ref: str, order: Order, what: str) -> None:
    """Bring a dossier in line with its money, in the transaction that moved it; tell the person, leave traces.

    Args:
        what: what happened, as `payments.signals.money_changed` says it.
    """
    found = Dossier.objects.filter(ref=ref).first()
    if found is None:
        return
    dossier, account = lock(found), account_of(found)
    was = PaymentState(dossier.payment_state)
    if what == "refund_failed":
        account = _ask_no_more_than_owed(dossier, account)
    dossier.payment_state = rules.standing(
        was, account.flow, total=dossier.fee_total, waits=account.open_order is not None
    )
    time_reception(dossier, was)
    dossier.save(update_fields=["payment_state", "answer_by"])
    if what in FOLLOWS:
        FOLLOWS[what](dossier, account, order)


def _ask_no_more_than_owed(dossier: Dossier, account: Account) -> Account:
    """What couldn't go back is part of the fee again, so an order that was opened meanwhile asks for too much."""
    order, owed = account.open_order, account.owed
    if order is None or order.amount <= owed:
        return account
    if owed:
        ask(dossier, by=None)
        text: str = say("Còn phải nộp {owed} thay cho {asked}.", owed=money(owed), asked=money(order.amount))
    else:
        payments.cancel_order(order, by=None, reason="Khoản đã nộp không hoàn lại được nên tính vào phí, lệ phí")
        text = say("Không phải nộp {asked} nữa.", asked=money(order.amount))
    text += say(" Khoản đã nộp trước đây không hoàn lại được nên tính vào phí, lệ phí.")
    now = timezone.now()
    note(dossier, "fee_less", "Số tiền phải nộp thay đổi", by=None, at=now, text=text)
    account = account_of(dossier)
    tell_fee(dossier, account, text, at=now, once=f"{order.number}-refund")
    return account


def _paid(dossier: Dossier, account: Account, order: Order) -> None:
    booking = next(one for one in account.money.bookings if one.order_id == order.pk and not one.surplus)
    how = Method(booking.method).label
    # Whoever paid at the bank, it is the person's account; an officer's name stands where an officer took the money.
    note(
        dossier, "collect_fee" if booking.by else "pay",
        say("Đã nộp {amount} phí, lệ phí", amount=money(booking.amount)),
        by=booking.by or dossier.user, at=booking.at,
        text=say("{how}. Mã nộp tiền {number}.", how=how, number=order.number),
    )  # fmt: skip
    prove("dossier.fee_paid", dossier, booking.by, amount=booking.amount, method=booking.method, order=order.number)
    if booking.method == Method.CASH and (dossier.state == State.ISSUED or _just_received(dossier)):
        return  # paid over the counter for what is handed over there and then: the result, or the receipt
    tell(
        "dossier_paid", dossier, at=booking.at, by=booking.by, due_at=dossier.answer_by, once=order.number,
        amount=money(booking.amount), next_step=_after_payment(dossier),
    )  # fmt: skip


def _just_received(dossier: Dossier) -> bool:
    """Whether the fee is taken within the act that receives a dossier at the counter."""
    return bool(dossier.helped_by_id) and dossier.accepted_at is None


def _after_payment(dossier: Dossier) -> str:
    if dossier.state == State.SUBMITTED and dossier.answer_by:
        return "chờ Bộ phận Một cửa kiểm tra và tiếp nhận hồ sơ. Biên lai có trong mục Hồ sơ của tôi."
    return "không phải làm gì thêm. Biên lai có trong mục Hồ sơ của tôi."


def _surplus(dossier: Dossier, account: Account, order: Order) -> None:
    booking = [one for one in account.money.bookings if one.order_id == order.pk and one.surplus][-1]
    why = say("Khoản này nộp thừa hoặc nộp khi không còn phải nộp ({label}).", label=Method(booking.method).label)
    note(
        dossier, "surplus", say("Đã nhận {amount} không phải nộp", amount=money(booking.amount)),
        by=None, at=booking.at, text=say("{why} Cơ quan sẽ hoàn lại.", why=why),
    )  # fmt: skip
    prove("dossier.fee_surplus", dossier, booking.by, amount=booking.amount, order=order.number)
    tell(
        "dossier_surplus", dossier, at=booking.at, once=f"{order.number}-{booking.pk}", amount=money(booking.amount),
    )  # fmt: skip


def _refunded(dossier: Dossier, account: Account, order: Order) -> None:
    one = _last_refund(account, order)
    note(
        dossier, "refund_fee", say("Đã hoàn {amount}", amount=money(one.amount)),
        by=one.by, at=timezone.now(), text=one.reason,
    )  # fmt: skip
    prove("dossier.fee_refunded", dossier, one.by, amount=one.amount, reason=one.reason, order=order.number)
    tell(
        "dossier_refunded", dossier, at=timezone.now(), by=one.by, once=one.request_id, amount=money(one.amount),
        reason=one.reason,
    )  # fmt: skip


def _refund_asked(dossier: Dossier, account: Account, order: Order) -> None:
    one = _last_refund(account, order)
    title = say("Đang hoàn {amount} qua {label}", amount=money(one.amount), label=Method(one.way).label)
    note(dossier, "refund_fee", title, by=one.by, at=one.at, text=one.reason, for_people=False)
    prove("dossier.fee_refund_asked", dossier, one.by, amount=one.amount, reason=one.reason, order=order.number)


def _refund_failed(dossier: Dossier, account: Account, order: Order) -> None:
    one = _last_refund(account, order)
    title = say("Chưa hoàn được {amount}", amount=money(one.amount))
    note(dossier, "refund_failed", title, by=None, at=timezone.now(), text=one.trouble, for_people=False)


def _last_refund(account: Account, order: Order) -> Refund:
    """The refund of this order that moved last."""
    refunds = [
        one for booking in account.money.bookings if booking.order_id == order.pk for one in booking.refunds.all()
    ]
    return max(refunds, key=lambda one: (one.done_at or one.at, one.pk))


FOLLOWS: dict[str, Callable[[Dossier, Account, Order], None]] = {
    "paid": _paid,
    "surplus": _surplus,
    "refunded": _refunded,
    "refund_asked": _refund_asked,
    "refund_failed": _refund_failed,
}
