"""A household business, from the National portal's login to the certificate: what its person and the ward do."""

from playwright.sync_api import Page, expect

from tests.e2e import acting
from tests.e2e.national import at_the_national_portal, national_person
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


def choose_delivery(page: Page, *, pay: str = "Trực tuyến, qua cổng thanh toán") -> None:
    """The certificate as a file; the fee in one of the three ways."""
    acting.heading(page, "Nhận kết quả và lệ phí")
    expect(page.get_by_text(f"Trả {FEE} ở đâu")).to_be_visible()
    acting.choose(page, "Bản điện tử", exact=False)
    acting.choose(page, pay)
    acting.goes_on(page)
    acting.heading(page, "Xem lại rồi nộp")


def prepare(page: Page, name: str = "Bún chả Hoa Sen") -> str:
    """From the record to the review, for somebody who is logged in; the number."""
    ref = start(page)
    fill_people(page)
    fill_form(page, name)
    acting.heading(page, "Giấy tờ")
    acting.goes_on(page)  # none is called for
    choose_delivery(page)
    return ref


def confirm(page: Page, portal: Portal, name: str, what: str = "tờ khai") -> None:
    """Instead of a pen: the National portal confirms just this; `what` is "tờ khai" or "bổ sung"."""
    acting.press(page, f"Xác nhận {what}")
    acting.heading(page, f"Xác nhận {what}")
    person = national_person(name)
    before = len(portal.national_otps(person["phone"]))
    acting.press(page, "Xác nhận qua VNeID")
    login = page.get_by_role("link", name="Tài khoản Định danh điện tử cấp bởi Bộ Công an")
    code = page.get_by_label("Mã OTP")  # asked at once of whoever is logged in there already
    expect(login.or_(code)).to_be_visible()
    if login.count():
        at_the_national_portal(page, portal, name, vneid=True)
    else:
        code.fill(portal.national_otp(person["phone"], after=before))
        page.get_by_role("button", name="Xác nhận").click()
        page.wait_for_url(lambda url: url.startswith(portal.url))
    expect(page.get_by_text("Đã xác nhận đúng nội dung này")).to_be_visible()


def hand_in(page: Page, portal: Portal, name: str, business: str = "Bún chả Hoa Sen") -> str:
    """From the record to the number, confirmed, not paid; for one of the sample's people who is logged in."""
    ref = prepare(page, business)
    confirm_and_send(page, portal, name)
    return ref


def confirm_and_send(page: Page, portal: Portal, name: str) -> None:
    """From the review to the number."""
    confirm(page, portal, name)
    acting.sign_and_send(page)


def pay(page: Page, ref: str) -> None:
    """At VNPAY, and back again."""
    page.goto(f"/ho-so/{ref}/nop-phi/")
    acting.press(page, "Nộp trực tuyến")
    page.get_by_role("button", name=f"Thanh toán {FEE}").click()
    acting.heading(page, f"Đã nộp {FEE}")


# ---- at the desk ----


def take_up(page: Page, portal: Portal, ref: str) -> None:
    """The registrar of businesses takes it up."""
    acting.at_dossier(page, portal, "lan.ht", ref)
    acting.press(page, "Nhận thụ lý")
    page.wait_for_url(f"**/can-bo/ho-so/{ref}/")


def ask_for_another_name(page: Page, ref: str) -> None:
    """One answer is pointed at, with the reason."""
    acting.press(page, "Yêu cầu bổ sung")
    acting.choose(page, "Tên hộ kinh doanh", exact=False)
    page.locator("#sua-answer-business-name").fill("Tên này đã có hộ khác trong phường dùng. Đặt tên riêng khác.")
    acting.press(page, "Gửi yêu cầu bổ sung")
    page.wait_for_url(f"**/can-bo/ho-so/{ref}/")


def give_another_name(page: Page, portal: Portal, ref: str, name: str, who: str = "An") -> None:
    """The person corrects just that, confirms it anew, and sends it."""
    page.goto(f"/ho-so/{ref}/")
    acting.press(page, "Bổ sung hồ sơ")
    page.get_by_label("Tên riêng bằng tiếng Việt").fill(name)
    acting.goes_on(page)
    acting.heading(page, "Xem lại rồi gửi")
    confirm(page, portal, who, "bổ sung")
    acting.heading(page, "Xem lại rồi gửi")
    acting.choose(page, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    acting.press(page, "Gửi bổ sung")
    page.wait_for_url(f"**/ho-so/{ref}/**")


def propose(page: Page, portal: Portal, ref: str) -> None:
    """The registrar writes the certificate and puts it before the leader."""
    acting.at_dossier(page, portal, "lan.ht", ref)
    acting.press(page, "Soạn Giấy chứng nhận đăng ký hộ kinh doanh và trình ký")
    acting.press(page, "Trình lãnh đạo ký")
    page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
