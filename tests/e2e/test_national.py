"""Logging in through the National portal, and coming from it, in a browser; the demo portal is a process of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import acting
from tests.e2e.browser import DESKTOP, PHONE, axe, scrolls_sideways, strict_page
from tests.e2e.national import NEWCOMERS, at_the_national_portal, fails
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


@pytest.fixture
def national_well_again(portal: Portal) -> Iterator[None]:
    """Whatever a test made go wrong goes on for that test only."""
    yield
    fails(portal)


def test_j2_7_logs_in_through_the_national_portal_and_is_linked(visitor: Page, portal: Portal) -> None:
    visitor.goto("/tai-khoan/dang-nhap/?next=/tai-khoan/")
    acting.press(visitor, "Đăng nhập qua Cổng DVC Quốc gia")
    at_the_national_portal(visitor, portal, "Bình")
    acting.heading(visitor, "Tài khoản")
    expect(visitor.get_by_role("main").get_by_text("Lê Văn Bình")).to_be_visible()
    expect(visitor.get_by_text("Đã liên kết từ")).to_be_visible()
    assert portal.message_to("0900000218", "đã được liên kết|da duoc lien ket")


def test_j2_7_a_newcomer_gets_an_account_with_the_data_from_there(visitor: Page, portal: Portal) -> None:
    fails(portal, people=NEWCOMERS[:1])
    visitor.goto("/tai-khoan/dang-nhap/")
    acting.press(visitor, "Đăng nhập qua Cổng DVC Quốc gia")
    at_the_national_portal(visitor, portal, "Liễu", vneid=True)
    acting.heading(visitor, "Đã mở tài khoản cho ông/bà")
    expect(visitor.get_by_text("098 190 077 701")).to_be_visible()
    assert axe(visitor) == []
    acting.press(visitor, "Tiếp tục")
    acting.heading(visitor, "Hồ sơ của tôi")


def test_j2_1_an_organisation_comes_in_by_its_own_account(visitor: Page, portal: Portal) -> None:
    visitor.goto("/tai-khoan/dang-ky/?next=/thu-tuc/1.001612/nop/")
    acting.press(visitor, "Đăng nhập qua Cổng DVC Quốc gia")
    at_the_national_portal(visitor, portal, "Nam", organisation=True)
    acting.heading(visitor, "Đã mở tài khoản cho ông/bà")
    expect(visitor.get_by_text("Công ty TNHH Gốm Hoa Sen, mã số 0198000412")).to_be_visible()
    acting.press(visitor, "Tiếp tục")
    expect(visitor.get_by_text("người đại diện của Công ty TNHH Gốm Hoa Sen")).to_be_visible()
    assert axe(visitor) == []
    acting.press(visitor, "Nộp hồ sơ")
    acting.heading(visitor, "Người nộp")
    expect(visitor.get_by_text("Công ty TNHH Gốm Hoa Sen, mã số 0198000412")).to_be_visible()
    visitor.goto("/tai-khoan/")
    expect(visitor.get_by_text("Đang đại diện")).to_be_visible()
    assert axe(visitor) == []


def test_j2_7_without_scripts_too(plain_visitor: Page, portal: Portal) -> None:
    plain_visitor.goto("/tai-khoan/dang-nhap/?next=/tai-khoan/")
    acting.press(plain_visitor, "Đăng nhập qua Cổng DVC Quốc gia")
    at_the_national_portal(plain_visitor, portal, "Mỷ")
    acting.heading(plain_visitor, "Tài khoản")


def test_j2_7_another_birth_date_there_is_told_and_changes_nothing(visitor: Page, portal: Portal) -> None:
    visitor.goto("/tai-khoan/cong-quoc-gia/")
    at_the_national_portal(visitor, portal, "Việt")
    acting.heading(visitor, "Hai tài khoản không khớp nhau")
    expect(visitor.get_by_role("alert")).to_contain_text("ngày sinh ở đây khác ngày sinh")
    assert axe(visitor) == []
    acting.press(visitor, "Đăng nhập bằng tài khoản của cổng")
    acting.heading(visitor, "Đăng nhập")


def test_j2_7_whoever_stops_there_is_asked_how_to_go_on(visitor: Page, portal: Portal) -> None:
    visitor.goto("/tai-khoan/cong-quoc-gia/?next=/tai-khoan/")
    visitor.get_by_role("button", name="Hủy, quay lại").click()
    acting.heading(visitor, "Ông/bà đã dừng")
    assert axe(visitor) == []
    acting.press(visitor, "Thử lại")
    at_the_national_portal(visitor, portal, "Hà")
    acting.heading(visitor, "Tài khoản")


@pytest.mark.usefixtures("national_well_again")
def test_j2_7_an_answer_that_is_not_for_this_login_is_not_taken(visitor: Page, portal: Portal) -> None:
    fails(portal, id_token={"claims": {"nonce": "of another login"}})
    visitor.goto("/tai-khoan/cong-quoc-gia/")
    at_the_national_portal(visitor, portal, "Hà")
    acting.heading(visitor, "Câu trả lời không đúng")
    visitor.goto("/tai-khoan/")
    acting.heading(visitor, "Đăng nhập")


@pytest.mark.usefixtures("national_well_again")
def test_j2_7_when_it_is_down_there_is_another_way_in(chromium: Browser, portal: Portal) -> None:
    context = chromium.new_context(base_url=portal.url, viewport=PHONE, locale="vi-VN")  # a 503 is wanted here
    page = context.new_page()
    fails(portal, token={"status": 503})
    page.goto("/tai-khoan/cong-quoc-gia/")
    at_the_national_portal(page, portal, "Hà")
    acting.heading(page, "chưa trả lời")
    assert axe(page) == []
    acting.press(page, "Đăng nhập bằng tài khoản của cổng")
    acting.heading(page, "Đăng nhập")
    context.close()


def test_j2_7_linking_from_the_profile_asks_for_the_same_person(visitor: Page, portal: Portal) -> None:
    acting.come_in(visitor, portal, "Việt")
    visitor.goto("/tai-khoan/")
    acting.press(visitor, "Liên kết với Cổng DVC Quốc gia")
    at_the_national_portal(visitor, portal, "Bình")
    acting.heading(visitor, "Hai tài khoản không khớp nhau")
    expect(visitor.get_by_role("alert")).to_contain_text("mang số định danh khác với tài khoản đang đăng nhập")
    acting.press(visitor, "Về tài khoản")
    expect(visitor.get_by_text("Chưa liên kết")).to_be_visible()


def test_j2_9_the_level_there_raises_the_assurance_here(chromium: Browser, portal: Portal) -> None:
    fails(portal, people=NEWCOMERS[1:])
    for vneid, level in ((False, "Mức độ trung bình"), (True, "Mức độ cao"), (False, "Mức độ cao")):
        for page in strict_page(chromium, portal.url, viewport=DESKTOP):
            page.goto("/tai-khoan/dang-nhap/?next=/tai-khoan/")
            acting.press(page, "Đăng nhập qua Cổng DVC Quốc gia")
            at_the_national_portal(page, portal, "Thạch", vneid=vneid)
            page.goto("/tai-khoan/")
            expect(page.get_by_role("definition").filter(has_text=level)).to_be_visible()
            assert axe(page) == []


def test_j3_5_the_national_portal_hands_over_with_procedure_and_agency(visitor: Page, portal: Portal) -> None:
    visitor.goto(portal.environment["MOTCUA_NATIONAL_ISSUER"])
    visitor.get_by_label("Thủ tục").select_option("1.001193")
    visitor.get_by_label("Cơ quan thực hiện").select_option("H98.21")
    visitor.get_by_role("button", name="Nộp hồ sơ").click()
    at_the_national_portal(visitor, portal, "Bình")
    acting.heading(visitor, "Nộp hồ sơ tại phường Hoa Sen")
    acting.press(visitor, "Nộp hồ sơ")
    acting.heading(visitor, "Người nộp")


def test_j3_5_whoever_is_logged_in_there_types_nothing_again(visitor: Page, portal: Portal) -> None:
    visitor.goto("/tai-khoan/cong-quoc-gia/")
    at_the_national_portal(visitor, portal, "Bình")
    visitor.goto("/tai-khoan/")
    visitor.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    acting.heading(visitor, "Ông/bà đã đăng xuất khỏi cổng này")
    assert axe(visitor) == []
    issuer = portal.environment["MOTCUA_NATIONAL_ISSUER"]
    visitor.goto(issuer)
    expect(visitor.get_by_text("Lê Văn Bình")).to_be_visible()
    visitor.get_by_label("Thủ tục").select_option("1.001193")
    visitor.get_by_label("Cơ quan thực hiện").select_option("H98.21")
    visitor.get_by_role("button", name="Nộp hồ sơ").click()
    acting.heading(visitor, "Nộp hồ sơ tại phường Hoa Sen")
    visitor.goto(f"{issuer}/dang-xuat")


def test_the_demo_s_own_pages_are_for_everybody(chromium: Browser, portal: Portal) -> None:
    issuer = portal.environment["MOTCUA_NATIONAL_ISSUER"]
    context = chromium.new_context(viewport=PHONE, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{portal.url}/tai-khoan/cong-quoc-gia/")
    visit = page.url.partition("luot=")[2]
    for path in ("/", "/nguoi", "/tin-nhan", f"/dang-nhap?luot={visit}", f"/dang-nhap/cong?luot={visit}"):
        page.goto(issuer + path)
        assert axe(page) == [], path
        assert not scrolls_sideways(page), path
    context.close()
