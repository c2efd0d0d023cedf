"""What people do on the portal, in their words: register, log in, fill in, hand in; take in, sign, give out."""

import io
import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from motcua.sample import people
from tests.e2e.portal import Portal

PASSWORD = people.password_of({})
PRINCIPLE = "Đồng ý và tiếp tục"
_serial = itertools.count(1)


@dataclass
class Newcomer:
    """Somebody who has no account yet; no two of them share number or phone."""

    serial: int = field(default_factory=lambda: next(_serial))
    full_name: str = "Nguyễn Thị Ước"
    password: str = "Hoa-Sen#2026"

    @property
    def personal_number(self) -> str:
        """A woman born in 1990 in the sample's province."""
        return f"0981900{self.serial:05d}"

    @property
    def phone(self) -> str:
        """As people write it."""
        return f"09011{self.serial:05d}"


def citizen(name: str) -> dict[str, str]:
    """One of the sample's people by the last word of the name: "An", "Bình", "Hà", "Mỷ", "Việt"."""
    return next(person for person in people.citizens() if person["full_name"].split()[-1] == name)


def press(page: Page, name: str) -> None:
    """Press a button, or follow a link that looks like one."""
    page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).first.click()


def goes_on(page: Page) -> None:
    """To the next page of the dossier."""
    press(page, PRINCIPLE)


def heading(page: Page, text: str) -> None:
    """The page says this on top."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def register(page: Page, portal: Portal, who: Newcomer) -> None:
    """Đăng ký → Công dân → the form → the code → the password."""
    page.goto("/tai-khoan/dang-ky/")
    page.get_by_role("link", name="Công dân").first.click()
    fill_person(page, who)
    press(page, "Nhận mã xác nhận")
    page.get_by_label("Mã xác nhận").fill(portal.message_to(who.phone, r"\b(\d{6})\b"))
    press(page, "Xác nhận")
    page.get_by_label("Mật khẩu", exact=False).first.fill(who.password)
    page.get_by_label("Nhập lại mật khẩu").fill(who.password)
    page.get_by_role("main").get_by_role("button", name="Đăng ký", exact=True).click()


def fill_person(page: Page, who: Newcomer) -> None:
    """The form of a citizen who registers."""
    page.get_by_label("Họ, chữ đệm, tên").fill(who.full_name)
    page.get_by_label("Số định danh cá nhân").fill(who.personal_number)
    for label, value in (("Ngày", "5"), ("Tháng", "3"), ("Năm", "1990")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Nữ", exact=True).check()
    page.get_by_label("Số điện thoại di động").fill(who.phone)


def log_in(page: Page, portal: Portal, number: str, phone: str, password: str = PASSWORD) -> None:
    """Number and password, then the code on the phone; stays wherever the portal leads."""
    if "/dang-nhap/" not in page.url:
        page.goto("/tai-khoan/dang-nhap/")
    before = len(portal.messages_to(phone))
    page.get_by_label("Số định danh cá nhân").fill(number)
    page.get_by_label("Mật khẩu", exact=False).first.fill(password)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    page.get_by_label("Mã xác nhận").fill(portal.message_to(phone, r"\b(\d{6})\b", after=before))
    press(page, "Xác nhận")
    expect(page.get_by_role("link", name="Hồ sơ của tôi").first).to_be_attached()


def log_in_as(page: Page, portal: Portal, name: str) -> None:
    """One of the sample's people logs in."""
    person = citizen(name)
    log_in(page, portal, person["personal_number"], person["phone"])


def log_in_officer(page: Page, portal: Portal, handle: str) -> None:
    """Handle and password, then the authenticator's code."""
    page.goto("/can-bo/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(handle)
    page.get_by_label("Mật khẩu", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").or_(page.get_by_role("button", name="Đăng nhập")).first.click()
    page.get_by_label("Mã xác thực").fill(portal.authenticator_code(handle))
    press(page, "Xác nhận")
    page.wait_for_url("**/can-bo/")


def start_birth(page: Page) -> str:
    """From the record to the first page of a new draft; its number."""
    page.goto("/thu-tuc/1.001193/")
    page.get_by_role("link", name="Nộp hồ sơ").locator("visible=true").first.click()
    press(page, "Nộp hồ sơ")
    page.wait_for_url("**/nguoi-nop/")
    return page.url.split("/")[-3]


def fill_birth_form(page: Page, child: str = "Lê Minh Khuê", *, copies: int = 0) -> None:
    """All pages of the declaration, as a father who knows everything."""
    born = date.today() - timedelta(days=9)  # noqa: DTZ011 (the portal's own day decides; nine days leave room)
    heading(page, "Người yêu cầu")
    page.get_by_label("Cha", exact=True).check()
    page.get_by_label("Thẻ căn cước", exact=False).first.check()
    page.get_by_label("Nơi thường trú").first.check()
    goes_on(page)
    heading(page, "Người được khai sinh")
    page.get_by_label("Họ, chữ đệm, tên").fill(child)
    for label, value in (("Ngày", born.day), ("Tháng", born.month), ("Năm", born.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_label("Đúng hạn", exact=False).check()
    page.get_by_label("Nữ", exact=True).check()
    page.get_by_label("Dân tộc").select_option(label="Kinh")
    page.get_by_label("Tại cơ sở y tế").check()
    page.get_by_label("Tên cơ sở y tế").fill("Bệnh viện Đa khoa tỉnh Minh Giang")
    choose_place(page, "birth-address", "Phường Hoa Sen")
    choose_place(page, "child-hometown", "Xã Hoa Sơn")
    page.get_by_label("Có bản giấy").check()
    goes_on(page)
    fill_parent(page, "Mẹ", "mother", "Trần Thu Hà", "1996")
    fill_parent(page, "Cha", "father", "Lê Văn Bình", "1994")
    heading(page, "Bản sao")
    page.get_by_label("Có", exact=True).or_(page.get_by_label("Không", exact=True)).nth(0 if copies else 1).check()
    if copies:
        page.get_by_label("Số bản sao").fill(str(copies))
    page.get_by_label("Làm tại").fill("phường Hoa Sen")
    page.get_by_label("Tôi cam đoan", exact=False).check()
    goes_on(page)


def fill_parent(page: Page, title: str, who: str, name: str, year: str) -> None:
    """Mother's or father's page."""
    heading(page, title)
    page.locator(f"#{who}-name").fill(name)
    page.locator(f"#{who}-birth-year").fill(year)
    page.locator(f"#{who}-ethnicity").select_option(label="Kinh")
    page.get_by_label("Không có, không biết số").check()
    page.get_by_label("Nơi thường trú").check()
    choose_place(page, f"{who}-residence", "Phường Hoa Sen")
    if who == "father":
        page.get_by_label("Chưa đăng ký", exact=False).or_(page.get_by_label("Chưa", exact=True)).first.check()
    goes_on(page)


def choose_place(page: Page, html_id: str, commune: str) -> None:
    """Province, then commune, by the lists."""
    page.locator(f"#{html_id}").select_option(label="Tỉnh Minh Giang")
    choices = page.locator(f"#{html_id}--commune")
    expect(choices.locator("option", has_text=commune)).to_be_attached()
    choices.select_option(label=commune)


def a_picture(words: str = "Giấy chứng sinh") -> bytes:
    """A photograph of a paper: JPEG, a few hundred KB less than a telephone's."""
    picture = Image.new("RGB", (900, 1270), (251, 247, 239))
    ImageDraw.Draw(picture).text((80, 80), words.encode("ascii", "replace").decode(), fill=(20, 20, 20))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def add_picture(page: Page, key: str = "giay-chung-sinh", name: str = "chung-sinh.jpg") -> None:
    """Attach a photograph to a paper and see it there."""
    page.locator(f"#tep-{key}").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": a_picture(name)})
    expect(page.locator(f"#giay-{key}").get_by_text(name, exact=True)).to_be_visible()


def hand_in(page: Page, child: str = "Lê Minh Khuê", *, copies: int = 0) -> str:
    """The whole way from the record to the number, for somebody who is logged in."""
    ref = start_birth(page)
    goes_on(page)
    heading(page, "Chủ hồ sơ")
    press(page, "Lấy thông tin từ người nộp")
    goes_on(page)
    fill_birth_form(page, child, copies=copies)
    heading(page, "Giấy tờ")
    add_picture(page)
    goes_on(page)
    choose_delivery(page, copies=copies)
    sign_and_send(page)
    return ref


def choose_delivery(page: Page, *, copies: int = 0) -> None:
    """Online in, online and at the desk out."""
    page.get_by_label("Bản điện tử", exact=False).check()
    page.get_by_label("Bản giấy, nhận tại", exact=False).check()
    if copies:
        page.get_by_label("khi nhận kết quả", exact=False).check()
    goes_on(page)


def sign_and_send(page: Page) -> None:
    """The statement, the check that fills itself, the last button."""
    heading(page, "Xem lại rồi nộp")
    page.get_by_label("Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.").check()
    press(page, "Nộp hồ sơ")
    expect(page.get_by_text("Chúc mừng bạn đã nộp hồ sơ thành công")).to_be_visible(timeout=20_000)
