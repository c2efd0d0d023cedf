"""What VNPAY reaches: the notice that books, and the page to which people come back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from motcua.config.peers.vnpay import Bank
from motcua.payments import services
from motcua.payments.models import Booking, Notice, Order
from motcua.web.public import payments as views
from tests import cast
from tests.payments.acting import an_order, go_to_bank, pays, said

pytestmark = pytest.mark.django_db
NOTICE, BACK = "/thanh-toan/vnpay/thong-bao/", "/thanh-toan/vnpay/ket-qua/"


@pytest.fixture
def bank(tmp_path: Any, settings: Any) -> Iterator[Bank]:
    """The bank's side, without its server: nobody asks it here."""
    found = Bank(tmp_path, "MOTCUA01", "bi-mat-cua-bai-thu", "http://127.0.0.1:9/")
    settings.VNPAY_TMN_CODE, settings.VNPAY_SECRET = found.tmn_code, found.secret
    settings.VNPAY_API_URL = "http://127.0.0.1:9/"
    return found


@pytest.fixture
def order() -> Order:
    return an_order()


def test_a_notice_is_answered_as_vnpay_wants(client: Client, bank: Bank, order: Order) -> None:
    told = pays(bank, go_to_bank(bank, order))
    assert client.get(NOTICE, told).json() == {"RspCode": "00", "Message": "Confirm Success"}
    assert client.get(NOTICE, told).json() == {"RspCode": "02", "Message": "Order already confirmed"}
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "vnp_TxnRef=1",
        "vnp_SecureHash=%FF%FE",
        "vnp_Amount[]=1&vnp_SecureHash=" + "0" * 128,
        "x" * 5000,
        "vnp_TxnRef=%00&vnp_SecureHash=1",
        "vnp_TxnRef=" + "%F0%9F%98%80" * 200,
        "&".join(f"vnp_{n}=1" for n in range(500)),
    ],
)
def test_what_nobody_signed_is_97_and_never_an_error(client: Client, bank: Bank, order: Order, query: str) -> None:
    answer = client.get(f"{NOTICE}?{query}")
    assert answer.status_code == 200
    assert answer.json()["RspCode"] == "97"
    assert client.get(f"{BACK}?{query}").status_code == 400
    assert not Booking.objects.exists()


def test_a_notice_is_not_posted(client: Client, bank: Bank) -> None:
    assert client.post(NOTICE).status_code == 405
    assert client.post(BACK).status_code == 405


def test_a_database_that_is_away_lets_vnpay_come_again(
    client: Client, bank: Bank, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = pays(bank, go_to_bank(bank, order))

    def away(_: object) -> dict[str, str]:
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(views.services, "take_vnpay_notice", away)
        assert client.get(NOTICE, told).json()["RspCode"] == "99"
    assert client.get(NOTICE, told).json()["RspCode"] == "00"


def test_who_is_back_first_sees_waiting_and_the_page_looks_again(client: Client, bank: Bank, order: Order) -> None:
    told = pays(bank, go_to_bank(bank, order))
    page = client.get(BACK, told)
    assert "Đang chờ ngân hàng xác nhận" in page.content.decode()
    assert 'hx-trigger="every 3s"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not Booking.objects.exists()
    client.get(NOTICE, told)
    text = client.get(BACK, told).content.decode()
    assert "Đã nộp 150.000 đồng" in text
    assert "every 3s" not in text
    assert "/ho-so/NH-7K3F-92XA/" in text


@pytest.mark.parametrize(
    ("code", "words"), [("24", "Ông/bà đã hủy giao dịch."), ("51", "Tài khoản không đủ số dư."), ("99", "lý do")]
)
def test_a_failure_is_told_in_words_with_a_way_on(
    client: Client, bank: Bank, order: Order, code: str, words: str
) -> None:
    text = client.get(BACK, pays(bank, go_to_bank(bank, order), code)).content.decode()
    assert words in text
    assert "/ho-so/NH-7K3F-92XA/nop-phi/" in text


def test_suspect_money_asks_for_patience(client: Client, bank: Bank, order: Order) -> None:
    text = client.get(BACK, pays(bank, go_to_bank(bank, order), "07")).content.decode()
    assert "Ngân hàng đang kiểm tra giao dịch" in text
    assert "Xin đừng nộp lại" in text


def test_a_second_payment_is_told_to_come_back(client: Client, bank: Bank, order: Order) -> None:
    told = pays(bank, go_to_bank(bank, order))
    services.collect(order, method="cash", amount=150_000, by=cast.chi())
    client.get(NOTICE, told)
    assert "sẽ được hoàn lại" in client.get(BACK, told).content.decode()


def test_who_failed_after_another_had_paid_is_not_asked_to_pay(client: Client, bank: Bank, order: Order) -> None:
    told = pays(bank, go_to_bank(bank, order), "24")
    services.collect(order, method="cash", amount=150_000, by=cast.chi())
    text = client.get(BACK, told).content.decode()
    assert "Khoản này đã được nộp" in text
    assert "Chọn cách nộp" not in text


def test_a_changed_address_tells_nothing(client: Client, bank: Bank, order: Order) -> None:
    told = pays(bank, go_to_bank(bank, order), "24")
    page = client.get(BACK, told | {"vnp_ResponseCode": "00"})
    assert page.status_code == 400
    assert order.number not in page.content.decode()


def test_a_signed_return_about_nothing_of_ours_is_told_politely(client: Client, bank: Bank, order: Order) -> None:
    known = go_to_bank(bank, order)
    pays(bank, known)
    assert client.get(BACK, said(bank, known, vnp_TxnRef="MCKHACKHAC01")).status_code == 400
    assert not Notice.objects.exists()
