"""Codes: nobody is flooded with them, nobody learns from them, and one opens one door."""

from typing import Any

import pytest
from django.test import Client

from motcua.accounts import services
from motcua.accounts.flows import lookup, recovery
from motcua.accounts.flows.codes import send_again
from motcua.accounts.models import Code
from motcua.accounts.services.codes import TooManyCodes
from tests.cast import AN_NUMBER, BINH_NUMBER, an
from tests.moments import stopped_clock

pytestmark = pytest.mark.django_db
UNKNOWN = "001096000001"


def asked_for(number: str, flow: Any, begin: Any) -> int:
    """How many times a stranger can have a code made for a number within an hour, by beginning and by asking again."""
    count = 0
    with stopped_clock("25/11/2026 08:35") as clock:
        for _ in range(4):
            session = Client().session
            try:
                begin(session, number)
                count += 1
                for _ in range(6):
                    clock.forward(seconds=61)
                    send_again(flow.pending(session))
                    count += 1
            except TooManyCodes:
                pass
    return count


@pytest.mark.parametrize("number", [AN_NUMBER, UNKNOWN])
def test_nobody_is_flooded_and_nobody_can_be_told_apart_by_the_limit(number: str) -> None:
    an()
    assert asked_for(number, recovery, lambda s, n: recovery.begin(s, n, visitor="192.0.2.1", next_url="/")) == 5
    assert asked_for(number, lookup, lambda s, n: lookup.begin(s, n, visitor="192.0.2.1")) == 5


def test_a_code_for_one_thing_opens_no_other(db: None) -> None:
    """The digits of a look-up don't reset a password: each flow knows its own code only."""
    visitor = Client()
    visitor.post("/tai-khoan/quen-mat-khau/", {"number": BINH_NUMBER})
    code = services.send_code(Code.Purpose.LOOKUP, user=an(), phone=an().phone)
    kept = visitor.session["accounts.recovery"]
    assert kept["code"] != str(code.pk)
    assert visitor.get("/tra-cuu/so-dinh-danh/ho-so/").status_code == 422
    assert visitor.get("/tai-khoan/quen-mat-khau/mat-khau/").status_code == 410


@pytest.mark.parametrize("address", ["/tai-khoan/quen-mat-khau/", "/tra-cuu/so-dinh-danh/"])
def test_pages_say_the_same_for_every_number(address: str) -> None:
    an()
    pages = []
    for number in (AN_NUMBER, UNKNOWN):
        visitor = Client()
        answer = visitor.post(address, {"number": number, "so": number}, follow=True)
        text = answer.content.decode()
        for once in (number, visitor.session.session_key or "-"):
            text = text.replace(once, "")
        token = text.partition('csrfmiddlewaretoken" value="')[2].partition('"')[0]
        pages.append((answer.status_code, [hop for hop, _ in answer.redirect_chain], text.replace(token, "")))
    assert pages[0] == pages[1]
