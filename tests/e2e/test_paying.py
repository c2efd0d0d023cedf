"""Paying in a browser, at a demo VNPAY that is a process of its own: it goes wrong, and is booked once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting, household, sending
from tests.e2e.browser import is_fine
from tests.e2e.household import FEE
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


def hand_in(page: Page, portal: Portal, name: str, business: str) -> str:
    """A household business, handed in by somebody who logs in here; its number."""
    acting.log_in_as(page, portal, name)
    ref = sending.prepare_business(page, portal, business)
    household.confirm_and_send(page, portal, name)
    return ref


def at_the_bank(page: Page, outcome: str = "00", *, closes: bool = False, notice: str = "before") -> None:
    """Choose what the bank says, and go."""
    page.locator("summary").click()
    page.locator(f"input[name=ket_qua][value='{outcome}']").first.check()
    if closes:
        page.get_by_label("Đóng trình duyệt, không quay về cổng").check()
    page.locator("#thong_bao").select_option(notice)
    page.get_by_role("button", name=f"Thanh toán {FEE}").click()


def test_j7_3_the_fee_is_paid_online_after_handing_in_and_the_desk_begins(
    visitor: Page, desk_page: Page, portal: Portal
) -> None:
    """It goes wrong once; then the browser is closed at the bank: the notice books it all the same."""
    ref = hand_in(visitor, portal, "Bình", "Bún chả Trả Phí")
    is_fine(visitor)
    assert portal.message_to("0900000218", f"{ref}.*phai nop phi")
    acting.press(visitor, "Nộp phí, lệ phí")
    acting.heading(visitor, f"Nộp {FEE}")
    is_fine(visitor)

    acting.press(visitor, "Nộp trực tuyến")
    at_the_bank(visitor, "51")
    visitor.wait_for_url("**/thanh-toan/vnpay/**")
    visitor.goto(f"/ho-so/{ref}/nop-phi/")
    expect(visitor.get_by_text("Tài khoản không đủ số dư.")).to_be_visible()
    is_fine(visitor)

    acting.press(visitor, "Nộp trực tuyến")
    at_the_bank(visitor, closes=True)
    expect(visitor.get_by_role("heading", name="Ngân hàng đã xử lý")).to_be_visible()
    visitor.goto(f"/ho-so/{ref}/")
    acting.heading(visitor, "Bộ phận Một cửa trả lời trước")
    expect(visitor.get_by_text(re.compile("Biên lai lệ phí số"))).to_have_count(1)
    is_fine(visitor)
    assert portal.message_to("0900000218", f"da nhan phi, le phi cua ho so {ref}")

    acting.at_dossier(desk_page, portal, "chi.tt", ref)
    expect(desk_page.get_by_text(f"{FEE}: Trực tuyến qua VNPAY")).to_be_visible()
    is_fine(desk_page)
    assert acting.take_in(desk_page, portal, ref)


def test_j7_3_two_people_pay_one_dossier_and_one_of_them_gets_it_back(
    visitor: Page, desk_page: Page, portal: Portal
) -> None:
    """One stands at the bank's page while the other pays at the counter: booked twice, owed once."""
    ref = hand_in(visitor, portal, "An", "Bún chả Hai Người")
    acting.press(visitor, "Nộp phí, lệ phí")
    expect(visitor.get_by_role("img", name=re.compile(f"Mã QR chuyển {FEE}"))).to_be_visible()
    acting.press(visitor, "Nộp trực tuyến")

    acting.at_dossier(desk_page, portal, "chi.tt", ref)
    acting.press(desk_page, "Thu phí tại quầy")
    desk_page.get_by_label(f"Đã thu {FEE}").check()
    is_fine(desk_page)
    acting.press(desk_page, "Thu phí, lập biên lai")
    expect(desk_page.get_by_text(f"{FEE}: Tiền mặt tại quầy")).to_be_visible()

    at_the_bank(visitor)
    visitor.wait_for_url("**/thanh-toan/vnpay/**")
    visitor.goto(f"/ho-so/{ref}/nop-phi/")
    expect(visitor.get_by_text(f"{FEE}, không phải nộp")).to_be_visible()
    is_fine(visitor)

    desk_page.goto("/can-bo/?hang=phai-hoan")
    desk_page.get_by_role("row", name=re.compile(ref)).get_by_role("link").click()
    expect(desk_page.get_by_text("Phải hoàn lại")).to_be_visible()
    is_fine(desk_page)
    acting.at_dossier(desk_page, portal, "giang.vh", ref)  # not whoever took the money in
    desk_page.get_by_role("link", name=re.compile("Hoàn lại")).last.click()
    desk_page.get_by_label("Lý do").fill("Nộp hai lần")
    acting.press(desk_page, "Hoàn tiền")
    told = portal.message_to(acting.citizen("An")["email"], r"(?s)đã hoàn 150\.000 đồng.*?Nộp hai lần")
    assert told
    visitor.reload()
    expect(visitor.get_by_text(re.compile(f"Đã hoàn {FEE}"))).to_be_visible()
    is_fine(visitor)


def test_j7_4_what_provinces_take_off_is_told_with_ground_and_end(visitor: Page) -> None:
    """Hà Nội's counts now; Thanh Hóa's has ended, so it isn't promised to anybody."""
    visitor.goto("/thu-tuc/1.001612/")
    visitor.locator("summary", has_text="Phí, lệ phí").click()
    table = visitor.get_by_role("table", name=re.compile("Miễn, giảm đang áp dụng"))
    expect(table.get_by_role("row", name=re.compile("Hà Nội"))).to_contain_text("78/2026/NQ-HĐND")
    expect(table.get_by_text("Thanh Hóa")).to_have_count(0)
    is_fine(visitor)
