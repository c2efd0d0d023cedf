"""A supplement from both sides: pointed at on the desk, told, corrected in place on a telephone, compared."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting, sending
from tests.e2e.browser import axe, scrolls_sideways
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

NAME, PAPER = "Họ, chữ đệm, tên mẹ", "Giấy chứng sinh"
WRONG = "Thiếu chữ đệm so với Giấy chứng sinh"


def clean(page: Page) -> None:
    """Nothing to find for axe, nothing beside the screen."""
    assert axe(page) == []
    assert not scrolls_sideways(page)


def ask(desk: Page, portal: Portal, ref: str) -> None:
    """The registrar finds the paper bad, and points at it and at the mother's name."""
    sending.take_in(desk, portal, ref)
    acting.at_dossier(desk, portal, "dung.pv", ref)
    acting.press(desk, "Nhận thụ lý")
    acting.choose(desk, "Chưa đạt")
    desk.get_by_label("Ghi chú, cần có khi chưa đạt").first.fill("Ảnh mờ, không đọc được số giấy")
    acting.press(desk, "Ghi kết quả kiểm tra")
    acting.press(desk, "Yêu cầu bổ sung")
    acting.heading(desk, "bổ sung hồ sơ")
    box = desk.locator("#sua-answer-mother-name")
    expect(box).to_be_hidden()
    desk.locator("label[for=chon-answer-mother-name]").click()
    acting.press(desk, "Gửi yêu cầu bổ sung")
    acting.summary_says(desk, "Ghi cần sửa gì", at="sua-answer-mother-name")
    clean(desk)
    box.fill(WRONG)
    expect(desk.locator("#sua-paper-giay-chung-sinh")).to_have_value("Ảnh mờ, không đọc được số giấy")
    acting.press(desk, "Gửi yêu cầu bổ sung")
    expect(desk.get_by_role("heading", name="Đang chờ người nộp bổ sung")).to_be_visible()
    clean(desk)


def test_j5_1_a_supplement_is_asked_for_told_corrected_in_place_and_compared(
    visitor: Page, desk_page: Page, portal: Portal
) -> None:
    person = acting.citizen("Bình")
    ref = sending.hand_in_as(visitor, portal, "Bình", "Lê Thị Bổ Sung")
    ask(desk_page, portal, ref)

    letter = portal.message_to(person["email"], rf"(?s).*cần bổ sung.*{WRONG}.*")
    assert "Phạm Văn Dũng" in letter
    assert "Bổ sung trước: 23:59" in letter
    sms = portal.message_to(person["phone"], r".*can bo sung truoc.*")
    assert "chung sinh" not in sms

    visitor.goto("/ho-so/")
    visitor.get_by_role("link", name=re.compile("^Bổ sung hồ sơ")).first.click()
    acting.heading(visitor, "Lời khai cần bổ sung")
    expect(visitor.get_by_text(f"Cần bổ sung: {WRONG}")).to_be_visible()
    expect(visitor.locator("#child-name")).to_have_count(0)
    clean(visitor)
    name = visitor.locator("#mother-name")
    old = name.input_value()
    name.fill("Trần Thị Thu Hà")
    expect(visitor.locator("#da-luu")).to_contain_text("Đã lưu nháp")
    visitor.reload()
    expect(name).to_have_value("Trần Thị Thu Hà")
    acting.goes_on(visitor)

    acting.heading(visitor, "Giấy tờ cần bổ sung")
    acting.add_picture(visitor, name="chung-sinh-ro.jpg")
    clean(visitor)
    visitor.get_by_role("link", name="Xóa chung-sinh.jpg").click()
    acting.heading(visitor, "Bỏ tệp này?")
    acting.press(visitor, "Bỏ tệp")
    acting.goes_on(visitor)

    acting.heading(visitor, "Xem lại rồi gửi")
    expect(visitor.get_by_text(f"Trước: {old}")).to_be_visible()
    clean(visitor)
    acting.press(visitor, "Gửi bổ sung")
    acting.summary_says(visitor, "cam đoan", at="statement")
    acting.choose(visitor, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    acting.press(visitor, "Gửi bổ sung")
    expect(visitor.get_by_role("heading", name="Ông/bà đã bổ sung")).to_be_visible()
    expect(visitor.get_by_role("link", name="Phiếu yêu cầu (PDF)")).to_be_visible()
    clean(visitor)

    acting.at_dossier(desk_page, portal, "dung.pv", ref)
    compared = desk_page.get_by_role("row", name=WRONG)
    expect(compared).to_contain_text(old)
    expect(compared).to_contain_text("Trần Thị Thu Hà")
    expect(desk_page.get_by_role("row", name="Ảnh mờ")).to_contain_text("chung-sinh-ro.jpg")
    clean(desk_page)
    desk_page.get_by_role("link", name="chung-sinh.jpg", exact=True).click()
    expect(desk_page.locator("#giay")).to_contain_text("Bản cũ: Giấy chứng sinh")
    expect(desk_page.get_by_role("button", name="Yêu cầu bổ sung")).to_have_count(0)
    acting.press(desk_page, "Soạn bản nháp")
    expect(desk_page.get_by_label(re.compile("^Họ.*mẹ"))).to_have_value("Trần Thị Thu Hà")


def test_a_supplement_works_without_scripts(plain_visitor: Page, desk_page: Page, portal: Portal) -> None:
    acting.come_in(desk_page, portal, "Hà")
    ref = sending.hand_in(desk_page, portal, "Lê Văn Không Mã")
    ask(desk_page, portal, ref)
    plain_visitor.context.add_cookies(portal.sessions["Hà"])
    plain_visitor.goto(f"/ho-so/{ref}/")
    acting.press(plain_visitor, "Bổ sung hồ sơ")
    plain_visitor.locator("#mother-name").fill("Trần Thị Thu Hà")
    acting.goes_on(plain_visitor)
    plain_visitor.locator("#tep-giay-chung-sinh").set_input_files(
        {"name": "moi.jpg", "mimeType": "image/jpeg", "buffer": acting.a_picture("moi")}
    )
    acting.goes_on(plain_visitor)
    acting.heading(plain_visitor, "Xem lại rồi gửi")
    expect(plain_visitor.get_by_role("link", name="moi.jpg").first).to_be_visible()
    acting.choose(plain_visitor, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    acting.press(plain_visitor, "Gửi bổ sung")
    expect(plain_visitor.get_by_role("heading", name="Ông/bà đã bổ sung")).to_be_visible()
