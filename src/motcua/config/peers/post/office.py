"""What the demo post knows and does: parcels, what has become of them, and telling the portal of it."""

import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

GMT7 = timezone(timedelta(hours=7))
COLLECT, DELIVER = "1", "2"  # FlagConfig
ACCEPTED, DELIVERED, FAILED, CANCELLED = "10", "60", "61", "91"
CODES = {
    "10": "Nhận yêu cầu",
    "20": "Đang đến lấy",
    "30": "Đã lấy",
    "40": "Đang chuyển",
    "50": "Đang đi phát",
    "60": "Phát thành công",
    "61": "Chưa phát được",
    "70": "Đang chuyển hoàn",
    "71": "Đã hoàn về nơi gửi",
    "90": "Thất lạc",
    "91": "Đã hủy",
}
REASONS = {"1": "Không gặp người nhận", "2": "Từ chối nhận", "3": "Địa chỉ không đúng", "9": "Lý do khác"}
NOT_TAKEN = {"10", "20", "91"}  # the postman hasn't got it
WANTED = ("OrderNumber", "SenderName", "SenderTel", "SenderAddress", "ReceiverName", "ReceiverTel", "FlagConfig")
HOWS = ("once", "twice", "later", "never", "forged")
TOKEN_SECONDS = 3600


def now() -> str:
    """As the post writes a moment."""
    return datetime.now(GMT7).isoformat(timespec="seconds")


@dataclass
class Item:
    """A parcel at the post (bưu gửi)."""

    code: str
    number: str = ""  # the portal's; empty: given in on paper
    asked: dict[str, Any] = field(default_factory=dict)  # the order as it came
    back_of: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)  # notices that go out after the next one
    answers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The code of what happened last."""
        return str(self.events[-1]["StatusCode"]) if self.events else ""

    @property
    def ended(self) -> bool:
        """Nothing more happens to it."""
        return self.status in {"60", "71", "91"}

    @property
    def to_agency(self) -> bool:
        """Fetched at a person's, for the agency."""
        return self.asked.get("FlagConfig") == COLLECT


@dataclass
class Fault:
    """What the post does wrong on demand, for the next `times` calls."""

    down: bool = False  # its API answers 503
    mute: bool = False  # it tells nothing by itself
    refuse: str = ""  # it takes no order, and says this
    times: int = 10**9


@dataclass
class Office:
    """All parcels, kept in a file so that a restart forgets none."""

    folder: Path
    user: str
    password: str
    secret: str
    notice_url: str
    items: dict[str, Item] = field(default_factory=dict)  # by code
    fault: Fault = field(default_factory=Fault)
    pause: float = 2
    tries: int = 5
    key: str = field(default_factory=lambda: secrets.token_hex(8))  # of the page's forms
    tokens: dict[str, float] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    # ---- the API ----

    def answer(self, name: str, fields: dict[str, Any], token: str) -> dict[str, Any] | None:
        """What a call gets; None: it isn't answered."""
        self.forget()
        with self.lock:
            if self.fault.down and self._faulty():
                return None
            if name == "getToken":
                return self._token(fields)
            if self.tokens.get(token, 0) < time.monotonic():
                return {"Status": "401", "Message": "Token không hợp lệ"}
            calls = {
                "postOrder": self._order,
                "cancelOrder": self._cancel,
                "getOrderTracking": self._tracking,
            }
            answer = calls[name](fields) if name in calls else {"Status": "404", "Message": "Không có hàm này"}
            self.save()
        return answer

    def _faulty(self) -> bool:
        self.fault.times -= 1
        if self.fault.times <= 0:
            self.fault = Fault()
        return True

    def _token(self, fields: dict[str, Any]) -> dict[str, Any]:
        right = fields.get("Username") == self.user and fields.get("Password") == self.password
        if not right:
            return {"Status": "403", "Message": "Sai tên đăng nhập hoặc mật khẩu"}
        token = secrets.token_hex(16)
        self.tokens[token] = time.monotonic() + TOKEN_SECONDS
        return {"Status": "100", "Message": "OK", "Token": token, "ExpiresIn": TOKEN_SECONDS}

    def _order(self, fields: dict[str, Any]) -> dict[str, Any]:
        number = str(fields.get("OrderNumber") or "")
        if known := self.by_number(number):
            return {"Status": "100", "Message": "Đã có yêu cầu này", "OrderNumber": number, "ItemCode": known.code}
        if self.fault.refuse:
            said = self.fault.refuse
            self._faulty()
            return {"Status": "201", "Message": said}
        if missing := [name for name in WANTED if not fields.get(name)]:
            return {"Status": "202", "Message": f"Thiếu {', '.join(missing)}"}
        item = Item(self._new_code(), number, fields)
        self.items[item.code] = item
        self._happened(item, ACCEPTED, {"Place": "Bưu cục Hoa Sen"})
        return {"Status": "100", "Message": "OK", "OrderNumber": number, "ItemCode": item.code}

    def _cancel(self, fields: dict[str, Any]) -> dict[str, Any]:
        item = self.by_number(str(fields.get("OrderNumber") or ""))
        if item and item.status not in NOT_TAKEN:
            return {"Status": "203", "Message": "Bưu gửi đã được lấy, không hủy được"}
        if item and item.status != CANCELLED:
            self._happened(item, CANCELLED, {})
        return {"Status": "100", "Message": "Đã hủy"}

    def _tracking(self, fields: dict[str, Any]) -> dict[str, Any]:
        item = self.items.get(str(fields.get("ItemCode") or "")) or self.by_number(str(fields.get("OrderNumber") or ""))
        if item is None:
            return {"Status": "204", "Message": "Không có bưu gửi này"}
        return {"Status": "100", "Message": "OK", "ItemCode": item.code, "Tracking": item.events}

    def by_number(self, number: str) -> Item | None:
        """The parcel of an order."""
        return next((item for item in self.items.values() if number and item.number == number), None)

    def _new_code(self) -> str:
        return f"RM{secrets.randbelow(10**9):09d}VN"

    # ---- the postman ----

    def take_paper(self, code: str, *, to_agency: bool = False) -> Item | None:
        """A parcel given in on paper, without an order; None: the code is no code, or known."""
        code = "".join(code.upper().split())
        with self.lock:
            if not (code.isascii() and code.isalnum() and len(code) >= 8) or code in self.items:
                return None
            self.items[code] = item = Item(code, asked={"FlagConfig": COLLECT if to_agency else DELIVER})
            self.save()
        return item

    def act(self, code: str, status: str, more: dict[str, Any] | None = None, *, how: str = "once") -> bool:
        """Something happens to a parcel, and the portal is told of it as `how` says; False: there is no such parcel.

        Args:
            status: one of `CODES`; `more`: further fields of the word.
            how: "once", "twice", "later" (after the next notice), "never" (only who asks hears it), "forged".
        """
        with self.lock:
            item = self.items.get(code)
            if item is None or status not in CODES:
                return False
            event = self._happened(item, status, self._with_back(item, status, dict(more or {})))
            notice = event | {"ItemCode": item.code, "OrderNumber": item.number}
            muted = self.fault.mute or how == "never"
            going = [] if muted or how == "later" else [notice, *([notice] if how == "twice" else [])]
            if how == "later" and not muted:
                item.held.append(notice)
            elif going:
                going, item.held = going + item.held, []
            self.save()
        for each in going:
            self.tell(item, each, forged=how == "forged")
        return True

    def _with_back(self, item: Item, status: str, more: dict[str, Any]) -> dict[str, Any]:
        """What the postman takes along at the door gets a code of its own, and travels on from there."""
        if status != DELIVERED or not more.get("Papers"):
            return more
        asked = {
            "FlagConfig": COLLECT,
            **{f"Sender{name}": item.asked.get(f"Receiver{name}", "") for name in ("Name", "Tel", "Address")},
            **{f"Receiver{name}": item.asked.get(f"Sender{name}", "") for name in ("Name", "Tel", "Address")},
            "Contents": [line for line in item.asked.get("Collect", []) if line.get("Key") in more["Papers"]],
        }
        back = Item(self._new_code(), asked=asked, back_of=item.code)
        self.items[back.code] = back
        self._happened(back, "30", {"Place": "Tại nhà người nhận"})
        return more | {"ReturnItemCode": back.code}

    def _happened(self, item: Item, status: str, more: dict[str, Any]) -> dict[str, Any]:
        said = {name: value for name, value in more.items() if value not in ("", None)}
        event = {"Sequence": len(item.events) + 1, "StatusCode": status, "Time": now()} | said
        item.events.append(event)
        return event

    # ---- notices ----

    def tell(self, item: Item, notice: dict[str, Any], *, forged: bool = False) -> None:
        """Send a notice until it is taken: 100 and 102 are the end, all else comes again."""
        body = json.dumps(notice, ensure_ascii=False).encode()
        signature = "0" * 64 if forged else hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        for tried in range(self.tries):
            answer = _send(self.notice_url, body, signature)
            with self.lock:
                item.answers.append({"Sequence": notice["Sequence"], **answer})
                self.save()
            if answer.get("Status") in {"100", "102"} or tried + 1 == self.tries:
                return
            time.sleep(self.pause)

    # ---- for tests ----

    def control(self, fields: dict[str, Any]) -> None:
        """Behave as a test, or the page, wishes."""
        with self.lock:
            wanted = {name: fields[name] for name in ("down", "mute", "refuse", "times") if name in fields}
            self.fault = Fault(**wanted)
            self.pause, self.tries = fields.get("pause", self.pause), fields.get("tries", self.tries)

    def save(self) -> None:
        """Keep everything."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = self.folder / "post.json.new"
        kept.write_text(json.dumps([asdict(item) for item in self.items.values()], ensure_ascii=False))
        kept.replace(self.folder / "post.json")

    def forget(self) -> None:
        """Begin anew if the file is gone: the sample was loaded again, and no order of before is anybody's."""
        with self.lock:
            if self.items and not (self.folder / "post.json").exists():
                self.items.clear()

    def load(self) -> None:
        """What an earlier start kept."""
        kept = self.folder / "post.json"
        if kept.exists():
            self.items = {row["code"]: Item(**row) for row in json.loads(kept.read_text())}


def _send(url: str, body: bytes, signature: str) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "X-Post-Signature": signature}
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 (the portal's own address)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            found = json.loads(answer.read(10_000))
    except urllib.error.HTTPError as refusal:
        try:
            found = json.loads(refusal.read(10_000))
        except ValueError:
            found = {"Status": str(refusal.code)}
    except (OSError, ValueError):
        found = {"Status": "không tới được cổng"}
    return found if isinstance(found, dict) else {}
