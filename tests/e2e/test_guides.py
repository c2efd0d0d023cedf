"""The walks of the guides, with a camera. Each test is a guide's; `make guides` draws its pictures.

A failing test here says which pictures no longer show what people see; after `make guides` they do. Look at the new
ones, and at the steps' texts, before committing.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e import acting
from tests.e2e.camera import Camera
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


@pytest.fixture
def camera() -> Iterator[Camera]:
    """A camera whose pictures must all be true at the end."""
    camera = Camera()
    yield camera
    assert not camera.outdated, f"No longer what people see: {', '.join(camera.outdated)}. Run `make guides`."


def test_an_account(visitor: Page, portal: Portal, camera: Camera) -> None:
    who = acting.Newcomer()
    visitor.goto("/tai-khoan/dang-ky/")
    camera.take(visitor, "tai-khoan-ai", at=button(visitor, "Đăng ký cho công dân"))
    acting.press(visitor, "Đăng ký cho công dân")
    acting.fill_person(visitor, who)
    camera.take(visitor, "tai-khoan-thong-tin")
    acting.press(visitor, "Nhận mã xác nhận")
    visitor.get_by_label("Mã xác nhận").fill(portal.message_to(who.phone, r"\b(\d{6})\b"))
    camera.take(visitor, "tai-khoan-ma", at=button(visitor, "Xác nhận"))
    acting.press(visitor, "Xác nhận")
    acting.heading(visitor, "mật khẩu")
    camera.take(visitor, "tai-khoan-mat-khau")
    visitor.goto("/tai-khoan/dang-nhap/")
    camera.take(visitor, "dang-nhap")


def button(page: Page, name: str) -> Any:
    """The button that is pressed next."""
    return page.get_by_role("button", name=name, exact=True).locator("visible=true").first
