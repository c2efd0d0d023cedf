"""Short words for tests on money: an order, a try to pay it, what the bank says of it."""

import html
import urllib.request
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from motcua.config.peers.vnpay import Bank, Transaction
from motcua.payments import services
from motcua.payments.models import Attempt, Order
from tests import cast, factories

ABOUT = ("dossier", "NH-7K3F-92XA")
CHARGE = {"key": "le-phi", "kind": "le-phi", "name": "Lệ phí đăng ký hộ kinh doanh", "amount": 150_000}
FEE = {"key": "sao", "kind": "phi", "name": "Phí bản sao", "amount": 16_000}
BACK = "https://portal.example/thanh-toan/vnpay/ket-qua/"


def an_order(*lines: dict[str, Any], about: tuple[str, str] = ABOUT) -> Order:
    """150.000 đồng owed by An, unless lines say otherwise."""
    wanted = list(lines) or [CHARGE]
    return services.open_order(
        about=about, agency=factories.an_agency(), payer_name="Nguyễn Thị An", lines=wanted,
        amount=sum(line["amount"] for line in wanted), by=cast.an(),
    )  # fmt: skip


def a_payee() -> None:
    """The ward's account and receipts."""
    services.set_payee(
        factories.an_agency(), by=None, name="Ủy ban nhân dân phường Hoa Sen", tax_code="0312345678",
        bank_bin="970415", bank_name="VietinBank", account_number="0011001932418", account_name="UBND PHUONG HOA SEN",
        receipt_form="01BLP0-001", receipt_series="HS-{yy}E",
    )  # fmt: skip


def go_to_bank(bank: Bank, order: Order) -> Transaction:
    """Start to pay and open the bank's page; not by HTTP, that is `open_page`'s business."""
    url = services.start_attempt(order, visitor_ip="203.0.113.7", return_url=BACK, by=cast.an())
    bank.transactions[ref_in(url)] = known = Transaction(dict(parse_qsl(urlsplit(url).query)))
    return known


def open_page(url: str) -> str:
    """The bank's page as text."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return html.unescape(str(answer.read().decode()))


def ref_in(url: str) -> str:
    """vnp_TxnRef of an address."""
    return dict(parse_qsl(urlsplit(url).query))["vnp_TxnRef"]


def pays(bank: Bank, known: Transaction, code: str = "00") -> dict[str, str]:
    """The person ends at the bank with this outcome; what the bank will say of it, signed."""
    bank.choose(known.asked["vnp_TxnRef"], known.key, code)
    return said(bank, known)


def said(bank: Bank, known: Transaction, **changed: str) -> dict[str, str]:
    """The bank's word as it is now, signed; `changed` fields are signed, too."""
    return dict(parse_qsl(bank.told(known, **changed)))


def attempt_of(known: Transaction) -> Attempt:
    """Our row of a transaction."""
    return Attempt.objects.get(txn_ref=known.asked["vnp_TxnRef"])


def answer_to(params: dict[str, str]) -> str:
    """The RspCode that a notice gets."""
    return services.take_vnpay_notice(params)["RspCode"]
