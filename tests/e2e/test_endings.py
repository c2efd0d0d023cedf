"""The other endings of a dossier, from both sides: refused, withdrawn, late. And what a person does after them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e import acting, sending
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

REASON = "Trẻ đã được đăng ký khai sinh tại phường Bến Đò ngày 20/11/2026."


def open_as(page: Page, portal: Portal, name: str, ref: str) -> None:
    """A person opens one of their dossiers."""
    acting.come_in(page, portal, name)
    page.goto(f"/ho-so/{ref}/")


def slip(page: Page, name: str) -> bytes:
    """The slip of this name, as soon as its job has made it."""
    link = page.get_by_role("main").get_by_role("link", name=name)
    acting.appears(page, link)
    answer = page.request.get(str(link.first.get_attribute("href")))
    assert answer.ok
    return answer.body()


def test_a_refusal_with_its_reason_and_the_dossier_is_handed_in_anew(
    visitor: Page, desk_page: Page, portal: Portal
) -> None:
    ref = sending.hand_in_as(visitor, portal, "Bình", "Lê Thị Từ Chối")
    code = sending.take_in(desk_page, portal, ref)
    acting.at_dossier(desk_page, portal, "dung.pv", ref)
    acting.press(desk_page, "Nhận thụ lý")
    acting.press(desk_page, "Trình từ chối")
    acting.heading(desk_page, "Trình từ chối hồ sơ")
    desk_page.get_by_label("Lý do").fill(REASON)
    acting.press(desk_page, "Trình lãnh đạo ký từ chối")
    expect(desk_page.locator(".govuk-error-summary")).to_contain_text("Nhập căn cứ")
    desk_page.get_by_label("Căn cứ").fill("khoản 2 Điều 12 Luật Hộ tịch 2014")
    acting.press(desk_page, "Trình lãnh đạo ký từ chối")
    desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")

    open_as(visitor, portal, "Bình", ref)
    expect(visitor.get_by_role("main")).not_to_contain_text("từ chối")  # nobody has signed

    acting.at_dossier(desk_page, portal, "giang.vh", ref)
    acting.press(desk_page, "Xem và ký từ chối")
    expect(desk_page.get_by_role("main")).to_contain_text(REASON)
    acting.press(desk_page, "Ký từ chối")
    desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")

    told = portal.message_to(acting.citizen("Bình")["phone"], rf"{re.escape(code)} bi .* tu choi[^<]*")
    assert "Ben Do" not in told  # the reason is for the person, not for whoever sees the telephone
    portal.message_to(acting.citizen("Bình")["email"], rf"(?s){re.escape(code)}.*{re.escape(REASON)}.*khiếu nại")
    visitor.reload()
    acting.heading(visitor, "Cơ quan từ chối giải quyết hồ sơ này")
    expect(visitor.get_by_role("main")).to_contain_text(REASON)
    assert slip(visitor, "Phiếu từ chối giải quyết hồ sơ (PDF)").startswith(b"%PDF-")
    acting.press(visitor, "Nộp lại từ những gì đã khai")
    visitor.wait_for_url("**/nop/**/xem-lai/")  # nothing is missing, nothing was typed
    expect(visitor.get_by_role("main")).to_contain_text("Lê Thị Từ Chối")


def test_a_person_withdraws_and_the_desk_sees_it_at_once(visitor: Page, desk_page: Page, portal: Portal) -> None:
    ref = sending.hand_in_as(visitor, portal, "Việt", "Đặng Thị Rút")
    acting.at_dossier(desk_page, portal, "chi.tt", ref)  # the page lies open on the desk …
    open_as(visitor, portal, "Việt", ref)
    visitor.get_by_role("link", name="Rút hồ sơ này").click()
    acting.heading(visitor, "Rút hồ sơ")
    visitor.get_by_label("Vì sao ông/bà rút hồ sơ?").fill("Gia đình đăng ký tại nơi thường trú của mẹ.")
    acting.press(visitor, "Rút hồ sơ")
    acting.heading(visitor, "Ông/bà đã rút hồ sơ này")
    portal.message_to(acting.citizen("Việt")["phone"], rf"{ref} da duoc rut")
    acting.press(desk_page, "Tiếp nhận")  # … and is pressed too late
    expect(desk_page.get_by_text("Người nộp đã rút hồ sơ")).to_be_visible()
    expect(desk_page.get_by_role("button", name="Tiếp nhận", exact=True)).to_have_count(0)


def test_an_apology_with_a_new_day(visitor: Page, desk_page: Page, portal: Portal) -> None:
    """A birth is due the same day: by day the promise can't be moved any more, the person is told all the same."""
    ref = sending.hand_in_as(visitor, portal, "Mỷ", "Thào Thị Trễ")
    code = sending.take_in(desk_page, portal, ref)
    acting.at_dossier(desk_page, portal, "dung.pv", ref)
    acting.press(desk_page, "Nhận thụ lý")
    desk_page.get_by_role("link", name=re.compile("xin lỗi,")).click()
    acting.heading(desk_page, "Xin lỗi")
    desk_page.get_by_label("Lý do chậm").fill("Chờ phường Bến Đò trả lời về nơi cư trú của cha.")
    day = timezone.localdate() + timedelta(days=14)
    day -= timedelta(days=day.weekday())  # a Monday
    for label, value in (("Ngày", day.day), ("Tháng", day.month), ("Năm", day.year)):
        desk_page.get_by_label(label, exact=True).fill(str(value))
    acting.press(desk_page, "Gửi lời xin lỗi")
    desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
    expect(desk_page.get_by_text("Đã xin lỗi").first).to_be_visible()
    portal.message_to(acting.citizen("Mỷ")["phone"], rf"xin loi.*{re.escape(code)}.*17:00 {day:%d/%m/%Y}")
    open_as(visitor, portal, "Mỷ", ref)
    expect(visitor.get_by_text("Cơ quan xin lỗi").first).to_be_visible()
    expect(visitor.get_by_role("main")).to_contain_text(f"{day:%d/%m/%Y}")
    assert slip(visitor, "Văn bản xin lỗi").startswith(b"%PDF-")
