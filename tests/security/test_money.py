"""Money: forged words of the bank, words said again and again, amounts that no column takes."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from motcua.config.peers.vnpay import Bank
from motcua.payments import services
from motcua.payments.models import Booking, Notice
from motcua.payments.rules.states import AttemptState
from motcua.payments.services import attempts
from tests import cast
from tests.payments.acting import BACK, an_order, answer_to, attempt_of, go_to_bank, pays, ref_in, said
from tests.payments.conftest import bank, bank_server

__all__ = ["bank", "bank_server"]
pytestmark = pytest.mark.django_db
NOTICE, RETURN = "/thanh-toan/vnpay/thong-bao/", "/thanh-toan/vnpay/ket-qua/"


def test_our_own_signature_on_the_way_to_the_bank_is_no_word_of_the_bank(bank: Bank, client: Client) -> None:
    """Both sides sign with one secret: the address that we made must not pass as an answer."""
    known = go_to_bank(bank, an_order())
    ours = dict(known.asked)
    assert client.get(NOTICE, ours).json()["RspCode"] == "97"
    assert client.get(RETURN, ours).status_code == 400
    assert attempt_of(known).state == AttemptState.STARTED
    assert answer_to(pays(bank, known)) == "00"


def test_a_genuine_word_said_again_and_again_fills_no_disk(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TOLD_KEPT", 3)
    told = pays(bank, go_to_bank(bank, an_order()))
    assert [answer_to(told) for _ in range(5)] == ["00", "02", "02", "99", "99"]
    assert Notice.objects.count() == 3
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    "amount",
    ["१५००००००", "15000000.0", "1.5e7", "-15000000", " 15000000", "15000000 ", "0x E4E1C0", "15000001", "٣", "9" * 400],
)
def test_an_amount_that_is_no_plain_number_books_nothing_although_signed(bank: Bank, amount: str) -> None:
    known = go_to_bank(bank, an_order())
    pays(bank, known)
    assert answer_to(said(bank, known, vnp_Amount=amount)) == "04"
    assert not Booking.objects.exists()


def test_fields_given_twice_are_read_as_they_are_signed(bank: Bank, client: Client) -> None:
    """Of two fields of one name the same one is checked and used, whichever comes first."""
    known = go_to_bank(bank, an_order())
    failed = bank.told(known) if pays(bank, known, "24") else ""
    for query in (f"vnp_ResponseCode=00&vnp_TransactionStatus=00&{failed}",
                  f"{failed}&vnp_ResponseCode=00&vnp_TransactionStatus=00"):  # fmt: skip
        client.get(f"{NOTICE}?{query}")
    assert not Booking.objects.exists()


def test_one_order_is_not_paid_with_the_word_on_another(bank: Bank) -> None:
    cheap, dear = an_order(about=("dossier", "NH-AAAA-AAAA")), an_order()
    told = pays(bank, go_to_bank(bank, cheap))
    url = services.start_attempt(dear, visitor_ip="203.0.113.7", return_url=BACK, by=cast.an())
    assert answer_to(told | {"vnp_TxnRef": ref_in(url)}) == "97"
    dear.refresh_from_db()
    assert dear.state == "open"


def test_a_word_for_another_shop_under_the_same_secret_counts_for_nothing(bank: Bank) -> None:
    known = go_to_bank(bank, an_order())
    pays(bank, known)
    assert answer_to(said(bank, known, vnp_TmnCode="OTHER001")) == "97"


def test_a_visitor_cannot_slip_fields_into_what_we_sign(bank: Bank) -> None:
    url = services.start_attempt(an_order(), visitor_ip="1.1.1.1&vnp_Amount=100", return_url=BACK, by=cast.an())
    asked: dict[str, Any] = dict(parse_qsl(urlsplit(url).query))
    assert (asked["vnp_IpAddr"], asked["vnp_Amount"]) == ("127.0.0.1", "15000000")
    assert url.count("vnp_Amount") == 1
