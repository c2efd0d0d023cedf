"""The officers' door over HTTP."""

from typing import Any

import pytest
from django.test import Client

from motcua.accounts import services
from motcua.accounts.flows import officer as flow
from motcua.accounts.models import User
from motcua.accounts.queries import authenticator_code, has_authenticator
from motcua.audit.models import Event
from tests import cast
from tests.accounts.helpers import wrong_code

LOGIN = "/can-bo/dang-nhap/"
CODE = "/can-bo/dang-nhap/ma/"
SET_UP = "/can-bo/dang-nhap/cai-dat/"
RECOVERY = "/can-bo/dang-nhap/ma-du-phong/"
CODES = "/can-bo/dang-nhap/ma-moi/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def quan() -> User:
    """An officer with an authenticator."""
    return services.open_officer("quan.dm", "Đỗ Minh Quân", cast.PASSWORD, SECRET, by=None)


@pytest.fixture
def newcomer() -> User:
    """An officer at the first login."""
    return services.open_officer("moi.nv", "Nguyễn Văn Mới", cast.PASSWORD, by=None)


def password(client: Client, handle: str = "quan.dm", password: str = cast.PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"handle": handle, "password": password, **more})


def test_handle_password_code_and_in(client: Client, quan: User) -> None:
    assert password(client, " Quan.DM ").url == CODE
    assert client.get(CODE).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post(CODE, {"code": authenticator_code(quan)}).url == "/can-bo/"
    assert client.session["_auth_user_id"] == str(quan.pk)
    assert Event.objects.get(act="account.logged_in").actor_name == "Đỗ Minh Quân"


def test_the_same_code_does_not_serve_twice(client: Client, quan: User) -> None:
    password(client)
    digits = authenticator_code(quan)
    client.post(CODE, {"code": digits})
    other = Client()
    password(other)
    page = other.post(CODE, {"code": digits})
    assert page.status_code == 422
    assert "đã dùng rồi" in page.content.decode()


def test_five_wrong_codes_start_it_again(client: Client, quan: User) -> None:
    password(client)
    wrong = wrong_code(authenticator_code(quan))
    for left in (4, 3, 2, 1):
        page = client.post(CODE, {"code": wrong})
        assert page.status_code == 422
        assert f"còn {left} lần thử" in page.content.decode()
    assert client.post(CODE, {"code": wrong}).status_code == 410
    assert client.post(CODE, {"code": authenticator_code(quan)}).status_code == 410
    password(client)
    assert client.post(CODE, {"code": authenticator_code(quan)}).status_code == 302


def test_guessing_codes_with_a_stolen_password_is_slowed_down(client: Client, quan: User) -> None:
    for _ in range(flow.CODES_PER_HOUR // 5):
        password(client)
        for _ in range(5):
            client.post(CODE, {"code": wrong_code(authenticator_code(quan))})
    password(client)
    page = client.post(CODE, {"code": authenticator_code(quan)})
    assert "quá nhiều lần" in page.content.decode() or page.status_code == 410


@pytest.mark.parametrize(("handle", "word"), [("quan.dm", "Sai-1-mat-khau"), ("khong.co", cast.PASSWORD), ("", "x")])
def test_wrong_names_and_passwords_read_the_same(client: Client, quan: User, handle: str, word: str) -> None:
    page = password(client, handle, word)
    assert page.status_code == 422
    text = page.content.decode()
    assert ("Tên đăng nhập hoặc mật khẩu chưa đúng" in text) == bool(handle)
    assert word not in text or word == "x"


def test_a_citizen_does_not_come_in_here(client: Client) -> None:
    an = cast.an()
    assert password(client, an.handle).status_code == 422
    assert password(client, cast.AN_NUMBER).status_code == 422


def test_an_officer_does_not_come_in_as_a_citizen(client: Client, quan: User) -> None:
    page = client.post("/tai-khoan/dang-nhap/", {"number": "quan.dm", "password": cast.PASSWORD})
    assert page.status_code == 422
    client.force_login(quan)
    assert client.get("/tai-khoan/").status_code == 403


def test_the_first_login_sets_up_the_authenticator(client: Client, newcomer: User) -> None:
    assert password(client, "moi.nv", next="/can-bo/ho-so/NH-7K3F-92XA/").url == SET_UP
    page = client.get(SET_UP).content.decode()
    secret = client.session["accounts.officer"]["secret"]
    assert "<svg" in page
    assert secret[:4] in page
    assert "style=" not in page.split("<main")[1]
    assert client.post(SET_UP, {"code": wrong_code(code_of(secret))}).status_code == 422
    assert not has_authenticator(newcomer)
    assert client.post(SET_UP, {"code": code_of(secret)}).url == CODES
    shown = client.get(CODES).content.decode()
    assert shown.count('class="mc-code"') == 10
    assert 'href="/can-bo/ho-so/NH-7K3F-92XA/"' in shown
    assert client.get(CODES).url == "/can-bo/"  # only once
    assert client.session["_auth_user_id"] == str(newcomer.pk)


def test_the_code_of_the_set_up_does_not_serve_again(client: Client, newcomer: User) -> None:
    password(client, "moi.nv")
    digits = code_of(client.session["accounts.officer"]["secret"])
    client.post(SET_UP, {"code": digits})
    other = Client()
    assert password(other, "moi.nv").url == CODE
    assert other.post(CODE, {"code": digits}).status_code == 422


def test_an_officer_with_an_authenticator_cannot_set_up_another(client: Client, quan: User) -> None:
    password(client)
    assert client.get(SET_UP).status_code == 410
    assert client.post(SET_UP, {"code": "123456"}).status_code == 410


def test_a_recovery_code_lets_in_once(client: Client, quan: User) -> None:
    codes = services.set_authenticator(quan, SECRET, by=quan)
    password(client)
    assert client.post(RECOVERY, {"code": f"{codes[0][:4]} {codes[0][4:]}"}).url == "/can-bo/"
    other = Client()
    password(other)
    assert other.post(RECOVERY, {"code": codes[0]}).status_code == 422


@pytest.mark.parametrize("url", [CODE, RECOVERY, SET_UP])
def test_nobody_skips_the_password(client: Client, quan: User, url: str) -> None:
    assert client.get(url).status_code == 410
    assert client.post(url, {"code": authenticator_code(quan)}).status_code == 410


@pytest.mark.parametrize("wanted", ["https://evil.example/can-bo/", "//evil.example/", "/ho-so/", "/can-bo/\\x"])
def test_next_stays_at_the_desk(client: Client, quan: User, wanted: str) -> None:
    password(client, next=wanted)
    assert client.post(CODE, {"code": authenticator_code(quan)}).url == "/can-bo/"


def test_the_session_gets_a_new_key(client: Client, quan: User) -> None:
    password(client)
    planted = client.session.session_key
    client.post(CODE, {"code": authenticator_code(quan)})
    assert client.session.session_key != planted


def test_logging_out(client: Client, quan: User) -> None:
    client.force_login(quan)
    assert client.get("/can-bo/dang-xuat/").status_code == 405
    assert client.post("/can-bo/dang-xuat/").url == LOGIN
    assert "_auth_user_id" not in client.session


def test_guessing_passwords_is_slowed_down(client: Client, quan: User) -> None:
    for _ in range(10):
        password(client, password="Sai-1-mat-khau")
    assert "quá nhiều lần" in password(client).content.decode()
    assert Event.objects.filter(act="account.login_refused", data__reason="password").count() == 10


def code_of(secret: str) -> str:
    """What an app with this secret shows now."""
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
