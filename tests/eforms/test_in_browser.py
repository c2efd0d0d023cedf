"""A page of a form in a real browser, with scripts and without: what follows appears, what was typed stays."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from motcua.eforms.queries import places
from tests.e2e.browser import axe, scrolls_sideways
from tests.eforms import urls
from tests.factories import a_place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.eforms.urls")]
CHILD = "/khai-sinh/nguoi-duoc-khai-sinh/"
LINES = "/ho-kinh-doanh/nganh-nghe/"
SHOTS = os.environ.get("MOTCUA_SHOTS", "")  # a folder to look at afterwards


@pytest.fixture(autouse=True)
def _places_and_no_answers() -> Iterator[None]:
    a_place("98001")
    a_place("98002")
    places().forget()
    urls.ANSWERS.clear()
    yield
    places().forget()


def type_date(page: Page, field: str, day: str, month: str, year: str) -> None:
    page.locator(f"#{field}").fill(day)
    page.locator(f"#{field}--month").fill(month)
    page.locator(f"#{field}--year").fill(year)
    page.locator(f"#{field}--year").blur()


def choose(page: Page, label: str) -> None:
    """As a thumb does: on the words."""
    page.locator("label", has_text=label).first.click()


def test_a_choice_shows_what_belongs_to_it(page: Page) -> None:
    page.goto(CHILD)
    expect(page.get_by_label("Tên cơ sở y tế")).to_have_count(0)
    choose(page, "Tại cơ sở y tế")
    expect(page.get_by_label("Tên cơ sở y tế")).to_be_visible()
    expect(page.get_by_label("Tại cơ sở y tế")).to_be_focused()
    choose(page, "Ở nước ngoài")
    expect(page.get_by_label("Nước nơi sinh")).to_be_visible()
    expect(page.get_by_label("Tên cơ sở y tế")).to_have_count(0)


def test_nothing_typed_while_the_page_is_redrawn_is_lost(page: Page) -> None:
    page.goto(CHILD)
    page.route("**" + CHILD, lambda route: (page.wait_for_timeout(400), route.continue_()))
    choose(page, "Tại cơ sở y tế")
    page.get_by_label("Họ, chữ đệm, tên").fill("Lê Minh Khuê")  # while the answer is on its way
    page.get_by_label("Nữ", exact=True).check()
    expect(page.get_by_label("Tên cơ sở y tế")).to_be_visible()
    expect(page.get_by_label("Họ, chữ đệm, tên")).to_have_value("Lê Minh Khuê")
    expect(page.get_by_label("Nữ", exact=True)).to_be_checked()


def test_half_a_date_stops_no_redraw_on_its_way(page: Page) -> None:
    page.goto(CHILD)
    page.route("**" + CHILD, lambda route: (page.wait_for_timeout(400), route.continue_()))
    choose(page, "Tại cơ sở y tế")
    page.locator("#child-birth").fill("12")
    page.locator("#child-birth").blur()
    expect(page.get_by_label("Tên cơ sở y tế")).to_be_visible()


def test_a_date_typed_while_the_page_is_redrawn_is_spelled_out_too(page: Page) -> None:
    page.goto(CHILD)
    page.route("**" + CHILD, lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.get_by_text("Tại cơ sở y tế").click()
    for label, value in (("Ngày", "5"), ("Tháng", "3"), ("Năm", "2026")):
        page.get_by_label(label, exact=True).first.fill(value)
    expect(page.get_by_label("Tên cơ sở y tế")).to_be_visible()  # the page is redrawn, the focus still in the year
    expect(page.get_by_text("Ngày năm tháng ba năm hai nghìn không trăm hai mươi sáu")).to_be_visible()


def test_a_date_is_spelled_out(page: Page) -> None:
    page.goto(CHILD)
    type_date(page, "child-birth", "12", "11", "2025")
    words = "Ghi bằng chữ: Ngày mười hai tháng mười một năm hai nghìn không trăm hai mươi lăm"
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("đăng ký quá hạn. Hồ sơ vẫn được giải quyết")).to_be_visible()
    expect(page.locator("#child-birth--year")).to_have_value("2025")


def test_a_place_is_found_by_typing(page: Page) -> None:
    page.goto(CHILD)
    choose(page, "Tại cơ sở y tế")
    expect(page.get_by_label("Tên cơ sở y tế")).to_be_visible()
    page.locator("#birth-address--find").fill("hoa se")
    choose(page, "Phường Hoa Sen, tỉnh Minh Giang")
    expect(page.locator("#birth-address")).to_have_value("98")
    expect(page.locator("#birth-address--commune")).to_have_value("98001")
    expect(page.locator("#birth-address--find")).to_have_value("")


def test_a_search_begun_while_the_page_is_redrawn_goes_on(page: Page) -> None:
    page.goto(CHILD)
    choose(page, "Tại cơ sở y tế")
    expect(page.get_by_label("Tên cơ sở y tế")).to_be_visible()
    page.route("**" + CHILD, lambda route: (page.wait_for_timeout(400), route.continue_()))
    choose(page, "Có bản giấy")
    page.locator("#birth-address--find").fill("ben do")
    expect(page.get_by_label("Phường Bến Đò, tỉnh Minh Giang")).to_be_visible()


def test_what_a_list_does_not_have_can_be_written(page: Page) -> None:
    page.goto(CHILD)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.get_by_label("Quốc tịch").select_option("LA")
    page.get_by_label("Quốc tịch").select_option("khac")
    page.get_by_label("Ghi tên").fill("Bu-tan")
    assert len(posts) == 1
    page.get_by_label("Quốc tịch").first.select_option("VN")
    expect(page.get_by_label("Ghi tên")).to_have_count(0)


def test_a_province_brings_its_communes(page: Page) -> None:
    page.goto(CHILD)
    page.locator("#child-hometown").select_option("98")
    expect(page.locator("#child-hometown--commune option")).to_have_count(3)
    page.locator("#child-hometown--commune").select_option("98002")


def test_rows_come_and_go_with_the_focus(page: Page) -> None:
    page.goto(LINES)
    page.locator("#lines--0--code").fill("4711")
    page.get_by_role("button", name="Thêm ngành, nghề").click()
    expect(page.locator("#lines--1--code")).to_be_focused()
    expect(page.locator("#lines--0--code")).to_have_value("4711")
    page.get_by_role("button", name="Xóa Ngành, nghề 1").click()
    expect(page.locator("#lines--1--code")).to_have_count(0)
    expect(page.get_by_role("button", name="Thêm ngành, nghề")).to_be_focused()


def test_enter_goes_on_and_in_the_search_it_seeks(page: Page) -> None:
    page.goto(CHILD)
    choose(page, "Tại cơ sở y tế")
    page.locator("#birth-address--find").fill("ben do")
    page.locator("#birth-address--find").press("Enter")
    expect(page.get_by_label("Phường Bến Đò, tỉnh Minh Giang")).to_be_visible()
    page.get_by_label("Tên cơ sở y tế").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()


def test_without_scripts(bare_page: Page) -> None:
    page = bare_page
    page.goto(CHILD)
    choose(page, "Tại cơ sở y tế")
    page.locator("fieldset", has_text="Trẻ sinh ở đâu?").locator("..").get_by_role("button", name="Cập nhật").click()
    page.get_by_label("Tên cơ sở y tế").fill("Bệnh viện A")
    page.locator("#birth-address--find").fill("hoa sen")
    page.locator("[name=act][value='find-place:birth_address']").click()
    choose(page, "Phường Hoa Sen, tỉnh Minh Giang")
    page.get_by_role("button", name="Lấy nơi đã chọn").click()
    expect(page.locator("#birth-address--commune")).to_have_value("98001")
    expect(page.get_by_label("Tên cơ sở y tế")).to_have_value("Bệnh viện A")
    page.goto(LINES)
    page.get_by_role("button", name="Thêm ngành, nghề").click()
    expect(page.locator("#lines--1--code")).to_be_focused()
    page.get_by_role("button", name="Xóa Ngành, nghề 2").click()
    expect(page.locator("#lines--1--code")).to_have_count(0)


@pytest.mark.parametrize("address", [CHILD, "/khai-sinh/me/", LINES, "/cac-loai/tat-ca/"])
def test_pages_and_their_problems_have_no_barriers(page: Page, phone: Page, address: str) -> None:
    for one in (page, phone):
        one.goto(address)
        one.get_by_role("button", name="Đồng ý và tiếp tục").last.click()
        expect(one.get_by_role("alert")).to_be_visible()
        assert axe(one) == []
        assert not scrolls_sideways(one)
        if SHOTS:
            width = (one.viewport_size or {})["width"]
            one.screenshot(path=f"{SHOTS}/{address.strip('/').replace('/', '-')}-{width}.png", full_page=True)
