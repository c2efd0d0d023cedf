"""Journey 8.5: every page of the walk for everybody. axe, narrow and enlarged windows, the keyboard, little weight."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import acting
from tests.e2e.browser import axe, scrolls_sideways, strict_page
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

HEIGHT = 900
PUBLIC = [
    "/", "/thu-tuc/", "/thu-tuc/?q=khai+sinh", "/thu-tuc/?q=khai+sanh&linh-vuc=ho-tich", "/thu-tuc/?q=xyzqw",
    "/thu-tuc/1.001193/", "/thu-tuc/1.000894/", "/thu-tuc/2.000815/", "/thu-tuc/1.001193/in/",
    "/thu-tuc/1.001193/lich-su/",
    "/thu-tuc/1.000894/mau/to-khai-dang-ky-ket-hon/", "/thu-tuc/1.001193/nop/",
    "/thu-tuc/1.001193/nop/?co-quan=khong-co", "/cong-dan/", "/doanh-nghiep/",
    "/viec-trong-doi/co-con-nho/", "/linh-vuc/", "/linh-vuc/ho-tich/", "/co-quan/", "/thu-tuc/a-z/", "/thu-tuc/a-z/dd/",
    "/bao-ve-du-lieu/", "/kha-nang-tiep-can/", "/tra-cuu/", "/tra-cuu/so-dinh-danh/", "/mau/", "/ban-mau/",
    "/khong-co-trang-nay/",
]  # fmt: skip
DECLARATION = ["nguoi-yeu-cau", "nguoi-duoc-khai-sinh", "me", "cha", "ban-sao-cam-doan"]
WIZARD = ["nguoi-nop", "chu-ho-so", *(f"to-khai/{slug}" for slug in DECLARATION), "giay-to", "nhan-ket-qua", "xem-lai"]
HOME_MOST = 100_000  # bytes as sent, fonts aside

OPEN_ALL = "document.querySelectorAll('main details').forEach(found => { found.open = true })"
# Words that are cut off: a box that hides what is wider than itself.
CUT_OFF = """() => [...document.querySelectorAll('main *')].filter(found => {
  const style = getComputedStyle(found);
  const box = found.getBoundingClientRect();
  return ['hidden', 'clip'].includes(style.overflowX) && found.scrollWidth > found.clientWidth + 1
    && box.width > 2 && box.height > 2 && found.innerText?.trim();
}).map(found => found.outerHTML.slice(0, 120))"""
LARGE = "large => document.documentElement.classList.toggle('mc-large', large)"  # what "Cỡ chữ: Lớn" does to a page
# What the keyboard must reach: one of each group of radios, every other control and link of the page's form.
CONTROLS = """() => {
  const seen = new Set();
  return [...document.querySelectorAll('main form :is(input, select, textarea, button, a[href], summary)')]
    .filter(found => found.type !== 'hidden' && !found.disabled && found.tabIndex >= 0 && found.checkVisibility())
    .filter(found => {
      if (found.type !== 'radio') return true;
      const first = !seen.has(found.name);
      seen.add(found.name);
      return first;
    })
    .map(found => found.type === 'radio' ? found.name : found.id || found.innerText.trim())
}"""
FOCUSED = """() => {
  const found = document.activeElement;
  const marked = [found, found.nextElementSibling, found.labels?.[0], found.parentElement].filter(Boolean);
  const visible = marked.flatMap(one => [getComputedStyle(one), getComputedStyle(one, '::before')])
    .some(style => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1) || style.boxShadow !== 'none');
  const box = found.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight;
  return [found.type === 'radio' ? found.name : found.id || found.innerText?.trim() || '', visible && inside];
}"""

BEHIND = """() => {
  const found = document.activeElement;
  const bar = [...document.querySelectorAll('.mc-dock, .mc-acts')].find(one => one.checkVisibility());
  if (found === document.body || !bar || bar.contains(found)) return '';
  const [box, over] = [found.getBoundingClientRect(), bar.getBoundingClientRect()];
  return box.top >= over.top && box.bottom <= over.bottom ? found.outerHTML.slice(0, 120) : '';
}"""


class Findings(list[str]):
    """What is wrong with the pages looked at, a line each."""

    def look(self, page: Page, name: str = "") -> None:
        """axe on a phone, axe on a wide window with every fold open, nothing wider than 320 px."""
        name = name or page.url
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if scrolls_sideways(page):
                self.append(f"{name} at {width}: scrolls sideways")
            if width == 1280:
                page.evaluate(OPEN_ALL)
            if width > 320:
                self.extend(f"{name} at {width}: {line}" for line in axe(page))

    def look_at_errors(self, page: Page, name: str = "") -> None:
        """The same for a page that was sent back: its summary has the focus."""
        expect(page.locator(".govuk-error-summary").first).to_be_focused()
        self.look(page, f"{name or page.url}, with errors")


@pytest.fixture
def findings() -> Findings:
    return Findings()


def test_j8_5_public_pages(desk_page: Page, findings: Findings) -> None:
    for path in PUBLIC:
        desk_page.goto(path)
        findings.look(desk_page, path)
    assert findings == []


def test_j8_5_looking_up(desk_page: Page, portal: Portal, findings: Findings) -> None:
    desk_page.goto("/tra-cuu/")
    acting.press(desk_page, "Tra cứu")
    findings.look_at_errors(desk_page)
    code = portal.message_to(acting.citizen("Việt")["phone"], r"H98\.21-\d{6}-\d{4}")
    desk_page.get_by_label("Mã hồ sơ").fill(code)
    expect(desk_page.locator("[data-human-done]")).to_be_visible()
    acting.press(desk_page, "Tra cứu")
    expect(desk_page.get_by_role("heading", name=code)).to_be_visible()
    findings.look(desk_page, "a stage")
    desk_page.goto("/tra-cuu/so-dinh-danh/")
    acting.press(desk_page, "Nhận mã")
    findings.look_at_errors(desk_page)
    desk_page.get_by_label("Số định danh cá nhân").fill("098199099997")
    expect(desk_page.locator("[data-human-done]")).to_be_visible()
    acting.press(desk_page, "Nhận mã")
    acting.heading(desk_page, "Nhập mã trong tin nhắn")
    findings.look(desk_page)
    acting.press(desk_page, "Tra cứu")
    findings.look_at_errors(desk_page)
    assert findings == []


def test_j8_5_opening_an_account(desk_page: Page, portal: Portal, findings: Findings) -> None:
    who = acting.Newcomer()
    desk_page.goto("/tai-khoan/dang-ky/")
    findings.look(desk_page)
    acting.press(desk_page, "Đăng ký cho công dân")
    findings.look(desk_page)
    acting.press(desk_page, "Nhận mã xác nhận")
    findings.look_at_errors(desk_page)
    acting.fill_person(desk_page, who)
    desk_page.get_by_label("Số định danh cá nhân").fill("098191001552")
    acting.press(desk_page, "Nhận mã xác nhận")
    findings.look_at_errors(desk_page, "a number that doesn't agree")
    desk_page.get_by_label("Số định danh cá nhân").fill(who.personal_number)
    acting.press(desk_page, "Nhận mã xác nhận")
    acting.heading(desk_page, "Xác nhận số điện thoại")
    findings.look(desk_page)
    acting.press(desk_page, "Xác nhận")
    findings.look_at_errors(desk_page)
    desk_page.get_by_label("Mã xác nhận").fill(portal.message_to(who.phone, r"\b(\d{6})\b"))
    acting.press(desk_page, "Xác nhận")
    acting.heading(desk_page, "Đặt mật khẩu")
    findings.look(desk_page)
    register = desk_page.get_by_role("main").get_by_role("button", name="Đăng ký", exact=True)
    register.click()
    findings.look_at_errors(desk_page)
    desk_page.get_by_label("Mật khẩu", exact=False).first.fill(who.password)
    desk_page.get_by_label("Nhập lại mật khẩu").fill(who.password)
    register.click()
    acting.heading(desk_page, "Đã mở tài khoản")
    findings.look(desk_page)
    for path in ("", "thong-tin/", "dien-thoai/", "thu-dien-tu/", "mat-khau/"):
        desk_page.goto(f"/tai-khoan/{path}")
        findings.look(desk_page)
        if path:
            desk_page.locator("main form input:not([type=hidden])").first.fill("")
            desk_page.get_by_role("main").get_by_role("button").locator("visible=true").first.click()
    desk_page.goto("/ho-so/")
    findings.look(desk_page, "no dossiers yet")
    assert findings == []


def test_j8_5_logging_in(desk_page: Page, portal: Portal, findings: Findings) -> None:
    for path, button in (("dang-nhap/", "Đăng nhập"), ("quen-mat-khau/", "Nhận mã xác nhận")):
        desk_page.goto(f"/tai-khoan/{path}")
        findings.look(desk_page)
        desk_page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        findings.look_at_errors(desk_page)
    desk_page.get_by_label("Số định danh cá nhân").fill("098199099996")
    acting.press(desk_page, "Nhận mã xác nhận")
    acting.heading(desk_page, "Nhập mã xác nhận")
    findings.look(desk_page)
    desk_page.goto("/tai-khoan/dang-ky/mat-khau/")
    acting.heading(desk_page, "Xin làm lại từ đầu")
    findings.look(desk_page)
    desk_page.goto("/can-bo/dang-nhap/")
    findings.look(desk_page)
    main = desk_page.get_by_role("main")
    main.get_by_role("button").filter(has_not_text="Hiện").first.click()
    findings.look_at_errors(desk_page)
    desk_page.get_by_label("Tên đăng nhập").fill("quan.dm")
    desk_page.get_by_label("Mật khẩu", exact=False).first.fill(acting.PASSWORD)
    main.get_by_role("button").filter(has_not_text="Hiện").first.click()
    expect(desk_page.get_by_label("Mã trong ứng dụng xác thực")).to_be_visible()
    findings.look(desk_page)
    acting.press(desk_page, "Đăng nhập")
    findings.look_at_errors(desk_page)
    assert findings == []


def test_j8_5_a_submission_with_nothing_filled_in(desk_page: Page, portal: Portal, findings: Findings) -> None:
    acting.come_in(desk_page, portal, "Hà")
    ref = acting.start_birth(desk_page)
    for path in WIZARD:
        desk_page.goto(f"/nop/{ref}/{path}/")
        findings.look(desk_page, path)
        if path == "nguoi-nop":
            desk_page.get_by_label("Số điện thoại di động").fill("09000")
        acting.press(desk_page, "Nộp hồ sơ" if path == "xem-lai" else acting.PRINCIPLE)
        findings.look_at_errors(desk_page, path)
    desk_page.goto(f"/nop/{ref}/xoa/")
    findings.look(desk_page, "xoa")
    assert findings == []


def test_j8_5_a_dossier_from_the_first_field_to_the_certificate(
    desk_page: Page, visitor: Page, portal: Portal, findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sides, each page as it is filled in, and the desk's pages that are sent back."""
    goes_on: Callable[[Page], None] = acting.goes_on

    def look_and_go_on(page: Page) -> None:
        findings.look(page, f"filled {page.url}")
        goes_on(page)

    monkeypatch.setattr(acting, "goes_on", look_and_go_on)
    acting.come_in(visitor, portal, "Hà")
    ref = acting.hand_in(visitor, "Lê Khuê Mộc", copies=2)
    findings.look(visitor, "handed in")
    for path in ("", "da-khai/"):
        visitor.goto(f"/ho-so/{ref}/{path}")
        findings.look(visitor, f"the new dossier {path}")

    def refused(handle: str, act: str, button: str) -> None:
        """A page of the desk, as it is and sent back with nothing on it."""
        acting.at_dossier(desk_page, portal, handle, ref)
        findings.look(desk_page, f"dossier for {handle}")
        desk_page.goto(f"/can-bo/ho-so/{ref}/{act}/")
        findings.look(desk_page, act)
        desk_page.get_by_role("main").get_by_role("button", name=button).last.click()
        findings.look_at_errors(desk_page, act)

    refused("chi.tt", "khong-tiep-nhan", "Không tiếp nhận")
    desk_page.goto("/can-bo/")
    findings.look(desk_page)
    desk_page.goto(f"/can-bo/ho-so/{ref}/tiep-nhan/")
    findings.look(desk_page, "tiep-nhan")
    acting.take_in(desk_page, portal, ref)
    acting.at_dossier(desk_page, portal, "dung.pv", ref)
    acting.press(desk_page, "Nhận thụ lý")
    findings.look(desk_page, "taken up")
    desk_page.goto(f"/can-bo/ho-so/{ref}/ban-nhap/")
    findings.look(desk_page, "ban-nhap")
    acting.press(desk_page, "Gửi bản nháp cho người nộp")
    desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")

    visitor.goto("/ho-so/")
    findings.look(visitor, "my dossiers")
    visitor.goto(f"/ho-so/{ref}/ban-nhap/")
    findings.look(visitor, "the draft")
    acting.press(visitor, "Gửi trả lời")
    findings.look_at_errors(visitor, "the draft")
    acting.agree_with_draft(visitor, ref)
    acting.propose(desk_page, portal, ref)
    refused("giang.vh", "tra-lai", "Trả lại")
    acting.sign(desk_page, portal, ref)
    acting.at_dossier(desk_page, portal, "khanh.lt", ref)
    findings.look(desk_page, "signed")
    acting.number_and_seal(desk_page, portal, ref)
    refused("chi.tt", "tra-ket-qua", "Đã trả kết quả")
    visitor.goto(f"/ho-so/{ref}/")
    findings.look(visitor, "the result")
    assert findings == []


def test_j8_5_a_form_page_by_keyboard_alone(desk_page: Page, portal: Portal) -> None:
    """Tab reaches every control in the order of the page, the focus is always seen, Enter goes on."""
    acting.come_in(desk_page, portal, "Hà")
    ref = acting.start_birth(desk_page)
    desk_page.goto(f"/nop/{ref}/to-khai/nguoi-duoc-khai-sinh/")
    wanted = desk_page.evaluate(CONTROLS)
    assert len(wanted) > 15
    reached: list[str] = []
    for _ in range(len(wanted) + 40):  # the links above the form come first
        desk_page.keyboard.press("Tab")
        name, seen = desk_page.evaluate(FOCUSED)
        assert seen or not name, f"no focus to be seen on {name}"
        reached.append(name)
        if name == wanted[-1]:
            break
    assert [name for name in reached if name in wanted] == wanted
    desk_page.locator("#child-name").focus()
    desk_page.keyboard.type("Lê Minh Khuê")
    desk_page.keyboard.press("Enter")
    expect(desk_page.locator(".govuk-error-summary")).to_be_focused()
    expect(desk_page.locator("#child-name")).to_have_value("Lê Minh Khuê")
    desk_page.keyboard.press("Tab")
    desk_page.keyboard.press("Enter")  # the first line of the summary leads to its field
    expect(desk_page.locator("#child-birth")).to_be_focused()


def test_j8_5_the_way_past_the_head_of_the_page(desk_page: Page) -> None:
    desk_page.goto("/")
    desk_page.keyboard.press("Tab")
    expect(desk_page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    expect(desk_page.get_by_role("link", name="Đến nội dung chính")).to_be_in_viewport()
    desk_page.keyboard.press("Enter")
    desk_page.keyboard.press("Tab")
    expect(desk_page.get_by_label("Từ khóa")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (640, 450)])
def test_j8_5_what_has_the_focus_is_not_behind_the_bar(
    desk_page: Page, portal: Portal, width: int, height: int
) -> None:
    """The bar with the next step, on a record and at the desk, in a plain and in an enlarged window (WCAG 2.4.11)."""
    desk_page.set_viewport_size({"width": width, "height": height})
    acting.come_in(desk_page, portal, "chi.tt")
    desk_page.goto("/can-bo/")
    dossier = desk_page.locator("main a[href*='/ho-so/']").first.get_attribute("href")
    for path in ("/thu-tuc/1.001193/", dossier or ""):
        desk_page.goto(path)
        for _ in range(60):
            desk_page.keyboard.press("Tab")
            assert desk_page.evaluate(BEHIND) == ""


def test_j8_5_at_twice_the_size_nothing_is_lost(chromium: Browser, portal: Portal) -> None:
    """A window of 1280 px at 200 %, also with "Cỡ chữ: Lớn"."""
    lost = []
    for page in strict_page(chromium, portal.url, viewport={"width": 640, "height": 450}, device_scale_factor=2):
        acting.come_in(page, portal, "Hà")
        ref = acting.start_birth(page)
        paths = [*PUBLIC, "/ho-so/", "/tai-khoan/", *(f"/nop/{ref}/{path}/" for path in WIZARD)]
        for path in paths:
            page.goto(path)
            for size in ("plain", "large"):
                page.evaluate(LARGE, size == "large")
                if scrolls_sideways(page):
                    lost.append(f"{path}, {size}, scrolls sideways")
                lost += [f"{path}, {size}, cuts off {found}" for found in page.evaluate(CUT_OFF)]
    assert lost == []


def test_j8_5_large_text_is_a_choice_that_stays(visitor: Page) -> None:
    visitor.goto("/thu-tuc/1.001193/")
    before = visitor.locator("h1").evaluate("found => parseFloat(getComputedStyle(found).fontSize)")
    visitor.locator("summary", has_text="Danh mục").click()
    visitor.get_by_role("link", name="Cỡ chữ lớn").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    assert visitor.locator("h1").evaluate("found => parseFloat(getComputedStyle(found).fontSize)") > before * 1.1
    visitor.goto("/")
    expect(visitor.locator("html")).to_have_class("govuk-template mc-large")


def test_j8_5_a_first_visit_is_light(visitor: Page) -> None:
    weights: dict[str, float] = {}
    addresses: dict[str, str] = {}
    network = visitor.context.new_cdp_session(visitor)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda got: addresses.update({got["requestId"]: got["response"]["url"]}))
    network.on("Network.loadingFinished", lambda got: weights.update({got["requestId"]: got["encodedDataLength"]}))
    visitor.goto("/")
    visitor.wait_for_load_state("networkidle")
    counted = {addresses[one]: weight for one, weight in weights.items() if not addresses[one].endswith(".woff2")}
    assert len(counted) > 4
    assert sum(counted.values()) < HOME_MOST, counted
