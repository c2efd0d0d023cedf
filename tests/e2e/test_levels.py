"""Levels of service from the administrator's side: what is lacking is named, and what has it all is published."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting
from tests.e2e.browser import axe
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

SERVICES = "/can-bo/quan-tri/dich-vu/"
DEATH, PARENT = f"{SERVICES}phuong-hoa-sen/1.000656/", f"{SERVICES}phuong-hoa-sen/1.001022/"


def test_j1_4_a_level_is_refused_until_it_has_all_it_needs_and_then_published(desk_page: Page, portal: Portal) -> None:
    acting.come_in(desk_page, portal, "quan.dm")
    desk_page.goto("/can-bo/quan-tri/")
    desk_page.get_by_role("link", name="Dịch vụ công trực tuyến").click()
    row = desk_page.get_by_role("row").filter(has_text="1.000656")
    expect(row).to_contain_text("Mức độ 3")
    expect(row).to_contain_text("Mức độ 4 phải cho nộp phí, lệ phí trực tuyến")
    assert axe(desk_page) == []
    row.get_by_role("link", name="Đăng ký khai tử").click()
    acting.heading(desk_page, "Đăng ký khai tử")
    assert axe(desk_page) == []
    desk_page.get_by_label("Mức độ 4", exact=False).check()
    acting.press(desk_page, "Công bố")
    expect(desk_page.get_by_role("alert")).to_contain_text("mức độ 4 phải cho nộp phí, lệ phí trực tuyến")
    expect(desk_page.get_by_label("Mức độ 4", exact=False)).to_be_checked()
    desk_page.get_by_label("Trực tuyến, qua cổng thanh toán").check()
    acting.press(desk_page, "Công bố")
    expect(desk_page.get_by_role("status").first).to_contain_text("Đã công bố")
    expect(desk_page.get_by_text("Dịch vụ đã ở mức cao nhất.")).to_be_visible()


def test_j1_4_without_scripts_too(plain_visitor: Page, portal: Portal) -> None:
    acting.come_in(plain_visitor, portal, "quan.dm")
    plain_visitor.goto(PARENT)
    plain_visitor.get_by_label("Mức độ 4", exact=False).check()
    plain_visitor.get_by_label("Toàn trình", exact=True).check()
    plain_visitor.get_by_role("button", name="Công bố").click()
    for lacks in (
        "mức độ 4 phải có biểu mẫu điện tử tương tác",
        "mức độ 4 phải nhận hồ sơ trực tuyến",
        "mức độ 4 phải trả kết quả trực tuyến, qua thư điện tử hoặc qua bưu chính",
    ):
        expect(plain_visitor.get_by_role("alert")).to_contain_text(lacks)
