"""One question to another system: its object, or in what way it gave none."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from motcua.core.calls import NoAnswer, post_json


class Other(BaseHTTPRequestHandler):
    """Answers with the status and the body that the question asks for; 0 cuts the line."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not asked["status"]:
            self.connection.close()
            return
        self.send_response(asked["status"])
        if asked["status"] in {302, 307}:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(asked.get("body", json.dumps({"kind": self.headers["Content-Type"]})).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_an_object_comes_back(other: str) -> None:
    assert post_json(other, {"status": 200}, timeout=5) == {"kind": "application/json"}


@pytest.mark.parametrize(
    ("asked", "told", "again"),
    [
        ({"status": 503}, "answered 503", True),
        ({"status": 429}, "answered 429", True),
        ({"status": 401}, "answered 401", True),
        ({"status": 400}, "answered 400", False),
        ({"status": 404}, "answered 404", False),
        ({"status": 302}, "answered 302", True),
        ({"status": 307}, "answered 307", True),
        ({"status": 200, "body": "[1]"}, "no object", True),
        ({"status": 200, "body": "<html>"}, "was not reached: JSONDecodeError", True),
        ({"status": 200, "body": '{"a": "' + "x" * 200 + '"}'}, "was not reached: JSONDecodeError", True),
        ({"status": 0}, "was not reached", True),
    ],
)
def test_no_answer_says_what_the_other_side_did(other: str, asked: dict[str, Any], told: str, again: bool) -> None:
    with pytest.raises(NoAnswer, match=told) as refusal:
        post_json(other, asked, timeout=5, largest=100)
    assert refusal.value.may_come_again is again


def test_nobody_there() -> None:
    with pytest.raises(NoAnswer, match="was not reached: URLError"):
        post_json("http://127.0.0.1:9/", {}, timeout=1)
