"""What a person may do wrong, and what may go wrong: each has its words in Vietnamese, and nothing typed is lost."""

import re
import unicodedata
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import acting, sending
from tests.e2e.browser import PHONE, strict_page
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

CHILD = "nguoi-duoc-khai-sinh"


def at_child_page(page: Page, portal: Portal, name: str = "An") -> str:
    """Somebody's new draft, open where the child is described; its number."""
    acting.come_in(page, portal, name)
    ref = acting.start_birth(page)
    page.goto(f"/nop/{ref}/to-khai/{CHILD}/")
    return ref


def fill_birth_date(page: Page, day: str, month: str, year: str) -> None:
    """Exactly these three texts."""
    for part, value in (("", day), ("--month", month), ("--year", year)):
        page.locator(f"#child-birth{part}").fill(value)


def birth_date(page: Page) -> tuple[str, ...]:
    """The three texts that stand there."""
    return tuple(page.locator(f"#child-birth{part}").input_value() for part in ("", "--month", "--year"))


def is_saved(page: Page) -> None:
    """The page says that it has been saved, after it said something else."""
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu nháp lúc")


def autosaves(page: Page) -> Any:
    """Wait for the next save by the page's script."""
    return page.expect_response(lambda answer: "autosave" in (answer.request.post_data or "") and answer.ok)


NAMES = {
    "": "Xin ghi họ, chữ đệm, tên",
    "x" * 400: "dài nhất 200 ký tự, ông/bà đã gõ 400",
    "Lê Khuê 🌸": "Xin bỏ “🌸”",
    "Lê Khuê 2": "không có chữ số",
}
DAYS = {
    ("30", "2", "2026"): "Tháng 2 năm 2026 chỉ có 28 ngày",
    ("1", "1", "9999"): "Năm phải từ 1900 đến 2100, ông/bà đã gõ 9999",
    ("5", "3", "2099"): "Ngày, tháng, năm sinh không được sau hôm nay",
    ("năm", "ba", "26"): "Năm có 4 chữ số",
    ("5", "", "2026"): "háng",
}


def test_a_name_that_can_t_be_one_is_kept_as_typed_and_said(visitor: Page, portal: Portal) -> None:
    """Missing, too long, with an emoji, with a digit."""
    at_child_page(visitor, portal)
    acting.choose(visitor, "Nữ")
    for typed, words in NAMES.items():
        visitor.locator("#child-name").fill(typed)
        acting.goes_on(visitor)
        acting.summary_says(visitor, words, at="child-name")
        expect(visitor.locator("#child-name")).to_have_value(typed)
        expect(visitor.get_by_label("Nữ")).to_be_checked()
        visitor.get_by_role("alert").get_by_role("link").first.click()
        expect(visitor.locator("#child-name")).to_be_focused()


def test_a_day_that_can_t_be_is_kept_as_typed_and_said(visitor: Page, portal: Portal) -> None:
    """30 February, the year 9999, a day to come, letters, no month."""
    at_child_page(visitor, portal)
    for typed, words in DAYS.items():
        fill_birth_date(visitor, *typed)
        acting.goes_on(visitor)
        summary = visitor.locator(".govuk-error-summary")
        expect(summary).to_contain_text(words)
        expect(summary).to_be_focused()
        expect(visitor.locator("#child-birth--error")).to_contain_text(words)
        assert birth_date(visitor) == typed


def test_a_child_older_than_its_mother_is_said_beside_the_mother_s_year(visitor: Page, portal: Portal) -> None:
    ref = at_child_page(visitor, portal)
    fill_birth_date(visitor, "5", "3", "2026")
    with autosaves(visitor):
        visitor.keyboard.press("Tab")
    visitor.goto(f"/nop/{ref}/to-khai/me/")
    visitor.locator("#mother-birth-year").fill("2030")
    acting.goes_on(visitor)
    acting.summary_says(visitor, "Năm sinh của mẹ không được sau năm nay", at="mother-birth-year")
    visitor.locator("#mother-birth-year").fill("2026")
    acting.goes_on(visitor)
    acting.summary_says(visitor, "Mẹ phải nhiều tuổi hơn con", at="mother-birth-year")
    expect(visitor.locator("#mother-birth-year")).to_have_value("2026")


def test_decomposed_accents_are_the_same_letters(visitor: Page, portal: Portal) -> None:
    """As some telephones type: every accent a sign of its own."""
    ref = at_child_page(visitor, portal)
    with autosaves(visitor):
        visitor.locator("#child-name").fill(unicodedata.normalize("NFD", "Nguyễn Thị Ước Mơ"))
    visitor.locator("#child-hometown--find").fill(unicodedata.normalize("NFD", "Bến Đò"))
    acting.choose(visitor, "Phường Bến Đò, tỉnh Minh Giang")
    expect(visitor.locator("#child-hometown--commune")).to_have_value("98002")
    acting.press(visitor, "Lưu, làm tiếp sau")
    visitor.goto(f"/nop/{ref}/to-khai/{CHILD}/")
    expect(visitor.locator("#child-name")).to_have_value("Nguyễn Thị Ước Mơ")


def test_the_session_ends_in_the_middle_and_what_is_typed_then_is_kept(visitor: Page, portal: Portal) -> None:
    """The script's save says so with a way to log in; the button leads to the login and back to all that was typed."""
    ref = at_child_page(visitor, portal)
    visitor.context.clear_cookies()
    visitor.locator("#child-name").fill("Sùng Thị Máy")
    line = visitor.locator("#da-luu")
    expect(line).to_contain_text("Phiên đăng nhập đã hết. Những gì đã gõ vẫn được lưu.")
    expect(line.get_by_role("link", name="Đăng nhập lại")).to_be_visible()
    fill_birth_date(visitor, "30", "2", "2026")
    acting.goes_on(visitor)
    visitor.wait_for_url("**/dang-nhap/**")
    log_in_again(visitor, portal, "An")
    visitor.wait_for_url(f"**/nop/{ref}/to-khai/{CHILD}/")
    expect(visitor.locator("#child-name")).to_have_value("Sùng Thị Máy")
    assert birth_date(visitor) == ("30", "2", "2026")


def log_in_again(page: Page, portal: Portal, name: str) -> None:
    """From the page of the login, where somebody else's new session is kept for the other tests too."""
    acting.log_in_as(page, portal, name)
    portal.sessions[name] = page.context.cookies()


def test_the_session_ends_in_the_middle_without_scripts_too(plain_visitor: Page, portal: Portal) -> None:
    ref = at_child_page(plain_visitor, portal, "Mỷ")
    plain_visitor.context.clear_cookies()
    plain_visitor.locator("#child-name").fill("Sùng Thị Máy")
    acting.goes_on(plain_visitor)
    plain_visitor.wait_for_url("**/dang-nhap/**")
    log_in_again(plain_visitor, portal, "Mỷ")
    plain_visitor.wait_for_url(f"**/nop/{ref}/to-khai/{CHILD}/")
    expect(plain_visitor.locator("#child-name")).to_have_value("Sùng Thị Máy")


def test_the_browser_is_closed_in_the_middle_and_another_one_goes_on(
    visitor: Page, chromium: Browser, portal: Portal
) -> None:
    """The last letters go to the server while the page closes; any other browser shows them after the login."""
    ref = at_child_page(visitor, portal, "Mỷ")
    with autosaves(visitor):
        fill_birth_date(visitor, "30", "2", "2026")
    visitor.locator("#child-name").fill("Sùng Thị Pàng")
    visitor.close(run_before_unload=True)
    other = strict_page(chromium, portal.url, viewport=PHONE)
    page = next(other)
    log_in_again(page, portal, "Mỷ")
    page.goto("/ho-so/")
    page.get_by_role("link").filter(has_text=ref).or_(page.locator(f"a[href*='{ref}']")).first.click()
    page.goto(f"/nop/{ref}/to-khai/{CHILD}/")
    expect(page.locator("#child-name")).to_have_value("Sùng Thị Pàng")
    assert birth_date(page) == ("30", "2", "2026")
    next(other, None)


def test_the_back_button_after_each_page_loses_nothing_and_after_the_last_leads_to_the_dossier(
    visitor: Page, portal: Portal
) -> None:
    acting.come_in(visitor, portal, "An")
    ref = acting.prepare(visitor, "Lò Văn Ngoan")
    for title in ("Nhận kết quả và lệ phí", "Giấy tờ", "Bản sao", "Cha", "Mẹ", "Người được khai sinh"):
        acting.goes_back(visitor, title)
    expect(visitor.locator("#child-name")).to_have_value("Lò Văn Ngoan")
    expect(visitor.locator("#child-hometown--commune")).to_have_value("98004")
    for _ in range(6):
        acting.goes_on(visitor)
    acting.sign_and_send(visitor)
    visitor.go_back()
    expect(visitor.get_by_role("main")).to_contain_text(ref)
    assert f"/ho-so/{ref}/" in visitor.url
    expect(visitor.get_by_role("button", name="Nộp hồ sơ", exact=True)).to_have_count(0)


def test_two_presses_on_the_last_button_hand_in_one_dossier(visitor: Page, portal: Portal) -> None:
    """A double click, then the same form posted twice more at once, as a browser without scripts may."""
    acting.come_in(visitor, portal, "An")
    phone = acting.citizen("An")["phone"]
    ref = sending.prepare(visitor, portal, "Lò Văn Ngoãn")
    acting.choose(visitor, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    expect(visitor.locator("[data-human-solution]")).not_to_have_value("")
    answers = visitor.evaluate("""() => {
        const form = document.querySelector("main form");
        const post = () => fetch(form.action, {method: "POST", body: new FormData(form)}).then((answer) => answer.url);
        return Promise.all([post(), post()]);
    }""")
    assert [re.sub(r"^.*/nop/", "", url) for url in answers] == [f"{ref}/da-nop/"] * 2
    visitor.get_by_role("button", name="Nộp hồ sơ", exact=True).last.dblclick()
    expect(visitor.get_by_text("Chúc mừng bạn đã nộp hồ sơ thành công")).to_be_visible()
    portal.message_to(phone, ref)
    told = [text for text in portal.messages_to(phone) if ref in text]
    assert len(told) == 1
    visitor.goto("/ho-so/")
    expect(visitor.get_by_text("Lò Văn Ngoãn")).to_have_count(1)


def test_two_tabs_on_one_page_and_the_later_save_says_what_it_replaced(visitor: Page, portal: Portal) -> None:
    ref = at_child_page(visitor, portal)
    other = visitor.context.new_page()
    other.goto(visitor.url)
    with autosaves(visitor):
        visitor.locator("#child-name").fill("Tên ở cửa sổ một")
    with autosaves(other):
        other.locator("#child-name").fill("Tên ở cửa sổ hai")
    expect(other.get_by_text("ở cửa sổ kia là “Tên ở cửa sổ một”")).to_be_visible()
    expect(other.locator("#child-name")).to_have_value("Tên ở cửa sổ hai")
    with autosaves(visitor):
        acting.choose(visitor, "Nữ")  # what this window doesn't touch stays as the other one saved it
    other.goto(f"/nop/{ref}/to-khai/{CHILD}/")
    expect(other.locator("#child-name")).to_have_value("Tên ở cửa sổ hai")
    expect(other.get_by_label("Nữ")).to_be_checked()


def test_a_wrong_code_five_times_asks_for_a_new_one_and_keeps_the_dossier(plain_visitor: Page, portal: Portal) -> None:
    """ "Mã xác nhận" by SMS: what was chosen and typed stays, the code is spent."""
    page = plain_visitor
    acting.come_in(page, portal, "Bình")
    phone = acting.citizen("Bình")["phone"]
    ref = acting.start_birth(page)
    page.goto(f"/nop/{ref}/xem-lai/")
    before = len(portal.messages_to(phone))
    acting.press(page, "Gửi mã xác nhận")
    code = portal.message_to(phone, r"\b(\d{6})\b", after=before)
    acting.choose(page, "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.")
    for _ in range(4):
        page.locator("#ma-xac-nhan").fill(f"{(int(code) + 1) % 1_000_000:06d}")
        acting.press(page, "Nộp hồ sơ")
        acting.summary_says(page, "Mã xác nhận chưa đúng", at="ma-xac-nhan", focused=False)
        expect(page.locator("#statement")).to_be_checked()
    page.locator("#ma-xac-nhan").fill(f"{(int(code) + 1) % 1_000_000:06d}")
    acting.press(page, "Nộp hồ sơ")
    acting.summary_says(page, "Mã này không còn dùng được", at="ma-xac-nhan", focused=False)
    expect(page.get_by_role("button", name="Gửi mã xác nhận")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Lê Văn Bình")


def test_somebody_else_s_number_leads_nowhere(visitor: Page, desk_page: Page, portal: Portal) -> None:
    """404 on every address of a draft, and of a dossier handed in, reading or writing."""
    ref = at_child_page(visitor, portal, "Hà")
    with autosaves(visitor):
        visitor.locator("#child-name").fill("Lê Thị Của Hà")
    sent = sending.hand_in_as(visitor, portal, "Hà", "Lê Thị Riêng")
    visitor.goto(f"/ho-so/{sent}/")
    file = visitor.locator("a[href*='/tep/']").first.get_attribute("href") or ""
    stranger = desk_page
    acting.come_in(stranger, portal, "Việt")
    draft_parts = ["nguoi-nop", "chu-ho-so", f"to-khai/{CHILD}", "giay-to", "nhan-ket-qua", "xem-lai", "da-nop"]
    addresses = [f"/nop/{number}/{part}/" for number in (ref, sent) for part in draft_parts]
    addresses += [f"/ho-so/{ref}/", f"/ho-so/{sent}/", f"/ho-so/{sent}/ban-nhap/", file]
    assert "/tep/" in file
    stranger.goto("/tai-khoan/")
    token = stranger.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    for address in addresses:
        assert (address, stranger.request.get(address, max_redirects=0).status) == (address, 404)
        posted = stranger.request.post(
            address, form={"csrfmiddlewaretoken": token, "child_name": "Kẻ khác"}, max_redirects=0
        )
        assert (address, posted.status) in {(address, 404), (address, 405)}
    stranger.goto(f"/ho-so/{sent}/")
    acting.heading(stranger, "Không")
    visitor.goto(f"/nop/{ref}/to-khai/{CHILD}/")
    expect(visitor.locator("#child-name")).to_have_value("Lê Thị Của Hà")


def test_without_a_network_the_page_says_what_isn_t_saved_and_saves_it_later(visitor: Page, portal: Portal) -> None:
    """Typing goes on; the button stays on the page instead of leading to the browser's own page of errors."""
    ref = at_child_page(visitor, portal)
    visitor.context.set_offline(True)
    visitor.locator("#child-name").fill("Lò Thị Sương")
    line = visitor.locator("#da-luu")
    expect(line).to_contain_text("Chưa lưu được, vì mất mạng.")
    fill_birth_date(visitor, "30", "2", "2026")
    acting.goes_on(visitor)
    acting.heading(visitor, "Người được khai sinh")
    expect(line).to_contain_text("Chưa lưu được, vì mất mạng.")
    expect(line).to_be_in_viewport()
    expect(visitor.locator("#child-name")).to_have_value("Lò Thị Sương")
    with autosaves(visitor):
        visitor.context.set_offline(False)
    is_saved(visitor)
    visitor.goto(f"/nop/{ref}/to-khai/{CHILD}/")
    expect(visitor.locator("#child-name")).to_have_value("Lò Thị Sương")
    assert birth_date(visitor) == ("30", "2", "2026")


def test_a_save_that_the_server_can_t_take_is_tried_again(visitor: Page, portal: Portal) -> None:
    ref = at_child_page(visitor, portal)
    failed: list[Any] = []

    def fail(route: Any) -> None:
        if "autosave" not in (route.request.post_data or "") or failed:
            route.continue_()
        else:
            failed.append(route)
            route.abort()

    visitor.route("**/nop/**", fail)
    visitor.locator("#child-name").fill("Lò Thị Sương")
    expect(visitor.locator("#da-luu")).to_contain_text("Chưa lưu được, vì hệ thống bận.")
    with autosaves(visitor):
        pass
    is_saved(visitor)
    visitor.goto(f"/nop/{ref}/to-khai/{CHILD}/")
    expect(visitor.locator("#child-name")).to_have_value("Lò Thị Sương")


def test_what_is_typed_before_the_script_has_come_is_saved_too(visitor: Page, portal: Portal) -> None:
    """On a slow line people type sooner than the page is complete."""
    ref = at_child_page(visitor, portal)
    held: list[Any] = []
    visitor.route("**/mc/draft*.js", lambda route: held.append(route))
    visitor.goto(f"/nop/{ref}/to-khai/{CHILD}/", wait_until="commit")
    visitor.locator("#child-name").fill("Lò Thị Sớm")
    acting.wait_until(visitor, lambda: bool(held))
    with autosaves(visitor):
        held[0].continue_()
    is_saved(visitor)
    visitor.unroute("**/mc/draft*.js")
    visitor.goto(f"/nop/{ref}/to-khai/{CHILD}/")
    expect(visitor.locator("#child-name")).to_have_value("Lò Thị Sớm")
