"""The money of a dossier, for the pages that ask for it and for those that count it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404

from motcua.agencies.models import Agency
from motcua.documents.models import Document
from motcua.dossiers.models import Dossier, PaymentState, State
from motcua.dossiers.rules.money import AT_ONCE, OWING, Flow
from motcua.dossiers.rules.moves import MOVES
from motcua.payments import queries as payments
from motcua.payments.models import Attempt, Booking, FeeReceipt, Order, Payee
from motcua.payments.queries import Money
from motcua.payments.rules.states import AttemptState, RefundState

Row = TypeVar("Row", Booking, FeeReceipt)


def owes(dossier: Dossier) -> bool:
    """Whether money can be paid for this dossier now."""
    return dossier.payment_state in OWING and State(dossier.state) in MOVES["pay"].starts


def pays_now(dossier: Dossier) -> bool:
    """Whether paying is what the person should do next: the clock waits for it, or they chose to pay from afar."""
    return owes(dossier) and (dossier.payment_state == PaymentState.ASKED or dossier.delivery.get("pay") in AT_ONCE)


@dataclass(frozen=True)
class Account:
    """What was asked, what came and what goes back; amounts in đồng."""

    total: int
    money: Money

    @property
    def paid(self) -> int:
        """What came for the fee itself."""
        return self.money.booked

    @property
    def open_order(self) -> Order | None:
        """What waits for its money."""
        return self.money.open_order

    @property
    def owed(self) -> int:
        """What is still to be paid, whether or not an order was opened for it yet."""
        return max(0, self.total - self.kept_of_fee)

    @property
    def kept_of_fee(self) -> int:
        """What came for the fee and hasn't gone back, nor is on its way back."""
        return sum(payments.left_of(booking) for booking in self.money.bookings if not booking.surplus)

    @property
    def flow(self) -> Flow:
        """What came and what has really gone back, for the state of the dossier."""
        extra = [booking for booking in self.money.bookings if booking.surplus]
        fee = [booking for booking in self.money.bookings if not booking.surplus]
        return Flow(self.paid, _back(fee), self.money.surplus, _back(extra))

    @property
    def to_give_back(self) -> int:
        """What nobody owed and nobody has given back yet: doubled, too late, or more than the fee is now."""
        return self.money.to_give_back + max(0, self.kept_of_fee - self.total)

    @property
    def last_try(self) -> Attempt | None:
        """The newest try to pay online."""
        return self.money.attempts[0] if self.money.attempts else None

    @property
    def trouble(self) -> Attempt | None:
        """The newest try, if it didn't bring the money and nothing else has."""
        last = self.last_try
        if last is None or self.open_order is None or last.order_id != self.open_order.pk:
            return None
        return last if last.state != AttemptState.SUCCEEDED else None


def _back(bookings: Iterable[Booking]) -> int:
    refunds = (refund for booking in bookings for refund in booking.refunds.all())
    return sum(refund.amount for refund in refunds if refund.state == RefundState.DONE)


def account_of(dossier: Dossier) -> Account:
    """The money of a dossier; a fixed number of queries."""
    return Account(dossier.fee_total, payments.money_of(dossier.about))


def owed_now(dossier: Dossier) -> int:
    """What can be taken for this dossier now, in đồng."""
    return account_of(dossier).owed if dossier.payment_state in OWING else 0


def to_give_back(agencies: Collection[Agency]) -> set[str]:
    """The numbers of the dossiers of these agencies with money that nobody owed and nobody has given back."""
    found = payments.with_surplus("dossier", agencies)
    # Only a fee that was worked out anew can have become less than what was paid for it.
    changed = dict(
        Dossier.objects.filter(agency__in=agencies, events__kind="requote").values_list("ref", "fee_total").distinct()
    )
    kept = payments.kept_for("dossier", changed) if changed else {}
    return found | {ref for ref, total in changed.items() if kept.get(ref, 0) > total}


def booking_of(dossier: Dossier, booking_id: int) -> Booking:
    """A payment of this dossier.

    Raises:
        Http404: it is none, or another dossier's.
    """
    return _of(account_of(dossier).money.bookings, booking_id)


def receipt_file(dossier: Dossier, receipt_id: int) -> Document:
    """The file of a fee receipt (biên lai) of this dossier.

    Raises:
        Http404: it is none, or another dossier's; or its file isn't made yet.
    """
    document = _of(account_of(dossier).money.receipts, receipt_id).document
    if document is None:
        raise Http404("Biên lai đang được lập.")
    return document


def _of(rows: Iterable[Row], pk: int) -> Row:
    for row in rows:
        if row.pk == pk:
            return row
    raise Http404("Không có khoản này.")


def payee_of(dossier: Dossier) -> Payee | None:
    """Where the agency's money goes; None: nothing can be transferred to it yet."""
    return payments.payee_of(dossier.agency)
