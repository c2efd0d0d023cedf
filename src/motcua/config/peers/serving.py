"""How every stand-in answers: at its address until it is told to stop, and what all their requests share."""

import json
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from motcua.config.env import ConfigurationError

LARGEST = 200_000  # bytes of one request


class Answering(BaseHTTPRequestHandler):
    """A request to a stand-in: it reads no more than it should, and answers with JSON or with a plain page."""

    timeout = 30

    def do_GET(self) -> None:
        self.get()

    def do_POST(self) -> None:
        self.post()

    def get(self) -> None:
        """Answer a GET; there is nothing to see unless a stand-in says so."""
        self.json(404, {})

    def post(self) -> None:
        """Answer a POST; likewise."""
        self.json(404, {})

    def content(self) -> bytes:
        """What was sent; nothing if it is too large."""
        length = self.headers.get("Content-Length", "")
        return self.rfile.read(int(length)) if length.isdigit() and int(length) <= LARGEST else b""

    def json(self, status: int, answer: dict[str, Any]) -> None:
        """Answer another system."""
        self.send(status, "application/json", json.dumps(answer, ensure_ascii=False))

    def html(self, status: int, page: str, *, forms_to: str = "'self'") -> None:
        """Answer a person; the page's forms may lead to these sources alone."""
        self.send(status, "text/html", page, f"default-src 'none'; style-src 'self'; form-action {forms_to}")

    def css(self, sheet: str) -> None:
        """The pages' style."""
        self.send(200, "text/css", sheet)

    def see(self, where: str, *, cookie: str = "") -> None:
        """Send a person on."""
        self.send_response(303)
        self.send_header("Location", where)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send(self, status: int, kind: str, text: str, policy: str = "default-src 'none'") -> None:
        """Answer with text of any kind."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was done lies in the folder; addresses hold codes, and logs no phone numbers."""


def object_of(content: bytes) -> dict[str, Any] | None:
    """The JSON object that was sent; None: it isn't one."""
    try:
        found = json.loads(content)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def serve_at(url: str, setting: str, handler: type[BaseHTTPRequestHandler]) -> None:
    """Answer at host and port of `url` until SIGTERM or SIGINT.

    Args:
        setting: the variable that names the address, for who reads the trouble.

    Raises:
        ConfigurationError: there is no address, or it is taken.
    """
    address = urlsplit(url)
    if not address.hostname:
        raise ConfigurationError(f"{setting} is not set: there is no address to answer at.")
    try:
        server = ThreadingHTTPServer((address.hostname, address.port or 80), handler)
    except OSError as trouble:
        raise ConfigurationError(f"{setting}={url}: {trouble.strerror}.") from None
    for number in (signal.SIGTERM, signal.SIGINT):
        # shutdown() waits for the loop that the signal has interrupted: another thread must call it
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    with server:
        server.serve_forever(poll_interval=0.2)
