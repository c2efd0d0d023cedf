"""What the tests of the applicant's pages share."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpRequest, QueryDict
from django.test import Client

from tests.cast import an, binh


class _Inputs(HTMLParser):
    """The values that a browser would post back from a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name, kind = values.get("name"), values.get("type") or "text"
        if tag != "input" or not name or kind in {"file", "submit"}:
            return
        if kind in {"radio", "checkbox"} and "checked" not in values:
            return
        self.found[name] = values.get("value") or ""


def carried_by(response: Any) -> dict[str, str]:
    """The hidden fields of a page."""
    inputs = _Inputs()
    inputs.feed(response.content.decode())
    return {name: inputs.found[name] for name in ("khoa", "ban", "trang", "luot", "thay") if name in inputs.found}


@pytest.fixture
def as_an(db: None) -> Client:
    """A browser in which An is logged in."""
    client = Client()
    client.force_login(an())
    return client


@pytest.fixture
def as_binh(db: None) -> Client:
    """A browser in which Bình is logged in."""
    client = Client()
    client.force_login(binh())
    return client


@pytest.fixture
def human(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """ "Mã xác nhận" says what the test wants; without a word it is content."""
    said: list[str | None] = [None]

    def check(request: HttpRequest, data: QueryDict) -> str | None:
        return said[0]

    monkeypatch.setattr("motcua.web.components.human.check", check)

    def say(problem: str | None) -> None:
        said[0] = problem

    return say
