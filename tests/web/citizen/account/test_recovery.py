"""A forgotten password over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import Code
from motcua.audit.models import Event
from motcua.notifications.models import Message
from tests import cast
from tests.accounts.helpers import codes_sent, last_code, wrong_code

NUMBER = "/tai-khoan/quen-mat-khau/"
CODE = "/tai-khoan/quen-mat-khau/ma/"
PASSWORD = "/tai-khoan/quen-mat-khau/mat-khau/"
NEW = "Mật-Khẩu-Mới-1"
Jobs = Callable[..., list[str]]


def ask(client: Client, number: str = cast.AN_NUMBER, **more: str) -> Any:
    return client.post(NUMBER, {"number": number, **more})


def test_number_code_new_password(client: Client, run_jobs: Jobs) -> None:
    an = cast.an()
    assert ask(client, next="/ho-so/").url == CODE
    run_jobs()
    assert client.post(CODE, {"code": last_code("+84900000217")}).url == PASSWORD
    done = client.post(PASSWORD, {"password": NEW, "again": NEW})
    assert done.url == "/tai-khoan/dang-nhap/?next=%2Fho-so%2F"
    an.refresh_from_db()
    assert an.check_password(NEW)
    assert "_auth_user_id" not in client.session  # the code alone doesn't let in
    assert Message.objects.filter(template="password_changed").count() == 2
    assert Event.objects.filter(act="account.password_reset").exists()
    assert "Đã đổi mật khẩu" in client.get(done.url).content.decode()


def test_a_known_and_an_unknown_number_read_the_same(client: Client, run_jobs: Jobs) -> None:
    cast.an()
    other = Client()
    pages = []
    for browser, number in ((client, cast.AN_NUMBER), (other, "098196009999")):
        assert ask(browser, number).url == CODE
        pages.append(browser.get(CODE).content.decode())
    assert "217" not in pages[0]
    without_tokens = [page.split("<main")[1].split("csrfmiddlewaretoken")[0] for page in pages]
    assert without_tokens[0] == without_tokens[1]
    assert run_jobs().count("accounts.make_digits") == 2
    assert len(codes_sent()) == 1
    for _ in range(4):
        answers = [browser.post(CODE, {"code": "123456"}).status_code for browser in (client, other)]
    assert answers[0] == answers[1]
    assert other.post(CODE, {"act": "kenh-khac"}).status_code == client.post(CODE, {"act": "kenh-khac"}).status_code


def test_an_unknown_number_costs_the_same_queries(client: Client) -> None:
    cast.an()
    ask(client, "098196007777")  # the visitor's own counter is there now
    counts = []
    for number in (cast.AN_NUMBER, "098196009999"):
        with CaptureQueriesContext(connection) as queries:
            ask(Client(), number)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_nothing_typed_opens_a_decoy(client: Client, run_jobs: Jobs) -> None:
    ask(client, "098196009999")
    run_jobs()
    assert Code.objects.get().digest == ""
    assert client.post(CODE, {"code": "000000"}).status_code == 422


def test_five_wrong_codes_end_it(client: Client, run_jobs: Jobs) -> None:
    an = cast.an()
    ask(client)
    run_jobs()
    right = last_code()
    for _ in range(4):
        assert client.post(CODE, {"code": wrong_code(right)}).status_code == 422
    assert client.post(CODE, {"code": wrong_code(right)}).status_code == 410
    assert client.post(CODE, {"code": right}).status_code == 410
    an.refresh_from_db()
    assert an.check_password(cast.PASSWORD)


def test_the_password_cannot_be_set_before_the_code(client: Client, run_jobs: Jobs) -> None:
    an = cast.an()
    ask(client)
    run_jobs()
    assert client.post(PASSWORD, {"password": NEW, "again": NEW}).status_code == 410
    assert Client().get(PASSWORD).status_code == 410
    an.refresh_from_db()
    assert an.check_password(cast.PASSWORD)


def test_a_weak_password_is_refused_and_may_be_mended(client: Client, run_jobs: Jobs) -> None:
    cast.an()
    ask(client)
    run_jobs()
    client.post(CODE, {"code": last_code()})
    page = client.post(PASSWORD, {"password": "abc", "again": "abc"})
    assert page.status_code == 422
    assert "còn thiếu" in page.content.decode()
    assert client.post(PASSWORD, {"password": NEW, "again": NEW}).status_code == 302


def test_every_device_is_logged_out(client: Client, run_jobs: Jobs) -> None:
    an = cast.an()
    elsewhere = Client()
    elsewhere.force_login(an)
    assert elsewhere.get("/tai-khoan/").status_code == 200
    ask(client)
    run_jobs()
    client.post(CODE, {"code": last_code()})
    client.post(PASSWORD, {"password": NEW, "again": NEW})
    assert elsewhere.get("/tai-khoan/").status_code == 302


def test_no_more_than_five_an_hour(client: Client) -> None:
    cast.an()
    for _ in range(5):
        assert ask(client).status_code == 302
    page = ask(client)
    assert page.status_code == 422
    assert "một giờ" in page.content.decode()


@pytest.mark.parametrize("number", ["", "12", "abc", "09819600421a"])
def test_bad_input_is_said_and_kept(client: Client, number: str) -> None:
    page = ask(client, number)
    assert page.status_code == 422
    assert f'value="{number}"' in page.content.decode() if number else True


def test_the_code_can_come_by_email(client: Client, run_jobs: Jobs) -> None:
    cast.an()
    ask(client)
    assert client.post(CODE, {"act": "kenh-khac"}).status_code == 302
    assert run_jobs() == ["accounts.make_digits", "accounts.make_digits", "notifications.deliver"]
    assert client.post(CODE, {"code": last_code("an@example.org")}).url == PASSWORD
