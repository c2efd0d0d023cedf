"""The second walk: a household business, from the national login to the signed certificate, from both sides."""

import re
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting, household
from tests.e2e.browser import is_fine
from tests.e2e.national import at_the_national_portal
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


def test_j4_10_a_household_business_from_the_national_login_to_the_signed_certificate(
    visitor: Page, desk_page: Page, portal: Portal
) -> None:
    """Journey 4.10, with 2.7, 4.5, 5.1, 7.1 and 7.3 on the way: a fee paid online, one supplement, a signed file."""
    visitor.goto("/tai-khoan/dang-nhap/?next=/ho-so/")
    acting.press(visitor, "Đăng nhập qua Cổng DVC Quốc gia")
    at_the_national_portal(visitor, portal, "An")
    ref = household.hand_in(visitor, portal, "An", "Bún chả Hoa Sen")
    is_fine(visitor)

    household.pay(visitor, ref)
    is_fine(visitor)
    portal.message_to("0900000217", rf"nhan phi, le phi cua ho so {ref}")
    code = acting.take_in(desk_page, portal, ref)
    household.take_up(desk_page, portal, ref)
    household.ask_for_another_name(desk_page, ref)
    is_fine(desk_page)

    portal.message_to("0900000217", rf"{re.escape(code)}.*bo sung")
    household.give_another_name(visitor, portal, ref, "Bún chả Bà An")
    is_fine(visitor)
    acting.at_dossier(desk_page, portal, "lan.ht", ref)
    expect(desk_page.get_by_text("xác nhận nội dung sau khi bổ sung")).to_be_visible()
    changed = desk_page.get_by_role("row").filter(has_text="Tên hộ kinh doanh")
    expect(changed).to_contain_text("Bún chả Hoa Sen")
    expect(changed).to_contain_text("Bún chả Bà An")

    household.propose(desk_page, portal, ref)
    acting.sign(desk_page, portal, ref)
    acting.number_and_seal(desk_page, portal, ref)
    is_fine(desk_page)
    visitor.goto(f"/ho-so/{ref}/")
    expect(visitor.get_by_text("Chữ ký số hợp lệ")).to_have_count(2)  # the leader's and the agency's
    with visitor.expect_download() as download:
        acting.press(visitor, "Tải kết quả")
    assert signatures_in(download.value.path()) == 2


def signatures_in(path: Any) -> int:
    """How many signatures a PDF carries."""
    with pikepdf.open(path) as pdf:
        return sum(field.get("/FT") == "/Sig" for field in pdf.Root.AcroForm.Fields)  # type: ignore[operator]
