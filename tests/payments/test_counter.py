"""Money that officers take or find: at the counter, on the bank's statement, with the post."""

import pytest

from motcua.config.peers.vnpay import Bank
from motcua.core.errors import BusinessError, Conflict
from motcua.payments import services
from motcua.payments.models import Booking
from motcua.payments.queries import money_of
from motcua.payments.rules.states import Method
from tests import cast
from tests.payments.acting import ABOUT, FEE, an_order, answer_to, go_to_bank, pays

pytestmark = pytest.mark.django_db


def test_cash_is_the_amount_that_is_owed() -> None:
    order = an_order()
    for wrong in (149_999, 150_001, 0, -1):
        with pytest.raises(BusinessError):
            services.collect(order, method="cash", amount=wrong, by=cast.chi())
    booking = services.collect(order, method="cash", amount=150_000, by=cast.chi())
    assert (booking.method, booking.by) == (Method.CASH, cast.chi())
    assert money_of(ABOUT).due == 0


def test_cash_is_not_taken_a_second_time() -> None:
    order = an_order()
    services.collect(order, method="cash", amount=150_000, by=cast.chi())
    with pytest.raises(Conflict, match="trả lại tiền"):
        services.collect(order, method="cash", amount=150_000, by=cast.dung())
    assert Booking.objects.count() == 1


def test_cash_is_not_taken_for_what_is_cancelled() -> None:
    order = services.cancel_order(an_order(), by=cast.an(), reason="Rút")
    with pytest.raises(Conflict, match="đã hủy"):
        services.collect(order, method="cash", amount=150_000, by=cast.chi())


def test_who_paid_at_the_bank_and_at_the_counter_gets_the_bank_s_money_back(bank: Bank) -> None:
    order = an_order()
    told = pays(bank, go_to_bank(bank, order))
    services.collect(order, method="cash", amount=150_000, by=cast.chi())
    assert answer_to(told) == "00"
    money = money_of(ABOUT)
    assert (money.booked, money.surplus) == (150_000, 150_000)


@pytest.mark.parametrize("method", ["transfer", "postman"])
def test_what_has_come_is_booked_whatever_it_is(method: str) -> None:
    order = an_order()
    short = services.collect(order, method=method, amount=100_000, by=cast.chi(), reference="FT0001")
    assert short.surplus
    assert money_of(ABOUT).due == 150_000
    paid = services.collect(order, method=method, amount=170_000, by=cast.chi(), reference="FT0002")
    assert (paid.surplus, paid.amount) == (False, 150_000)
    late = services.collect(order, method=method, amount=150_000, by=cast.chi(), reference="FT0003")
    assert late.surplus
    money = money_of(ABOUT)
    assert (money.due, money.booked, money.surplus) == (0, 150_000, 270_000)


def test_a_line_of_the_statement_counts_once() -> None:
    order, other = an_order(), an_order(FEE, about=("dossier", "NH-2222-2222"))
    services.collect(order, method="transfer", amount=150_000, by=cast.chi(), reference="FT26325001")
    for target in (order, other):
        with pytest.raises(Conflict, match="FT26325001 đã được ghi nhận"):
            services.collect(target, method="transfer", amount=150_000, by=cast.dung(), reference=" FT26325001 ")
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("reference", ["", "  ", "12"])
def test_a_transfer_names_its_line_of_the_statement(reference: str) -> None:
    with pytest.raises(BusinessError, match="sao kê"):
        services.collect(an_order(), method="transfer", amount=150_000, by=cast.chi(), reference=reference)


def test_nobody_books_by_hand_what_only_the_provider_can_say() -> None:
    with pytest.raises(ValueError, match="by hand"):
        services.collect(an_order(), method="vnpay", amount=150_000, by=cast.chi())
