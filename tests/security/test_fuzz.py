"""Garbage everywhere: whatever comes in an address, a form, a cookie or a header, the portal answers, and not with 500.

PostgreSQL takes no NUL in a text and no half of a surrogate pair in JSON; a page must say so before the database does.
"""

import random
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import User
from motcua.web.components.guard import Guard
from tests.cast import an, dung, quan
from tests.security.addresses import EVERYWHERE, Address
from tests.security.conftest import Things, browser

pytestmark = pytest.mark.django_db

GARBAGE = {
    "nul": "a\x00b",
    "controls": "\x01\x1b[31m\r\nSet-Cookie: x=1\r\n\r\n\x7f\x85",
    "bidi": "\u202egnp.exe\u200b\u2066\ufeff",
    "astral": "\U0001f9d1\u200d\U0001f9b1 \U000e0041 \ud7ff",
    "script": '"><script>alert(1)</script>{{ 7*7 }}{% url "x" %}${7*7}#{7*7}',
    "sql": "' OR 1=1; DROP TABLE x; -- %s %(x)s {0} {x.__class__}",
    "path": "../../../../etc/passwd\\..\\%2e%2e/",
    "number": "99999999999999999999999999",
    "negative": "-1",
    "digits": "٢٠٢٦",
    "json": '{"a": [[[[]]]]}',
    "elsewhere": "//evil.example/\\evil.example",
    "long": "ă" * 20_000,
}
MIXTURES = 2
NAMES = {  # read by a view without standing in a form of its page
    "next", "act", "ban", "trang", "luot", "khoa", "co", "tep", "tai", "toi", "kenh", "han", "hang", "tt", "xep", "q",
    "tim", "tinh", "co-quan", "doi-tuong", "ma", "muc-do", "cap", "linh-vuc", "altcha", "ma_xac_nhan", "xac_nhan_ve",
    "seen", "receive", "receive-shown", "hand_in", "pay", "residence_code", "dung-tu", "doi", "da-gui", "sua", "thay",
}  # fmt: skip


class _Fields(HTMLParser):
    """The names of a page's controls."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("name")
        if tag in {"input", "select", "textarea", "button"} and name:
            self.names.add(name)


def fields_of(answer: Any) -> set[str]:
    parser = _Fields()
    if answer.get("Content-Type", "").startswith("text/html"):
        parser.feed(answer.content.decode())
    return parser.names - {"csrfmiddlewaretoken"}


def visitor_of(address: Address) -> User | None:
    return {"citizen": an, "officer": dung, "administrator": quan}.get(str(address.door), lambda: None)()


def calm(user: User | None) -> Client:
    """A browser that shows a crash as the status 500, as a server does."""
    return browser(user, raise_request_exception=False)


def targets(draft: Things, asking: Things) -> Iterator[tuple[Address, str]]:
    for address in EVERYWHERE:
        yield address, address.filled(draft.ids if address.route.startswith("nop/") else asking.ids)


def rounds(names: set[str], longest: int) -> Iterator[dict[str, str]]:
    """NUL everywhere, then mixtures; always the same ones."""
    yield dict.fromkeys(names, GARBAGE["nul"])
    dice = random.Random(11)
    for _ in range(MIXTURES):
        yield {name: dice.choice([*GARBAGE.values()])[:longest] for name in sorted(names)}


def test_garbage_in_questions(draft: Things, asking: Things) -> None:
    broken = []
    for address, url in targets(draft, asking):
        visitor = calm(visitor_of(address))
        for garbage in rounds(NAMES | fields_of(visitor.get(url)), 300):
            if visitor.get(url, garbage).status_code >= 500:
                broken.append(address.route)
    assert broken == []


def test_garbage_in_forms(draft: Things, asking: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.core.ratelimit.hit", lambda *_, **__: True)
    monkeypatch.setattr(Guard, "process_exception", lambda *_: None)  # each form by itself, without the net
    broken = []
    for address, url in targets(draft, asking):
        visitor = calm(visitor_of(address))
        for turn, garbage in enumerate(rounds(NAMES | fields_of(visitor.get(url)), 20_000)):
            act = ("", "autosave", "find-place:\x00", "add:\x00", "take-code:\x00:\x00")[turn % 5]
            if visitor.post(url, {**garbage, "act": act}).status_code >= 500:
                broken.append((turn, address.route))
    assert broken == []


def test_garbage_in_place_of_ids(draft: Things, asking: Things) -> None:
    broken = []
    for address in EVERYWHERE:
        visitor = calm(visitor_of(address))
        for kind in ("nul", "script", "path", "number", "astral") if address.names else ():
            ids = {"ref": GARBAGE[kind], "attachment_id": "9" * 30, "int:page": "9" * 30, "slug:page": "khong-co"}
            url = quote(address.filled({**asking.ids, **ids}), safe="/")
            for method in (visitor.get, visitor.post):
                if method(url).status_code >= 500:
                    broken.append((kind, address.route))
    assert broken == []


def test_garbage_in_cookies_and_headers(draft: Things, asking: Things) -> None:
    broken = []
    for address, url in targets(draft, asking):
        for text in ("\\000" * 32, "é" * 40, "x" * 4000):
            cookie = f'mc_session="{text}"; mc_csrf="{text}"; mc_co_chu="{text}"; messages="{text}"'
            headers = {"Referer": text, "X-Paper": text, "HX-Request": text, "Accept": text, "X-Forwarded-For": text}
            if calm(None).get(url, HTTP_COOKIE=cookie, headers=headers).status_code >= 500:
                broken.append((text[:8], address.route))
    assert broken == []


def test_garbage_in_uploads(draft: Things) -> None:
    visitor = calm(an())
    url = f"/nop/{draft.dossier.ref}/giay-to/"
    for name in (*GARBAGE.values(), "", ".", "..", "a" * 5000 + ".jpg", "CON.pdf", "x.jpg\x00.exe"):
        file = SimpleUploadedFile("x", b"%PDF-1.7 <svg onload=alert(1)>")
        file._name = name[:5000]  # type: ignore[attr-defined]  # as a hand-made request may call it
        for field in ("tep-chung-sinh", "tep-" + name[:100].replace("\x00", ""), "tep-"):
            answer = visitor.post(url, {field: file})
            file.seek(0)
            assert answer.status_code < 500, (name[:20], field[:20])


def test_thousands_of_fields_are_a_word_and_no_crash(draft: Things) -> None:
    visitor = calm(an())
    url = f"/nop/{draft.dossier.ref}/to-khai/tre-em/"
    many = {f"x{number}": "1" for number in range(5000)}
    assert visitor.post(url, many).status_code in {400, 413}
    assert visitor.post(url, {"child_name": "x" * 3_000_000}).status_code == 413


def test_bytes_that_are_no_text(draft: Things) -> None:
    visitor = calm(an())
    url = f"/nop/{draft.dossier.ref}/to-khai/tre-em/"
    rng = random.Random(7)
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "", "a/b"):
        for size in (0, 50, 5000):
            answer = visitor.generic("POST", url, rng.randbytes(size), content_type=kind)
            assert answer.status_code < 500, (kind, size)
    for body in (b"child_name=%ff%fe%ed%a0%80", b"child_name=%u0000", b"child_name=%00%00", b"=&=&;;&&child_name"):
        answer = visitor.generic("POST", url, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, body
