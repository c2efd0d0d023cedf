"""Money and acts at the same moment: nobody waits for each other for ever, and it is booked once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from motcua.core.errors import BusinessError
from motcua.dossiers.models import Dossier, PaymentState, State
from motcua.dossiers.queries.money import account_of
from motcua.dossiers.services import endings, money
from motcua.payments import services as payments
from motcua.payments.models import Booking, Order
from motcua.payments.rules.states import Method
from tests.cast import an, chi, giang
from tests.dossiers.owing import FEE, asked
from tests.dossiers.stages import fresh

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[BusinessError]:
    """Do all of this at the same moment; what was refused. Anything else that goes wrong is raised."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> BusinessError | None:
        try:
            gate.wait()
            act()
        except BusinessError as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as threads:
        return [refusal for refusal in threads.map(one, acts) if refusal]


def the_bank(dossier: Dossier, number: int) -> Callable[[], object]:
    """A payment that comes from the order's side, as a provider's notice does."""
    order, officer = Order.objects.get(about_ref=dossier.ref), chi()
    return lambda: payments.collect(
        order, method=Method.TRANSFER, amount=FEE, by=officer, reference=f"FT2632900{number}"
    )


def the_counter(dossier: Dossier) -> Callable[[], object]:
    officer = chi()
    return lambda: money.collect(dossier, by=officer, method=Method.CASH, amount=FEE)


def test_two_payments_and_two_officers_pay_once() -> None:
    dossier = asked()
    refused = at_once(the_bank(dossier, 1), the_counter(dossier), the_bank(dossier, 2), the_counter(dossier))
    bookings = Booking.objects.all()
    assert sum(not booking.surplus for booking in bookings) == 1
    assert len(bookings) + len(refused) == 4
    assert all(booking.method == Method.TRANSFER for booking in bookings if booking.surplus)
    assert fresh(dossier).payment_state == PaymentState.PAID
    assert account_of(dossier).paid == FEE


@pytest.mark.parametrize("turn", range(3))
def test_a_payment_while_the_person_withdraws_is_kept_or_given_back(turn: int) -> None:
    dossier, person = asked(), an()
    at_once(the_bank(dossier, 1), lambda: endings.withdraw(dossier, by=person, reason="Chưa cần nữa"))
    dossier = fresh(dossier)
    account = account_of(dossier)
    assert (dossier.state, dossier.payment_state) == (State.WITHDRAWN, PaymentState.PAID)
    assert account.paid + account.to_give_back == FEE
    assert account.open_order is None


def test_a_refund_asked_for_twice_goes_back_once() -> None:
    dossier, officer = asked(), giang()
    the_bank(dossier, 1)()
    booking = Booking.objects.get()
    refused = at_once(
        *[
            lambda: money.refund(dossier, booking.pk, by=officer, amount=FEE, reason="Thu nhầm", account="0123")
            for _ in range(2)
        ]
    )
    assert len(refused) == 1
    assert fresh(dossier).payment_state == PaymentState.REFUNDED
