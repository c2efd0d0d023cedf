"""/mau in a real browser: what holds for every component holds for every page made of them."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import axe, scrolls_sideways
from tests.web.components import urls

pytestmark = [pytest.mark.e2e, pytest.mark.urls("tests.web.components.urls")]
ASSETS = Path(__file__).resolve().parents[3] / "build/assets"


def test_axe_finds_nothing_on_a_desktop(page: Page) -> None:
    page.goto("/mau/")
    assert axe(page) == []


def test_axe_finds_nothing_on_a_phone(phone: Page) -> None:
    phone.goto("/mau/")
    assert axe(phone) == []


def test_axe_finds_nothing_with_large_letters(phone: Page) -> None:
    phone.goto("/co-chu/?cap=lon")
    phone.goto("/mau/")
    assert axe(phone) == []


@pytest.mark.parametrize("width", [320, 390, 640, 960, 1280, 1920])
def test_no_page_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/mau/")
    assert not scrolls_sideways(page)


def test_large_letters_fit_a_small_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/co-chu/?cap=lon")
    page.goto("/mau/")
    assert not scrolls_sideways(page)


def test_the_error_summary_takes_the_focus_and_leads_into_the_field(page: Page) -> None:
    page.goto("/mau/")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Chọn xã, phường").click()
    expect(page.locator("#mau-xa")).to_be_focused()


def test_a_menu_closes_by_escape_and_gives_the_focus_back(phone: Page) -> None:
    phone.goto("/mau/")
    summary = phone.locator(".mc-menu--phone summary")
    summary.click()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Escape")
    expect(phone.locator(".mc-menu--phone")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_a_file_input_speaks_vietnamese(page: Page) -> None:
    page.goto("/mau/")
    face = page.locator("#mau-tep + .mc-pick__face")
    expect(face).to_contain_text("Chưa chọn tệp nào")
    page.locator("#mau-tep").set_input_files({"name": "chan-dung.jpg", "mimeType": "image/jpeg", "buffer": b"x"})
    expect(face).to_contain_text("chan-dung.jpg")


def test_a_password_can_be_shown_and_hidden(page: Page) -> None:
    page.goto("/mau/")
    page.get_by_role("button", name="Hiện mật khẩu").click()
    expect(page.locator("#mau-mat")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Ẩn mật khẩu").click()
    expect(page.locator("#mau-mat")).to_have_attribute("type", "password")


def test_a_dialog_opens_closes_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/mau/")
    opener = page.get_by_role("button", name="Rút hồ sơ…")
    opener.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Giữ lại").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_double_press_sends_a_form_once(page: Page) -> None:
    urls.Posts.count = 0
    page.goto("/don/")
    page.get_by_role("button", name="Nộp hồ sơ").dblclick(no_wait_after=True)
    expect(page.locator("body")).to_contain_text("posted 1")


def test_a_form_can_be_sent_again_after_the_back_button(page: Page) -> None:
    urls.Posts.count = 0
    page.goto("/don/")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.locator("body")).to_contain_text("posted 1")
    page.go_back()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.locator("body")).to_contain_text("posted 2")


def test_the_end_of_the_session_is_said_and_what_was_typed_stays(page: Page) -> None:
    page.goto("/manh/")
    page.get_by_label("Ô").fill("đã gõ")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("Phiên làm việc đã hết")
    expect(page.get_by_role("link", name="Đăng nhập ở thẻ mới")).to_have_attribute(
        "href", "/tai-khoan/dang-nhap/?next=%2Fmanh%2F"
    )
    expect(page.get_by_label("Ô")).to_have_value("đã gõ")


def test_the_desk_can_be_worked_by_keys_that_can_be_switched_off(page: Page) -> None:
    page.goto("/ban/")
    assert axe(page) == []
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Cấp Giấy xác nhận tình trạng hôn nhân")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Đăng ký khai sinh")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Tìm")).to_be_focused()
    page.keyboard.type("t")
    expect(page).not_to_have_url(re.compile("#tiep-nhan"))
    page.locator("h1").click()
    page.get_by_role("button", name="Tắt phím tắt").click()
    page.keyboard.press("t")
    expect(page).not_to_have_url(re.compile("#tiep-nhan"))
    page.get_by_role("button", name="Bật phím tắt").click()
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("#tiep-nhan"))


def test_letters_grow_without_scripts_and_one_stays_on_the_page(bare_page: Page) -> None:
    bare_page.goto("/mau/?trang=2")
    bare_page.get_by_role("link", name="Lớn", exact=True).click()
    expect(bare_page).to_have_url(re.compile(r"/mau/\?trang=2$"))
    expect(bare_page.locator("html")).to_have_class(re.compile("mc-large"))
    bare_page.get_by_role("link", name="Vừa", exact=True).click()
    expect(bare_page.locator("html")).not_to_have_class(re.compile("mc-large"))


def test_the_keyboard_reaches_the_contents_first(page: Page) -> None:
    page.goto("/qua-nhieu/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()


def test_a_first_visit_weighs_less_than_100_kilobytes_without_fonts(page: Page) -> None:
    fetched: dict[str, int] = {}

    def weigh(response: object) -> None:
        if not response.url.endswith(".woff2"):  # type: ignore[attr-defined]
            fetched[response.url] = len(gzip.compress(response.body(), 6))  # type: ignore[attr-defined]

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto("/mau/", wait_until="networkidle")
    assert sum(fetched.values()) < 100 * 1024, fetched


@pytest.mark.parametrize(("name", "most"), [("look.css", 15_000), ("govuk.css", 12_000), ("icons.svg", 5_000)])
def test_stylesheets_stay_light(name: str, most: int) -> None:
    assert len(gzip.compress((ASSETS / name).read_bytes(), 6)) <= most
