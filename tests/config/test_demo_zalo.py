"""The demo Zalo as a process: tokens, messages, a phone's page, notices that are signed; it forgets nothing."""

import hashlib
import json
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

from motcua.config.env import DEMO_ZALO_SECRET as SECRET
from motcua.config.ports import free_port
from motcua.notifications.rules import zalo as ours
from tests.config.peers import ask, start

APP = "1000000000000000001"
PHONE = "84900000217"
DATA = {"ma_ho_so": "NH-1", "trang_thai": "Đã tiếp nhận", "co_quan": "UBND", "thoi_diem": "08:15 22/11/2026"}
MESSAGE = {"phone": PHONE, "template_id": "300001", "template_data": DATA, "tracking_id": "t1"}


class Portal:
    """The portal's side of the notices."""

    def __init__(self) -> None:
        self.got: list[tuple[bytes, str]] = []
        self.answers: list[int] = []  # to the next notices; then 200
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                portal.got.append((raw, self.headers["X-ZEvent-Signature"]))
                self.send_response(portal.answers.pop(0) if portal.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def wait(self, count: int) -> list[tuple[bytes, str]]:
        """The notices, once there are so many."""
        deadline = time.monotonic() + 60
        while len(self.got) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.got


@pytest.fixture
def portal() -> Iterator[Portal]:
    found = Portal()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def office(portal: Portal, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = start("demo-zalo", port, tmp_path, MOTCUA_ZALO_URL=url, MOTCUA_BASE_URL=portal.url)
    yield url
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def renew(url: str, token: str = "demo-refresh", secret: str = SECRET) -> dict[str, Any]:
    fields = urllib.parse.urlencode({"refresh_token": token, "app_id": APP, "grant_type": "refresh_token"})
    request = urllib.request.Request(f"{url}/v4/oa/access_token", fields.encode(), {"secret_key": secret})
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def token_of(url: str) -> dict[str, str]:
    return {"access_token": renew(url)["access_token"]}


def press(url: str, **fields: str) -> str:
    """A form of a phone's page, and the page after it."""
    with urllib.request.urlopen(url, urllib.parse.urlencode(fields).encode(), timeout=10) as answer:
        return str(answer.read().decode())


def test_a_refresh_token_is_good_once(office: str) -> None:
    first = renew(office)
    assert first["expires_in"] == "90000"
    assert renew(office)["error"] == -14014
    assert renew(office, first["refresh_token"])["access_token"] != first["access_token"]
    assert renew(office, secret="wrong")["error"] == -14004


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, 0), ({"phone": "0900000217"}, -108), ({"template_id": "1"}, -109), ({"template_data": {}}, -111),
        ({"template_data": DATA | {"ten": "An"}}, -112), ({"template_data": DATA | {"ma_ho_so": "x" * 31}}, -112),
        ({"template_data": DATA | {"co_quan": ""}}, -112), ({"tracking_id": "x" * 49}, -132),
    ],
)  # fmt: skip
def test_judges_a_message_as_zalo_does(office: str, change: dict[str, object], code: int) -> None:
    assert ask(f"{office}/message/template", MESSAGE | change, **token_of(office))["error"] == code


def test_wants_its_token(office: str) -> None:
    assert ask(f"{office}/message/template", MESSAGE)["error"] == -124
    assert ask(f"{office}/v3.0/oa/message/cs", {"recipient": {"user_id": "4"}}, access_token="x")["error"] == -216


def test_tells_of_the_arrival_with_a_signature_that_we_understand(office: str, portal: Portal) -> None:
    ask(f"{office}/message/template", MESSAGE, **token_of(office))
    [(raw, signature)] = portal.wait(1)
    body = json.loads(raw)
    assert (body["event_name"], body["message"]["tracking_id"]) == ("user_received_message", "t1")
    assert ours.is_signed(signature, app_id=APP, raw=raw, timestamp=body["timestamp"], secret=SECRET)
    by_hand = hashlib.sha256(APP.encode() + raw + body["timestamp"].encode() + SECRET.encode()).hexdigest()
    assert signature == f"mac={by_hand}"


def test_a_notice_that_is_refused_comes_again(office: str, portal: Portal) -> None:
    portal.answers = [500]
    press(f"{office}/may/{PHONE}/quan-tam")
    first, again = portal.wait(2)
    assert first == again


def test_only_followers_are_written_to_and_everything_is_on_the_phone(office: str, portal: Portal) -> None:
    token = token_of(office)
    page = press(f"{office}/may/{PHONE}/viet", chu="<b>chào</b>")
    assert "&lt;b&gt;chào" in page
    user = json.loads(portal.wait(1)[0][0])["sender"]["id"]
    content = {"recipient": {"user_id": user}, "message": {"text": "Hồ sơ NH-1: Đã tiếp nhận."}}
    assert ask(f"{office}/v3.0/oa/message/cs", content, **token)["error"] == -213
    press(f"{office}/may/{PHONE}/quan-tam")
    assert ask(f"{office}/v3.0/oa/message/cs", content, **token)["error"] == 0
    ask(f"{office}/control", {"phones": {PHONE: {"last_word": 0}}})
    assert ask(f"{office}/v3.0/oa/message/cs", content, **token)["error"] == -230
    with urllib.request.urlopen(f"{office}/may/{PHONE}", timeout=10) as answer:
        assert "Hồ sơ NH-1: Đã tiếp nhận." in answer.read().decode()


def test_a_restart_forgets_nothing(portal: Portal, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    more = {"MOTCUA_ZALO_URL": url, "MOTCUA_BASE_URL": portal.url}
    process = start("demo-zalo", port, tmp_path, **more)
    token = token_of(url)
    ask(f"{url}/message/template", MESSAGE, **token)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    process = start("demo-zalo", port, tmp_path, **more)
    assert ask(f"{url}/message/template", MESSAGE, **token)["error"] == 0
    assert len(ask(f"{url}/got")["phones"][PHONE]["chat"]) == 2
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)


def test_goes_wrong_on_demand(office: str) -> None:
    token = token_of(office)
    ask(f"{office}/control", {"send": {"error": -139, "times": 1}})
    assert ask(f"{office}/message/template", MESSAGE, **token)["error"] == -139
    ask(f"{office}/control", {"send": {"status": 503, "times": 1}})
    with pytest.raises(urllib.error.HTTPError, match="503"):
        ask(f"{office}/message/template", MESSAGE, **token)
    assert ask(f"{office}/message/template", MESSAGE, **token)["error"] == 0
