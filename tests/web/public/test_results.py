"""The page of results: facets that combine, copies in one row, suggestions, the way on where nothing is found."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.procedures.models import SearchDay, UnmetSearch
from tests import factories
from tests.procedures.catalogue import publish_lists
from tests.web.public.hits import BODIES, LAND, page, publish, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists() -> None:
    publish_lists()


@pytest.fixture
def copies(lists: None) -> list[str]:
    """One name, published by a ministry and three provinces."""
    return [publish(number, LAND, issuing_body=body) for number, body in enumerate(BODIES, 1)]


def test_copies_of_one_procedure_are_one_row_ones_own_province_first(client: Client, copies: list[str]) -> None:
    html = page(client, "/thu-tuc/?q=xoa+dang+ky+thue+dat")
    assert titles(html) == [copies[1]]
    assert "1 thủ tục về" in html
    assert "Còn 3 bản cùng tên, có ở 2 tỉnh, thành phố khác" in html
    for code in copies:
        assert f'href="/thu-tuc/{code}/' in html


def test_another_province_can_be_ones_own(client: Client, copies: list[str]) -> None:
    assert titles(page(client, "/thu-tuc/?q=xoa+thue+dat&tinh=L%E1%BA%A1ng+S%C6%A1n")) == [copies[2]]
    html = page(client, "/thu-tuc/?q=xoa+thue+dat&tinh=L%E1%BA%A1ng+S%C6%A1n&linh-vuc=ho-tich")
    assert '<input type="hidden" name="tinh" value="Lạng Sơn">' in html, "the filters keep it"


def test_a_facet_with_one_value_that_all_results_have_is_left_out(client: Client, copies: list[str]) -> None:
    assert 'name="linh-vuc"' not in page(client, "/thu-tuc/?q=xoa+thue+dat")
    assert 'name="linh-vuc" value="ho-tich" checked' in page(client, "/thu-tuc/?q=xoa+thue+dat&linh-vuc=ho-tich")


def test_where_ones_province_has_none_the_whole_countrys_comes_first(client: Client, copies: list[str]) -> None:
    assert titles(page(client, "/thu-tuc/?q=xoa+thue+dat&tinh=C%C3%A0+Mau")) == [copies[0]]


def test_the_commune_comes_before_the_province(client: Client, lists: None) -> None:
    publish(1, LAND, issuing_body="Bộ Mẫu", levels=["tinh"])
    commune = publish(2, f"{LAND} (thực hiện tại cấp xã)", issuing_body="Bộ Mẫu", levels=["xa"])
    assert titles(page(client, "/thu-tuc/?q=xoa+thue+dat")) == [commune]


def test_many_values_have_a_page_and_eight_are_shown(client: Client, lists: None) -> None:
    for number in range(1, 12):
        publish(number, f"Việc số {number}", agency_text=f"Sở Mẫu {number:02d}")
    html = page(client, "/thu-tuc/")
    assert "Xem tất cả cơ quan (11)" in html
    assert html.count('id="lon-co-quan-') == 8
    assert html.count('id="nho-co-quan-') == 8
    everything = page(client, "/thu-tuc/bo-loc/co-quan/?q=viec&cap=xa")
    assert everything.count('type="checkbox"') == 11
    assert '<input type="hidden" name="q" value="viec">' in everything
    assert '<input type="hidden" name="cap" value="xa">' in everything
    assert everything.index("Sở Mẫu 01") < everything.index("Sở Mẫu 02")
    assert client.get("/thu-tuc/bo-loc/khong-co/").status_code == 404
    assert client.get("/thu-tuc/bo-loc/cap/").status_code == 404


def test_agencies_are_one_however_they_are_written(client: Client, lists: None) -> None:
    publish(1, "Việc một", agency_text="Ủy ban nhân dân cấp xã")
    publish(2, "Việc hai", agency_text="UBND xã, phường")
    html = page(client, "/thu-tuc/?co-quan=UBND+c%E1%BA%A5p+x%C3%A3")
    assert '<h1 class="mc-h1">2 thủ tục</h1>' in html
    assert re.search(r'name="co-quan" value="[a-z-]+" checked', html)
    assert 'class="mc-pill" href="?"' in html


def test_what_can_be_handed_in_online_is_a_facet(client: Client) -> None:
    from tests.procedures.catalogue import publish_all

    publish_all()
    factories.an_offering()
    html = page(client, "/thu-tuc/?truc-tuyen=duoc")
    assert '<h1 class="mc-h1">1 thủ tục</h1>' in html
    assert "Nộp được tại Cổng này" in html
    assert '<h1 class="mc-h1">1 thủ tục</h1>' in page(client, "/thu-tuc/?truc-tuyen=duoc&linh-vuc=ho-tich")
    nothing = page(client, "/thu-tuc/?truc-tuyen=duoc&muc-do=thong-tin")
    assert "Bộ lọc không để lại thủ tục nào" in nothing
    assert "Bỏ lọc theo Mức độ</a> <span" in nothing


@pytest.mark.parametrize("address", ["/thu-tuc/?q=viec&cap=xa&linh-vuc=ho-tich&co-quan=so-mau", "/thu-tuc/goi-y/?q=vi"])
def test_a_page_costs_the_same_for_one_record_and_thirty(
    client: Client, lists: None, settings: Any, address: str
) -> None:
    settings.CONTENT_SECONDS = 15  # as on a portal that runs: outages and visits aren't read for each page

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as context:
            client.get(address)
        return len(context)

    publish(1, "Việc 1", agency_text="Sở Mẫu")
    alone = queries()
    for number in range(2, 31):
        publish(number, f"Việc {number}", agency_text="Sở Mẫu")
    assert queries() == alone
    assert alone <= 8


def test_suggestions_are_names_that_may_be_cached(client: Client, copies: list[str]) -> None:
    publish(9, "Xóa nợ")
    answer = client.get("/thu-tuc/goi-y/", {"q": "xóa đă"})
    assert [one["url"] for one in answer.json()] == [f"/thu-tuc/{copies[1]}/"]
    assert answer.json()[0]["name"] == LAND
    assert "public" in answer["Cache-Control"]
    assert client.get("/thu-tuc/goi-y/", {"q": "xóa đă"}, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert [one["name"] for one in client.get("/thu-tuc/goi-y/", {"q": "xo"}).json()] == ["Xóa nợ", LAND]
    for nothing in ("", "x", "zzzz", "\x00"):
        assert client.get("/thu-tuc/goi-y/", {"q": nothing}).json() == []


def test_what_people_say_is_completed_and_leads_to_a_search(client: Client, lists: None) -> None:
    single = publish(1, "Cấp Giấy xác nhận tình trạng hôn nhân")
    publish(2, "Giấy đọc sách thư viện")
    said, *_ = client.get("/thu-tuc/goi-y/", {"q": "giấy độ", "tinh": "Cà Mau"}).json()
    assert (said["name"], said["where"]) == ("giấy độc thân", "Cấp Giấy xác nhận tình trạng hôn nhân")
    assert titles(page(client, said["url"]))[0] == single
    assert "tinh=C%C3%A0+Mau" in said["url"]
    assert client.get("/thu-tuc/goi-y/", {"q": "xin giay doc th"}).json()[0]["name"] == "giấy độc thân"
    named = [one["name"] for one in client.get("/thu-tuc/goi-y/", {"q": "giay doc"}).json()]
    assert named == ["Giấy đọc sách thư viện", "giấy độc thân"], "a name that begins so comes first"


def test_a_saying_for_what_is_not_here_is_not_suggested(client: Client, lists: None) -> None:
    publish(1, "Nuôi lợn")
    assert "giấy độc thân" not in client.get("/thu-tuc/goi-y/", {"q": "giay doc th"}).content.decode()


def test_nothing_found_offers_names_that_look_alike(client: Client, lists: None) -> None:
    publish(1, "Nuôi lợn")
    html = page(client, "/thu-tuc/?q=zzzz&dung-tu=1")
    assert "Chưa thấy thủ tục nào như vậy" in html
    assert 'href="/viec-trong-doi/"' in html
    assert "Xem tất cả thủ tục" in html
    html = page(client, "/thu-tuc/?q=nuooi+loonn&dung-tu=1")
    assert "Có phải ông/bà tìm" in html
    assert "Nuôi lợn" in html


def test_a_search_without_hits_is_counted_once_it_stands_without_filters(client: Client, lists: None) -> None:
    publish(1, "Nuôi lợn")
    client.get("/thu-tuc/?q=zzzz&cap=tinh")
    assert not UnmetSearch.objects.exists()
    client.get("/thu-tuc/?q=zzzz")
    assert UnmetSearch.objects.get().text == ""
    assert SearchDay.objects.get().nothing == 1


OURS = {"Sec-Fetch-Site": "same-origin"}


def test_a_thumb_is_counted_and_thanked_for(client: Client, lists: None) -> None:
    publish(1, "Nuôi lợn")
    assert "Có đúng điều ông/bà tìm không?" in page(client, "/thu-tuc/?q=nuoi+lon")
    answer = client.post("/thu-tuc/gop-y/?q=nuoi+lon&cap=xa", {"tra-loi": "dung"}, headers=OURS)
    assert answer.status_code == 302
    assert answer["Location"] == "/thu-tuc/?q=nuoi+lon&cap=xa&gop-y=dung#gop-y"
    assert "Cảm ơn ông/bà đã cho biết." in page(client, answer["Location"])
    client.post("/thu-tuc/gop-y/?q=nuoi+lon", {"tra-loi": "chua-dung"}, headers=OURS)
    day = SearchDay.objects.get()
    assert (day.found, day.wrong, day.nothing) == (1, 1, 0)
    assert UnmetSearch.objects.get().outcome == UnmetSearch.Outcome.WRONG


@pytest.mark.parametrize(("query", "answer"), [("q=nuoi", "khac"), ("", "dung"), ("q=nuoi", "")])
def test_other_thumbs_are_not_counted(client: Client, query: str, answer: str) -> None:
    assert client.post(f"/thu-tuc/gop-y/?{query}", {"tra-loi": answer}, headers=OURS).status_code == 302
    assert not SearchDay.objects.exists()
    assert client.get("/thu-tuc/gop-y/").status_code == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Referer": "http://testserver/thu-tuc/?q=nuoi"}, 302),
    ],
)
def test_thumbs_come_from_our_own_page(lists: None, headers: dict[str, str], status: int) -> None:
    publish(1, "Nuôi lợn")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/thu-tuc/gop-y/?q=nuoi", {"tra-loi": "dung"}, headers=headers)
    assert answer.status_code == status
    assert SearchDay.objects.exists() is (status == 302)
    assert not strict.get("/thu-tuc/?q=nuoi").cookies
