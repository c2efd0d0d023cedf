"""One's own province beside the results, and how many searches one address may have."""

from typing import Any

import pytest
from django.test import Client

from motcua.places.models import Unit
from tests.web.public.hits import BODIES, LAND, page, publish, titles

pytestmark = pytest.mark.django_db

ASKED = "/thu-tuc/?q=xoa+thue+dat"


@pytest.fixture
def copies() -> list[str]:
    from tests.procedures.catalogue import publish_lists

    publish_lists()
    for code, name in (("20", "Lạng Sơn"), ("31", "Hải Phòng")):
        Unit.objects.create(code=code, kind=Unit.Kind.PROVINCE, name=name, folded=name, sort_key=name)
    return [publish(number, LAND, issuing_body=body) for number, body in enumerate(BODIES, 1)]


def test_a_province_is_chosen_and_remembered(client: Client, copies: list[str]) -> None:
    html = page(client, ASKED)
    assert titles(html) == [copies[1]]
    assert "Ưu tiên thủ tục của tỉnh Minh Giang" in html
    assert '<option value="Lạng Sơn">Lạng Sơn</option>' in html
    chosen = client.get("/thu-tuc/tinh-cua-toi/", {"q": "xoa thue dat", "cap": "xa", "tinh": "Lạng Sơn"})
    assert chosen["Location"] == "/thu-tuc/?q=xoa+thue+dat&cap=xa&tinh=L%E1%BA%A1ng+S%C6%A1n"
    assert client.cookies["mc_tinh"].value == "lang-son"
    html = page(client, ASKED)
    assert titles(html) == [copies[2]]
    assert '<option value="Lạng Sơn" selected>' in html
    assert "Ưu tiên thủ tục của Lạng Sơn" in html
    assert titles(page(client, f"{ASKED}&tinh=Hải+Phòng")) == [copies[3]], "an address that was shared says its own"


def test_none_is_chosen_again(client: Client, copies: list[str]) -> None:
    client.cookies["mc_tinh"] = "lang-son"
    back = client.get("/thu-tuc/tinh-cua-toi/", {"q": "xoa thue dat", "tinh": ""})
    assert back["Location"] == "/thu-tuc/?q=xoa+thue+dat"
    assert not client.cookies["mc_tinh"].value
    assert titles(page(client, ASKED)) == [copies[1]]


@pytest.mark.parametrize("typed", ["Atlantis", "<script>", "", "a" * 5000])
def test_what_is_no_province_is_not_remembered(client: Client, copies: list[str], typed: str) -> None:
    answer = client.get("/thu-tuc/tinh-cua-toi/", {"q": "thue", "tinh": typed})
    assert answer["Location"] == "/thu-tuc/?q=thue"
    client.cookies["mc_tinh"] = typed
    assert typed not in page(client, ASKED) or not typed


def test_a_page_for_ones_province_is_kept_for_this_choice_only(client: Client, copies: list[str]) -> None:
    answer = client.get(ASKED)
    assert "Cookie" in answer["Vary"]
    assert not answer.cookies, "looking chooses nothing"


def test_an_address_that_wants_ever_more_searches_waits(client: Client, copies: list[str], settings: Any) -> None:
    settings.SEARCH_LIMIT, settings.CONTENT_SECONDS = 2, 15
    for text in ("mot", "hai"):
        page(client, f"/thu-tuc/?q={text}")
    answer = client.get("/thu-tuc/?q=ba")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "600"
    assert "private" in answer["Cache-Control"]
    assert "Quá nhiều lượt tìm" in answer.content.decode()
    assert client.get("/thu-tuc/bo-loc/linh-vuc/?q=ba").status_code == 429
    page(client, "/thu-tuc/?q=mot")  # what is at hand costs nothing
    assert client.get("/thu-tuc/?q=ba", REMOTE_ADDR="10.9.8.7").status_code == 200, "somebody else"


def test_who_types_for_ever_gets_no_more_suggestions(client: Client, copies: list[str], settings: Any) -> None:
    settings.SEARCH_LIMIT = 1
    for place in range(10):
        assert client.get("/thu-tuc/goi-y/", {"q": f"xoa {place}"}).status_code == 200
    answer = client.get("/thu-tuc/goi-y/", {"q": "xoa"})
    assert (answer.status_code, answer.json()) == (429, [])
