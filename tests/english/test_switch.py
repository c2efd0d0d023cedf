"""Choosing the language in a real browser: by a link, on a phone by the menu, without scripts, by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import axe, scrolls_sideways
from tests.factories import an_offering
from tests.procedures.catalogue import publish_all

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_link_changes_the_language_and_stays_on_the_page(page: Page) -> None:
    page.goto("/tra-cuu/?ma=")
    page.get_by_role("link", name="English").first.click()
    page.wait_for_url("**/tra-cuu/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look up an application")
    assert axe(page) == []
    page.get_by_role("link", name="Tiếng Việt").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tra cứu hồ sơ")


def test_on_a_phone_it_is_in_the_menu(phone: Page) -> None:
    publish_all()
    an_offering()
    phone.goto("/")
    phone.locator("details.mc-menu--phone summary").tap()
    phone.locator("details.mc-menu--phone").get_by_role("link", name="English").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What do you need to do today?")
    assert axe(phone) == []
    assert not scrolls_sideways(phone)


def test_it_needs_no_script(bare_page: Page) -> None:
    bare_page.goto("/tai-khoan/dang-nhap/")
    bare_page.get_by_role("link", name="English").first.click()
    bare_page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(bare_page.locator(".govuk-error-summary")).to_contain_text("Enter the ID number")


def test_scripts_speak_it_too(page: Page) -> None:
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_role("link", name="English").first.click()
    expect(page.get_by_role("button", name="Show password")).to_be_visible()
