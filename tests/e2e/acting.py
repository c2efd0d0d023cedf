"""What people do on the portal, in their words: register, log in, fill in, hand in; take in, sign, give out."""

import io
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from PIL import Image, ImageDraw
from playwright.sync_api import Error, Locator, Page, expect

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
    """Press the first button of this name that can be seen (a link that looks like one is one)."""
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def press_link(page: Page, name: str) -> None:
    """Follow the first link of this name."""
    page.get_by_role("link", name=name, exact=True).first.click()


def choose(page: Page, label: str, *, exact: bool = True) -> None:
    """Press the words beside a tick or a dot, as a thumb does, and see it chosen; else press once more.

    A page that is being drawn anew at that very moment takes the press of nobody.
    """
    wanted = label if not exact else re.compile(rf"^\s*{re.escape(label)}\s*$")
    words = page.locator("label").filter(has_text=wanted).first
    box = page.locator(f"[id='{words.get_attribute('for')}']")
    before = box.count() == 1 and box.is_checked()
    is_tick = box.count() == 1 and box.get_attribute("type") == "checkbox"
    words.click()
    if before and not is_tick:
        return
    try:
        expect(box).to_be_checked(checked=not before, timeout=2_000)
    except AssertionError:
        if box.count() == 1:
            words.click()


def goes_on(page: Page) -> None:
    """To the next page of the dossier."""
    press(page, PRINCIPLE)


def wait_until(page: Page, happens: Callable[[], bool]) -> None:
    """Until something has happened that the page itself doesn't show."""
    for _ in range(200):
        if happens():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It didn't happen within ten seconds.")


def goes_back(page: Page, title: str) -> None:
    """By the browser's own button, to the page of this title."""
    try:
        page.go_back()
    except Error as trouble:  # the browser was just about to put the page away; its button is pressed again
        if "Not attached to an active page" not in str(trouble):
            raise
        page.wait_for_load_state()
        page.go_back()
    heading(page, title)


def appears(page: Page, what: Locator) -> None:
    """The page has it as soon as a job has made it."""
    for _ in range(150):
        if what.count():
            return
        page.wait_for_timeout(200)
        page.reload()
    raise AssertionError(f"Not there in half a minute: {what}")


def heading(page: Page, text: str) -> None:
    """The page says this on top."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def register(page: Page, portal: Portal, who: Newcomer) -> None:
    """Đăng ký → Công dân → the form → the code → the password."""
    page.goto("/tai-khoan/dang-ky/")
    press(page, "Đăng ký cho công dân")
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
    choose(page, "Nữ")
    page.get_by_label("Số điện thoại di động").fill(who.phone)


def log_in(page: Page, portal: Portal, number: str, phone: str, password: str = PASSWORD) -> None:
    """Number and password, then the code on the phone; stays wherever the portal leads."""
    if "/dang-nhap/" not in page.url:
        page.goto("/tai-khoan/dang-nhap/")
    before = len(portal.messages_to(phone))
    page.get_by_label("Số định danh cá nhân").fill(number)
    page.get_by_label("Mật khẩu", exact=False).first.fill(password)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
    heading(page, "Nhập mã xác nhận")  # if it isn't, the page says why; a code that never comes wouldn't
    page.get_by_label("Mã xác nhận").fill(portal.message_to(phone, r"\b(\d{6})\b", after=before))
    press(page, "Xác nhận")
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)


def log_in_as(page: Page, portal: Portal, name: str) -> None:
    """One of the sample's people logs in."""
    person = citizen(name)
    log_in(page, portal, person["personal_number"], person["phone"])


def come_in(page: Page, portal: Portal, name: str) -> None:
    """As somebody who has logged in before: an authenticator's code works once, a phone gets five codes an hour."""
    if name not in portal.sessions:
        log_in_officer(page, portal, name) if "." in name else log_in_as(page, portal, name)
        portal.sessions[name] = page.context.cookies()
    page.context.add_cookies(portal.sessions[name])


def log_in_officer(page: Page, portal: Portal, handle: str) -> None:
    """Handle and password, then the authenticator's code."""
    page.goto("/can-bo/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(handle)
    page.get_by_label("Mật khẩu", exact=False).first.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").filter(has_not_text="Hiện").first.click()
    page.get_by_label("Mã trong ứng dụng xác thực").fill(portal.authenticator_code(handle))
    press(page, "Đăng nhập")
    page.wait_for_url("**/can-bo/")


def start_birth(page: Page) -> str:
    """From the record to the first page of a new draft; its number."""
    page.goto("/thu-tuc/1.001193/")
    press(page, "Nộp hồ sơ")
    page.wait_for_url("**/nop/**")
    press(page, "Nộp hồ sơ")
    page.wait_for_url("**/nguoi-nop/")
    return page.url.split("/")[-3]


def fill_birth_form(page: Page, child: str = "Lê Minh Khuê", *, copies: int = 0) -> None:
    """All pages of the declaration, as a father who knows everything."""
    born = days_ago(9)
    heading(page, "Người yêu cầu")
    choose(page, "Cha")
    choose(page, "Thẻ căn cước", exact=False)
    choose(page, "Nơi thường trú")
    goes_on(page)
    heading(page, "Người được khai sinh")
    page.get_by_label("Họ, chữ đệm, tên").fill(child)
    for label, value in (("Ngày", born.day), ("Tháng", born.month), ("Năm", born.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    choose(page, "Đúng hạn", exact=False)
    choose(page, "Nữ")
    page.get_by_label("Dân tộc").select_option(label="Kinh")
    choose(page, "Tại cơ sở y tế")
    page.get_by_label("Tên cơ sở y tế").fill("Bệnh viện Đa khoa tỉnh Minh Giang")
    choose_place(page, "birth-address", "Phường Hoa Sen")
    choose_place(page, "child-hometown", "Xã Hoa Sơn")
    choose(page, "Có bản giấy")
    goes_on(page)
    fill_parent(page, "Mẹ", "mother", "Trần Thu Hà", "1996")
    fill_parent(page, "Cha", "father", "Lê Văn Bình", "1994")
    heading(page, "Bản sao")
    choose(page, "Có" if copies else "Không")
    if copies:
        page.get_by_label("Số bản sao").fill(str(copies))
    page.get_by_label("Làm tại").fill("phường Hoa Sen")
    choose(page, "Tôi cam đoan", exact=False)
    goes_on(page)


def fill_parent(page: Page, title: str, who: str, name: str, year: str) -> None:
    """Mother's or father's page."""
    heading(page, title)
    page.locator(f"#{who}-name").fill(name)
    page.locator(f"#{who}-birth-year").fill(year)
    page.locator(f"#{who}-ethnicity").select_option(label="Kinh")
    choose(page, "Không có, không biết số")
    choose(page, "Nơi thường trú")
    choose_place(page, f"{who}-residence", "Phường Hoa Sen")
    if who == "father":
        choose(page, "Chưa", exact=False)
    goes_on(page)


def days_ago(days: int) -> date:
    """A day in the past."""
    return date.today() - timedelta(days=days)  # noqa: DTZ011 (the portal's own day decides; some days leave room)


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
    expect(page.locator(f"#giay-{key} .mc-files .mc-file__name").filter(has_text=name).last).to_be_visible()


def hand_in(page: Page, child: str = "Lê Minh Khuê", *, copies: int = 0) -> str:
    """The whole way from the record to the number, for somebody who is logged in."""
    ref = prepare(page, child, copies=copies)
    sign_and_send(page)
    return ref


def prepare(page: Page, child: str = "Lê Minh Khuê", *, copies: int = 0) -> str:
    """The whole way from the record to the review, for somebody who is logged in."""
    ref = fill_in(page, child, copies=copies)
    choose_delivery(page, copies=copies)
    return ref


def fill_in(page: Page, child: str = "Lê Minh Khuê", *, copies: int = 0) -> str:
    """The way from the record to the page where the ways are chosen, for somebody who is logged in."""
    ref = start_birth(page)
    if not page.locator("#residence").input_value():  # a newcomer has never said where they live
        choose_place(page, "residence", "Phường Hoa Sen")
    goes_on(page)
    heading(page, "Chủ hồ sơ")
    press(page, "Lấy thông tin từ người nộp")
    goes_on(page)
    fill_birth_form(page, child, copies=copies)
    heading(page, "Giấy tờ")
    add_picture(page)
    goes_on(page)
    return ref


def choose_delivery(page: Page, *, copies: int = 0) -> None:
    """Online in, online and at the desk out."""
    choose(page, "Bản điện tử", exact=False)
    choose(page, "Bản giấy, nhận tại", exact=False)
    if copies:
        choose(page, "khi nhận kết quả", exact=False)
    goes_on(page)


def sign_and_send(page: Page) -> None:
    """The statement, the check that fills itself, the last button."""
    heading(page, "Xem lại rồi nộp")
    page.wait_for_load_state()  # before, a press would go out without the code: its script isn't there yet
    choose(page, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    press(page, "Nộp hồ sơ")
    expect(page.get_by_text("Chúc mừng bạn đã nộp hồ sơ thành công")).to_be_visible()


def summary_says(page: Page, words: str, *, at: str, focused: bool = True) -> None:
    """A message stands in the summary, which has the focus and leads to the control, and beside that control."""
    summary = page.locator(".govuk-error-summary").first
    if focused:  # by a script
        expect(summary).to_be_focused()
    link = summary.get_by_role("link").and_(page.locator(f"[href$='#{at}']"))
    expect(link.first).to_contain_text(words)
    told = page.locator(f"#{at}").get_attribute("aria-describedby") or ""
    group = page.locator(f":is(fieldset, .govuk-form-group, section):has(#{at})").last
    beside = page.locator(", ".join(f"[id='{name}']" for name in told.split())) if told else group
    expect(beside.locator("visible=true").filter(has_text=words).first).to_be_visible()


def hand_in_as(page: Page, portal: Portal, name: str, child: str) -> str:
    """One of the sample's people hands a birth in; its number."""
    come_in(page, portal, name)
    return hand_in(page, child)


# ---- at the desk ----


def at_dossier(page: Page, portal: Portal, handle: str, ref: str) -> None:
    """An officer opens a dossier."""
    page.goto("about:blank")  # an answer that still comes would bring cookies along
    page.context.clear_cookies()
    come_in(page, portal, handle)
    page.goto(f"/can-bo/ho-so/{ref}/")


def take_in(page: Page, portal: Portal, ref: str) -> str:
    """Reception accepts; the official code."""
    at_dossier(page, portal, "chi.tt", ref)
    press(page, "Tiếp nhận")
    heading(page, "Tiếp nhận hồ sơ")
    press(page, "Tiếp nhận")
    page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
    return page.locator(".mc-code").first.inner_text().strip()


def draft_certificate(page: Page, portal: Portal, ref: str) -> None:
    """The registrar takes it up, finds the paper good, and shows the draft to the applicant."""
    at_dossier(page, portal, "dung.pv", ref)
    press(page, "Nhận thụ lý")
    choose(page, "Đạt")
    press(page, "Ghi kết quả kiểm tra")
    press(page, "Soạn bản nháp")
    press(page, "Gửi bản nháp cho người nộp")
    page.wait_for_url(f"**/can-bo/ho-so/{ref}/")


def agree_with_draft(page: Page, ref: str) -> None:
    """The applicant reads the draft and agrees."""
    page.goto(f"/ho-so/{ref}/")
    press(page, "Xem bản nháp")
    choose(page, "Đồng ý")
    press(page, "Gửi trả lời")
    page.wait_for_url(f"**/ho-so/{ref}/")


def propose(page: Page, portal: Portal, ref: str) -> None:
    """The registrar puts it before the leader."""
    at_dossier(page, portal, "dung.pv", ref)
    press(page, "Trình lãnh đạo ký")


def sign(page: Page, portal: Portal, ref: str) -> None:
    """The leader approves."""
    at_dossier(page, portal, "giang.vh", ref)
    press(page, "Ký duyệt")


def number_and_seal(page: Page, portal: Portal, ref: str) -> None:
    """The clerk gives the number; the result is there."""
    at_dossier(page, portal, "khanh.lt", ref)
    press(page, "Vào sổ, cấp số")
    page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
