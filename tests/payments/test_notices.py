"""VNPAY's notice books; whatever else comes books nothing, and nothing is booked twice."""

import pytest

from motcua.config.peers.vnpay import Bank
from motcua.core.errors import BusinessError, Conflict
from motcua.payments import services
from motcua.payments.models import Attempt, Booking, Notice
from motcua.payments.queries import money_of
from motcua.payments.rules.states import AttemptState, NoticeKind, OrderState
from motcua.payments.services import attempts
from tests import cast
from tests.payments.acting import (
    ABOUT,
    CHARGE,
    FEE,
    an_order,
    answer_to,
    attempt_of,
    go_to_bank,
    pays,
    ref_in,
    said,
)

pytestmark = pytest.mark.django_db


def test_the_way_to_the_bank_carries_what_vnpay_asks_for_and_nobody_s_name(bank: Bank) -> None:
    order = an_order()
    asked = go_to_bank(bank, order).asked
    assert asked["vnp_Amount"] == "15000000"
    assert asked["vnp_TxnRef"] == f"{order.number}01"
    assert asked["vnp_OrderInfo"] == f"Nop phi {order.number}"
    assert asked["vnp_IpAddr"] == "203.0.113.7"
    assert bank.take(dict(asked))[1] == ""
    assert not any("An" in value for value in asked.values())


def test_a_notice_books_and_the_order_is_paid(bank: Bank) -> None:
    order = an_order()
    known = go_to_bank(bank, order)
    assert answer_to(pays(bank, known)) == "00"
    order.refresh_from_db()
    booking = Booking.objects.get()
    assert (order.state, booking.amount, booking.surplus) == (OrderState.PAID, 150_000, False)
    assert booking.reference == known.number
    assert attempt_of(known).state == AttemptState.SUCCEEDED


def test_a_doubled_notice_books_once(bank: Bank) -> None:
    told = pays(bank, go_to_bank(bank, an_order()))
    assert [answer_to(told) for _ in range(3)] == ["00", "02", "02"]
    assert Booking.objects.count() == 1
    assert [notice.answer for notice in Notice.objects.all()] == ["00", "02", "02"]


def test_a_forged_notice_is_kept_and_books_nothing(bank: Bank) -> None:
    told = pays(bank, go_to_bank(bank, an_order()), "24")
    forged = told | {"vnp_ResponseCode": "00", "vnp_TransactionStatus": "00"}
    assert answer_to(forged) == "97"
    assert answer_to({name: value for name, value in told.items() if name != "vnp_SecureHash"}) == "97"
    assert answer_to({}) == "97"
    assert not Booking.objects.exists()
    assert list(Notice.objects.values_list("genuine", "attempt", "answer")) == [(False, None, "97")] * 3


def test_a_flood_of_forged_notices_fills_no_disk(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "FORGED_KEPT", 3)
    assert {answer_to({"vnp_TxnRef": "x" * 5000, f"vnp_{'n' * 900}": "y" * 5000}) for _ in range(6)} == {"97"}
    kept = Notice.objects.all()
    assert len(kept) == 3
    assert all(len(str(notice.content)) < 1000 for notice in kept)


def test_a_notice_for_another_merchant_is_not_ours(bank: Bank) -> None:
    known = go_to_bank(bank, an_order())
    pays(bank, known)
    assert answer_to(said(bank, known, vnp_TmnCode="KHAC0001")) == "97"


def test_a_notice_of_another_amount_books_nothing_and_the_right_one_still_does(bank: Bank) -> None:
    known = go_to_bank(bank, an_order())
    told = pays(bank, known)
    assert answer_to(said(bank, known, vnp_Amount="100")) == "04"
    assert answer_to(said(bank, known, vnp_Amount="abc")) == "04"
    assert not Booking.objects.exists()
    assert answer_to(told) == "00"
    assert money_of(ABOUT).booked == 150_000


def test_a_notice_about_nothing_of_ours(bank: Bank) -> None:
    known = go_to_bank(bank, an_order())
    pays(bank, known)
    assert answer_to(said(bank, known, vnp_TxnRef="MCKHACKHAC01")) == "01"


@pytest.mark.parametrize("code", ["09", "10", "11", "12", "13", "24", "51", "65", "75", "79", "99"])
def test_every_code_of_failure_books_nothing_and_lets_the_person_try_again(bank: Bank, code: str) -> None:
    order = an_order()
    known = go_to_bank(bank, order)
    assert answer_to(pays(bank, known, code)) == "00"
    assert attempt_of(known).state == AttemptState.FAILED
    assert attempt_of(known).code == code
    assert answer_to(pays(bank, go_to_bank(bank, order))) == "00"
    assert money_of(ABOUT).booked == 150_000


def test_suspect_money_waits_and_is_booked_when_it_is_cleared(bank: Bank) -> None:
    known = go_to_bank(bank, an_order())
    assert answer_to(pays(bank, known, "07")) == "00"
    assert attempt_of(known).state == AttemptState.SUSPECT
    assert money_of(ABOUT).booked == 0
    known.code = "00"
    assert answer_to(said(bank, known)) == "00"
    assert money_of(ABOUT).booked == 150_000


def test_the_person_is_back_before_the_notice_sees_waiting_and_then_paid(bank: Bank) -> None:
    told = pays(bank, go_to_bank(bank, an_order()))
    before = services.show_return(told)
    assert (before.genuine, before.paid, before.waiting) == (True, False, True)
    assert not Booking.objects.exists()
    assert answer_to(told) == "00"
    after = services.show_return(told)
    assert (after.paid, after.waiting) == (True, False)


def test_a_return_alone_never_books_however_often(bank: Bank) -> None:
    told = pays(bank, go_to_bank(bank, an_order()))
    for _ in range(3):
        services.show_return(told)
    assert not Booking.objects.exists()
    assert Notice.objects.filter(kind=NoticeKind.RETURN).count() == 1


def test_a_forged_return_shows_nothing(bank: Bank) -> None:
    told = pays(bank, go_to_bank(bank, an_order()), "24")
    found = services.show_return(told | {"vnp_ResponseCode": "00"})
    assert (found.genuine, found.attempt, found.words) == (False, None, "")
    assert not Notice.objects.exists()


def test_money_after_the_cancellation_is_surplus_to_be_given_back(bank: Bank) -> None:
    order = an_order()
    told = pays(bank, go_to_bank(bank, order))
    services.cancel_order(order, by=cast.an(), reason="Rút hồ sơ")
    assert answer_to(told) == "00"
    order.refresh_from_db()
    money = money_of(ABOUT)
    assert order.state == OrderState.CANCELLED
    assert (money.booked, money.surplus, money.to_give_back) == (0, 150_000, 150_000)
    assert not money.receipts
    assert services.show_return(told).surplus


def test_two_people_pay_one_order_and_the_second_money_is_surplus(bank: Bank) -> None:
    order = an_order()
    first, second = go_to_bank(bank, order), go_to_bank(bank, order)
    assert answer_to(pays(bank, second)) == "00"
    assert answer_to(pays(bank, first)) == "00"
    money = money_of(ABOUT)
    assert (money.due, money.booked, money.surplus) == (0, 150_000, 150_000)
    assert [booking.surplus for booking in money.bookings] == [False, True]
    assert len(money.receipts) == 1


def test_money_for_an_order_that_was_replaced_is_surplus(bank: Bank) -> None:
    known = go_to_bank(bank, an_order())
    an_order(CHARGE, FEE)
    assert answer_to(pays(bank, known)) == "00"
    money = money_of(ABOUT)
    assert (money.due, money.booked, money.surplus) == (166_000, 0, 150_000)


def test_nobody_is_sent_to_the_bank_for_what_is_paid_or_cancelled(bank: Bank) -> None:
    order = an_order()
    services.collect(order, method="cash", amount=150_000, by=cast.chi())
    with pytest.raises(Conflict, match="đã được nộp"):
        go_to_bank(bank, order)
    other = services.cancel_order(an_order(FEE), by=None, reason="x")
    with pytest.raises(Conflict, match="không phải nộp"):
        go_to_bank(bank, other)
    assert not Attempt.objects.exists()


def test_without_a_contract_nothing_is_paid_online(settings: object) -> None:
    settings.VNPAY_SECRET = ""  # type: ignore[attr-defined]
    assert not services.online_ready()
    with pytest.raises(BusinessError, match="cách nộp khác"):
        services.start_attempt(an_order(), visitor_ip="", return_url="https://x/", by=None)
    assert answer_to({"vnp_TmnCode": "MOTCUA01", "vnp_SecureHash": ""}) == "97"


def test_each_try_has_its_own_number_and_there_is_an_end_to_them(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_ATTEMPTS", 3)
    order = an_order()
    urls = [services.start_attempt(order, visitor_ip="", return_url="https://x/", by=None) for _ in range(3)]
    assert [ref_in(url)[-2:] for url in urls] == ["01", "02", "03"]
    with pytest.raises(BusinessError, match="quá nhiều lần"):
        go_to_bank(bank, order)


def test_a_notice_that_could_not_be_settled_is_kept_and_settled_when_it_comes_again(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = pays(bank, go_to_bank(bank, an_order()))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(attempts, "book", broken)
        with pytest.raises(RuntimeError):
            answer_to(told)
    assert list(Notice.objects.values_list("answer", flat=True)) == [""]
    assert attempt_of(next(iter(bank.transactions.values()))).state == AttemptState.STARTED
    assert answer_to(told) == "00"
    assert Booking.objects.count() == 1
