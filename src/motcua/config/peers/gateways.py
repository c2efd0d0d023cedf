"""The demo gateway: what an SMS provider would answer, over HTTP (docs/integrator/demo-peers.md).

    POST /sms/send         X-Api-Key      {"brandname", "phone": "84…", "content", "tracking_id"}
      → {"code": 0, "message_id": "…"}; a known tracking_id gets its first answer again and is not sent twice
      → {"code": 101 wrong key · 104 no such number · 108 content refused · 109 something missing · 429 busy}
    GET  /sms/state/<message_id> → {"code": 0, "state": "delivered", "at": "…"}

For tests and for trying out what happens when a provider fails:
    POST /control          {"sms": {"answer": 429, "status": 503, "seconds": 3, "times": 2}}; {} sets all right again;
                           "late": 3 takes the message and answers after 3 seconds
    GET  /got              everything that was taken, oldest first
"""

import json
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from motcua.config.peers.serving import Answering, object_of, serve_at

API_KEY = "demo"
PHONE = re.compile(r"84[0-9]{8,10}")
NEEDED = {
    "sms": ("brandname", "phone", "content", "tracking_id"),
}
PATHS = {"/sms/send": ("sms", "X-Api-Key")}


@dataclass
class Trouble:
    """What a gateway does wrong on demand, for the next `times` requests."""

    answer: int = 0
    status: int = 200
    seconds: float = 0
    late: float = 0
    times: int = 10**9


@dataclass
class Gateways:
    """What was taken: in memory, and line by line in folder/sms.jsonl."""

    folder: Path
    got: list[dict[str, Any]] = field(default_factory=list)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, kind: str, key: str, content: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        """The HTTP status and the answer to one request to send."""
        trouble = self._trouble(kind) or Trouble()
        time.sleep(trouble.seconds)
        if trouble.answer or trouble.status != 200:
            return trouble.status, {"code": trouble.answer, "text": "busy"}
        answer = self._judge(kind, key, content)
        time.sleep(trouble.late)
        return 200, answer

    def _judge(self, kind: str, key: str, content: dict[str, Any] | None) -> dict[str, Any]:
        if key != API_KEY:
            return {"code": 101, "text": "wrong key"}
        if content is None or not all(content.get(name) for name in NEEDED[kind]):
            return {"code": 109, "text": f"needed: {', '.join(NEEDED[kind])}"}
        if not PHONE.fullmatch(str(content["phone"])):
            return {"code": 104, "text": "no such number"}
        if kind == "sms" and (len(content["content"]) > 160 or not content["content"].isascii()):
            return {"code": 108, "text": "at most 160 letters without accents"}
        return self._keep(kind, content)

    def _trouble(self, kind: str) -> Trouble | None:
        with self.lock:
            trouble = self.troubles.get(kind)
            if trouble is None or trouble.times <= 0:
                return None
            trouble.times -= 1
            return trouble

    def _keep(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            for known in self.got:
                if known["kind"] == kind and known["tracking_id"] == content["tracking_id"]:
                    return {"code": 0, "message_id": known["message_id"], "repeated": True}
            taken = {"kind": kind, "message_id": uuid.uuid4().hex, "at": datetime.now(UTC).isoformat(), **content}
            self.got.append(taken)
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / f"{kind}.jsonl").open("a") as book:
                book.write(json.dumps(taken, ensure_ascii=False) + "\n")
        return {"code": 0, "message_id": taken["message_id"]}

    def state(self, kind: str, message_id: str) -> dict[str, Any]:
        """What became of one message: the demo delivers everything at once."""
        with self.lock:
            for known in self.got:
                if known["kind"] == kind and known["message_id"] == message_id:
                    return {"code": 0, "state": "delivered", "at": known["at"]}
        return {"code": 110, "text": "no such message"}

    def control(self, wishes: dict[str, dict[str, Any]]) -> None:
        """Fail on demand; nothing named is set right again."""
        with self.lock:
            self.troubles = {kind: Trouble(**wish) for kind, wish in wishes.items()}


class Handler(Answering):
    """One request; `gateways` are those it is bound to."""

    gateways: Gateways

    def post(self) -> None:
        path, content = urlsplit(self.path).path, object_of(self.content())
        if path in PATHS:
            kind, header = PATHS[path]
            self.json(*self.gateways.take(kind, self.headers.get(header, ""), content))
        elif path == "/control" and content is not None:
            self.gateways.control(content)
            self.json(200, {"code": 0})
        else:
            self.json(404, {"code": 404})

    def get(self) -> None:
        path = urlsplit(self.path).path
        found = re.fullmatch(r"/(sms)/state/([0-9a-f]{32})", path)
        if found:
            self.json(200, self.gateways.state(found[1], found[2]))
        elif path == "/got":
            self.json(200, {"code": 0, "got": self.gateways.got})
        else:
            self.json(404, {"code": 404})


def handler(gateways: Gateways) -> type[BaseHTTPRequestHandler]:
    """The class that http.server wants, bound to these gateways."""
    return type("GatewaysHandler", (Handler,), {"gateways": gateways})


def serve() -> None:
    """Answer at MOTCUA_DEMO_PEERS_URL until SIGTERM or SIGINT; keep what was taken in RUN_DIR/peers."""
    from django.conf import settings

    serve_at(settings.DEMO_PEERS_URL, "MOTCUA_DEMO_PEERS_URL", handler(Gateways(settings.RUN_DIR / "peers")))
