"""Reads about money, for those who show it or decide by it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from motcua.agencies.models import Agency
from motcua.payments.models import Attempt, Booking, FeeReceipt, Order, Payee, Refund
from motcua.payments.rules.states import OrderState, RefundState
from motcua.payments.rules.vietqr import payload


@dataclass(frozen=True)
class Money:
    """All the money of one thing, such as a dossier; amounts in đồng.

    Attributes:
        due: what is still to be paid.
        booked: what was paid for orders; `surplus`: what came besides.
        refunded: what was given back, of both; `refunding`: what is on its way back.
        open_order: what waits for its money, if anything does; `orders`: all, oldest first.
        bookings: what came, each with `refunds` and `receipts`; `receipts`: all of them.
        attempts: the tries to pay at a provider, newest first.
    """

    due: int
    booked: int
    surplus: int
    refunded: int
    refunding: int
    open_order: Order | None
    orders: list[Order]
    bookings: list[Booking]
    receipts: list[FeeReceipt]
    attempts: list[Attempt]

    @property
    def to_give_back(self) -> int:
        """Surplus that nobody has begun to give back."""
        return sum(left_of(booking) for booking in self.bookings if booking.surplus)


def orders_of(about: tuple[str, str]) -> "QuerySet[Order]":
    """All orders for one thing, oldest first."""
    return Order.objects.filter(about_kind=about[0], about_ref=about[1]).order_by("opened_at", "pk")


def money_of(about: tuple[str, str]) -> Money:
    """The money of one thing, in five queries whatever there is."""
    bookings = Booking.objects.select_related("by").prefetch_related(
        Prefetch("refunds", Refund.objects.select_related("by")),
        Prefetch("receipts", FeeReceipt.objects.select_related("document")),
    )
    orders = list(orders_of(about).prefetch_related(Prefetch("bookings", bookings), "attempts"))
    taken = [booking for order in orders for booking in order.bookings.all()]
    refunds = [refund for booking in taken for refund in booking.refunds.all()]
    still_open = next((order for order in orders if order.state == OrderState.OPEN), None)
    tries = [attempt for order in orders for attempt in order.attempts.all()]
    return Money(
        due=still_open.amount if still_open else 0,
        booked=sum(booking.amount for booking in taken if not booking.surplus),
        surplus=sum(booking.amount for booking in taken if booking.surplus),
        refunded=sum(refund.amount for refund in refunds if refund.state == RefundState.DONE),
        refunding=sum(refund.amount for refund in refunds if refund.state == RefundState.ASKED),
        open_order=still_open,
        orders=orders,
        bookings=taken,
        receipts=[receipt for booking in taken for receipt in booking.receipts.all()],
        attempts=sorted(tries, key=lambda attempt: (attempt.started_at, attempt.pk), reverse=True),
    )


def left_of(booking: Booking) -> int:
    """What of a booking hasn't been given back, nor is on its way back."""
    return booking.amount - sum(r.amount for r in booking.refunds.all() if r.state != RefundState.FAILED)


def payee_of(agency: Agency) -> Payee | None:
    """Where this agency's money goes; None when nobody has said so: then nothing can be transferred to it."""
    return Payee.objects.filter(agency=agency).first()


def vietqr(order: Order) -> str:
    """What the QR code of a transfer says (VietQR), with amount and payment code; "" when there is no account."""
    payee = payee_of(order.agency)
    if payee is None:
        return ""
    return payload(payee.bank_bin, payee.account_number, amount=order.amount, info=order.number)


# What of a booking went back or is on its way.
_BACK = Coalesce(Sum("refunds__amount", filter=~Q(refunds__state=RefundState.FAILED)), 0)


def with_surplus(about_kind: str, agencies: Collection[Agency]) -> set[str]:
    """The things of this kind for which an agency has money that wasn't owed and isn't given back yet."""
    rows = Booking.objects.filter(surplus=True, order__about_kind=about_kind, order__agency__in=agencies)
    return set(rows.annotate(back=_BACK).filter(back__lt=F("amount")).values_list("order__about_ref", flat=True))


def kept_for(about_kind: str, refs: Iterable[str]) -> dict[str, int]:
    """What was paid for orders of these things and hasn't gone back, nor is on its way; without surplus."""
    kept: dict[str, int] = {}
    rows = Booking.objects.filter(surplus=False, order__about_kind=about_kind, order__about_ref__in=list(refs))
    for ref, amount, back in rows.annotate(back=_BACK).values_list("order__about_ref", "amount", "back"):
        kept[ref] = kept.get(ref, 0) + amount - back
    return kept
