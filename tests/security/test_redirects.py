"""Links that lead elsewhere, and answers that carry headers of a stranger's making."""

import pytest
from django.test import Client

from tests.cast import PASSWORD, an, chi, quan
from tests.security.addresses import EVERYWHERE
from tests.security.conftest import Things, browser

pytestmark = pytest.mark.django_db

HOST = "evil.example"
ELSEWHERE = [
    f"//{HOST}/", f"///{HOST}", f"\\\\{HOST}", f"/\\{HOST}", f"https://{HOST}", f"http:{HOST}", f"https:/{HOST}",
    f"/\t/{HOST}", f"/\n/{HOST}", f"\t//{HOST}", f" //{HOST}", "javascript:alert(1)", "data:text/html,x",
    f"//{HOST}\\@testserver/", f"//testserver@{HOST}/", "",
]  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_login_on_the_way_elsewhere_ends_at_home(wanted: str) -> None:
    citizen, officer = Client(), Client()
    citizen.post("/tai-khoan/dang-nhap/", {"number": an().personal_number, "password": PASSWORD, "next": wanted})
    assert citizen.session["accounts.login"]["next"] == "/ho-so/"
    officer.post("/can-bo/dang-nhap/", {"handle": chi().handle, "password": PASSWORD, "next": wanted})
    assert officer.session["accounts.officer"]["next"] == "/can-bo/"
    for visitor in (browser(an()), browser(chi())):
        for address in ("/tai-khoan/dang-nhap/", "/can-bo/dang-nhap/", "/tai-khoan/dang-ky/"):
            assert HOST not in visitor.get(address, {"next": wanted}).get("Location", "")


@pytest.mark.parametrize("wanted", [f"//{HOST}/", f"/\\{HOST}", f"/x\r\nSet-Cookie: x=1\r\n\r\n{HOST}"])
def test_no_address_leads_elsewhere(wanted: str, draft: Things) -> None:
    for address in EVERYWHERE:
        visitor = browser({"citizen": an, "officer": chi, "administrator": quan}.get(str(address.door), lambda: None)())
        for ask in (visitor.get, visitor.post):
            answer = ask(
                address.filled(draft.ids),
                {"next": wanted, "xac_nhan_ve": wanted, "co-quan": wanted, "hang": wanted},
                headers={"Referer": wanted.partition("\r")[0]},
            )
            location = answer.get("Location", "/")
            assert location.startswith("/"), address.route
            assert not location.startswith(("//", "/\\")), address.route
            assert "\n" not in location
            assert "x=1" not in answer.get("Set-Cookie", "")
