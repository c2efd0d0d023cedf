"""Journeys 4.1 to 4.9, as a person who has only the guide: from the first page of a dossier to the number to keep."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting, sending
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


def row(page: Page, label: str) -> str:
    """What the review says beside a label."""
    found = page.locator(".mc-review__row").filter(has=page.get_by_text(label, exact=True)).first
    return found.locator("dd").inner_text()


def test_j4_1_the_applicant_s_data_are_shown_checked_and_corrected(visitor: Page, portal: Portal) -> None:
    """Người nộp: what the account knows needs no typing; what is wrong for this dossier is mended here."""
    acting.come_in(visitor, portal, "Hà")
    ref = acting.start_birth(visitor)
    main = visitor.get_by_role("main")
    for known in ("Trần Thu Hà", "098 196 001 552", "30/12/1996", "Nữ"):
        expect(main).to_contain_text(known)

    phone = visitor.get_by_label("Số điện thoại di động")
    phone.fill("09000")
    acting.goes_on(visitor)
    acting.summary_says(visitor, "Số điện thoại", at="phone")
    expect(phone).to_have_value("09000")

    phone.fill("0912 345 678")
    visitor.get_by_label("Thư điện tử").fill("ha.tran@thudientu.example")
    visitor.get_by_label("Số nhà, đường, tổ, thôn").fill("Số 9 đường Trần Phú")
    acting.goes_on(visitor)
    acting.heading(visitor, "Chủ hồ sơ")
    visitor.goto(f"/nop/{ref}/xem-lai/")
    assert row(visitor, "Điện thoại") == "0912 345 678"
    assert row(visitor, "Thư điện tử") == "ha.tran@thudientu.example"
    assert row(visitor, "Nơi cư trú").startswith("Số 9 đường Trần Phú, phường Hoa Sen")


def test_j4_2_the_owner_s_data_come_from_the_applicant_by_one_button(visitor: Page, portal: Portal) -> None:
    """Chủ hồ sơ: "Lấy thông tin từ người nộp" copies what the page before says, and it can still be changed."""
    acting.come_in(visitor, portal, "Hà")
    ref = acting.start_birth(visitor)
    visitor.get_by_label("Số nhà, đường, tổ, thôn").fill("Số 9 đường Trần Phú")
    acting.goes_on(visitor)
    acting.heading(visitor, "Chủ hồ sơ")
    expect(visitor.locator("#full-name")).to_have_value("")
    acting.press(visitor, "Lấy thông tin từ người nộp")
    expect(visitor.locator("#full-name")).to_have_value("Trần Thu Hà")
    expect(visitor.locator("#personal-number")).to_have_value(re.compile(r"098\s?196\s?001\s?552"))
    expect(visitor.locator("#birth-date")).to_have_value("30")
    expect(visitor.get_by_label("Nữ")).to_be_checked()
    expect(visitor.locator("#residence--detail")).to_have_value("Số 9 đường Trần Phú")
    visitor.locator("#residence--detail").fill("Số 11 đường Trần Phú")
    acting.goes_on(visitor)
    acting.heading(visitor, "Người yêu cầu")
    visitor.goto(f"/nop/{ref}/xem-lai/")
    owner = visitor.locator(".mc-review").filter(has=visitor.get_by_role("heading", name="Chủ hồ sơ"))
    expect(owner).to_contain_text("Số 11 đường Trần Phú")


def test_j4_3_the_form_asks_for_all_that_is_marked_and_shows_only_what_applies(visitor: Page, portal: Portal) -> None:
    """The interactive form: fields with *, conditions, the date in words, the place by a few letters."""
    acting.come_in(visitor, portal, "Hà")
    ref = acting.start_birth(visitor)
    visitor.goto(f"/nop/{ref}/to-khai/nguoi-duoc-khai-sinh/")
    expect(visitor.locator(".mc-req").first).to_be_visible()
    acting.goes_on(visitor)
    required = visitor.get_by_role("alert").get_by_role("link")
    expect(required.first).to_be_visible()
    assert required.count() >= 7

    expect(visitor.get_by_label("Tên cơ sở y tế")).to_have_count(0)
    acting.choose(visitor, "Tại cơ sở y tế")
    visitor.get_by_label("Tên cơ sở y tế").fill("Trạm y tế phường Hoa Sen")
    acting.choose(visitor, "Ở nước ngoài", exact=False)
    expect(visitor.get_by_label("Tên cơ sở y tế")).to_have_count(0)
    acting.choose(visitor, "Tại cơ sở y tế")

    for label, value in (("Ngày", "5"), ("Tháng", "3"), ("Năm", "2026")):
        visitor.get_by_label(label, exact=True).fill(value)
    visitor.keyboard.press("Tab")
    expect(visitor.get_by_text("Ngày năm tháng ba năm hai nghìn không trăm hai mươi sáu")).to_be_visible()

    visitor.locator("#child-hometown--find").press_sequentially("hoa son", delay=30)
    acting.choose(visitor, "Xã Hoa Sơn, tỉnh Minh Giang")
    expect(visitor.locator("#child-hometown--commune")).to_have_value("98004")

    visitor.goto(f"/nop/{ref}/to-khai/me/")
    expect(visitor.locator("#mother-name")).to_be_visible()
    acting.choose(visitor, "Không")
    expect(visitor.locator("#mother-name")).to_have_count(0)
    acting.goes_on(visitor)
    acting.heading(visitor, "Cha")


def test_j4_4_each_paper_takes_photographs_and_scans_and_they_can_be_looked_at_and_taken_away(
    visitor: Page, portal: Portal
) -> None:
    """Thành phần hồ sơ: which papers, with their rules; several files each."""
    acting.come_in(visitor, portal, "Hà")
    ref = acting.start_birth(visitor)
    visitor.goto(f"/nop/{ref}/giay-to/")
    main = visitor.get_by_role("main")
    expect(main).to_contain_text("Đã có 0 trên 1 giấy tờ bắt buộc")
    acting.goes_on(visitor)
    acting.summary_says(visitor, "Giấy chứng sinh", at="tep-giay-chung-sinh")

    acting.add_picture(visitor, name="mặt trước.jpg")
    expect(visitor.locator("[data-error-summary]")).to_have_count(0)  # what it said is no longer so
    acting.add_picture(visitor, name="mặt sau.jpg")
    expect(main).to_contain_text("Đã có 1 trên 1 giấy tờ bắt buộc")
    thumbnail = visitor.locator("#giay-giay-chung-sinh img").first
    thumbnail.scroll_into_view_if_needed()
    expect(thumbnail).to_have_js_property("complete", value=True)
    assert thumbnail.evaluate("image => image.naturalWidth") > 0
    look = visitor.get_by_role("link", name="Xem mặt trước.jpg").get_attribute("href") or ""
    seen = visitor.request.get(look)
    assert seen.headers["content-type"] == "image/jpeg"
    assert "sandbox" in seen.headers["content-security-policy"]

    visitor.get_by_role("link", name="Xóa mặt trước.jpg").click()
    acting.heading(visitor, "Xóa tệp này?")
    acting.press(visitor, "Xóa tệp")
    expect(visitor.locator(".mc-file__name")).to_have_text(["mặt sau.jpg"])
    acting.goes_on(visitor)
    acting.heading(visitor, "Nhận kết quả và lệ phí")


def test_j4_6_the_ways_of_handing_in_and_receiving_are_chosen(visitor: Page, portal: Portal) -> None:
    """Hình thức nộp hồ sơ, hình thức nhận kết quả: those that this desk offers, one or several to receive."""
    acting.come_in(visitor, portal, "Hà")
    ref = acting.start_birth(visitor)
    visitor.goto(f"/nop/{ref}/nhan-ket-qua/")
    expect(visitor.get_by_role("group", name="Hình thức nộp hồ sơ")).to_contain_text("Trực tuyến")
    acting.goes_on(visitor)
    acting.summary_says(visitor, "nhận kết quả", at="receive")
    acting.choose(visitor, "Bản điện tử", exact=False)
    acting.choose(visitor, "Bản giấy, nhận tại", exact=False)
    acting.goes_on(visitor)
    acting.heading(visitor, "Xem lại rồi nộp")
    assert row(visitor, "Hình thức nộp hồ sơ") == "Trực tuyến"
    assert row(visitor, "Hình thức nhận kết quả") == ("Bản điện tử, tải về tại đây; Bản giấy, nhận tại Bộ phận Một cửa")


def test_j4_7_the_fee_is_told_before_anybody_hands_in_and_the_way_to_pay_is_chosen(
    visitor: Page, portal: Portal
) -> None:
    """Copies × 8.000 đồng; without copies nothing is to be paid, and nobody asks how."""
    acting.come_in(visitor, portal, "Hà")
    ref = acting.start_birth(visitor)
    visitor.goto(f"/nop/{ref}/nhan-ket-qua/")
    expect(visitor.get_by_text("Không phải trả")).to_be_visible()
    expect(visitor.get_by_role("group", name="ở đâu, lúc nào")).to_have_count(0)

    visitor.goto(f"/nop/{ref}/to-khai/ban-sao-cam-doan/")
    acting.choose(visitor, "Có")
    visitor.get_by_label("Số bản sao").fill("3")
    acting.press(visitor, "Lưu, làm tiếp sau")
    visitor.goto(f"/nop/{ref}/nhan-ket-qua/")
    expect(visitor.get_by_text("3 × 8.000 đồng")).to_be_visible()
    expect(visitor.get_by_text("24.000 đồng").first).to_be_visible()
    acting.choose(visitor, "Bản điện tử", exact=False)
    acting.goes_on(visitor)
    acting.summary_says(visitor, "phí", at="pay")
    acting.choose(visitor, "Tại Bộ phận Một cửa, khi nhận kết quả")
    acting.goes_on(visitor)
    acting.heading(visitor, "Xem lại rồi nộp")
    assert row(visitor, "Trả phí") == "Tại Bộ phận Một cửa, khi nhận kết quả"
    expect(visitor.get_by_role("region", name="Lệ phí và phí")).to_contain_text("24.000 đồng")


def test_j4_8_the_review_shows_all_and_every_part_is_mended_from_there(visitor: Page, portal: Portal) -> None:
    """Review, "Mã xác nhận", the statement, submit; what still lacks is named with a way to it."""
    acting.come_in(visitor, portal, "Hà")
    sending.prepare(visitor, portal, "Lê Minh Khuê")
    acting.heading(visitor, "Xem lại rồi nộp")
    assert row(visitor, "Họ, chữ đệm, tên mẹ") == "Trần Thu Hà"
    expect(visitor.get_by_role("region", name="Giấy tờ còn phải mang đến")).to_contain_text("Giấy chứng sinh")

    visitor.get_by_role("link", name="Sửa phần mẹ").click()
    visitor.locator("#mother-name").fill("Trần Thị Thu Hà")
    acting.goes_on(visitor)
    acting.heading(visitor, "Xem lại rồi nộp")
    assert row(visitor, "Họ, chữ đệm, tên mẹ") == "Trần Thị Thu Hà"

    acting.press(visitor, "Nộp hồ sơ")
    acting.summary_says(visitor, "cam đoan", at="statement")
    acting.sign_and_send(visitor)


def test_j4_9_the_person_is_congratulated_and_keeps_the_number(visitor: Page, portal: Portal) -> None:
    """The number stands on the page, comes by message, can be sent again and printed."""
    acting.come_in(visitor, portal, "Hà")
    phone = acting.citizen("Hà")["phone"]
    ref = acting.hand_in(visitor, "Lê Minh Khôi")
    expect(visitor.get_by_role("region", name="Mã nộp hồ sơ, xin giữ lại")).to_contain_text(ref)
    portal.message_to(phone, ref)
    before = len(portal.messages_to(phone))
    acting.press(visitor, "Gửi lại mã cho tôi")
    expect(visitor.get_by_text("Đã gửi mã nộp hồ sơ")).to_be_visible()
    portal.message_to(phone, ref, after=before)
    acting.press(visitor, "In bản đã nộp")
    expect(visitor.get_by_role("main")).to_contain_text(ref)
    expect(visitor.get_by_role("main")).to_contain_text("Lê Minh Khôi")
    visitor.goto("/ho-so/")
    expect(visitor.get_by_role("main")).to_contain_text(ref)


def test_j3_6_takes_the_blank_form_from_inside_the_submission(visitor: Page, portal: Portal) -> None:
    """Tải mẫu đơn, tờ khai, again where the papers are attached; it opens without losing the draft."""
    acting.come_in(visitor, portal, "Hà")
    ref = acting.start_birth(visitor)
    visitor.goto(f"/nop/{ref}/giay-to/")
    visitor.get_by_role("link", name=re.compile("^Tải mẫu: ")).click()
    acting.heading(visitor, "Tờ khai đăng ký khai sinh")
    expect(visitor.get_by_role("heading", name="Người được khai sinh", exact=True)).to_be_visible()
    acting.goes_back(visitor, "Giấy tờ")
