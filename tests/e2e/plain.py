"""Acting in a browser that runs no scripts: buttons do what scripts would."""

import re

from playwright.sync_api import Page

from tests.e2e import acting


def choose_place(page: Page, html_id: str, province: str, commune: str) -> None:
    """Province, a button, then the communes of it."""
    page.locator(f"#{html_id}").select_option(label=province)
    card = page.locator(f"fieldset:has(#{html_id})").last
    card.get_by_role("button", name="Hiện các xã, phường của tỉnh đã chọn").click()
    page.locator(f"#{html_id}--commune").select_option(label=commune)


def find_place(page: Page, html_id: str, typed: str, name: str) -> None:
    """A few letters, a button, the place among those found, a button."""
    page.locator(f"#{html_id}--find").fill(typed)
    page.locator(f"fieldset:has(#{html_id})").last.get_by_role("button", name="Tìm", exact=True).click()
    acting.choose(page, name)
    page.get_by_role("button", name="Lấy nơi đã chọn").click()


def redraw(page: Page) -> None:
    """The button that shows what a choice brings with it."""
    page.get_by_role("button", name=re.compile("Cập nhật")).first.click()
