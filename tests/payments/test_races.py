"""Several at once, on real connections: money is booked once, and nobody waits for ever."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import transaction

from motcua.config.peers.vnpay import Bank
from motcua.dossiers.services import acting
from motcua.payments import services
from motcua.payments.models import Booking, FeeReceipt, Refund
from motcua.payments.queries import money_of
from tests import cast, factories
from tests.payments.acting import ABOUT, an_order, answer_to, attempt_of, go_to_bank, pays
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_notice_four_times_at_once(bank: Bank) -> None:
    told = pays(bank, go_to_bank(bank, an_order()))
    assert at_once(*[lambda: answer_to(told)] * 4) == ["00", "02", "02", "02"]
    assert Booking.objects.count() == 1


def test_notice_and_question_at_once(bank: Bank) -> None:
    known = go_to_bank(bank, an_order())
    told, number = pays(bank, known), attempt_of(known).pk
    at_once(lambda: answer_to(told), lambda: services.ask_provider(number), lambda: services.ask_provider(number))
    assert Booking.objects.count() == 1


def test_two_people_and_the_counter_at_once(bank: Bank) -> None:
    order, chi = an_order(), cast.chi()
    first, second = (pays(bank, go_to_bank(bank, order)) for _ in range(2))
    at_once(
        lambda: answer_to(first),
        lambda: answer_to(second),
        lambda: services.collect(order, method="cash", amount=150_000, by=chi),
    )
    money = money_of(ABOUT)
    assert money.booked == 150_000
    assert money.surplus in {150_000, 300_000}  # cash that was first, or was refused at the counter
    assert money.booked + money.surplus == 150_000 * len(money.bookings)
    assert FeeReceipt.objects.count() == 1


def test_one_line_of_the_statement_by_two_officers_at_once() -> None:
    order, chi, dung = an_order(), cast.chi(), cast.dung()
    found = at_once(
        lambda: services.collect(order, method="transfer", amount=150_000, by=chi, reference="FT26325001"),
        lambda: services.collect(order, method="transfer", amount=150_000, by=dung, reference="FT26325001"),
    )
    assert sum(one.startswith("refused") for one in found) == 1
    assert Booking.objects.count() == 1


def test_two_refunds_of_all_at_once() -> None:
    booking = services.collect(an_order(), method="cash", amount=150_000, by=cast.chi())
    chi = cast.chi()

    def give_back() -> object:
        return services.refund(booking, amount=150_000, reason="Rút", account="", by=chi)

    assert sum(one.startswith("refused") for one in at_once(give_back, give_back)) == 1
    assert Refund.objects.count() == 1


def test_receipts_of_one_agency_at_once_have_no_gap() -> None:
    orders = [an_order(about=("dossier", f"NH-{n}")) for n in range(4)]
    chi = cast.chi()

    def pay(n: int) -> Callable[[], object]:
        return lambda: services.collect(orders[n], method="cash", amount=150_000, by=chi)

    at_once(*(pay(n) for n in range(4)))
    assert sorted(FeeReceipt.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_opening_the_same_order_at_once_opens_one(bank: Bank) -> None:
    cast.an()
    an_order(about=("dossier", "NH-KHAC"))
    order = an_order()
    services.cancel_order(order, by=None, reason="x")
    told = pays(bank, go_to_bank(bank, an_order()))
    at_once(lambda: an_order(), lambda: answer_to(told))
    assert money_of(ABOUT).booked + money_of(ABOUT).surplus == 150_000


def test_a_notice_and_an_act_on_the_dossier_wait_for_each_other_in_order(bank: Bank) -> None:
    """The act holds the dossier and wants the order; the notice comes from the order's side and wants the dossier."""
    dossier = factories.a_submitted_dossier(payment_state="asked", answer_by=None, fee_total=150_000)
    order = an_order(about=("dossier", dossier.ref))
    told, chi = pays(bank, go_to_bank(bank, order)), cast.chi()
    held = threading.Event()

    @transaction.atomic
    def act() -> object:
        acting.lock(dossier)
        held.set()
        time.sleep(0.5)
        return services.collect(order, method="cash", amount=150_000, by=chi)

    def notice() -> object:
        held.wait(60)
        return answer_to(told)

    assert at_once(act, notice) == ["00", f"{order.number} 150000"]
    money = money_of(order.about)
    assert (money.booked, money.surplus) == (150_000, 150_000)
    dossier.refresh_from_db()
    assert dossier.payment_state == "paid"
