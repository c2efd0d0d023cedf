"""Confirming a declaration instead of signing paper: through the National portal, and by a signed PDF."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting, sending
from tests.e2e.browser import is_fine
from tests.e2e.national import at_the_national_portal
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


def at_the_review(page: Page, portal: Portal, name: str, business: str) -> str:
    """Everything filled in, and the review open; the draft's number."""
    acting.come_in(page, portal, name)
    return sending.prepare_business(page, portal, business)


def to_the_confirmation(page: Page) -> None:
    acting.press(page, "Xác nhận tờ khai")
    acting.heading(page, "Xác nhận tờ khai")


def test_j4_5_confirms_through_vneid_and_hands_in(visitor: Page, portal: Portal) -> None:
    ref = at_the_review(visitor, portal, "Hà", "Bún chả Hà")
    acting.choose(visitor, "Tôi xin chịu trách nhiệm", exact=False)
    acting.press(visitor, "Nộp hồ sơ")
    acting.summary_says(
        visitor, "Xác nhận tờ khai qua VNeID hoặc bằng tờ khai ký số, rồi mới nộp", at="xac-nhan-to-khai"
    )
    to_the_confirmation(visitor)
    is_fine(visitor)
    acting.press(visitor, "Xác nhận qua VNeID")
    at_the_national_portal(visitor, portal, "Hà")
    acting.heading(visitor, "Xem lại rồi nộp")
    expect(visitor.get_by_text("Đã xác nhận đúng nội dung này")).to_be_visible()
    is_fine(visitor)
    acting.sign_and_send(visitor)
    visitor.goto(f"/ho-so/{ref}/")
    expect(visitor.get_by_text("Xác nhận qua VNeID:")).to_be_visible()
    is_fine(visitor)


def test_j4_5_signs_the_declaration(visitor: Page, plain_visitor: Page, portal: Portal) -> None:
    """Download, sign elsewhere, upload, without scripts; a changed byte and another person's signature are told."""
    ref, page = at_the_review(visitor, portal, "An", "Bún chả An"), plain_visitor
    acting.come_in(page, portal, "An")
    page.goto(f"/nop/{ref}/xac-nhan/")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Tờ khai để ký số (PDF)").click()
    signed = sign(page, downloaded.value.path().read_bytes(), "Nguyễn Thị An")
    page.goto(f"/nop/{ref}/xac-nhan/")
    send(page, signed[:300] + bytes([signed[300] ^ 1]) + signed[301:])
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    send(page, sign(page, downloaded.value.path().read_bytes(), "Lê Văn Bình", back=page.url))
    expect(page.locator("#tep-to-khai-ky-so-loi")).to_contain_text("là của Lê Văn Bình, không phải của người nộp")
    send(page, signed)
    acting.heading(page, "Xem lại rồi nộp")
    expect(page.get_by_text("Chữ ký số hợp lệ")).to_be_visible()


def sign(page: Page, content: bytes, who: str, back: str = "") -> bytes:
    """Sign with the sample's own stand-in for signing software."""
    page.goto("/ban-mau/ky-so/")
    page.get_by_label("Tệp PDF cần ký").set_input_files(
        {"name": "to-khai.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    page.get_by_label(who, exact=True).check()
    with page.expect_download() as downloaded:
        acting.press(page, "Ký số")
    if back:
        page.goto(back)
    return downloaded.value.path().read_bytes()


def send(page: Page, content: bytes) -> None:
    page.locator("#tep-to-khai-ky-so").set_input_files(
        {"name": "to-khai-da-ky.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    acting.press(page, "Tải tờ khai đã ký lên")
