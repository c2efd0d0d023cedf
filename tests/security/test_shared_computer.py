"""Several people at one computer, one after the other: nobody finds what the one before has typed."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from motcua.accounts.flows.login import let_in
from motcua.accounts.flows.pending import Pending
from motcua.accounts.models import User
from motcua.accounts.tasks import clear_sessions
from tests.cast import an, chi, dung
from tests.moments import stopped_clock
from tests.security.conftest import Things, browser

pytestmark = pytest.mark.django_db

REASON = "Giấy chứng sinh thiếu trang hai"


def typed_late(things: Things, who: User) -> tuple[Client, str]:
    """An officer's form for a refusal, posted after the session has ended."""
    url = f"/can-bo/ho-so/{things.dossier.ref}/khong-tiep-nhan/"
    desk = browser(who)
    carried = desk.get(url).content.decode().partition('name="nguoi_go" value="')[2].partition('"')[0]
    assert carried
    desk.session.flush()
    assert desk.post(url, {"ly_do": REASON, "nguoi_go": carried}).status_code == 302
    return desk, url


def test_an_officer_gets_back_what_she_typed(handed_in: Things) -> None:
    desk, url = typed_late(handed_in, chi())
    desk.force_login(chi())
    assert REASON in desk.get(url).content.decode()


def test_a_colleague_doesn_t(handed_in: Things) -> None:
    desk, url = typed_late(handed_in, chi())
    desk.force_login(dung())
    assert REASON not in desk.get(url, follow=True).content.decode()


def test_passwords_typed_late_are_nowhere(db: None) -> None:
    visitor = Client()
    visitor.post("/tai-khoan/mat-khau/", {"current": "Cu-2026!", "password": "Moi-2026!", "again": "Moi-2026!"})
    assert "2026!" not in str(dict(visitor.session))


PERSON = {
    "full_name": "Lê Văn Bình", "personal_number": "098094001552", "birth_date_0": "20", "birth_date_1": "7",
    "birth_date_2": "1994", "sex": "nam", "phone": "0900 000 318", "email": "",
}  # fmt: skip


def test_who_logs_in_finds_nothing_that_others_began_here(db: None) -> None:
    """Neither a registration, nor a look-up that somebody proved with a code to their own phone."""
    visitor = Client()
    visitor.get("/")
    request = RequestFactory().get("/")
    request.session, request.user = visitor.session, an()
    for flow in ("registration", "lookup", "recovery", "contact", "officer"):
        Pending(request.session, flow).begin(user=an().pk, verified=True, person=PERSON)
    let_in(request, dung())
    assert [key for key in request.session.keys() if key.startswith("accounts.")] == []  # noqa: SIM118


def test_what_was_typed_while_registering_isn_t_there_for_ever(db: None) -> None:
    flow = Pending(Client().session, "registration")
    with stopped_clock("25/11/2026 08:35") as clock:
        flow.begin(person=PERSON)
        clock.forward(minutes=50)
        assert flow.leftover()["person"] == PERSON
        clock.forward(minutes=20)
        assert flow.leftover() == {}


def test_what_an_ended_session_holds_is_deleted(db: None) -> None:
    with stopped_clock("25/11/2026 08:35") as clock:
        visitor = Client()
        session = visitor.session
        session["accounts.registration"] = {"person": PERSON}
        session.save()
        clock.forward(hours=7)
        clear_sessions(0)
        assert Session.objects.count() == 1
        clock.forward(hours=2)
        clear_sessions(0)
    assert Session.objects.count() == 0
