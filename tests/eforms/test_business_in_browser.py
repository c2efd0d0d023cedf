"""The household business in a real browser: lines found by typing, with scripts and without, by the keyboard."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from motcua.eforms.queries import places
from tests.e2e.browser import axe, scrolls_sideways
from tests.eforms import urls
from tests.eforms.business import FAMILY, WHOLE, member
from tests.eforms.forms import BUSINESS
from tests.factories import a_place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.eforms.urls")]
KEY = "giay-de-nghi"
LINES = f"/{KEY}/nganh-nghe/"
OWNER = f"/{KEY}/chu-ho/"
FOOD = "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động"
DONE = "Xong: "
SHOTS = os.environ.get("MOTCUA_SHOTS", "")  # a folder to look at afterwards


@pytest.fixture(autouse=True)
def _places_and_no_answers() -> Iterator[None]:
    a_place("98001")
    places().forget()
    urls.ANSWERS.clear()
    yield
    places().forget()


def found(page: Page, row: int = 0) -> Locator:
    """The lines that were found for a row."""
    return page.locator(f"#lines--{row}--line--found").get_by_role("button")


def goes_on(page: Page) -> None:
    """Press what leads on."""
    page.get_by_role("button", name="Đồng ý và tiếp tục").last.click()


def test_a_line_is_found_by_words_and_taken(page: Page) -> None:
    page.goto(LINES)
    page.locator("#lines--0--line").press_sequentially("quan an")
    found(page).filter(has_text="5610").click()
    expect(page.locator("#lines--0--line")).to_have_value("5610")
    expect(page.locator("#lines--0--line")).to_be_focused()
    expect(page.locator("#lines--0--line--found")).to_contain_text(FOOD)
    page.get_by_label("Là ngành, nghề chính").check()
    goes_on(page)
    expect(page.get_by_text(DONE)).to_be_visible()
    assert urls.ANSWERS[KEY]["lines"][0]["line"] == {"code": "5610", "name": FOOD}


def test_another_line_is_sought_by_the_same_words(page: Page) -> None:
    page.goto(LINES)
    for code in ("5610", "5630"):
        page.locator("#lines--0--line").fill("quán")
        found(page).filter(has_text=code).click()
        expect(page.locator("#lines--0--line")).to_have_value(code)


def test_a_code_is_named_as_it_is_typed_and_brings_what_it_wants(page: Page) -> None:
    page.goto(LINES)
    page.locator("#lines--0--line").press_sequentially("9623")
    expect(page.locator("#lines--0--line--found")).to_contain_text("Dịch vụ spa và xông hơi")
    page.locator("#lines--0--line").press("Tab")
    expect(page.get_by_label("Giấy phép, chứng chỉ hành nghề đã có")).to_be_visible()
    page.locator("#lines--0--line").fill("5610")
    page.locator("#lines--0--line").press("Tab")
    expect(page.get_by_label("Giấy phép, chứng chỉ hành nghề đã có")).to_have_count(0)


def test_by_the_keyboard_alone(page: Page) -> None:
    page.goto(LINES)
    page.locator("#lines--0--line").focus()
    page.keyboard.type("tap hoa")
    page.keyboard.press("Enter")  # seeks, and doesn't send the page
    expect(found(page).first).to_contain_text("4711")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(found(page).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#lines--0--line")).to_have_value("4711")
    expect(page.locator("#lines--0--line")).to_be_focused()


def test_nothing_typed_elsewhere_is_lost_by_taking_a_line(page: Page) -> None:
    page.goto(LINES)
    page.get_by_label("Ghi rõ hơn").fill("bán phở")
    page.locator("#lines--0--line").press_sequentially("quan pho")
    page.route("**" + LINES, lambda route: (page.wait_for_timeout(300), route.continue_()))
    found(page).first.click()
    page.get_by_label("Ghi rõ hơn").fill("bán phở, bún")
    expect(page.locator("#lines--0--line")).to_have_value("5610")
    expect(page.get_by_label("Ghi rõ hơn")).to_have_value("bán phở, bún")


def test_bad_lines_are_told_at_their_place(phone: Page) -> None:
    page = phone
    urls.ANSWERS[KEY] = {
        "lines": [{"line": "4799"}, {"line": {"code": "5610", "name": FOOD}}, {"line": {"code": "5610", "name": FOOD}}]
    }
    page.goto(LINES)
    goes_on(page)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Không có ngành, nghề nào mang mã 4799. Xin gõ tên để tìm")
    expect(summary).to_contain_text("Ngành, nghề này đã có ở trên")
    expect(summary).to_contain_text("Xin đánh dấu đúng một ngành, nghề chính")
    summary.get_by_role("link", name="đã có ở trên").click()
    expect(page.locator("#lines--2--line")).to_be_focused()
    assert axe(page) == []
    shot(page, "xau")
    page.locator("#lines--0--line").fill("quan ca phe")
    goes_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Xin chọn một ngành, nghề trong số tìm thấy")
    found(page).filter(has_text="5630").click()
    expect(page.locator("#lines--0--line")).to_have_value("5630")


def test_without_scripts(bare_page: Page) -> None:
    page = bare_page
    page.goto(LINES)
    page.locator("#lines--0--line").fill("cắt tóc")
    page.get_by_role("button", name="Tìm ngành, nghề").click()
    found(page).filter(has_text="9621").click()
    expect(page.locator("#lines--0--line")).to_have_value("9621")
    page.get_by_role("button", name="Thêm ngành, nghề").click()
    page.locator("#lines--1--line").fill("9622")
    page.get_by_label("Là ngành, nghề chính").first.check()
    goes_on(page)
    expect(page.get_by_text(DONE)).to_be_visible()
    assert [row["line"]["code"] for row in urls.ANSWERS[KEY]["lines"]] == ["9621", "9622"]


def test_capital_is_spelled_out(page: Page) -> None:
    page.goto(f"/{KEY}/von/")
    page.get_by_label("Vốn kinh doanh").fill("80000000")
    page.get_by_label("Vốn kinh doanh").blur()
    expect(page.get_by_text("Ghi bằng chữ: Tám mươi triệu đồng")).to_be_visible()


def test_three_hundred_members(phone: Page) -> None:
    page = phone
    people = [member(serial) for serial in range(299)]
    urls.ANSWERS[KEY] = WHOLE | FAMILY | {"members": people}
    page.goto(OWNER)
    add, last = page.locator("#members--add"), page.locator("#members--299--member-name")
    add.click()
    expect(last).to_be_focused()
    expect(add).to_have_count(0)
    last.fill("Nguyễn Văn Ước")
    goes_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Xin ghi ngày sinh của thành viên")
    expect(last).to_have_value("Nguyễn Văn Ước")
    assert not scrolls_sideways(page)
    page.locator("[value='remove:members:299']").click()
    expect(add).to_be_focused()
    goes_on(page)
    expect(page.get_by_text(DONE)).to_be_visible()
    assert len(urls.ANSWERS[KEY]["members"]) == 299


@pytest.mark.parametrize("slug", [page.slug for page in BUSINESS.pages])
def test_pages_and_their_problems_have_no_barriers(page: Page, phone: Page, slug: str) -> None:
    for one in (page, phone):
        urls.ANSWERS[KEY] = {}
        if slug in {"chu-ho", "thue", "nguoi-nop"}:
            urls.ANSWERS[KEY] = {
                "founder": "ho-gia-dinh", "owner_document": "ho-chieu", "owner_permanent_same": "noi-khac",
                "tax_address_kind": "noi-khac", "starts_kind": "ngay-khac", "other_places": [{}],
                "submitter": "to-chuc",
            }  # fmt: skip
        one.goto(f"/{KEY}/{slug}/")
        shot(one, slug)
        goes_on(one)
        expect(one.get_by_role("alert")).to_be_visible()
        assert axe(one) == []
        assert not scrolls_sideways(one)
        shot(one, f"{slug}-loi")


def shot(page: Page, name: str) -> None:
    """A picture to look at."""
    if SHOTS:
        width = (page.viewport_size or {})["width"]
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
