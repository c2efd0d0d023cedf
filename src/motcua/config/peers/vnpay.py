"""A demo VNPAY: the bank's page, its notices, its API, as VNPAY 2.1.0 speaks (docs/integrator/payments.md).

    GET  /paymentv2/vpcpay.html          the page to which the portal sends people, with a signed order
    POST /paymentv2/ket-qua              what the person chose there: any outcome, and how the notice behaves
    POST /merchant_webapi/api/transaction  querydr and refund, signed over a joined string

For tests:
    POST /control   {"notice": "before|after|never|twice|amount|forged", "pause": 2, "tries": 5,
                     "api": {"status": 503, "seconds": 3, "forged": true, "times": 2}}; {} sets all right again
    GET  /got       every transaction, with the answers that its notices got

It signs by itself, not with the portal's code: two sides that made the same mistake would understand each other.
"""

import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from motcua.config.peers import vnpay_page as page
from motcua.config.peers.serving import Answering, object_of, serve_at

GMT7 = timezone(timedelta(hours=7))
PAY, CHOSEN, API, STYLE = (
    "/paymentv2/vpcpay.html", "/paymentv2/ket-qua", "/merchant_webapi/api/transaction", "/paymentv2/vnpay.css",
)  # fmt: skip
NOTICES = ("before", "after", "never", "twice", "amount", "forged")
AFTER_SECONDS = 4.0  # how long "after" waits
CONTENT = {"vnp_Command", "vnp_TmnCode", "vnp_TxnRef", "vnp_Amount", "vnp_CreateDate", "vnp_ReturnUrl", "vnp_OrderInfo"}
QUERY = "RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo"
REFUND = (
    "RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo TransactionDate CreateBy CreateDate"
    " IpAddr OrderInfo"
)
ANSWER = (
    "ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate TransactionNo TransactionType"
    " TransactionStatus OrderInfo"
)


@dataclass
class Transaction:
    """One order that came to the page, and what became of it."""

    asked: dict[str, str]
    key: str = field(default_factory=lambda: secrets.token_hex(8))  # of the page's form
    code: str = ""  # vnp_ResponseCode; empty: nothing chosen yet
    number: str = ""
    paid_at: str = ""
    refunded: int = 0  # đồng × 100
    requests: list[str] = field(default_factory=list)  # refunds asked for
    answers: list[dict[str, Any]] = field(default_factory=list)  # to the notices

    @property
    def status(self) -> str:
        """vnp_TransactionStatus."""
        return {"": "01", "00": "00", "07": "07"}.get(self.code, "02")


@dataclass
class Api:
    """What the API does wrong on demand, for the next `times` calls."""

    status: int = 200
    seconds: float = 0
    forged: bool = False
    times: int = 10**9


@dataclass
class Bank:
    """All transactions, kept in a file so that a restart forgets none."""

    folder: Path
    tmn_code: str
    secret: str
    notice_url: str
    transactions: dict[str, Transaction] = field(default_factory=dict)
    notice: str = "before"
    pause: float = 2
    tries: int = 5
    api: Api = field(default_factory=lambda: Api(times=0))
    lock: threading.RLock = field(default_factory=threading.RLock)

    # ---- the page ----

    def take(self, fields: dict[str, str]) -> tuple[Transaction | None, str]:
        """The transaction of a signed order, or why there is none."""
        if not hmac.compare_digest(self.sign(fields), fields.get("vnp_SecureHash", "")):
            return None, "Sai chữ ký."
        if missing := CONTENT - set(fields):
            return None, f"Thiếu {', '.join(sorted(missing))}."
        if fields["vnp_TmnCode"] != self.tmn_code:
            return None, "Không có đơn vị này."
        if fields.get("vnp_ExpireDate", "9") < now():
            return None, "Giao dịch đã quá thời gian chờ thanh toán."
        with self.lock:
            known = self.transactions.setdefault(fields["vnp_TxnRef"], Transaction(fields))
            if known.code:
                return None, "Giao dịch này đã được xử lý."
            self.save()
        return known, ""

    def choose(self, txn_ref: str, key: str, code: str) -> Transaction | None:
        """Settle a transaction once; None: it is settled already, or the form isn't ours."""
        with self.lock:
            known = self.transactions.get(txn_ref)
            if known is None or known.code or known.key != key or code not in page.OUTCOMES:
                return None
            known.code, known.paid_at = code, now()
            known.number = f"{14_000_000 + len(self.transactions):08d}" if code in {"00", "07"} else "0"
            self.save()
            return known

    def told(self, known: Transaction, **changed: str) -> str:
        """What a notice and the way back say, signed."""
        fields = {
            "vnp_Amount": known.asked["vnp_Amount"], "vnp_BankCode": "NCB", "vnp_CardType": "ATM",
            "vnp_OrderInfo": known.asked["vnp_OrderInfo"], "vnp_PayDate": known.paid_at,
            "vnp_ResponseCode": known.code, "vnp_TmnCode": self.tmn_code, "vnp_TransactionNo": known.number,
            "vnp_TransactionStatus": known.status, "vnp_TxnRef": known.asked["vnp_TxnRef"],
        } | changed  # fmt: skip
        if known.code == "00":
            fields["vnp_BankTranNo"] = f"VNP{known.number}"
        return urllib.parse.urlencode(sorted(fields.items()) + [("vnp_SecureHash", self.sign(fields))])

    def way_back(self, known: Transaction) -> str:
        """Where the person goes."""
        url = known.asked["vnp_ReturnUrl"]
        return f"{url}{'&' if '?' in url else '?'}{self.told(known)}"

    # ---- notices ----

    def tell(self, known: Transaction, how: str) -> None:
        """Send the notice as somebody wishes; "before" and its kin wait for the first answer."""
        if how == "never":
            return
        told = self.told(known)
        if how == "amount":
            told = self.told(known, vnp_Amount=str(int(known.asked["vnp_Amount"]) + 100_000))
        elif how == "forged":
            told = told[:-8] + "00000000"
        late = AFTER_SECONDS if how == "after" else 0
        first = threading.Thread(target=self._send, args=(known, told, late), daemon=True)
        first.start()
        if not late:
            first.join(5)
        if how == "twice":
            self._send(known, told, 0)

    def _send(self, known: Transaction, told: str, late: float) -> None:
        """Until it is taken: 00 and 02 are the end, all else comes again."""
        time.sleep(late)
        for _ in range(self.tries):
            answer = ask(f"{self.notice_url}?{told}")
            with self.lock:
                known.answers.append(answer)
                self.save()
            if answer.get("RspCode") in {"00", "02"}:
                return
            time.sleep(self.pause)

    # ---- the API ----

    def answer(self, fields: dict[str, Any]) -> dict[str, str]:
        """What a signed call of the API gets; an answer to an unsigned one bears no content."""
        command = fields.get("vnp_Command")
        names = {"querydr": QUERY, "refund": REFUND}.get(str(command), "")
        if not names or not hmac.compare_digest(self.sign_joined(fields, names), str(fields.get("vnp_SecureHash"))):
            return self._signed({"vnp_ResponseCode": "97", "vnp_Message": "Invalid signature"}, "")
        with self.lock:
            known = self.transactions.get(str(fields["vnp_TxnRef"]))
            said = self._query(known) if command == "querydr" else self._refund(known, fields)
            self.save()
        said |= {"vnp_Command": str(command), "vnp_TmnCode": self.tmn_code, "vnp_TxnRef": str(fields["vnp_TxnRef"])}
        return self._signed(said, " PromotionCode PromotionAmount" if command == "querydr" else "")

    def _query(self, known: Transaction | None) -> dict[str, str]:
        if known is None:
            return {"vnp_ResponseCode": "91", "vnp_Message": "Transaction not found"}
        return {
            "vnp_ResponseCode": "00", "vnp_Message": "QueryDR Success", "vnp_Amount": known.asked["vnp_Amount"],
            "vnp_BankCode": "NCB", "vnp_PayDate": known.paid_at, "vnp_TransactionNo": known.number,
            "vnp_TransactionType": "01", "vnp_TransactionStatus": known.status,
            "vnp_OrderInfo": known.asked["vnp_OrderInfo"],
        }  # fmt: skip

    def _refund(self, known: Transaction | None, fields: dict[str, Any]) -> dict[str, str]:
        if known is None or known.asked["vnp_CreateDate"] != fields["vnp_TransactionDate"]:
            return {"vnp_ResponseCode": "91", "vnp_Message": "Transaction not found"}
        if known.code != "00" or known.number != fields["vnp_TransactionNo"]:
            return {"vnp_ResponseCode": "95", "vnp_Message": "Transaction is not successful"}
        if fields["vnp_RequestId"] in known.requests:
            return {"vnp_ResponseCode": "94", "vnp_Message": "Request is being processed"}
        if not 0 < int(fields["vnp_Amount"]) <= int(known.asked["vnp_Amount"]) - known.refunded:
            return {"vnp_ResponseCode": "93", "vnp_Message": "Invalid amount"}
        known.requests.append(str(fields["vnp_RequestId"]))
        known.refunded += int(fields["vnp_Amount"])
        return {
            "vnp_ResponseCode": "00", "vnp_Message": "Refund success", "vnp_Amount": str(fields["vnp_Amount"]),
            "vnp_TransactionType": str(fields["vnp_TransactionType"]), "vnp_TransactionStatus": "05",
            "vnp_TransactionNo": f"{15_000_000 + len(known.requests):08d}", "vnp_BankCode": "NCB",
            "vnp_OrderInfo": str(fields["vnp_OrderInfo"]),
        }  # fmt: skip

    def _signed(self, said: dict[str, str], more: str) -> dict[str, str]:
        said["vnp_ResponseId"] = secrets.token_hex(16)
        said["vnp_SecureHash"] = self.sign_joined(said, ANSWER + more)
        return said

    def fail(self) -> Api:
        """What is to go wrong with this call of the API."""
        with self.lock:
            if self.api.times <= 0:
                return Api()
            self.api.times -= 1
            return self.api

    # ---- signing, keeping ----

    def sign(self, fields: dict[str, str]) -> str:
        """HMAC-SHA512 over the fields by name, as in an address."""
        signed = sorted((name, value) for name, value in fields.items() if name != "vnp_SecureHash" and value)
        return hmac.new(self.secret.encode(), urllib.parse.urlencode(signed).encode(), hashlib.sha512).hexdigest()

    def sign_joined(self, fields: dict[str, Any], names: str) -> str:
        """HMAC-SHA512 over the values, joined."""
        joined = "|".join(str(fields.get(f"vnp_{name}") or "") for name in names.split())
        return hmac.new(self.secret.encode(), joined.encode(), hashlib.sha512).hexdigest()

    def control(self, wishes: dict[str, Any]) -> None:
        """Behave as wished; nothing named is as usual."""
        with self.lock:
            self.notice = wishes.get("notice", "before")
            self.pause, self.tries = float(wishes.get("pause", 2)), int(wishes.get("tries", 5))
            self.api = Api(**wishes["api"]) if "api" in wishes else Api(times=0)

    def save(self) -> None:
        """Keep everything."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = json.dumps({ref: asdict(known) for ref, known in self.transactions.items()}, ensure_ascii=False)
        (self.folder / "vnpay.json").write_text(kept)

    def load(self) -> None:
        """Take up what was kept."""
        with_it = self.folder / "vnpay.json"
        if with_it.exists():
            self.transactions = {ref: Transaction(**kept) for ref, kept in json.loads(with_it.read_text()).items()}


def now() -> str:
    """yyyyMMddHHmmss in Việt Nam's time."""
    return datetime.now(GMT7).strftime("%Y%m%d%H%M%S")


def ask(url: str) -> dict[str, Any]:
    """The answer to a notice; what isn't one is told as it is."""
    try:
        with urllib.request.urlopen(url, timeout=15) as response:  # noqa: S310 (the portal's own address)
            found = json.load(response)
    except (OSError, ValueError) as trouble:
        return {"trouble": str(trouble)[:200]}
    return found if isinstance(found, dict) else {"trouble": "no object"}


class Handler(Answering):
    """One request; `bank` is the one it is bound to."""

    bank: Bank

    def get(self) -> None:
        where = urlsplit(self.path)
        if where.path == PAY:
            known, trouble = self.bank.take(dict(parse_qsl(where.query)))
            body = page.pay(known, self.bank.notice) if known else page.refused(trouble)
            self._page(body, 200 if known else 400, known)
        elif where.path == STYLE:
            self.css(page.CSS)
        elif where.path == "/got":
            self.json(200, {ref: asdict(known) for ref, known in list(self.bank.transactions.items())})
        else:
            self.json(404, {})

    def post(self) -> None:
        path, content = urlsplit(self.path).path, self.content()
        if path == CHOSEN:
            self._chosen(dict(parse_qsl(content.decode(errors="replace"))))
            return
        fields = object_of(content)
        if path == API and fields is not None:
            self._api(fields)
        elif path == "/control" and fields is not None:
            self.bank.control(fields)
            self.json(200, {})
        else:
            self.json(404, {})

    def _chosen(self, form: dict[str, str]) -> None:
        known = self.bank.choose(form.get("giao_dich", ""), form.get("khoa", ""), form.get("ket_qua", ""))
        if known is None:
            self._page(page.refused("Giao dịch này đã được xử lý."), 409, None)
            return
        how = form.get("thong_bao", "")
        self.bank.tell(known, how if how in NOTICES else self.bank.notice)
        if form.get("dong"):
            self._page(page.closed(known), 200, None)
            return
        self.see(self.bank.way_back(known))

    def _api(self, fields: dict[str, Any]) -> None:
        fault = self.bank.fail()
        time.sleep(fault.seconds)
        answer = self.bank.answer(fields) if fault.status == 200 else {}
        if fault.forged:
            answer["vnp_SecureHash"] = "0" * 128
        self.json(fault.status, answer)

    def _page(self, body: str, status: int, known: Transaction | None) -> None:
        back = urlsplit(known.asked["vnp_ReturnUrl"]) if known else None
        ways = f"'self' {back.scheme}://{back.netloc}" if back else "'self'"
        self.html(status, body, forms_to=ways)


def handler(bank: Bank) -> type[BaseHTTPRequestHandler]:
    """The class that http.server wants, bound to this bank."""
    return type("BankHandler", (Handler,), {"bank": bank})


def serve() -> None:
    """Answer at MOTCUA_VNPAY_URL until SIGTERM or SIGINT; keep everything in RUN_DIR/peers/vnpay.json."""
    from django.conf import settings

    bank = Bank(
        settings.RUN_DIR / "peers", settings.VNPAY_TMN_CODE, settings.VNPAY_SECRET,
        f"{settings.BASE_URL}/thanh-toan/vnpay/thong-bao/",
    )  # fmt: skip
    bank.load()
    serve_at(settings.VNPAY_URL, "MOTCUA_VNPAY_URL", handler(bank))
