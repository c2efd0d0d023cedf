"""Just enough of a browser to measure with: cookies, forms, one connection that stays open."""

import http.client
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Protocol
from urllib.parse import urlencode

Fields = Sequence[tuple[str, str]]
Files = Sequence[tuple[str, str, bytes]]  # field, file name, content


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes
    took: float = 0.0  # milliseconds in the server, if it says so

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode(errors="replace")


class Visitor(Protocol):
    """Somebody who looks at pages, over the wire (`Browser`) or in this process (`Inside`); account 0 is a stranger."""

    account: int
    opened: dict[str, Answer]  # pages that were opened before the measuring began

    def get(self, path: str) -> Answer: ...

    def post(self, path: str, fields: Fields, files: Files = (), headers: dict[str, str] | None = None) -> Answer: ...


@dataclass
class Browser:
    """A visitor over HTTP/1.1, with an address of its own as far as rate limits can tell."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = ""
    account: int = 0
    opened: dict[str, Answer] = field(default_factory=dict)
    _wire: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Look at a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Fields, files: Files = (), headers: dict[str, str] | None = None) -> Answer:
        """Send a form."""
        if files:
            body, kind = multipart(fields, files)
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self._ask("POST", path, body, {"Content-Type": kind} | (headers or {}))

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers["Accept-Encoding"] = "identity"
        if self.address:
            headers["X-Forwarded-For"] = self.address
        for again in (True, False):
            if self._wire is None:
                self._wire = http.client.HTTPConnection(self.host, self.port, timeout=120)
            try:
                self._wire.request(method, path, body, headers)
                response = self._wire.getresponse()
                content = response.read()
                break
            except (http.client.HTTPException, ConnectionError):
                self.close()
                if not again:
                    raise
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition(";")
                key, _, value = cookie.partition("=")
                if value and "max-age=0" not in rest.lower():
                    self.cookies[key] = value
                else:
                    self.cookies.pop(key, None)
        took = float(response.getheader("X-Bench-Ms") or 0)
        return Answer(response.status, response.getheader("Location") or "", content, took)

    def close(self) -> None:
        """Hang up."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None


class Inside:
    """A visitor by Django's test client: slower, but its queries can be counted."""

    def __init__(self, user: Any = None) -> None:
        from django.test import Client

        self.client = Client(enforce_csrf_checks=False)
        self.account = user.pk if user is not None else 0
        self.opened: dict[str, Answer] = {}
        if user is not None:
            self.client.force_login(user, backend="motcua.accounts.backends.NumberBackend")

    def get(self, path: str) -> Answer:
        """Look at a page."""
        return self._answer(self.client.get(path))

    def post(self, path: str, fields: Fields, files: Files = (), headers: dict[str, str] | None = None) -> Answer:
        """Send a form."""
        if files:
            body, kind = multipart(fields, files)
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self._answer(self.client.generic("POST", path, body, content_type=kind, headers=headers or {}))

    def _answer(self, response: Any) -> Answer:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        return Answer(response.status_code, response.headers.get("Location", ""), content)


def multipart(fields: Fields, files: Files) -> tuple[bytes, str]:
    """A form with files, and its content type."""
    mark = secrets.token_hex(12)
    parts: list[bytes] = []
    for name, value in fields:
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, file_name, content in files:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
    parts.append(f"--{mark}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={mark}"


class _Controls(HTMLParser):
    """The successful controls of every POST form of a page, as a browser would send them without a button."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self.files: list[str] = []
        self._in_form = False
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._area: list[str] | None = None
        self._area_name = ""

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in_form = found.get("method", "").lower() == "post"
            if self._in_form:
                self.forms.append([])
        if not self._in_form or "disabled" in found:
            return
        if tag == "input":
            self._input(found)
        elif tag == "select":
            self._select, self._options = found.get("name", ""), []
        elif tag == "option" and self._select:
            self._options.append((found.get("value", ""), "selected" in found))
        elif tag == "textarea":
            self._area, self._area_name = [], found.get("name", "")

    def _input(self, found: dict[str, str]) -> None:
        kind, name = found.get("type", "text").lower(), found.get("name", "")
        if not name or kind in {"submit", "button", "image", "reset"}:
            return
        if kind == "file":
            self.files.append(name)
        elif kind not in {"radio", "checkbox"} or "checked" in found:
            self.forms[-1].append((name, found.get("value", "on" if kind == "checkbox" else "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        elif tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected] or [v for v, _ in self._options[:1]]
            self.forms[-1] += [(self._select, value) for value in chosen[:1]]
            self._select = ""
        elif tag == "textarea" and self._area is not None:
            self.forms[-1].append((self._area_name, "".join(self._area)))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)


def main_form(page: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The fields of the longest POST form of a page, as they stand there, and its file inputs."""
    parser = _Controls()
    parser.feed(page)
    return max(parser.forms, key=len, default=[]), parser.files


def filled(fields: Fields, answers: dict[str, Sequence[str]]) -> list[tuple[str, str]]:
    """The fields with these answers instead of what stood there."""
    kept = [(name, value) for name, value in fields if name not in answers]
    return kept + [(name, value) for name, values in answers.items() for value in values]
