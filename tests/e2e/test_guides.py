"""The walks of the guides, with a camera. Each test is a guide's; `make guides` draws its pictures.

A failing test here says which pictures no longer show what people see; after `make guides` they do. Look at the new
ones, and at the steps' texts, before committing.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting, household, sending
from tests.e2e.camera import Camera
from tests.e2e.national import PASSWORD, at_the_national_portal, national_person
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


@pytest.fixture
def camera() -> Iterator[Camera]:
    """A camera whose pictures must all be true at the end."""
    camera = Camera()
    yield camera
    assert not camera.outdated, f"No longer what people see: {', '.join(camera.outdated)}. Run `make guides`."


def test_j8_7_the_guide_of_an_account(visitor: Page, portal: Portal, camera: Camera) -> None:
    who = acting.Newcomer()
    visitor.goto("/tai-khoan/dang-ky/")
    camera.take(visitor, "tai-khoan-ai", at=button(visitor, "Đăng ký cho công dân"))
    acting.press(visitor, "Đăng ký cho công dân")
    acting.fill_person(visitor, who)
    camera.take(visitor, "tai-khoan-thong-tin")
    acting.press(visitor, "Nhận mã xác nhận")
    visitor.get_by_label("Mã xác nhận").fill(portal.message_to(who.phone, r"\b(\d{6})\b"))
    camera.take(visitor, "tai-khoan-ma", at=button(visitor, "Xác nhận"))
    acting.press(visitor, "Xác nhận")
    acting.heading(visitor, "mật khẩu")
    camera.take(visitor, "tai-khoan-mat-khau")
    visitor.goto("/tai-khoan/dang-nhap/")
    camera.take(visitor, "dang-nhap")


def test_j8_7_the_guide_of_handing_in(visitor: Page, portal: Portal, camera: Camera) -> None:
    visitor.goto("/")
    visitor.get_by_label("Từ khóa").fill("khai sinh")
    camera.take(visitor, "tim-thu-tuc", at=visitor.get_by_label("Từ khóa"))
    acting.come_in(visitor, portal, "Bình")
    visitor.goto("/thu-tuc/1.001193/")
    camera.take(visitor, "chi-tiet-thu-tuc", at=button(visitor, "Nộp hồ sơ"))
    acting.press(visitor, "Nộp hồ sơ")
    camera.take(visitor, "chon-co-quan", at=button(visitor, "Nộp hồ sơ"))
    acting.press(visitor, "Nộp hồ sơ")
    acting.heading(visitor, "Người nộp")
    camera.take(visitor, "nguoi-nop")
    acting.goes_on(visitor)
    acting.press(visitor, "Lấy thông tin từ người nộp")
    camera.take(visitor, "chu-ho-so", at=button(visitor, "Lấy thông tin từ người nộp"))
    acting.goes_on(visitor)
    acting.heading(visitor, "Người yêu cầu")
    acting.choose(visitor, "Cha")
    camera.take(visitor, "to-khai")
    acting.fill_birth_form(visitor, "Lê Minh Khuê")
    acting.heading(visitor, "Giấy tờ")
    camera.take(visitor, "giay-to", at=visitor.locator("#giay-giay-chung-sinh"))
    acting.add_picture(visitor)
    acting.goes_on(visitor)
    acting.choose(visitor, "Bản điện tử, tải về", exact=False)
    camera.take(visitor, "nhan-ket-qua")
    acting.goes_on(visitor)
    acting.heading(visitor, "Xem lại rồi nộp")
    acting.choose(visitor, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    camera.take(visitor, "xem-lai", at=button(visitor, "Nộp hồ sơ"))
    acting.press(visitor, "Nộp hồ sơ")
    acting.heading(visitor, "Chúc mừng")
    camera.take(visitor, "da-nop")


def test_j8_7_the_guide_through_the_national_portal(visitor: Page, portal: Portal, camera: Camera) -> None:
    person = national_person("Hà")
    visitor.goto(portal.environment["MOTCUA_NATIONAL_ISSUER"])
    visitor.get_by_label("Thủ tục").select_option("1.001193")
    visitor.get_by_label("Cơ quan thực hiện").select_option("H98.21")
    camera.take(visitor, "quoc-gia-chon", at=visitor.get_by_role("button", name="Nộp hồ sơ"))
    visitor.get_by_role("button", name="Nộp hồ sơ").click()
    camera.take(visitor, "quoc-gia-loai", at=visitor.get_by_role("link", name="Tài khoản cấp bởi Cổng DVC Quốc gia"))
    visitor.get_by_role("link", name="Tài khoản cấp bởi Cổng DVC Quốc gia").click()
    visitor.get_by_label("Số CMT/CCCD").fill(person["personal_number"])
    camera.take(visitor, "quoc-gia-mat-khau", at=visitor.get_by_role("button", name="Đăng nhập"))
    before = len(portal.national_otps(person["phone"]))
    visitor.get_by_label("Mật khẩu").fill(PASSWORD)
    visitor.get_by_role("button", name="Đăng nhập").click()
    visitor.get_by_label("Mã OTP").fill(portal.national_otp(person["phone"], after=before))
    camera.take(visitor, "quoc-gia-otp", at=visitor.get_by_role("button", name="Xác nhận"))
    visitor.get_by_role("button", name="Xác nhận").click()
    acting.heading(visitor, "Nộp hồ sơ tại phường Hoa Sen")
    camera.take(visitor, "quoc-gia-ve", at=button(visitor, "Nộp hồ sơ"))


def test_j8_7_the_guide_of_a_household_business(visitor: Page, portal: Portal, camera: Camera) -> None:
    visitor.goto("/tai-khoan/dang-nhap/?next=/thu-tuc/1.001612/")
    acting.press(visitor, "Đăng nhập qua Cổng DVC Quốc gia")
    at_the_national_portal(visitor, portal, "An")
    camera.take(visitor, "ho-kinh-doanh-trang", at=button(visitor, "Nộp hồ sơ"))
    ref = household.start(visitor)
    household.fill_people(visitor)
    household.fill_form(visitor, "Bún chả Hướng Dẫn")
    visitor.goto(f"/nop/{ref}/to-khai/nganh-nghe/")
    camera.take(visitor, "ho-kinh-doanh-nganh", at=visitor.locator("#lines--0--line"))
    visitor.goto(f"/nop/{ref}/giay-to/")
    acting.goes_on(visitor)
    acting.choose(visitor, "Bản điện tử, tải về", exact=False)
    acting.choose(visitor, "Trực tuyến, qua cổng thanh toán")
    camera.take(visitor, "ho-kinh-doanh-le-phi", at=visitor.get_by_text("Trực tuyến, qua cổng thanh toán"))
    acting.goes_on(visitor)
    acting.press(visitor, "Xác nhận tờ khai")
    acting.heading(visitor, "Xác nhận tờ khai")
    camera.take(visitor, "ho-kinh-doanh-xac-nhan", at=button(visitor, "Xác nhận qua VNeID"))
    visitor.go_back()
    household.confirm(visitor, portal, "An")
    acting.choose(visitor, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    camera.take(visitor, "ho-kinh-doanh-xem-lai", at=visitor.get_by_text("Đã xác nhận đúng nội dung này"))
    acting.press(visitor, "Nộp hồ sơ")
    acting.heading(visitor, "Chúc mừng")
    visitor.goto(f"/ho-so/{ref}/nop-phi/")
    camera.take(visitor, "ho-kinh-doanh-nop-phi", at=button(visitor, "Nộp trực tuyến"))
    household.pay(visitor, ref)
    visitor.goto(f"/ho-so/{ref}/")
    camera.take(visitor, "ho-kinh-doanh-theo-doi")


def test_j8_7_the_guide_of_following(visitor: Page, portal: Portal, camera: Camera) -> None:
    code = portal.message_to(acting.citizen("Việt")["phone"], r"H98\.21-\d{6}-\d{4}")
    visitor.goto("/tra-cuu/")
    visitor.get_by_label("Mã hồ sơ").fill(code)
    expect(visitor.locator("[data-human-done]")).to_be_visible()
    camera.take(visitor, "tra-cuu", at=visitor.get_by_label("Mã hồ sơ"))
    acting.press(visitor, "Tra cứu")
    camera.take(visitor, "tra-cuu-thay", at=visitor.get_by_role("heading", name=code))
    acting.come_in(visitor, portal, "Mỷ")
    visitor.goto("/ho-so/")
    camera.take(visitor, "ho-so-cua-toi", own="h1")
    visitor.get_by_role("link", name="Đăng ký khai sinh: Sùng A Páo").click()
    camera.take(visitor, "ho-so")
    visitor.context.clear_cookies()
    acting.come_in(visitor, portal, "Bình")
    visitor.goto("/ho-so/")
    visitor.get_by_role("link", name="Đăng ký khai sinh: Lê Hoàng Nam").first.click()
    camera.take(visitor, "tai-ket-qua", at=button(visitor, "Tải kết quả"), own="button:has-text('Tải')")
    visitor.goto("/cong-khai-tien-do/")
    camera.take(visitor, "cong-khai")


def test_j8_7_the_guide_of_officers(visitor: Page, desk_page: Page, portal: Portal, camera: Camera) -> None:
    ref = sending.hand_in_as(visitor, portal, "Hà", "Trần Minh Hướng Dẫn")
    desk_page.goto("/can-bo/dang-nhap/")
    camera.take(desk_page, "can-bo-dang-nhap", at=desk_page.get_by_label("Tên đăng nhập"))
    acting.at_dossier(desk_page, portal, "chi.tt", ref)
    camera.take(desk_page, "can-bo-ho-so", at=button(desk_page, "Tiếp nhận"))
    desk_page.goto("/can-bo/")
    camera.take(desk_page, "can-bo-viec")
    desk_page.goto("/can-bo/quay/")
    camera.take(desk_page, "can-bo-quay", own="h1, h2, label, button")  # cases left half-way have a table
    sending.take_in(desk_page, portal, ref)
    acting.at_dossier(desk_page, portal, "dung.pv", ref)
    acting.appears(desk_page, button(desk_page, "In giấy hẹn"))
    camera.take(desk_page, "can-bo-thu-ly", at=button(desk_page, "Nhận thụ lý"))
    sending.propose(desk_page, portal, "Hà", ref)
    acting.at_dossier(desk_page, portal, "giang.vh", ref)
    camera.take(desk_page, "can-bo-ky", at=button(desk_page, "Ký duyệt"))


def button(page: Page, name: str) -> Any:
    """The button that is pressed next."""
    return page.get_by_role("button", name=name, exact=True).locator("visible=true").first
