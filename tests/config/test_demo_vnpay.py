"""The demo VNPAY as a process: page, notice with its repetitions, API; it ends in order and forgets nothing."""

import json
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from motcua.config.env import DEMO_VNPAY_SECRET as SECRET
from motcua.config.ports import free_port
from motcua.payments.rules import vnpay as ours
from motcua.payments.rules.vnpay import HASH, is_signed, is_signed_piped, query_string, sign, sign_piped
from tests.config.peers import ask, start

PAY, CHOSEN, API = "/paymentv2/vpcpay.html", "/paymentv2/ket-qua", "/merchant_webapi/api/transaction"


class Shop:
    """The portal's side of the notices."""

    def __init__(self) -> None:
        self.got: list[dict[str, str]] = []
        self.answers: list[Any] = []  # what the next notices get; then 00
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                shop.got.append(dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query)))
                body = json.dumps(shop.answers.pop(0) if shop.answers else {"RspCode": "00"}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def wait(self, count: int) -> list[dict[str, str]]:
        deadline = time.monotonic() + 60
        while len(self.got) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.got


@pytest.fixture
def shop() -> Iterator[Shop]:
    found = Shop()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def bank(shop: Shop, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    more = {"MOTCUA_VNPAY_URL": url + PAY, "MOTCUA_VNPAY_API_URL": url + API, "MOTCUA_BASE_URL": shop.url}
    process = start("demo-vnpay", port, tmp_path, **more)
    ask(f"{url}/control", {"pause": 0.05})
    yield url
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def an_order(ref: str = "MC7K3F92XA01", **changed: str) -> dict[str, str]:
    fields = {
        "vnp_Version": "2.1.0", "vnp_Command": "pay", "vnp_TmnCode": "MOTCUA01", "vnp_Amount": "15000000",
        "vnp_CreateDate": "20261125083500", "vnp_ExpireDate": "20991125085000", "vnp_CurrCode": "VND",
        "vnp_IpAddr": "203.0.113.7", "vnp_Locale": "vn", "vnp_OrderInfo": "Nop phi MC7K3F92XA",
        "vnp_OrderType": "other", "vnp_ReturnUrl": "http://127.0.0.1:1/ve/", "vnp_TxnRef": ref,
    } | changed  # fmt: skip
    return fields | {HASH: sign(query_string(fields), SECRET)}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def opened(url: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, text, and where it leads to."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    try:
        with urllib.request.build_opener(NoRedirect).open(url, data, timeout=10) as answer:
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as other:
        return other.code, other.read().decode(), other.headers.get("Location", "")


def page(bank: str, fields: dict[str, str]) -> tuple[int, str]:
    return opened(f"{bank}{PAY}?{urllib.parse.urlencode(fields)}")[:2]


def choose(bank: str, code: str = "00", ref: str = "MC7K3F92XA01", **more: str) -> tuple[int, str, str]:
    """Open the page and press a button."""
    _, text = page(bank, an_order(ref))
    key = re.search(r'name="khoa" value="(\w+)"', text)
    assert key is not None
    return opened(bank + CHOSEN, {"giao_dich": ref, "khoa": key[1], "ket_qua": code, **more})


def test_what_it_signs_we_believe_and_the_notice_is_there_before_the_person(bank: str, shop: Shop) -> None:
    status, _, where = choose(bank)
    back = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(where).query))
    assert status == 303
    assert where.startswith("http://127.0.0.1:1/ve/?")
    assert is_signed(back, SECRET)
    assert ours.word_from(back).paid
    assert [ours.word_from(told) for told in shop.got] == [ours.word_from(back)]


@pytest.mark.parametrize("code", ["07", "09", "10", "11", "12", "13", "24", "51", "65", "75", "79", "99"])
def test_every_outcome_can_be_had(bank: str, shop: Shop, code: str) -> None:
    choose(bank, code)
    assert shop.got[0]["vnp_ResponseCode"] == code
    assert not ours.word_from(shop.got[0]).paid
    assert ours.word_from(shop.got[0]).held_back == (code == "07")


def test_a_closed_browser_leads_nowhere_and_the_notice_comes_all_the_same(bank: str, shop: Shop) -> None:
    status, text, where = choose(bank, dong="1")
    assert (status, where) == (200, "")
    assert "đóng trình duyệt" in text
    assert len(shop.got) == 1


def test_the_notice_can_be_late_missing_doubled_forged_or_of_another_amount(bank: str, shop: Shop) -> None:
    choose(bank, ref="A01", thong_bao="never")
    assert shop.got == []
    choose(bank, ref="A02", thong_bao="twice")
    assert len(shop.got) == 2
    choose(bank, ref="A03", thong_bao="forged")
    assert not is_signed(shop.got[2], SECRET)
    choose(bank, ref="A04", thong_bao="amount")
    assert is_signed(shop.got[3], SECRET)
    assert shop.got[3]["vnp_Amount"] == "15100000"
    choose(bank, ref="A05", thong_bao="after")
    assert len(shop.got) == 4
    assert len(shop.wait(5)) == 5


def test_a_notice_comes_again_until_it_is_taken(bank: str, shop: Shop) -> None:
    shop.answers = [{"RspCode": "99"}, {"RspCode": "97"}, "nonsense"]
    choose(bank)
    assert len(shop.wait(4)) == 4
    time.sleep(0.3)
    assert len(shop.got) == 4


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"vnp_Amount": "100"}, "Sai chữ ký"),
        ({"vnp_ExpireDate": "20200101000000"}, "quá thời gian"),
        ({"vnp_TmnCode": "KHAC"}, "Không có đơn vị này"),
    ],
)
def test_an_order_that_is_not_right_has_no_page(bank: str, changed: dict[str, str], words: str) -> None:
    fields = an_order(**changed) if "vnp_Amount" not in changed else an_order() | changed
    status, text = page(bank, fields)
    assert status == 400
    assert words in text


def test_nobody_pays_one_transaction_twice(bank: str, shop: Shop) -> None:
    choose(bank)
    assert page(bank, an_order())[0] == 400
    assert opened(bank + CHOSEN, {"giao_dich": "MC7K3F92XA01", "khoa": "", "ket_qua": "00"})[0] == 409
    assert len(shop.got) == 1


def call(bank: str, command: str, signed: tuple[str, ...], **fields: str) -> dict[str, Any]:
    asked = {
        "vnp_RequestId": "1", "vnp_Version": "2.1.0", "vnp_Command": command, "vnp_TmnCode": "MOTCUA01",
        "vnp_TxnRef": "MC7K3F92XA01", "vnp_TransactionDate": "20261125083500", "vnp_CreateDate": "20261125084000",
        "vnp_IpAddr": "127.0.0.1", "vnp_OrderInfo": "x", **fields,
    }  # fmt: skip
    return ask(bank + API, asked | {HASH: sign_piped(asked, signed, SECRET)})


def test_the_api_tells_what_became_of_a_transaction(bank: str, shop: Shop) -> None:
    assert call(bank, "querydr", ours.QUERY_SIGNED)["vnp_ResponseCode"] == "91"
    page(bank, an_order())
    assert call(bank, "querydr", ours.QUERY_SIGNED)["vnp_TransactionStatus"] == "01"
    choose(bank, thong_bao="never")
    answer = call(bank, "querydr", ours.QUERY_SIGNED)
    assert is_signed_piped(answer, ours.QUERY_ANSWER_SIGNED, SECRET)
    assert ours.word_from(answer).paid
    assert ask(bank + API, {"vnp_Command": "querydr", HASH: "0"})["vnp_ResponseCode"] == "97"


def test_the_api_gives_money_back_once_a_request(bank: str, shop: Shop) -> None:
    choose(bank)
    number = shop.got[0]["vnp_TransactionNo"]

    def refund(request: str, amount: str) -> str:
        answer = call(
            bank, "refund", ours.REFUND_SIGNED, vnp_RequestId=request, vnp_Amount=amount, vnp_TransactionNo=number,
            vnp_TransactionType="03", vnp_CreateBy="chi",
        )  # fmt: skip
        assert is_signed_piped(answer, ours.REFUND_ANSWER_SIGNED, SECRET)
        return str(answer["vnp_ResponseCode"])

    assert [refund("r1", "10000000"), refund("r1", "10000000"), refund("r2", "5000001"), refund("r3", "5000000")] == [
        "00", "94", "93", "00",
    ]  # fmt: skip


def test_a_restart_forgets_nothing(shop: Shop, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    more = {"MOTCUA_VNPAY_URL": url + PAY, "MOTCUA_VNPAY_API_URL": url + API, "MOTCUA_BASE_URL": shop.url}
    for round in range(2):
        process = start("demo-vnpay", port, tmp_path, **more)
        if round == 0:
            choose(url)
        assert ask(f"{url}/got")["MC7K3F92XA01"]["code"] == "00"
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
