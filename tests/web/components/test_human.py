"""“Mã xác nhận”: the puzzle, the typed code, the trap."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from altcha import Challenge, solve_challenge
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from motcua.accounts.models import Code, User
from motcua.web.components import human
from motcua.web.components.forms import PortalForm
from motcua.web.components.human import HumanCheckForm
from tests import cast
from tests.accounts.helpers import codes_sent, last_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A puzzle that Python solves in no time."""
    monkeypatch.setattr(human, "COST", 1)
    monkeypatch.setattr(human, "GUESSES", range(1, 5))


def solved(challenge: dict[str, Any] | None = None) -> str:
    """What the browser's worker makes of a puzzle."""
    challenge = challenge or human.new_challenge()
    solution = solve_challenge(Challenge.from_dict(challenge))
    assert solution
    return base64.b64encode(json.dumps({"challenge": challenge, "solution": solution.to_dict()}).encode()).decode()


def posted(user: User | None = None, path: str = "/tra-cuu/", **data: str) -> HttpRequest:
    request = RequestFactory().post(path, data)
    request.session = SessionStore()
    request.session.create()
    request.user = user or AnonymousUser()
    return request


def check(request: HttpRequest) -> str | None:
    return human.check(request, request.POST)


def test_a_solved_puzzle_is_taken() -> None:
    assert check(posted(altcha=solved(), ma="NH-1")) is None


def test_it_is_taken_once() -> None:
    solution = solved()
    assert check(posted(altcha=solution, ma="NH-1")) is None
    assert check(posted(altcha=solution, ma="NH-2")) == human.STALE


def test_a_double_click_is_taken_twice() -> None:
    request = posted(altcha=solved(), ma="NH-1")
    assert check(request) is None
    assert check(request) is None


def test_another_session_cannot_use_it() -> None:
    solution = solved()
    assert check(posted(altcha=solution)) is None
    assert check(posted(altcha=solution)) == human.STALE


def test_it_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(human, "LIFE_SECONDS", -1)
    assert check(posted(altcha=solved())) == human.STALE


def test_one_of_our_own_making_is_needed() -> None:
    challenge = human.new_challenge()
    challenge["parameters"]["cost"] = 0
    challenge["parameters"]["keyPrefix"] = ""
    forged = {"challenge": challenge, "solution": {"counter": 0, "derivedKey": "00"}}
    assert check(posted(altcha=base64.b64encode(json.dumps(forged).encode()).decode())) == human.STALE


@pytest.mark.parametrize("nonsense", ["x", "e30=", "😀", "A" * 5000, base64.b64encode(b'{"challenge":1}').decode()])
def test_nonsense_is_refused(nonsense: str) -> None:
    assert check(posted(altcha=nonsense)) == human.STALE


def test_the_trap_catches(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(posted(altcha=solved(), **{human.TRAP: "https://spam.example"})) == human.STALE


def test_an_anonymous_person_without_script_may_ask_a_few_times() -> None:
    answers = [check(posted(ma=str(number))) for number in range(7)]
    assert answers == [None] * 6 + [human.MISSING_PLAIN]


def test_who_is_logged_in_types_a_code(client: Client) -> None:
    an = cast.an()
    client.force_login(an)
    assert (
        client.post("/xac-nhan/gui-ma/", {"xac_nhan_ve": "/nop/NH-1/xem-lai/"}).url == "/nop/NH-1/xem-lai/#ma-xac-nhan"
    )
    request = posted(an, ma_xac_nhan=last_code("+84900000217"))
    request.session = client.session
    assert check(request) is None
    assert check(request) is None  # the double click
    mended = posted(an, ma_xac_nhan="", statement="on")  # another field was wrong; the code needn't come again
    mended.session = request.session
    assert check(mended) is None
    elsewhere = posted(an, path="/nop/NH-2/", ma_xac_nhan=last_code())
    elsewhere.session = request.session
    assert check(elsewhere)


def test_who_is_logged_in_and_types_nothing_is_told() -> None:
    assert check(posted(cast.an())) == human.MISSING


def test_a_code_of_somebody_else_is_refused(client: Client) -> None:
    client.force_login(cast.an())
    client.post("/xac-nhan/gui-ma/", {"xac_nhan_ve": "/"})
    request = posted(cast.binh(), ma_xac_nhan=last_code())
    request.session = client.session
    assert check(request)


def test_a_code_is_sent_again_after_a_minute(client: Client) -> None:
    client.force_login(cast.an())
    for _ in range(2):
        client.post("/xac-nhan/gui-ma/", {"xac_nhan_ve": "/"})
    assert len(codes_sent()) == 1
    assert "Xin chờ" in client.session[human.REFUSAL_KEY]
    Code.objects.update(sent_at=timezone.now() - timedelta(seconds=61))
    client.post("/xac-nhan/gui-ma/", {"xac_nhan_ve": "/"})
    assert len(codes_sent()) == 2


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "javascript:x", ""])
def test_sending_a_code_leads_nowhere_else(client: Client, back: str) -> None:
    client.force_login(cast.an())
    assert client.post("/xac-nhan/gui-ma/", {"xac_nhan_ve": back}).url == "/#ma-xac-nhan"


def test_the_puzzle_is_fresh_each_time(client: Client) -> None:
    first, second = (client.get("/xac-nhan/thu-thach/") for _ in range(2))
    assert first.json() != second.json()
    assert "no-store" in first["Cache-Control"]
    assert check(posted(altcha=solved(first.json()))) is None


def test_a_form_may_carry_it() -> None:
    class Search(HumanCheckForm):
        pass

    request = posted(altcha=solved())
    assert Search(request.POST, request=request).is_valid()
    request = posted(altcha="x")
    form = Search(request.POST, request=request)
    assert not form.is_valid()
    text = str(form)
    assert human.STALE in text
    assert "data-human" in text
    assert isinstance(form, PortalForm)
