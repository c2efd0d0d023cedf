"""Several people at one computer, one after the other: nobody finds what the one before has typed."""

import pytest
from django.test import Client

from motcua.accounts.models import User
from tests.cast import chi, dung
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
