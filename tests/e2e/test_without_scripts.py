"""The whole submission in a browser that runs no scripts: buttons do what scripts would."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting
from tests.e2e.plain import choose_place, find_place, redraw
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


def fill_child(page: Page) -> None:
    """Người được khai sinh: what depends on a choice comes after a button."""
    acting.heading(page, "Người được khai sinh")
    page.get_by_label("Họ, chữ đệm, tên").fill("Đặng Thị Ngọc Huyền")
    born = acting.days_ago(9)
    for label, value in (("Ngày", born.day), ("Tháng", born.month), ("Năm", born.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    acting.choose(page, "Đúng hạn", exact=False)
    acting.choose(page, "Nữ")
    page.get_by_label("Dân tộc").select_option(label="Kinh")
    acting.choose(page, "Tại cơ sở y tế")
    redraw(page)
    page.get_by_label("Tên cơ sở y tế").fill("Trạm y tế phường Bến Đò")
    choose_place(page, "birth-address", "Tỉnh Minh Giang", "Phường Bến Đò")
    find_place(page, "child-hometown", "hoa son", "Xã Hoa Sơn, tỉnh Minh Giang")
    acting.choose(page, "Có bản giấy")
    acting.goes_on(page)


def fill_parent(page: Page, title: str, who: str, name: str, year: str) -> None:
    """Mother's or father's page."""
    acting.heading(page, title)
    page.locator(f"#{who}-name").fill(name)
    page.locator(f"#{who}-birth-year").fill(year)
    page.locator(f"#{who}-ethnicity").select_option(label="Kinh")
    acting.choose(page, "Không có, không biết số")
    acting.choose(page, "Nơi thường trú")
    choose_place(page, f"{who}-residence", "Tỉnh Minh Giang", "Phường Bến Đò")
    if who == "father":
        acting.choose(page, "Chưa", exact=False)
    acting.goes_on(page)


def test_a_birth_is_handed_in_without_any_script(plain_visitor: Page, portal: Portal) -> None:
    """From the record to the number: places by buttons, an upload with the form, "Mã xác nhận" by SMS."""
    page = plain_visitor
    acting.come_in(page, portal, "Việt")
    phone = acting.citizen("Việt")["phone"]
    ref = acting.start_birth(page)
    acting.goes_on(page)
    acting.heading(page, "Chủ hồ sơ")
    acting.press(page, "Lấy thông tin từ người nộp")
    acting.goes_on(page)

    acting.heading(page, "Người yêu cầu")
    acting.choose(page, "Cha")
    acting.choose(page, "Hộ chiếu", exact=False)
    acting.choose(page, "Nơi thường trú")
    acting.goes_on(page)
    acting.summary_says(page, "số giấy tờ", at="requester-document-number", focused=False)
    page.locator("#requester-document-number").fill("C1234567")
    acting.goes_on(page)
    fill_child(page)
    fill_parent(page, "Mẹ", "mother", "Trần Thị Ngọc", "2002")
    fill_parent(page, "Cha", "father", "Đặng Quốc Việt", "2001")
    acting.heading(page, "Bản sao")
    acting.choose(page, "Có")
    redraw(page)
    page.get_by_label("Số bản sao").fill("1")
    page.get_by_label("Làm tại").fill("phường Bến Đò")
    acting.choose(page, "Tôi cam đoan", exact=False)
    acting.goes_on(page)

    acting.heading(page, "Giấy tờ")
    page.locator("#tep-giay-chung-sinh").set_input_files(
        [
            {"name": "mặt trước.jpg", "mimeType": "image/jpeg", "buffer": acting.a_picture("mat truoc")},
            {"name": "ghi chú.txt", "mimeType": "text/plain", "buffer": b"khong phai anh"},
        ]
    )
    acting.press(page, "Tải lên")
    acting.summary_says(page, "ghi chú.txt không phải ảnh hoặc PDF", at="tep-giay-chung-sinh", focused=False)
    expect(page.locator(".mc-file__name")).to_have_text(["mặt trước.jpg"])  # the good one stays
    page.locator("#tep-giay-chung-sinh").set_input_files(
        {"name": "mặt sau.jpg", "mimeType": "image/jpeg", "buffer": acting.a_picture("mat sau")}
    )
    acting.goes_on(page)  # any button of the page sends the file too
    acting.choose_delivery(page, copies=1)

    acting.heading(page, "Xem lại rồi nộp")
    expect(page.get_by_role("main")).to_contain_text("mặt sau.jpg")
    acting.choose(page, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    acting.press(page, "Nộp hồ sơ")
    acting.summary_says(page, "Mã xác nhận", at="ma-xac-nhan", focused=False)
    before = len(portal.messages_to(phone))
    acting.press(page, "Gửi mã xác nhận")
    code = portal.message_to(phone, r"\b(\d{6})\b", after=before)
    expect(page.locator("#statement")).to_be_checked()  # asking for the code keeps it
    page.locator("#ma-xac-nhan").fill(code)
    acting.press(page, "Nộp hồ sơ")
    expect(page.get_by_text("Chúc mừng bạn đã nộp hồ sơ thành công")).to_be_visible()
    expect(page.get_by_role("region", name="Mã nộp hồ sơ, xin giữ lại")).to_contain_text(ref)
