"""Notices of outages on every page, visits counted without a cookie, the portal as an app."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from motcua.content.models import Outage, Visitor
from motcua.content.rules import Plan
from motcua.content.services import outages
from tests.cast import an, at, chi, quan
from tests.core.calendars import WARD
from tests.moments import stopped_clock

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36"
PLAN = Plan(at("05/12/2026 22:00"), at("06/12/2026 04:00"), ("nop-ho-so",), "Nâng cấp máy chủ.\nXin lỗi ông/bà.")
STRIP = "Nộp và bổ sung hồ sơ. Từ 22:00 thứ Bảy, 05/12/2026 đến 04:00 Chủ nhật, 06/12/2026."


def announce(plan: Plan = PLAN, on: str = "23/11/2026 09:00") -> Outage:
    with stopped_clock(on):
        return outages.announce(plan, by=quan(), calendar=WARD)


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.parametrize(
    "address", ["/", "/thu-tuc/", "/tra-cuu/", "/tai-khoan/dang-nhap/", "/can-bo/dang-nhap/", "/khong-co/"]
)
def test_every_page_tells_of_an_outage_and_of_its_owner(client: Client, address: str) -> None:
    announce()
    with stopped_clock("24/11/2026 09:00"):
        page = text(client, address)
        assert f"<strong>Sắp tạm ngừng:</strong> {STRIP}" in page
    with stopped_clock("05/12/2026 23:00"):
        assert f"<strong>Đang tạm ngừng:</strong> {STRIP}" in text(client, address)
    with stopped_clock("06/12/2026 04:00"):
        assert STRIP not in text(client, address)
    for words in ("Ủy ban nhân dân tỉnh Minh Giang", "Số 1 đường Hòa Bình", "1900 0298", "hotro@motcua.example"):
        assert words in page


@pytest.mark.parametrize(("who", "address"), [(an, "/ho-so/"), (chi, "/can-bo/")])
def test_those_who_are_logged_in_are_told_too(client: Client, who: Any, address: str) -> None:
    announce()
    with stopped_clock("24/11/2026 09:00"):
        client.force_login(who())
        page = text(client, address)
    assert STRIP in page
    assert "Cơ quan chủ quản: Ủy ban nhân dân tỉnh Minh Giang" in page


def test_many_outages_are_counted_not_piled_up(client: Client) -> None:
    for day in range(10, 15):
        announce(replace(PLAN, starts_at=at(f"{day}/12/2026 22:00"), ends_at=at(f"{day}/12/2026 23:00")))
    with stopped_clock("24/11/2026 09:00"):
        page = text(client, "/")
    assert page.count("Sắp tạm ngừng:") == 2
    assert "Từ 22:00 đến 23:00 thứ Năm, 10/12/2026." in page  # a day is named once
    assert "Còn 3 thông báo tạm ngừng khác" in page


def test_the_page_of_notices(client: Client) -> None:
    announce()
    urgent = replace(PLAN, starts_at=at("24/11/2026 08:00"), ends_at=at("24/11/2026 12:00"), urgent_reason="Đứt cáp")
    cancelled = announce(replace(PLAN, starts_at=at("20/12/2026 08:00"), ends_at=at("20/12/2026 12:00")))
    announce(urgent)
    with stopped_clock("24/11/2026 09:00"):
        outages.end(cancelled, by=quan(), seen=1)
        page = text(client, "/thong-bao/")
    for words in (
        "Đang tạm ngừng",
        "Sắp tới",
        "Đã hủy, cổng vẫn làm việc",
        "Đứt cáp",
        "Nâng cấp máy chủ.<br>Xin lỗi ông/bà.",
    ):
        assert words in page
    with stopped_clock("30/12/2026 09:00"):
        assert "Đã kết thúc" in text(client, "/thong-bao/")


def test_the_page_of_notices_costs_the_same_for_one_and_for_thirty(client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/thong-bao/")
        return len(queries)

    announce()
    with stopped_clock("24/11/2026 09:00"):
        one = cost()
    for day in range(1, 30):
        announce(replace(PLAN, starts_at=at(f"{day:02}/01/2027 22:00"), ends_at=at(f"{day:02}/01/2027 23:00")))
    with stopped_clock("24/11/2026 09:00"):
        assert cost() == one


# ---- Visits ----


def look(client: Client, **headers: str) -> Any:
    from_page = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}
    return client.get("/luot-truy-cap/dem.svg", headers={**from_page, **headers})


def test_a_visit_is_counted_without_a_cookie(client: Client) -> None:
    answer = look(client)
    assert answer["Content-Type"] == "image/svg+xml"
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, max-age=240"
    look(client)
    assert Visitor.objects.count() == 1
    assert "<dt>Hôm nay</dt><dd>1</dd>" in text(client, "/")


def test_every_page_of_people_asks_for_the_picture(client: Client) -> None:
    for address in ("/", "/thu-tuc/", "/tai-khoan/dang-nhap/", "/khong-co/"):
        assert '<img class="mc-foot__count" src="/luot-truy-cap/dem.svg" alt="" width="1" height="1">' in text(
            client, address
        )


def test_robots_and_pages_fetched_ahead_are_not_counted(client: Client) -> None:
    look(client, **{"Sec-Purpose": "prefetch;prerender"})
    look(client, **{"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    look(client, **{"User-Agent": ""})
    assert not Visitor.objects.exists()


@pytest.mark.parametrize(
    ("headers", "counted"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/"}, 0),  # another site shows our picture
        ({"Sec-Fetch-Site": "none"}, 0),  # typed into the address line
        ({}, 0),
        ({"Referer": "http://elsewhere.example/"}, 0),
        ({"Referer": "http://testserver/thu-tuc/"}, 1),  # a browser from before Sec-Fetch-Site
    ],
)
def test_only_pages_of_ours_count(client: Client, headers: dict[str, str], counted: int) -> None:
    client.get("/luot-truy-cap/dem.svg", headers={"User-Agent": BROWSER, **headers})
    assert Visitor.objects.count() == counted


def test_the_figures_cost_nothing_while_they_are_remembered(client: Client, settings: Any) -> None:
    settings.CONTENT_SECONDS = 600
    client.get("/bao-ve-du-lieu/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/bao-ve-du-lieu/")
    assert [query for query in queries.captured_queries if "content_" in query["sql"]] == []


# ---- On a phone ----


def test_the_manifest_names_icons_that_are_there(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert manifest["name"] == "Một Cửa, Dịch vụ công tỉnh Minh Giang"
    assert (manifest["short_name"], manifest["start_url"], manifest["display"]) == ("Một Cửa", "/", "standalone")
    found = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert found == {(size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")}
    for icon in manifest["icons"]:
        picture = Image.open(BytesIO(Path(str(finders.find(icon["src"].removeprefix("/tinh/")))).read_bytes()))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        edge = picture.convert("RGBA").getpixel((0, 0))
        assert isinstance(edge, tuple)
        assert (edge[3] == 255) is (icon["purpose"] == "maskable")  # a phone cuts it: no hole at the edge


def test_a_maskable_icon_keeps_the_drawing_inside() -> None:
    picture = Image.open(str(finders.find("app/maskable-512.png"))).convert("RGB")
    drawn = [(x, y) for x in range(0, 512, 4) for y in range(0, 512, 4) if picture.getpixel((x, y)) != (255, 255, 255)]
    assert drawn
    assert all((x - 256) ** 2 + (y - 256) ** 2 <= (0.4 * 512) ** 2 for x, y in drawn)


def test_every_page_names_manifest_and_colours(client: Client) -> None:
    for address in ("/", "/can-bo/dang-nhap/"):
        page = text(client, address)
        assert '<link rel="manifest" href="/manifest.webmanifest">' in page
        assert '<meta name="theme-color" content="#971b1e">' in page
        assert '<link rel="apple-touch-icon" href="/tinh/app/apple-touch-icon.png">' in page


def test_the_worker_keeps_nothing_but_the_page_without_a_network(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    script = answer.content.decode()
    kept = json.loads(script.partition("const KEPT = ")[2].partition(";\n")[0])
    assert all(path.startswith("/tinh/") and finders.find(path.removeprefix("/tinh/")) for path in kept)
    assert script.count("cache.add") == 2  # the page, and what it is drawn with
    assert "cache.put" not in script
    assert 'credentials: "omit"' in script


def test_the_worker_s_name_moves_with_what_it_keeps(client: Client, settings: Any) -> None:
    before = client.get("/sw.js").content
    assert client.get("/sw.js").content == before
    settings.PORTAL = {**settings.PORTAL, "phone": "1900 9999"}
    assert client.get("/sw.js").content != before


def test_the_page_without_a_network_says_whom_to_call(client: Client) -> None:
    chi()  # and with her the agency
    client.force_login(an())
    page = text(client, "/ngoai-tuyen/")
    assert "1900 0298" in page
    assert "Trung tâm Phục vụ hành chính công phường Hoa Sen" in page
    assert "0290 000 001" in page
    assert "Nguyễn Thị An" not in page
    assert "<script" not in page
