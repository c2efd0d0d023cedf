"""Journeys 8.6 and 8.7: the portal on a phone's home screen, outages, visits, whose portal this is."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import acting
from tests.e2e.browser import PHONE, axe, is_fine, scrolls_sideways, strict_page
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

OWNER = ("Ủy ban nhân dân tỉnh Minh Giang", "Số 1 đường Hòa Bình", "1900 0298", "hotro@motcua.example")
WARD = ("Trung tâm Phục vụ hành chính công phường Hoa Sen", "Số 12 đường Trần Phú")
FIGURE = re.compile(r"Hôm nay\s+([\d.]+)")


@pytest.fixture
def installing(chromium: Browser, portal: Portal) -> Iterator[Page]:
    """A phone whose browser may set up a service worker."""
    yield from strict_page(
        chromium, portal.url, viewport=PHONE, has_touch=True, is_mobile=True, service_workers="allow"
    )


def test_j8_6_it_can_be_installed_on_a_phone(installing: Page) -> None:
    installing.goto("/")
    installing.evaluate("navigator.serviceWorker.ready.then(() => true)")
    chrome = installing.context.new_cdp_session(installing)
    said = chrome.send("Page.getAppManifest")
    assert said["errors"] == []
    assert said["url"].endswith("/manifest.webmanifest")
    # A browser without a window to show it in calls that a trouble, too; nothing else may be one.
    troubles = chrome.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in troubles if one["errorId"] != "in-incognito"] == []
    for selector in ('link[rel="apple-touch-icon"]', 'meta[name="theme-color"]', 'meta[name="viewport"]'):
        assert installing.locator(selector).count() == 1


def test_j8_6_without_a_network_it_says_what_still_works(installing: Page, portal: Portal) -> None:
    acting.log_in_as(installing, portal, "An")
    installing.goto("/ho-so/")
    installing.evaluate("navigator.serviceWorker.ready.then(() => true)")
    installing.reload()
    installing.wait_for_function("() => navigator.serviceWorker.controller !== null")
    installing.context.set_offline(True)
    installing.goto("/ho-so/")
    acting.heading(installing, "Máy này đang không có mạng")
    expect(installing.locator("main")).to_contain_text("1900 0298")
    expect(installing.locator("main")).to_contain_text(WARD[0])
    assert "Nguyễn Thị An" not in installing.content()
    assert axe(installing) == []
    assert not scrolls_sideways(installing)
    kept = installing.evaluate(
        "caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(cache => cache.keys()))))"
        ".then(found => found.flat().map(request => new URL(request.url).pathname))"
    )
    assert "/ngoai-tuyen/" in kept
    assert all(path == "/ngoai-tuyen/" or path.startswith("/tinh/") for path in kept), kept
    installing.context.set_offline(False)
    acting.press(installing, "Thử lại")
    acting.heading(installing, "Hồ sơ của tôi")


def test_j8_7_an_outage_is_announced_and_every_page_tells_of_it(desk_page: Page, visitor: Page, portal: Portal) -> None:
    acting.log_in_officer(desk_page, portal, "yen.dh")
    desk_page.get_by_role("link", name="Quản trị").click()
    is_fine(desk_page)
    desk_page.get_by_role("link", name="Thông báo tạm ngừng").first.click()
    acting.press(desk_page, "Thêm thông báo")
    acting.press(desk_page, "Xem trước")
    expect(desk_page.locator(".govuk-error-summary")).to_be_focused()
    is_fine(desk_page)
    night = acting.days_ago(-30)
    acting.choose(desk_page, "Nộp và bổ sung hồ sơ")
    for part, day in (("tu", night), ("den", night + timedelta(days=1))):
        for name, number in (("ngay", day.day), ("thang", day.month), ("nam", day.year)):
            desk_page.locator(f"[name={part}_ngay_{name}]").fill(str(number))
    desk_page.get_by_label("Kết thúc: giờ").fill("4h")
    desk_page.get_by_label("Nội dung").fill("Nâng cấp máy chủ.")
    acting.press(desk_page, "Xem trước")
    acting.heading(desk_page, "Xem trước")
    expect(desk_page.locator("main .mc-strip")).to_contain_text("Sắp tạm ngừng: Nộp và bổ sung hồ sơ. Từ 22:00")
    is_fine(desk_page)
    acting.press(desk_page, "Đăng thông báo")
    expect(desk_page.get_by_text("Đã đăng thông báo.")).to_be_visible()
    is_fine(desk_page)
    for path in ("/", "/thu-tuc/1.001193/", "/tai-khoan/dang-nhap/", "/can-bo/dang-nhap/", "/khong-co-trang-nay/"):
        visitor.goto(path)
        expect(visitor.locator("header .mc-strip").last).to_contain_text("Sắp tạm ngừng: Nộp và bổ sung hồ sơ")
    visitor.goto("/")
    visitor.get_by_role("link", name="Xem thông báo").click()
    acting.heading(visitor, "Thông báo tạm ngừng")
    expect(visitor.get_by_role("article").first).to_contain_text("Nâng cấp máy chủ.")
    is_fine(visitor)
    acting.log_in_as(visitor, portal, "Bình")
    acting.start_birth(visitor)
    expect(visitor.locator("header .mc-strip").last).to_contain_text("Sắp tạm ngừng")
    desk_page.get_by_role("link", name="Hủy").click()
    is_fine(desk_page)
    acting.press(desk_page, "Hủy việc tạm ngừng")
    expect(desk_page.get_by_text("Đã hủy việc tạm ngừng.")).to_be_visible()
    visitor.goto("/")
    expect(visitor.get_by_text("Sắp tạm ngừng")).to_have_count(0)


def test_j8_7_visits_are_counted_without_a_script_or_a_cookie(plain_visitor: Page, portal: Portal) -> None:
    with plain_visitor.expect_response("**/luot-truy-cap/dem.svg") as counted:
        plain_visitor.goto("/")
    assert counted.value.status == 200
    plain_visitor.goto("/thu-tuc/")
    shown = FIGURE.search(plain_visitor.locator(".mc-foot__visits").inner_text())
    assert shown
    assert int(shown[1].replace(".", "")) >= 1
    for words in ("Đang truy cập", "Hôm nay", "Tuần này", "Tất cả"):
        expect(plain_visitor.locator(".mc-foot__visits")).to_contain_text(words)
    assert plain_visitor.context.cookies() == []


def test_j8_7_the_responsible_agency_stands_on_every_page(visitor: Page, desk_page: Page, portal: Portal) -> None:
    for path in (
        "/can-bo/dang-nhap/",
        "/thu-tuc/",
        "/tra-cuu/",
        "/thong-bao/",
        "/tai-khoan/dang-nhap/",
        "/khong-co-trang-nay/",
        "/",
    ):
        visitor.goto(path)
        for words in OWNER:
            expect(visitor.locator("footer")).to_contain_text(words)
    acting.log_in_as(visitor, portal, "Việt")
    visitor.goto("/ho-so/")
    mine = [str(link.get_attribute("href")) for link in visitor.locator("main a[href^='/ho-so/']").all()]
    visitor.goto(next(address for address in mine if re.fullmatch(r"/ho-so/[A-Z0-9-]+/", address)))
    for words in WARD:
        expect(visitor.get_by_role("complementary", name="Thông tin hồ sơ")).to_contain_text(words)
    assert visitor.locator("aside a[href^='mailto:']").count() >= 1
    acting.log_in_officer(desk_page, portal, "chi.tt")
    for words in OWNER:
        expect(desk_page.locator("footer")).to_contain_text(words)
