"""A household business, from the National portal's login to the certificate: what its person and the ward do."""

from playwright.sync_api import Page, expect

from tests.e2e import acting
from tests.e2e.portal import Portal

FEE = "150.000 đồng"


def start(page: Page) -> str:
    """From the record to the first page of a new draft; its number."""
    page.goto("/thu-tuc/1.001612/")
    acting.press(page, "Nộp hồ sơ")
    page.wait_for_url("**/nop/**")
    acting.press(page, "Nộp hồ sơ")
    page.wait_for_url("**/nguoi-nop/")
    return page.url.split("/")[-3]


def fill_people(page: Page) -> None:
    """Who hands in, who owns: the same person."""
    if not page.locator("#residence").input_value():
        acting.choose_place(page, "residence", "Phường Hoa Sen")
    acting.goes_on(page)
    acting.heading(page, "Chủ hồ sơ")
    acting.press(page, "Lấy thông tin từ người nộp")
    acting.goes_on(page)


def fill_form(page: Page, name: str = "Bún chả Hoa Sen") -> None:
    """All eight pages, as a person who opens a small restaurant."""
    acting.heading(page, "Hình thức đăng ký")
    acting.choose(page, "Thành lập mới", exact=False)
    acting.choose(page, "Một cá nhân", exact=False)
    acting.goes_on(page)
    acting.heading(page, "Địa chỉ trụ sở")
    acting.choose_place(page, "seat", "Phường Hoa Sen")
    page.locator("#seat--detail").fill("Số 12 đường Trần Phú")
    page.get_by_label("Điện thoại", exact=False).first.fill("0900000217")
    acting.goes_on(page)
    acting.heading(page, "Ngành, nghề kinh doanh")
    add_line(page, 0, "5610", "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động")
    acting.choose(page, "Là ngành, nghề chính")
    acting.goes_on(page)
    acting.heading(page, "Tên hộ kinh doanh")
    page.get_by_label("Tên riêng bằng tiếng Việt").fill(name)
    acting.goes_on(page)
    acting.heading(page, "Chủ hộ kinh doanh")
    acting.choose(page, "Cũng là nơi ở hiện tại")
    acting.goes_on(page)
    acting.heading(page, "Vốn kinh doanh")
    page.get_by_label("Vốn kinh doanh").fill("50.000.000")
    acting.goes_on(page)
    acting.heading(page, "Thông tin đăng ký thuế")
    acting.choose(page, "Địa chỉ trụ sở")
    acting.choose(page, "Ngày được cấp Giấy chứng nhận")
    page.get_by_label("Tổng số lao động").fill("2")
    acting.goes_on(page)
    acting.heading(page, "Người nộp và cam kết")
    acting.choose(page, "Chủ hộ kinh doanh")
    acting.choose(page, "Tôi cam kết", exact=False)
    acting.goes_on(page)


def add_line(page: Page, row: int, code: str, name: str = "") -> None:
    """Type a code of four digits, and see what it is called."""
    page.locator(f"#lines--{row}--line").fill(code)
    expect(page.locator(f"#lines--{row}--line--group")).to_contain_text(name)
