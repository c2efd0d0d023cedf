"""Section 2 of the guides: an account of one's own, and the way into it."""

import re
import time

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import acting
from tests.e2e.acting import Newcomer
from tests.e2e.browser import axe
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

CODE = r"\b(\d{6})\b"
REQUIRED = ["Họ, chữ đệm, tên", "Số định danh cá nhân", "Ngày, tháng, năm sinh", "Giới tính", "Số điện thoại di động"]


def to_the_code(page: Page, who: Newcomer) -> None:
    """Registration up to the page on which the code is typed."""
    page.goto("/tai-khoan/dang-ky/cong-dan/")
    acting.fill_person(page, who)
    acting.press(page, "Nhận mã xác nhận")
    acting.heading(page, "Xác nhận số điện thoại")


def to_the_password(page: Page, portal: Portal, who: Newcomer) -> None:
    """Registration up to the password."""
    to_the_code(page, who)
    type_code(page, portal.message_to(who.phone, CODE))
    acting.heading(page, "Đặt mật khẩu")


def type_code(page: Page, code: str) -> None:
    """The code of a message."""
    page.get_by_label("Mã xác nhận").fill(code)
    acting.press(page, "Xác nhận")


def finish(page: Page, password: str, again: str) -> None:
    """Choose and repeat the password."""
    page.get_by_label("Mật khẩu", exact=False).first.fill(password)
    page.get_by_label("Nhập lại mật khẩu").fill(again)
    page.get_by_role("main").get_by_role("button", name="Đăng ký", exact=True).click()


def says(page: Page, words: str) -> None:
    """The summary of errors says this, and has the focus."""
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(words)
    expect(summary).to_be_focused()


def a_minute_later(portal: Portal, phone: str) -> None:
    """Move the codes sent to this phone a minute into the past, rather than wait."""
    with psycopg.connect(portal.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "UPDATE accounts_code SET sent_at = sent_at - interval '61 seconds' WHERE phone = %s", ["+84" + phone[1:]]
        )


# ---- register ----


def test_j2_1_says_who_registers_a_citizen_or_an_organisation(visitor: Page) -> None:
    visitor.goto("/")
    acting.press(visitor, "Đăng nhập")
    acting.press(visitor, "Đăng ký")
    acting.heading(visitor, "Đăng ký tài khoản")
    expect(visitor.get_by_role("heading", name="Công dân")).to_be_visible()
    expect(visitor.get_by_role("heading", name="Doanh nghiệp, tổ chức")).to_be_visible()
    expect(visitor.get_by_text("Đăng ký bằng thuê bao di động")).to_be_visible()
    expect(visitor.get_by_text("dùng tài khoản định danh điện tử của tổ chức")).to_be_visible()
    acting.press(visitor, "Đăng ký cho công dân")
    note = visitor.locator(".mc-note").filter(has_text="SIM phải do chính ông/bà đứng tên")
    expect(note).to_contain_text("TTTB")
    expect(note).to_contain_text("1414")


def test_j2_2_required_fields_are_marked_with_a_red_star(visitor: Page) -> None:
    visitor.goto("/tai-khoan/dang-ky/cong-dan/")
    expect(visitor.get_by_text("Ô có dấu * là bắt buộc")).to_be_visible()
    stars = visitor.locator("form .mc-req")
    expect(stars).to_have_count(len(REQUIRED))
    for label in REQUIRED:
        star = visitor.locator("label, legend").filter(has_text=label).locator(".mc-req").first
        expect(star).to_have_text("*")
        red, green, blue = map(int, re.findall(r"\d+", star.evaluate("star => getComputedStyle(star).color"))[:3])
        assert red > 2 * max(green, blue)
    acting.press(visitor, "Nhận mã xác nhận")
    says(visitor, "Nhập họ, chữ đệm, tên")
    expect(visitor.locator(".govuk-error-summary li")).to_have_count(len(REQUIRED))


def test_j2_3_the_number_is_checked_against_birth_date_and_sex(visitor: Page) -> None:
    visitor.goto("/tai-khoan/dang-ky/cong-dan/")
    who = Newcomer()
    acting.fill_person(visitor, who)
    number = visitor.get_by_label("Số định danh cá nhân")
    for typed, told in (
        (who.personal_number[:-1], "ông/bà mới gõ 11"),
        ("012345678", "Số 9 chữ số là số chứng minh nhân dân cũ"),
        ("0980900" + who.personal_number[7:], "theo số này thì giới tính là nam"),
        ("0981910" + who.personal_number[7:], "theo số này thì năm sinh là 1991"),
    ):
        number.fill(typed)
        acting.press(visitor, "Nhận mã xác nhận")
        says(visitor, told)
        expect(number).to_have_value(re.compile(r"[\d ]*".join(typed)))  # what was typed is still there
    expect(visitor.get_by_label("Họ, chữ đệm, tên")).to_have_value(who.full_name)


def test_j2_3_a_number_that_has_an_account_is_said_with_every_way_on(visitor: Page, portal: Portal) -> None:
    known = acting.citizen("An")
    visitor.goto("/tai-khoan/dang-ky/cong-dan/")
    acting.fill_person(visitor, Newcomer(full_name=known["full_name"]))
    visitor.get_by_label("Số định danh cá nhân").fill(known["personal_number"])
    for label, value in (("Ngày", "2"), ("Tháng", "9"), ("Năm", "1962")):
        visitor.get_by_label(label, exact=True).fill(value)
    acting.press(visitor, "Nhận mã xác nhận")
    says(visitor, "Số định danh này đã có tài khoản")
    ways = visitor.locator(".mc-note").filter(has_text="đã có tài khoản")
    expect(ways).to_contain_text("đến Bộ phận Một cửa gần nhất")
    expect(ways).to_contain_text("gửi khiếu nại")
    ways.get_by_role("link", name="Quên mật khẩu").click()
    acting.heading(visitor, "Quên mật khẩu")


def test_j2_3_whoever_never_opened_it_complains(visitor: Page, portal: Portal) -> None:
    known = acting.citizen("Mỷ")
    visitor.goto("/tai-khoan/khieu-nai/")
    assert axe(visitor) == []
    visitor.get_by_label("Số định danh cá nhân").fill(known["personal_number"])
    visitor.get_by_label("Họ, chữ đệm, tên").fill(known["full_name"])
    visitor.get_by_label("Số điện thoại di động").fill("0901199901")
    visitor.get_by_label("Nơi ông/bà mang thẻ căn cước đến").select_option(index=1)
    visitor.get_by_label("Điều ông/bà muốn nói").fill("Tôi chưa từng mở tài khoản này.")
    expect(visitor.locator("[data-human-done]")).to_be_visible()
    acting.press(visitor, "Gửi khiếu nại")
    acting.heading(visitor, "Đã nhận khiếu nại")
    number = visitor.locator(".mc-code").first.inner_text()
    assert portal.message_to("0901199901", number)
    assert axe(visitor) == []


def test_j2_4_a_code_goes_to_the_phone_and_another_when_it_did_not_come(visitor: Page, portal: Portal) -> None:
    who = Newcomer()
    to_the_code(visitor, who)
    first = portal.message_to(who.phone, CODE)
    type_code(visitor, "000000" if first != "000000" else "111111")
    says(visitor, "Mã chưa đúng")
    expect(visitor.get_by_role("button", name=re.compile(r"^Gửi lại OTP \(sau \d+ giây\)$"))).to_be_disabled()
    a_minute_later(portal, who.phone)
    visitor.reload()
    acting.press(visitor, "Gửi lại OTP")
    expect(visitor.get_by_text("Đã gửi mã mới")).to_be_visible()
    second = portal.message_to(who.phone, CODE, after=1)
    if first != second:
        type_code(visitor, first)
        says(visitor, "Mã chưa đúng")
    type_code(visitor, f"{second[:3]} {second[3:]}")  # as people copy it
    acting.heading(visitor, "Đặt mật khẩu")


def test_j2_4_after_five_wrong_codes_it_starts_anew(visitor: Page, portal: Portal) -> None:
    who = Newcomer()
    to_the_code(visitor, who)
    right = portal.message_to(who.phone, CODE)
    wrong = "000000" if right != "000000" else "111111"
    for left in (4, 3, 2, 1):
        type_code(visitor, wrong)
        says(visitor, f"còn {left} lần thử")
    type_code(visitor, wrong)
    acting.heading(visitor, "Xin làm lại từ đầu")
    acting.press(visitor, "Làm lại")
    expect(visitor.get_by_label("Họ, chữ đệm, tên")).to_have_value(who.full_name)  # nothing typed is lost


def test_j2_5_the_password_follows_the_rule_and_is_repeated(visitor: Page, portal: Portal) -> None:
    who = Newcomer()
    to_the_password(visitor, portal, who)
    expect(visitor.get_by_text("Ít nhất 8 ký tự, có chữ thường, chữ hoa, chữ số và ký tự đặc biệt")).to_be_visible()
    for weak, lacking in (("Aa1@", "8 ký tự"), ("hoasen#2026", "một chữ hoa"), ("HOASEN#2026", "một chữ thường"),
                          ("Hoa-Sen-Sen", "một chữ số"), ("HoaSen2026", "một ký tự đặc biệt")):  # fmt: skip
        finish(visitor, weak, weak)
        says(visitor, lacking)
    finish(visitor, who.password, who.password + "x")
    says(visitor, "Hai lần nhập chưa giống nhau")
    finish(visitor, who.password, who.password)
    acting.heading(visitor, "Đã mở tài khoản")


def test_j2_5_without_scripts_too(plain_visitor: Page, portal: Portal) -> None:
    acting.register(plain_visitor, portal, Newcomer())
    acting.heading(plain_visitor, "Đã mở tài khoản")


def test_j2_6_the_notice_comes_and_the_profile_is_completed_later(visitor: Page, portal: Portal) -> None:
    who = Newcomer()
    acting.register(visitor, portal, who)
    portal.message_to(who.phone, r"(?i)tai khoan")
    visitor.get_by_role("main").get_by_role("link", name="Tài khoản", exact=True).click()
    acting.heading(visitor, "Tài khoản")
    visitor.get_by_role("link", name="Sửa thông tin cá nhân").click()
    visitor.get_by_label("Họ, chữ đệm, tên").fill("Nguyễn Thị Ước Mơ")
    visitor.get_by_label("Nơi cư trú").fill("phuong hoa sen, tinh minh giang")
    visitor.get_by_label("Số nhà, đường, tổ, thôn").fill("Tổ 4")
    acting.press(visitor, "Lưu")
    expect(visitor.get_by_text("Đã lưu thông tin")).to_be_visible()
    expect(visitor.get_by_text("Tổ 4, Phường Hoa Sen, tỉnh Minh Giang")).to_be_visible()
    expect(visitor.get_by_role("main").get_by_text("Nguyễn Thị Ước Mơ")).to_be_visible()


def test_j2_11_a_phone_is_asked_for_and_an_email_may_be_added(visitor: Page, portal: Portal) -> None:
    who = Newcomer()
    visitor.goto("/tai-khoan/dang-ky/cong-dan/")
    acting.fill_person(visitor, who)
    visitor.get_by_label("Số điện thoại di động").fill("")
    acting.press(visitor, "Nhận mã xác nhận")
    says(visitor, "Nhập số điện thoại di động")
    visitor.get_by_label("Số điện thoại di động").fill("02438 123 456")
    acting.press(visitor, "Nhận mã xác nhận")
    says(visitor, "Số điện thoại di động có 10 chữ số")
    visitor.get_by_label("Số điện thoại di động").fill(who.phone)
    acting.press(visitor, "Nhận mã xác nhận")
    type_code(visitor, portal.message_to(who.phone, CODE))
    finish(visitor, who.password, who.password)
    visitor.goto("/tai-khoan/thu-dien-tu/")
    address = f"uoc{time.time_ns()}@example.org"
    visitor.get_by_label("Địa chỉ thư điện tử mới").fill(address)
    visitor.get_by_label("Mật khẩu hiện tại").fill(who.password)
    acting.press(visitor, "Tiếp tục")
    type_code(visitor, portal.message_to(address, CODE))
    expect(visitor.get_by_text("Đã đổi địa chỉ thư điện tử")).to_be_visible()
    expect(visitor.get_by_text(address)).to_be_visible()


# ---- log in ----


def test_j2_8_logs_in_with_number_password_and_code(visitor: Page, portal: Portal) -> None:
    visitor.goto("/ho-so/")
    acting.heading(visitor, "Đăng nhập")
    acting.log_in_as(visitor, portal, "Hà")
    acting.heading(visitor, "Hồ sơ của tôi")  # where the person was on the way to
    visitor.locator("summary", has_text="Trần Thu Hà").click()
    acting.press(visitor, "Đăng xuất")
    visitor.goto("/ho-so/")
    acting.heading(visitor, "Đăng nhập")


def test_j2_8_wrong_number_and_wrong_password_read_the_same(visitor: Page) -> None:
    visitor.goto("/tai-khoan/dang-nhap/")
    told = []
    for number in (acting.citizen("Việt")["personal_number"], "098199099999"):
        visitor.get_by_label("Số định danh cá nhân").fill(number)
        visitor.get_by_label("Mật khẩu", exact=False).first.fill("Sai-Mat-Khau#1")
        visitor.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(visitor.locator(".govuk-error-summary")).to_be_focused()
        told.append(visitor.locator(".govuk-error-summary").inner_text())
    assert told[0] == told[1]


def test_j2_8_a_forgotten_password_is_set_anew(visitor: Page, chromium: Browser, portal: Portal) -> None:
    who = Newcomer()
    acting.register(visitor, portal, who)
    visitor.context.clear_cookies()
    visitor.goto("/tai-khoan/dang-nhap/")
    acting.press(visitor, "Quên mật khẩu")
    visitor.get_by_label("Số định danh cá nhân").fill(who.personal_number)
    before = len(portal.messages_to(who.phone))
    acting.press(visitor, "Nhận mã xác nhận")
    type_code(visitor, portal.message_to(who.phone, CODE, after=before))
    visitor.get_by_label("Mật khẩu mới").first.fill("Moi-Hoa#2027")
    visitor.get_by_label("Nhập lại mật khẩu").fill("Moi-Hoa#2027")
    acting.press(visitor, "Đổi mật khẩu")
    acting.heading(visitor, "Đăng nhập")
    portal.message_to(who.phone, r"(?i)mat khau", after=before + 1)
    visitor.get_by_label("Số định danh cá nhân").fill(who.personal_number)
    visitor.get_by_label("Mật khẩu", exact=False).first.fill(who.password)
    visitor.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(visitor.locator(".govuk-error-summary")).to_be_focused()
    acting.log_in(visitor, portal, who.personal_number, who.phone, "Moi-Hoa#2027")
    acting.heading(visitor, "Hồ sơ của tôi")
