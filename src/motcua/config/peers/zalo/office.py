"""What the demo Zalo knows and does: tokens, followers, messages, notices to the portal (docs/integrator/zalo.md).

It signs and judges by itself, not with the portal's code: two sides that made the same mistake would understand each
other.
"""

import hashlib
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

TOKEN_SECONDS = 90_000  # 25 hours
WINDOW_DAYS = 7
TRIES, PAUSE = 5, 1.0  # of a notice that isn't answered with 200
# Approved templates: what they say and what fills them, with the most letters of each.
TEMPLATES: dict[str, tuple[str, dict[str, int]]] = {
    "300001": (
        "Hồ sơ {ma_ho_so}: {trang_thai}. {co_quan}, {thoi_diem}.",
        {"ma_ho_so": 30, "trang_thai": 30, "co_quan": 200, "thoi_diem": 20},
    ),
}


@dataclass
class Phone:
    """A phone with Zalo on it, or without."""

    number: str  # 84…
    user_id: str  # its owner's number with our account
    has_zalo: bool = True
    is_on: bool = True  # off: messages are taken, and nobody hears that they arrived
    follows: bool = False
    last_word: float = 0
    chat: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Wishes:
    """What goes wrong on demand, for the next `times` calls to send."""

    error: int = 0
    status: int = 200
    seconds: float = 0
    times: int = 0


@dataclass
class Office:
    """One Official Account and all phones; kept in a file, so that a restart forgets none."""

    folder: Path
    settings: dict[str, str]  # app_id, app_secret, oa_id, oa_name, oa_secret, refresh_token
    notice_url: str
    phones: dict[str, Phone] = field(default_factory=dict)
    access: dict[str, float] = field(default_factory=dict)  # token → until
    refresh: list[str] = field(default_factory=list)  # the one that is good now
    spent: list[str] = field(default_factory=list)  # refresh tokens that were used
    answers: list[dict[str, Any]] = field(default_factory=list)  # what the portal answered to the notices
    receipts: str = "usual"  # usual | never | twice | forged
    quota: int = 500
    wishes: Wishes = field(default_factory=Wishes)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def phone(self, number: str) -> Phone:
        """The phone with this number (84…)."""
        user_id = "4" + str(int(hashlib.sha256(number.encode()).hexdigest(), 16) % 10**18).zfill(18)
        return self.phones.setdefault(number, Phone(number, user_id))

    def of_user(self, user_id: str) -> Phone | None:
        """The phone of a follower."""
        return next((phone for phone in self.phones.values() if phone.user_id == user_id), None)

    # ---- tokens ----

    def renew(self, secret: str, fields: dict[str, str]) -> dict[str, Any]:
        """An access token for a refresh token, which is good for once."""
        with self.lock:
            if secret != self.settings["app_secret"] or fields.get("app_id") != self.settings["app_id"]:
                return {"error": -14004, "error_name": "Invalid secret key", "error_description": "Invalid secret key"}
            given = fields.get("refresh_token", "")
            known = self.refresh or ([] if self.spent else [self.settings["refresh_token"]])
            if fields.get("grant_type") != "refresh_token" or given not in known:
                return {"error": -14014, "error_name": "Invalid refresh token", "error_description": "Used or expired"}
            token, following = secrets.token_urlsafe(60), secrets.token_urlsafe(60)
            self.access = {token: time.time() + TOKEN_SECONDS}
            self.refresh, self.spent = [following], [*self.spent, given]
            self.save()
            return {"access_token": token, "refresh_token": following, "expires_in": str(TOKEN_SECONDS)}

    def knows(self, token: str) -> bool:
        """Whether an access token is good now."""
        return self.access.get(token, 0) > time.time()

    # ---- sending ----

    def wrong(self) -> Wishes:
        """What is to go wrong with this call."""
        with self.lock:
            if self.wishes.times <= 0:
                return Wishes()
            self.wishes.times -= 1
            return self.wishes

    def by_template(self, token: str, content: dict[str, Any]) -> dict[str, Any]:
        """POST /message/template."""
        with self.lock:
            if code := self._refusal(token, content):
                return {"error": code[0], "message": code[1]}
            phone = self.phone(str(content["phone"]))
            words, _ = TEMPLATES[str(content["template_id"])]
            self.quota -= 1
            said = self._keep(phone, "zns", words.format(**content["template_data"]), content)
        if phone.is_on:
            self._receipt(said)
        return {
            "error": 0, "message": "Success",
            "data": {
                "msg_id": said["msg_id"], "sent_time": str(int(time.time() * 1000)), "sending_mode": "1",
                "quota": {"dailyQuota": "500", "remainingQuota": str(self.quota)},
            },
        }  # fmt: skip

    def _refusal(self, token: str, content: dict[str, Any]) -> tuple[int, str] | None:
        if not self.knows(token):
            return -124, "Access token invalid"
        number = str(content.get("phone", ""))
        if not (number.startswith("84") and number.isdigit() and 10 <= len(number) <= 12):
            return -108, "Phone number invalid"
        if str(content.get("template_id")) not in TEMPLATES:
            return -109, "Template ID invalid"
        data = content.get("template_data")
        if not isinstance(data, dict) or not data:
            return -111, "Template data empty"
        longest = TEMPLATES[str(content["template_id"])][1]
        if set(data) != set(longest) or any(not 0 < len(str(data[name])) <= most for name, most in longest.items()):
            return -112, "Template data invalid"
        if len(str(content.get("tracking_id", ""))) > 48:
            return -132, "Parameter invalid"
        if not self.phone(number).has_zalo:
            return -118, "Zalo account not existed"
        return (-144, "OA has reached the daily quota") if self.quota <= 0 else None

    def by_chat(self, token: str, content: dict[str, Any]) -> dict[str, Any]:
        """POST /v3.0/oa/message/cs."""
        with self.lock:
            recipient, message = content.get("recipient"), content.get("message")
            if not self.knows(token):
                return {"error": -216, "message": "Access token is invalid"}
            if not (isinstance(recipient, dict) and isinstance(message, dict) and message.get("text")):
                return {"error": -201, "message": "Params is invalid"}
            phone = self.of_user(str(recipient.get("user_id", "")))
            if phone is None or not phone.follows:
                return {"error": -213, "message": "User has not followed OA"}
            if time.time() - phone.last_word > timedelta(days=WINDOW_DAYS).total_seconds():
                return {"error": -230, "message": "User has not interacted with the OA in the past 7 days"}
            said = self._keep(phone, "chat", str(message["text"])[:2000], {})
            return {"error": 0, "message": "Success", "data": {"message_id": said["msg_id"], "user_id": phone.user_id}}

    def _keep(self, phone: Phone, kind: str, text: str, content: dict[str, Any]) -> dict[str, Any]:
        said = {
            "kind": kind, "text": text, "msg_id": secrets.token_hex(10), "at": datetime.now(UTC).isoformat(),
            "template_id": str(content.get("template_id", "")), "tracking_id": str(content.get("tracking_id", "")),
            "data": content.get("template_data", {}), "mode": str(content.get("mode", "")),
        }  # fmt: skip
        phone.chat.append(said)
        self.save()
        return said

    # ---- what the person does, and what the portal is told of it ----

    def follow(self, number: str, *, follows: bool) -> None:
        """Quan tâm, bỏ quan tâm."""
        with self.lock:
            phone = self.phone(number)
            phone.follows, phone.last_word = follows, time.time()
            self.save()
        self.tell("follow" if follows else "unfollow", follower={"id": phone.user_id}, oa_id=self.settings["oa_id"])

    def write(self, number: str, text: str) -> None:
        """The person writes to the account."""
        with self.lock:
            phone = self.phone(number)
            phone.last_word = time.time()
            said = self._keep(phone, "mine", text, {})
        self.tell(
            "user_send_text", sender={"id": phone.user_id}, recipient={"id": self.settings["oa_id"]},
            message={"text": text, "msg_id": said["msg_id"]},
        )  # fmt: skip

    def _receipt(self, said: dict[str, Any]) -> None:
        if self.receipts == "never":
            return
        message = {"delivery_time": str(int(time.time() * 1000))} | {
            name: said[name] for name in ("msg_id", "tracking_id")
        }
        sender = {"id": self.settings["oa_id"]}
        for _ in range(2 if self.receipts == "twice" else 1):
            self.tell("user_received_message", sender=sender, recipient={"id": ""}, message=message)

    def tell(self, name: str, **more: Any) -> None:
        """Send a notice, as Zalo does: at once, and again while it isn't answered with 200."""
        raw, signature = self.notice(name, **more)
        threading.Thread(target=self._send, args=(name, raw, signature), daemon=True).start()

    def notice(self, name: str, **more: Any) -> tuple[bytes, str]:
        """A notice as it travels: its body, and what signs it."""
        body = {
            "app_id": self.settings["app_id"],
            "event_name": name,
            "timestamp": str(int(time.time() * 1000)),
            **more,
        }
        raw = json.dumps(body, ensure_ascii=False).encode()
        joined = self.settings["app_id"].encode() + raw + body["timestamp"].encode()
        mac = hashlib.sha256(joined + self.settings["oa_secret"].encode()).hexdigest()
        if self.receipts == "forged":
            mac = "0" * 64
        return raw, f"mac={mac}"

    def _send(self, name: str, raw: bytes, signature: str) -> None:
        headers = {"Content-Type": "application/json", "X-ZEvent-Signature": signature}
        for _ in range(TRIES):
            request = urllib.request.Request(self.notice_url, data=raw, headers=headers)  # noqa: S310 (the portal)
            try:
                with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
                    status = response.status
            except urllib.error.HTTPError as refusal:
                status = refusal.code
            except OSError:
                status = 0
            with self.lock:
                self.answers.append({"event": name, "status": status})
            if status == 200:
                return
            time.sleep(PAUSE)

    # ---- keeping ----

    def control(self, wishes: dict[str, Any]) -> None:
        """Behave as wished; nothing named is as usual.

        {"send": {"error": -118, "status": 503, "seconds": 3, "times": 1}, "receipts": "never", "quota": 0,
         "phones": {"84…": {"has_zalo": false, "is_on": false, "last_word": 0}}, "tokens": "gone"}
        """
        with self.lock:
            self.wishes = Wishes(**wishes["send"]) if "send" in wishes else Wishes()
            self.receipts, self.quota = wishes.get("receipts", "usual"), int(wishes.get("quota", 500))
            for number, change in wishes.get("phones", {}).items():
                phone = self.phone(number)
                for name in ("has_zalo", "is_on", "last_word"):
                    setattr(phone, name, change.get(name, getattr(phone, name)))
            if wishes.get("tokens") == "gone":
                self.access = {}
            self.save()

    def save(self) -> None:
        """Keep everything."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = {
            "phones": {number: asdict(phone) for number, phone in self.phones.items()},
            "access": self.access, "refresh": self.refresh, "spent": self.spent,
        }  # fmt: skip
        (self.folder / "zalo.json").write_text(json.dumps(kept, ensure_ascii=False))

    def load(self) -> None:
        """Take up what was kept."""
        file = self.folder / "zalo.json"
        if file.exists():
            kept = json.loads(file.read_text())
            self.phones = {number: Phone(**phone) for number, phone in kept["phones"].items()}
            self.access, self.refresh, self.spent = kept["access"], kept["refresh"], kept["spent"]
