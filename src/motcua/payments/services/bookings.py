"""Money that came is written down: by a provider's word, or by the officer who took it."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.audit.services import record
from motcua.core.errors import BusinessError, Conflict
from motcua.core.text import clean
from motcua.core.words import money, say
from motcua.payments.models import Attempt, Booking, Order
from motcua.payments.rules.states import Method, OrderState
from motcua.payments.services.orders import lock
from motcua.payments.services.receipts import issue_receipts
from motcua.payments.signals import money_changed

BY_HAND = frozenset({Method.CASH, Method.POSTMAN, Method.TRANSFER})


def book(
    order: Order,
    *,
    amount: int,
    method: Method,
    by: User | None,
    attempt: Attempt | None = None,
    reference: str = "",
) -> Booking:
    """Write down money for an order whose row is held: it pays the order if it can, else it is surplus."""
    now = timezone.now()
    pays = order.state == OrderState.OPEN and amount == order.amount
    booking = Booking.objects.create(
        order=order, attempt=attempt, method=method, amount=amount, surplus=not pays, reference=reference[:60],
        at=now, by=by,
    )  # fmt: skip
    if pays:
        order.state, order.closed_at = OrderState.PAID, now
        order.save(update_fields=["state", "closed_at"])
        issue_receipts(booking)
    record(
        "payment.booked", subject_kind="order", subject_ref=order.number, actor=by,
        about=list(order.about), amount=amount, method=str(method), surplus=booking.surplus, reference=reference,
    )  # fmt: skip
    money_changed.send(sender=Order, order=order, what="paid" if pays else "surplus")
    return booking


@transaction.atomic
def collect(order: Order, *, method: str, amount: int, by: User | None, reference: str = "") -> Booking:
    """Write down money that an officer has taken, or sees on the bank's statement or the post's list.

    At the counter the money can still be refused: only the amount that is owed, only while it is. What lies in the
    account or with the post has come, whatever it is: too much pays and the rest is surplus, too little is surplus.

    Args:
        method: "cash", "postman" or "transfer".
        amount: đồng.
        by: the officer; None: by the post's own word.
        reference: the bank's number of the transfer (it must be there), or the post's.

    Returns:
        the booking that pays the order, else the surplus.

    Raises:
        BusinessError: another amount at the counter, or no reference.
        Conflict: it was paid or cancelled already, or this transfer is written down already.
    """
    reference = clean(reference)[:60]
    if method not in BY_HAND:
        raise ValueError(f"{method!r} is not taken by hand.")
    if amount <= 0:
        raise BusinessError("Nhập số tiền đã thu.")
    order = lock(order)
    if method == Method.CASH:
        _check_at_counter(order, amount)
    if method == Method.TRANSFER:
        _check_reference(reference)
    pays = order.state == OrderState.OPEN and amount >= order.amount
    parts = [order.amount, amount - order.amount] if pays else [amount]
    try:
        with transaction.atomic():
            booked = [
                book(order, amount=part, method=Method(method), reference=reference, by=by) for part in parts if part
            ]
    except IntegrityError:
        raise Conflict(_known(reference)) from None
    return booked[0]


def _check_at_counter(order: Order, amount: int) -> None:
    if order.state == OrderState.PAID:
        raise Conflict("Khoản này đã được nộp. Xin trả lại tiền cho người nộp.")
    if order.state == OrderState.CANCELLED:
        raise Conflict("Khoản này đã hủy, không thu nữa.")
    if amount != order.amount:
        raise BusinessError(
            say("Số tiền phải thu là {amount}, không phải {taken}.", amount=money(order.amount), taken=money(amount))
        )


def _check_reference(reference: str) -> None:
    if len(reference) < 4:
        raise BusinessError("Nhập số giao dịch ghi trên sao kê của ngân hàng.")
    if Booking.objects.filter(method=Method.TRANSFER, reference=reference).exists():
        raise Conflict(_known(reference))


def _known(reference: str) -> str:
    return say("Giao dịch {reference} đã được ghi nhận rồi.", reference=reference)
