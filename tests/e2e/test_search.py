"""The search box while one types: names beneath it, by keyboard and by pointer; without a script Enter searches."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import axe

pytestmark = pytest.mark.e2e


def test_names_come_up_while_one_types_and_the_keyboard_chooses(visitor: Page) -> None:
    visitor.goto("/")
    box = visitor.get_by_role("combobox", name="Từ khóa")
    box.press_sequentially("khai s")
    options = visitor.get_by_role("option")
    expect(options.first).to_contain_text("Đăng ký khai sinh")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert axe(visitor) == []
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    box.press("Escape")
    expect(visitor.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("khai s")
    box.press("ArrowDown")
    box.press("Enter")
    expect(visitor).to_have_url(re.compile(r"/thu-tuc/1\.001193/"))


def test_enter_searches_and_a_press_takes_a_name(visitor: Page) -> None:
    visitor.goto("/thu-tuc/")
    box = visitor.get_by_role("combobox", name="Từ khóa")
    box.press_sequentially("ket hon")
    option = visitor.get_by_role("option", name=re.compile("Đăng ký kết hôn"))
    expect(option.first).to_be_visible()
    box.press("Enter")
    expect(visitor).to_have_url(re.compile(r"/thu-tuc/\?q=ket\+hon"))
    visitor.get_by_role("button", name="Chưa đúng").click()
    expect(visitor.get_by_role("status").filter(has_text="Cảm ơn ông/bà")).to_be_visible()
    box.press_sequentially(" ")
    option.first.click()
    expect(visitor).to_have_url(re.compile(r"/thu-tuc/1\.000894/"))
