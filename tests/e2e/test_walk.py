"""The whole walk: a birth is registered, from the home page to the certificate, from both sides."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import acting, sending
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


def test_j4_10_a_newcomer_registers_a_birth_and_the_ward_brings_it_to_the_certificate(
    visitor: Page, desk_page: Page, portal: Portal
) -> None:
    """Journey 4.10, with 5.1, 7.2 and 8.1 on the way: one person, four officers, one dossier."""
    who = acting.Newcomer()
    acting.register(visitor, portal, who)
    ref = acting.hand_in(visitor, "Nguyễn Lê Ước Mơ", copies=2)
    portal.message_to(who.phone, ref)

    code = acting.take_in(desk_page, portal, ref)
    assert re.fullmatch(r"H98\.21-\d{6}-\d{4}", code)
    told = portal.message_to(who.phone, rf"{re.escape(code)}[^<]*")
    assert "Ước" not in told  # no name in an SMS
    visitor.goto(f"/ho-so/{ref}/")
    expect(visitor.get_by_role("main")).to_contain_text(code)

    acting.draft_certificate(desk_page, portal, ref)
    acting.agree_with_draft(visitor, ref)
    acting.propose(desk_page, portal, ref)
    acting.sign(desk_page, portal, ref)
    acting.number_and_seal(desk_page, portal, ref)

    portal.message_to(who.phone, rf"{re.escape(code)}.*ket qua")
    visitor.goto(f"/ho-so/{ref}/")
    with visitor.expect_download() as download:
        acting.press(visitor, "Tải kết quả")
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_the_leader_sends_a_draft_back_with_a_reason_and_the_registrar_mends_it(
    visitor: Page, desk_page: Page, portal: Portal
) -> None:
    ref = sending.hand_in_as(visitor, portal, "Việt", "Đặng Thị Mận")
    sending.take_in(desk_page, portal, ref)
    sending.propose(desk_page, portal, "Việt", ref)
    acting.at_dossier(desk_page, portal, "giang.vh", ref)
    acting.press(desk_page, "Trả lại người thụ lý")
    desk_page.get_by_role("textbox").first.fill("Nơi sinh phải ghi cả tên bệnh viện")
    acting.press(desk_page, "Trả lại")
    acting.at_dossier(desk_page, portal, "dung.pv", ref)
    expect(desk_page.get_by_text("Nơi sinh phải ghi cả tên bệnh viện").first).to_be_visible()


def test_two_officers_accept_at_once_and_the_second_is_told_who_was_first(
    visitor: Page, desk_page: Page, chromium: Browser, portal: Portal
) -> None:
    ref = sending.hand_in_as(visitor, portal, "Mỷ", "Sùng Thị Pà")
    acting.at_dossier(desk_page, portal, "chi.tt", ref)
    acting.press(desk_page, "Tiếp nhận")
    twin = desk_page.context.new_page()
    twin.goto(desk_page.url)
    acting.press(twin, "Tiếp nhận")
    twin.wait_for_url(f"**/can-bo/ho-so/{ref}/")
    acting.press(desk_page, "Tiếp nhận")
    expect(desk_page.get_by_text("Trần Thị Chi").first).to_be_visible()
    expect(desk_page.get_by_role("alert").or_(desk_page.locator(".govuk-error-summary")).first).to_contain_text(
        "tiếp nhận"
    )
