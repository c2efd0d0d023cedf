"""Log in and out over HTTP."""

from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from motcua.accounts import services
from motcua.accounts.models import User
from motcua.audit.models import Event
from tests import cast
from tests.accounts.helpers import codes_sent, last_code, wrong_code

LOGIN = "/tai-khoan/dang-nhap/"
CODE = "/tai-khoan/dang-nhap/ma/"


def password(client: Client, number: str = cast.AN_NUMBER, password: str = cast.PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"number": number, "password": password, **more})


def come_in(client: Client, **more: str) -> Any:
    assert password(client, **more).url == CODE
    return client.post(CODE, {"code": last_code()})


@pytest.mark.parametrize("number", [cast.AN_NUMBER, "098 196 004 217", "098.196.004.217"])
def test_number_password_code_and_in(client: Client, number: str) -> None:
    an = cast.an()
    assert password(client, number).url == CODE
    page = client.get(CODE).content.decode()
    assert "••• ••• 217" in page
    assert "Tôi không nhận được mã" in page
    assert "_auth_user_id" not in client.session
    assert client.post(CODE, {"code": last_code("+84900000217")}).url == "/ho-so/"
    assert client.session["_auth_user_id"] == str(an.pk)
    assert Event.objects.get(act="account.logged_in").subject_ref == str(an.pk)


def test_the_person_comes_back_to_where_they_were(client: Client) -> None:
    cast.an()
    assert 'value="/ho-so/NH-7K3F-92XA/"' in client.get(f"{LOGIN}?next=/ho-so/NH-7K3F-92XA/").content.decode()
    assert come_in(client, next="/ho-so/NH-7K3F-92XA/").url == "/ho-so/NH-7K3F-92XA/"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "\\\\evil.example", "evil"],
)
def test_next_leads_nowhere_else(client: Client, wanted: str) -> None:
    cast.an()
    assert come_in(client, next=wanted).url == "/ho-so/"


def test_a_wrong_password_and_an_unknown_number_read_the_same(client: Client) -> None:
    cast.an()
    wrong = password(client, password="Sai-Mat-Khau-1!")
    unknown = password(client, number="098196009999")
    assert wrong.status_code == unknown.status_code == 422
    assert "Số định danh hoặc mật khẩu chưa đúng" in wrong.content.decode()
    assert "Số định danh hoặc mật khẩu chưa đúng" in unknown.content.decode()
    assert f'value="{cast.AN_NUMBER}"' in wrong.content.decode()
    assert cast.PASSWORD not in unknown.content.decode()


def test_an_unknown_number_costs_as_much_time(client: Client) -> None:
    cast.an()
    with mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as known:
        password(client, password="Sai-Mat-Khau-1!")
    with mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as unknown:
        password(client, number="098196009999")
    assert known.call_count == unknown.call_count == 1


def test_an_officer_does_not_come_in_here(client: Client) -> None:
    officer = User(kind="officer", handle="kiem.tra", full_name="Kiểm Tra", personal_number="098196000333")
    officer.set_password(cast.PASSWORD)
    officer.save()
    assert password(client, number="098196000333").status_code == 422


def test_a_closed_account_does_not_come_in(client: Client) -> None:
    an = cast.an()
    password(client)
    User.objects.filter(pk=an.pk).update(is_active=False)
    assert client.post(CODE, {"code": last_code()}).status_code == 410
    assert password(client).status_code == 422


def test_five_wrong_codes_start_it_again(client: Client) -> None:
    cast.an()
    password(client)
    right = last_code()
    for _ in range(4):
        assert client.post(CODE, {"code": wrong_code(right)}).status_code == 422
    page = client.post(CODE, {"code": wrong_code(right)})
    assert page.status_code == 410
    assert "sai mã 5 lần" in page.content.decode()
    assert client.post(CODE, {"code": right}).status_code == 410
    assert come_in(client).status_code == 302  # the account is not locked
    assert Event.objects.filter(act="account.login_refused", data__reason="code").count() == 5


def test_a_code_lets_in_once(client: Client) -> None:
    cast.an()
    password(client)
    digits = last_code()
    client.post(CODE, {"code": digits})
    assert Client().post(CODE, {"code": digits}).status_code == 410
    assert client.post(CODE, {"code": digits}).status_code == 410


def test_another_persons_code_does_not_serve(client: Client) -> None:
    cast.an()
    cast.binh()
    password(client)
    other = Client()
    password(other, number=cast.BINH_NUMBER)
    if last_code("+84900000217") != last_code("+84900000318"):
        assert client.post(CODE, {"code": last_code("+84900000318")}).status_code == 422


def test_the_code_can_come_by_email_where_there_is_one(client: Client) -> None:
    cast.an()
    password(client)
    assert client.post(CODE, {"act": "kenh-khac"}).status_code == 302
    assert client.post(CODE, {"code": last_code("an@example.org")}).status_code == 302


def test_without_an_email_it_is_not_offered(client: Client) -> None:
    cast.binh()
    password(client, number=cast.BINH_NUMBER)
    assert "Nhận mã qua thư điện tử" not in client.get(CODE).content.decode()
    assert client.post(CODE, {"act": "kenh-khac"}).status_code == 422


def test_after_five_codes_by_sms_the_next_goes_by_email(client: Client) -> None:
    cast.an()
    for _ in range(6):
        password(client)
    assert len(codes_sent("+84900000217")) == 5
    assert len(codes_sent("an@example.org")) == 1


def test_guessing_is_slowed_down_for_this_visitor_only(client: Client) -> None:
    cast.an()
    for _ in range(10):
        password(client, password="Sai-Mat-Khau-1!")
    page = password(client)
    assert page.status_code == 422
    assert "Tài khoản không bị khóa" in page.content.decode()
    elsewhere = client.post(LOGIN, {"number": cast.AN_NUMBER, "password": cast.PASSWORD}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302


def test_guessing_from_many_places_is_slowed_down_too(client: Client) -> None:
    cast.an()
    for place in range(51):
        data = {"number": cast.AN_NUMBER, "password": "Sai-Mat-Khau-1!"}
        page = client.post(LOGIN, data, REMOTE_ADDR=f"203.0.113.{place}")
    assert "quá nhiều lần" in page.content.decode()


def test_the_session_gets_a_new_key(client: Client) -> None:
    cast.an()
    client.get(LOGIN)
    password(client)
    planted = client.session.session_key
    client.post(CODE, {"code": last_code()})
    assert client.session.session_key != planted
    assert "accounts.login" not in client.session


def test_a_password_changed_meanwhile_ends_the_login(client: Client) -> None:
    an = cast.an()
    password(client)
    services.change_password(an, "Một-Khẩu-9", by=an)
    assert client.post(CODE, {"code": last_code()}).status_code == 410


def test_decomposed_accents_in_the_password_are_the_same(client: Client) -> None:
    an = cast.an()
    an.set_password("Việt-Nam-1")
    an.save()
    assert password(client, password="Vie\u0323\u0302t-Nam-1").url == CODE


def test_logging_out_ends_the_session(client: Client) -> None:
    an = cast.an()
    come_in(client)
    assert client.get("/tai-khoan/dang-xuat/").status_code == 405
    assert client.post("/tai-khoan/dang-xuat/").url == "/"
    assert "_auth_user_id" not in client.session
    assert Event.objects.get(act="account.logged_out").subject_ref == str(an.pk)


def test_who_is_in_already_goes_on(client: Client) -> None:
    cast.an()
    come_in(client)
    assert client.get(f"{LOGIN}?next=/ho-so/").url == "/ho-so/"


def test_nothing_typed_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    cast.an()
    password(client, password="Sai-Mat-Khau-1!")
    come_in(client)
    kept = caplog.text + str(list(Event.objects.values()))
    for secret in (cast.AN_NUMBER, "Sai-Mat-Khau-1!", cast.PASSWORD, "900000217", last_code()):
        assert secret not in kept


def test_without_a_phone_or_email_the_counter_helps(client: Client) -> None:
    User.objects.filter(pk=cast.an().pk).update(phone_verified_at=None, email_verified_at=None)
    page = password(client)
    assert page.status_code == 422
    assert "Bộ phận Một cửa" in page.content.decode()
