"""What is to be paid: opened once, cancelled, replaced."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.errors import Conflict
from motcua.payments import services
from motcua.payments.models import Order
from motcua.payments.queries import money_of, vietqr
from motcua.payments.rules.states import OrderState
from motcua.payments.signals import about_to_lock, money_changed
from tests import cast, factories
from tests.payments.acting import ABOUT, CHARGE, FEE, a_payee, an_order

pytestmark = pytest.mark.django_db


def test_asks_once_for_the_same_amount() -> None:
    order = an_order()
    assert an_order() == order
    assert order.amount == 150_000
    assert order.number.isalnum()
    assert order.number.isascii()
    assert len(order.number) == 10


def test_another_amount_replaces_the_open_order() -> None:
    first, second = an_order(), an_order(CHARGE, FEE)
    first.refresh_from_db()
    assert (first.state, second.state, second.amount) == (OrderState.CANCELLED, OrderState.OPEN, 166_000)
    assert money_of(ABOUT).due == 166_000


def test_what_was_paid_stays_and_more_is_asked_for_beside_it() -> None:
    first = an_order()
    services.collect(first, method="cash", amount=150_000, by=cast.chi())
    an_order(FEE)
    money = money_of(ABOUT)
    assert (money.due, money.booked) == (16_000, 150_000)


@pytest.mark.parametrize(("amount", "lines"), [(0, []), (-5, []), (150_001, [CHARGE]), (150_000, [])])
def test_the_lines_make_up_the_amount(amount: int, lines: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="lines"):
        services.open_order(
            about=ABOUT, agency=factories.an_agency(), payer_name="An", lines=lines, amount=amount, by=None
        )


def test_a_cancelled_order_is_no_longer_due_and_cancelling_twice_is_one() -> None:
    order = services.cancel_order(an_order(), by=cast.an(), reason="Rút hồ sơ")
    again = services.cancel_order(order, by=cast.an(), reason="khác")
    assert (again.state, again.cancel_reason) == (OrderState.CANCELLED, "Rút hồ sơ")
    assert money_of(ABOUT).due == 0


def test_a_paid_order_is_not_cancelled() -> None:
    order = an_order()
    services.collect(order, method="cash", amount=150_000, by=cast.chi())
    with pytest.raises(Conflict, match="đã được nộp"):
        services.cancel_order(order, by=cast.an(), reason="Rút")


def test_rooms_above_hear_of_the_lock_before_and_of_the_change_after() -> None:
    heard: list[str] = []

    def locking(about: tuple[str, str], **_: object) -> None:
        heard.append(f"lock {about[1]}")

    def changed(order: Order, what: str, **_: object) -> None:
        heard.append(f"{what} {order.number == number}")

    order = an_order()
    number = order.number
    about_to_lock.connect(locking)
    money_changed.connect(changed)
    try:
        services.collect(order, method="cash", amount=150_000, by=cast.chi())
    finally:
        about_to_lock.disconnect(locking)
        money_changed.disconnect(changed)
    assert heard == ["lock NH-7K3F-92XA", "paid True"]


def test_the_picture_of_a_transfer_names_account_amount_and_code() -> None:
    order = an_order()
    assert vietqr(order) == ""
    a_payee()
    text = vietqr(order)
    assert f"0810{order.number}" in text
    assert "5406150000" in text
    assert "0011001932418" in text


def test_an_account_that_no_bank_could_read_is_refused() -> None:
    with pytest.raises(ValueError, match="six digits"):
        services.set_payee(factories.an_agency(), by=None, bank_bin="1", account_number="2")


def test_the_money_of_a_dossier_takes_as_many_queries_with_much_as_with_little() -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            money_of(ABOUT)
        return len(queries)

    order = an_order()
    services.collect(order, method="cash", amount=150_000, by=cast.chi())
    few = count()
    for n in range(8):
        extra = an_order({**FEE, "amount": 1000 + n})
        services.collect(extra, method="cash", amount=1000 + n, by=cast.chi())
    assert len(money_of(ABOUT).bookings) == 9
    assert count() == few <= 5
