"""At the counter: an officer registers somebody without email, types their dossier in, takes it in, by keys alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import Newcomer, a_picture, come_in, heading, log_in, press
from tests.e2e.browser import is_fine
from tests.e2e.counter import Keyboard
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

FIGURES = Path(__file__).resolve().parents[2] / "docs/officer/counter.md"


def written_down() -> tuple[int, int]:
    """What the page for officers says one case takes: letters and digits typed, other keys pressed."""
    found = re.search(r"gõ (\d+) chữ và số, bấm (\d+) phím khác", FIGURES.read_text(encoding="utf-8"))
    assert found
    return int(found[1]), int(found[2])


def test_j2_10_somebody_without_email_is_registered_and_their_dossier_taken_in_by_keys_alone(
    desk_page: Page, visitor: Page, portal: Portal
) -> None:
    page, who = desk_page, Newcomer()
    come_in(page, portal, "chi.tt")
    keys = Keyboard(page)
    page.goto("/can-bo/quay/")
    is_fine(page)
    _register(page, keys, who)
    is_fine(page)
    _type_in(page, keys)
    keys.press("Control+Enter")
    page.wait_for_url("**/da-nhan/")
    is_fine(page)
    code = page.locator(".mc-quay-code").inner_text()
    assert re.fullmatch(r"H98\.21-\d{6}-\d{4}", code)
    expect(page.get_by_text("16.000 đồng").first).to_be_visible()
    assert (keys.typed, keys.pressed) == written_down()

    sms = portal.message_to(who.phone, code.replace(".", r"\."))
    assert sms
    _sees_it(visitor, portal, who, code)


def _register(page: Page, keys: Keyboard, who: Newcomer) -> None:
    """The number and a few letters of the service, then the card."""
    keys.at("so")
    keys.type(who.personal_number)
    keys.press("Tab")
    keys.type("trich luc")
    keys.press("Enter")
    page.wait_for_url("**/nguoi-nop/**")
    heading(page, "Đăng ký người nộp")
    is_fine(page)
    keys.at("the")
    keys.press("Space", "Tab")
    keys.at("full-name")
    keys.type(who.full_name)
    keys.press("Tab")
    keys.type("5")
    keys.press("Tab")
    keys.type("3")
    keys.press("Tab", "Tab", "Tab")  # year and sex are in the number
    keys.at("phone")
    keys.type(who.phone)
    keys.press("Tab")
    keys.type("hoa sen")
    page.locator("#residence--found input").first.wait_for()
    keys.press("Tab", "Tab", "Space")
    keys.at("residence--detail")
    keys.type("Tổ 9")
    keys.press("Enter")
    page.wait_for_url("**/quay/NH-**")


def _type_in(page: Page, keys: Keyboard) -> None:
    """A copy of one's own birth record: two of them, for 16.000 đồng."""
    keys.at("nguoi-yeu-cau")
    is_fine(page)
    keys.press("Space")
    keys.next_missing("event")
    keys.press("Space")
    keys.next_missing("subject-name")
    keys.type("Nguyễn Thị Ước")
    keys.next_missing("subject-birth")
    for part in ("5", "3"):
        keys.type(part)
        keys.press("Tab")
    keys.type("1990")
    keys.next_missing("subject-sex")
    keys.press("Space")
    keys.next_missing("registered-at")
    keys.type("UBND phường Hoa Sen")
    keys.press("Tab", "Tab", "Tab", "Tab", "Tab")
    keys.at("copies")
    keys.replace("2")
    keys.next_missing("promise")
    keys.press("Space")
    expect(page.locator("[data-door]")).to_have_text("Tiếp nhận, thu 16.000 đồng và in giấy hẹn")


def _sees_it(page: Page, portal: Portal, who: Newcomer, code: str) -> None:
    """The person, who has no password yet, makes one and finds the dossier with the officer's name."""
    page.goto("/tai-khoan/dang-nhap/")
    press(page, "Quên mật khẩu")
    page.get_by_label("Số định danh cá nhân").fill(who.personal_number)
    before = len(portal.messages_to(who.phone))
    press(page, "Nhận mã xác nhận")
    page.get_by_label("Mã xác nhận").fill(portal.message_to(who.phone, r"\b(\d{6})\b", after=before))
    press(page, "Xác nhận")
    page.get_by_label("Mật khẩu mới").first.fill(who.password)
    page.get_by_label("Nhập lại mật khẩu").fill(who.password)
    press(page, "Đổi mật khẩu")
    heading(page, "Đăng nhập")
    log_in(page, portal, who.personal_number, who.phone, who.password)
    page.goto(f"/ho-so/{code}/")
    expect(page.get_by_text("Nộp tại quầy, người tiếp nhận Trần Thị Chi").first).to_be_visible()


def test_a_power_cut_loses_nothing(desk_page: Page, portal: Portal) -> None:
    page = desk_page
    come_in(page, portal, "chi.tt")
    page.goto("/can-bo/quay/")
    page.get_by_label("Số định danh cá nhân").fill("098162004217")
    page.get_by_label("Thủ tục").fill("khai sinh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nguoi-nop/**")
    press(page, "Bắt đầu hồ sơ")
    page.wait_for_url("**/quay/NH-**")
    box = page.locator("#child-name")
    box.fill("Lê Minh Khuê")
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        page.keyboard.press("Tab")
    assert saved.value.ok
    place = page.url.split("#")[0]

    page.goto("about:blank")  # the screen goes dark; the browser has kept nothing
    page.goto("/can-bo/quay/")
    page.locator(f'a[href*="{place.rsplit("/quay/")[-1]}"]').first.click()
    expect(page.locator("#child-name")).to_have_value("Lê Minh Khuê")
    at = page.evaluate("document.activeElement.id")
    assert at in {"child-name", "child-birth"}, at


def test_a_scan_is_taken_as_soon_as_it_is_chosen(desk_page: Page, portal: Portal) -> None:
    page = desk_page
    come_in(page, portal, "chi.tt")
    page.goto("/can-bo/quay/")
    page.get_by_label("Số định danh cá nhân").fill("098196001552")
    page.get_by_label("Thủ tục").fill("chứng thực chữ ký")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nguoi-nop/**")
    press(page, "Bắt đầu hồ sơ")
    page.wait_for_url("**/quay/NH-**")
    key = str(page.locator("input[type=file]").first.get_attribute("data-paper"))
    page.locator(f"#tep-{key}").set_input_files({"name": "giay.jpg", "mimeType": "image/jpeg", "buffer": a_picture()})
    expect(page.locator(f"#giay-{key}").get_by_role("link", name="giay.jpg").first).to_be_visible()
    is_fine(page)
