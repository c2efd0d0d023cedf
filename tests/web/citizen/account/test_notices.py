"""The page on which people choose how they are told, over HTTP."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from motcua.accounts import services
from motcua.accounts.models import User
from motcua.notifications.models import ZaloFollower
from tests import cast

PAGE, ZALO, UNLINK = "/tai-khoan/thong-bao/", "/tai-khoan/zalo/", "/tai-khoan/zalo/bo/"


@pytest.fixture
def an(client: Client) -> User:
    """An, logged in."""
    an = cast.an()
    client.force_login(an)
    return an


def text(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_shows_what_is_so_without_a_choice(client: Client, an: User) -> None:
    page = client.get(PAGE).content.decode()
    assert re.findall(r'value="(\w+)"[^>]*checked', page) == ["sms", "email"]
    assert "Tin nhắn SMS, Thư điện tử" in text(client.get("/tai-khoan/"))


def test_a_choice_is_kept(client: Client, an: User) -> None:
    answer = client.post(PAGE, {"ways": ["zalo"]}, follow=True)
    assert "Đã lưu cách nhận tin" in text(answer)
    an.refresh_from_db()
    assert an.notice_ways == ["zalo"]
    assert re.findall(r'value="(\w+)"[^>]*checked', client.get(PAGE).content.decode()) == ["zalo"]


@pytest.mark.parametrize("ways", [[], ["pigeon"], ["sms", "x"]])
def test_nothing_and_nonsense_are_refused_at_the_field(client: Client, an: User, ways: list[str]) -> None:
    page = client.post(PAGE, {"ways": ways})
    assert page.status_code == 422
    assert 'href="#ways' in page.content.decode()
    an.refresh_from_db()
    assert an.notice_ways == []


def test_a_way_without_an_address_is_not_offered_but_told_how_to_get(client: Client, an: User) -> None:
    User.objects.filter(pk=an.pk).update(email="", email_verified_at=None)
    page = client.get(PAGE)
    assert 'value="email"' not in page.content.decode()
    assert "thêm địa chỉ thư điện tử" in text(page)


def test_without_zalo_there_is_no_word_of_linking(client: Client, an: User, settings: Settings) -> None:
    settings.ZALO_CHANNEL = "none"
    page = client.get(PAGE).content.decode()
    assert 'value="zalo"' not in page
    assert ZALO not in page
    assert client.get(ZALO).url == PAGE
    assert client.post(PAGE, {"ways": ["zalo"]}).status_code == 422


def test_the_code_is_shown_until_it_is_used(client: Client, an: User) -> None:
    assert "Lấy mã liên kết" in text(client.get(ZALO))
    assert client.post(ZALO).url == ZALO
    code = re.search(r"Mã liên kết của ông/bà: ([2-9A-Z]{6})", text(client.get(ZALO)))
    assert code
    assert code[1] in text(client.get(ZALO))
    services.take_zalo_code("4001", code[1])
    assert "đã liên kết với một Zalo" in text(client.get(ZALO))
    assert "đã bỏ quan tâm" in text(client.get(PAGE))
    ZaloFollower.objects.create(zalo_user="4001", last_word_at=an.created_at)
    assert "đã bỏ quan tâm" not in text(client.get(PAGE))
    assert "Đã bỏ liên kết Zalo" in text(client.post(UNLINK, follow=True))


def test_too_many_codes_are_said_on_the_page(client: Client, an: User) -> None:
    for _ in range(10):
        client.post(ZALO)
    page = client.post(ZALO)
    assert page.status_code == 422
    assert "Xin thử lại sau một giờ" in text(page)


def test_no_code_and_no_number_of_anybody_stands_in_an_address(client: Client, an: User) -> None:
    client.post(ZALO)
    page = client.get(ZALO).content.decode()
    assert not re.search(r'(href|action|src)="[^"]*(90000|[?])', page.split("<main")[1].split("</main")[0])


@pytest.mark.parametrize("url", [PAGE, ZALO])
def test_a_stranger_goes_to_the_login(client: Client, url: str) -> None:
    assert client.get(url).url.startswith("/tai-khoan/dang-nhap/")
