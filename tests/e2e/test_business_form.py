"""The eight pages of a household business on the portal itself: without scripts on a phone, and kept while typing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting, household
from tests.e2e.browser import axe, scrolls_sideways
from tests.e2e.plain import choose_place
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e
FOOD = "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động"


def find_line(page: Page, row: int, words: str, code: str) -> None:
    """Words, a button, the line among those found."""
    page.locator(f"#lines--{row}--line").fill(words)
    page.locator(f"[name=act][value='find-code:lines__{row}__line']").click()
    page.locator(f"#lines--{row}--line--found").get_by_role("button", name=re.compile(code)).click()
    expect(page.locator(f"#lines--{row}--line")).to_have_value(code)


def begin(page: Page, portal: Portal) -> str:
    """A draft of Việt's, at the form's first page."""
    acting.come_in(page, portal, "Việt")
    ref = household.start(page)
    household.fill_people(page)
    acting.heading(page, "Hình thức đăng ký")
    return ref


def test_a_family_declares_its_business_without_any_script(plain_visitor: Page, portal: Portal) -> None:
    page = plain_visitor
    ref = begin(page, portal)
    acting.goes_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Xin chọn ai thành lập hộ kinh doanh")
    acting.choose(page, "Các thành viên hộ gia đình", exact=False)
    acting.goes_on(page)
    acting.heading(page, "Địa chỉ trụ sở")
    choose_place(page, "seat", "Tỉnh Minh Giang", "Phường Hoa Sen")
    acting.goes_on(page)
    acting.summary_says(page, "Xin ghi số nhà, đường, tổ, thôn", at="seat--detail", focused=False)
    page.locator("#seat--detail").fill("Số 45 đường Trần Phú")
    acting.goes_on(page)
    acting.heading(page, "Ngành, nghề kinh doanh")
    find_line(page, 0, "quan com", "5610")
    page.get_by_role("button", name="Thêm ngành, nghề").click()
    page.locator("#lines--1--line").fill("5610")
    acting.goes_on(page)
    acting.summary_says(page, "Ngành, nghề này đã có ở trên", at="lines--1--line", focused=False)
    acting.summary_says(page, "Xin đánh dấu đúng một ngành, nghề chính", at="lines--0--main", focused=False)
    find_line(page, 1, "quán cà phê", "5630")
    acting.choose(page, "Là ngành, nghề chính")
    acting.goes_on(page)
    acting.heading(page, "Tên hộ kinh doanh")
    page.get_by_label("Tên riêng bằng tiếng Việt").fill("Quán cơm Hoa Sen")
    acting.goes_on(page)
    _owner_and_members(page)
    _rest(page)
    acting.heading(page, "Giấy tờ")
    expect(page.get_by_role("heading", name="ủy quyền cho một thành viên làm chủ hộ")).to_be_visible()
    page.goto(f"/nop/{ref}/xem-lai/")
    expect(page.get_by_text(f"5610 – {FOOD}")).to_be_visible()
    expect(page.get_by_text("Tám mươi triệu đồng")).to_be_visible()
    assert not scrolls_sideways(page)


def _owner_and_members(page: Page) -> None:
    acting.heading(page, "Chủ hộ kinh doanh")
    expect(page.get_by_label("Họ, chữ đệm, tên").first).to_have_value("Đặng Quốc Việt")
    page.locator("#members--0--member-name").fill("Nguyễn Thị Hợp")
    for part, value in (("", "5"), ("--month", "3"), ("--year", "1990")):
        page.locator(f"#members--0--member-birth{part}").fill(value)
    page.locator("label[for^='members--0--member-sex']", has_text="Nữ").click()
    page.locator("#members--0--member-number").fill("098201006034")
    acting.goes_on(page)
    acting.summary_says(page, "Số định danh không khớp", at="members--0--member-number", focused=False)
    page.locator("#members--0--member-number").fill("098190000001")
    acting.goes_on(page)


def _rest(page: Page) -> None:
    acting.heading(page, "Vốn kinh doanh")
    page.get_by_label("Vốn kinh doanh").fill("80.000.000")
    acting.goes_on(page)
    acting.heading(page, "Thông tin đăng ký thuế")
    page.get_by_label("Tổng số lao động dự kiến").fill("2")
    acting.goes_on(page)
    acting.heading(page, "Người nộp và cam kết")
    acting.choose(page, "Chủ hộ kinh doanh")
    acting.choose(page, "Tôi cam kết", exact=False)
    acting.goes_on(page)


def test_a_line_that_was_taken_is_kept_at_once(visitor: Page, portal: Portal) -> None:
    page = visitor
    ref = begin(page, portal)
    page.goto(f"/nop/{ref}/to-khai/nganh-nghe/")
    page.locator("#lines--0--line").press_sequentially("tap hoa")
    found = page.locator("#lines--0--line--found").get_by_role("button")
    expect(found.first).to_contain_text("4711")
    assert axe(page) == []
    found.first.click()
    expect(page.locator("#lines--0--line")).to_have_value("4711")
    page.reload()
    expect(page.locator("#lines--0--line")).to_have_value("4711")
    expect(page.locator("#lines--0--line--found")).to_contain_text("Bán lẻ tổng hợp")
    assert not scrolls_sideways(page)
