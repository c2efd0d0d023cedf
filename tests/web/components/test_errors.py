"""Pages for what went wrong: the right status, a clear word, a way on, no trace of the inside."""

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from playwright.sync_api import Page

from tests.e2e.browser import axe

pytestmark = pytest.mark.urls("tests.web.components.urls")


@pytest.fixture
def client() -> Client:
    """A visitor whose crashes answer as they would outside a test."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/khong-co/", 404, "Không có trang này"),
        ("/cam/", 403, "Trang này không dành cho tài khoản đang dùng"),
        ("/qua-lon/", 413, "Tệp gửi lên quá lớn"),
        ("/qua-nhieu/", 429, "thử lại sau 2 phút"),
        ("/hong/", 500, "Cổng đang gặp sự cố"),
    ],
)
def test_each_trouble_has_its_page(client: Client, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    text = answer.content.decode()
    assert answer.status_code == status
    assert words in text
    assert "1900 0298" in text
    assert "Traceback" not in text


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_says_that_nothing_is_lost() -> None:
    answer = Client(enforce_csrf_checks=True).post("/gui/", {"ho_ten": "An"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Những gì đã gõ chưa mất" in text
    assert '<a class="mc-link" href="/gui/">' in text


@pytest.mark.django_db
def test_a_refusal_says_when_to_try_again(client: Client) -> None:
    assert client.get("/qua-nhieu/")["Retry-After"] == "90"


@pytest.mark.django_db
def test_a_broken_page_asks_no_database(client: Client) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a query")

    with connection.execute_wrapper(refuse):
        assert client.get("/hong/").status_code == 500


@pytest.mark.django_db
def test_a_broken_page_answers_even_when_its_template_is_broken(client: Client, settings: LazySettings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    answer = client.get("/hong/")
    assert answer.status_code == 500
    assert "Cổng đang gặp sự cố" in answer.content.decode()


@pytest.mark.e2e
@pytest.mark.parametrize("address", ["/khong-co/", "/cam/", "/qua-lon/", "/qua-nhieu/"])
def test_axe_finds_nothing(phone: Page, address: str) -> None:
    phone.goto(address)
    assert axe(phone) == []
