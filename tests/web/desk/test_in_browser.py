"""The desk in a real browser: nothing for axe to find, all by keyboard, all without scripts."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.services import work
from tests.cast import an, chi, dung, giang, khanh
from tests.dossiers.stages import VALUES, accepted, approved, fresh, issued, proposed, submitted, taken_up
from tests.e2e.browser import axe, come_in, scrolls_sideways

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LIST = reverse("desk:worklist")


def url(name: str, dossier: Dossier) -> str:
    return reverse(f"desk:{name}", args=[dossier.ref])


Run = Callable[..., list[str]]


def every_screen() -> list[tuple[User, str]]:
    """Each screen of the desk with somebody who may see it."""
    objected = taken_up()
    work.send_draft(objected, VALUES, by=dung())
    work.answer_draft(objected, by=an(), agree=False, remark="Tên mẹ là Trần Thị Thu Hà")
    new, done = submitted(), issued()
    return [
        (chi(), LIST), (dung(), LIST), (chi(), url("dossier", new)), (chi(), url("accept", new)),
        (chi(), url("decline", new)), (dung(), url("dossier", objected)), (dung(), url("draft", objected)),
        (giang(), url("dossier", (waiting := proposed()))), (giang(), url("send_back", waiting)),
        (khanh(), url("dossier", approved())), (chi(), url("hand_over", done)), (dung(), url("dossier", done)),
    ]  # fmt: skip


def test_axe_finds_nothing_and_nothing_is_too_wide(page: Page, phone: Page, live_server: object, run_jobs: Run) -> None:
    screens = every_screen()
    run_jobs(fail=True)
    base = live_server.url  # type: ignore[attr-defined]
    for officer, where in screens:
        for window in (page, phone):
            come_in(window, officer, base)
            window.goto(where)
            assert axe(window) == [], where
            assert not scrolls_sideways(window), where
    come_in(page, chi(), base)
    page.goto(screens[4][1])
    page.get_by_role("button", name="Không tiếp nhận").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert axe(page) == []


def test_a_dossier_is_found_and_accepted_by_keyboard(page: Page, live_server: object) -> None:
    first, second = submitted(), submitted()
    come_in(page, chi(), live_server.url)  # type: ignore[attr-defined]
    page.goto(LIST)
    page.keyboard.press("j")
    expect(page.locator("tr[data-at]")).to_contain_text(first.ref)
    page.keyboard.press("j")
    expect(page.locator("tr[data-at]")).to_contain_text(second.ref)
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lê Minh Khuê")
    page.wait_for_load_state()  # keys are heard once the page's script has come
    page.keyboard.press("t")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tiếp nhận hồ sơ của Nguyễn Thị An")
    page.get_by_role("button", name="Tiếp nhận").press("Enter")
    expect(page.locator(".mc-inline .mc-chip").first).to_contain_text("Được tiếp nhận")
    assert fresh(first).state == State.ACCEPTED


def test_keys_can_be_switched_off_and_stay_off(page: Page, live_server: object) -> None:
    dossier = submitted()
    come_in(page, chi(), live_server.url)  # type: ignore[attr-defined]
    page.goto(url("dossier", dossier))
    page.get_by_role("button", name="Tắt phím tắt").click()
    page.keyboard.press("t")
    page.reload()
    page.keyboard.press("t")
    expect(page).to_have_url(live_server.url + url("dossier", dossier))  # type: ignore[attr-defined]
    expect(page.get_by_role("button", name="Bật phím tắt")).to_be_visible()


def test_letters_in_a_field_are_no_keys(page: Page, live_server: object) -> None:
    dossier = taken_up()
    come_in(page, dung(), live_server.url)  # type: ignore[attr-defined]
    page.goto(url("dossier", dossier))
    page.get_by_label("Ghi chú").first.press_sequentially("tit")
    expect(page.get_by_label("Ghi chú").first).to_have_value("tit")


def test_papers_are_turned_and_enlarged(page: Page, live_server: object) -> None:
    dossier = taken_up()
    work.send_draft(dossier, VALUES, by=dung())
    come_in(page, dung(), live_server.url)  # type: ignore[attr-defined]
    page.goto(url("dossier", dossier))
    picture = page.locator(".mc-viewer__page img")
    expect(picture).to_have_attribute("alt", "Bản nháp Giấy khai sinh, trang 1")
    width = picture.bounding_box()
    page.get_by_role("link", name="Phóng to").click()
    larger = page.locator(".mc-viewer__page img").bounding_box()
    assert width
    assert larger
    assert larger["width"] > width["width"] * 1.3
    page.keyboard.press(".")
    expect(page.locator(".mc-viewer__page img")).to_have_attribute("alt", "Giấy chứng sinh, trang 1")
    assert page.locator(".mc-viewer__page img").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")


def test_the_whole_way_without_scripts(bare_page: Page, live_server: object) -> None:
    dossier = accepted()
    base = live_server.url  # type: ignore[attr-defined]
    come_in(bare_page, dung(), base)
    bare_page.goto(url("dossier", dossier))
    bare_page.get_by_role("button", name="Nhận thụ lý").click()
    bare_page.get_by_label("Đạt", exact=True).check()
    bare_page.get_by_role("button", name="Ghi kết quả kiểm tra").click()
    bare_page.get_by_role("button", name="Soạn bản nháp").click()
    bare_page.get_by_label("Họ tên mẹ").fill("Trần Thị Thu Hà")
    bare_page.get_by_role("button", name="Gửi bản nháp cho người nộp").click()
    work.answer_draft(dossier, by=an(), agree=True)
    bare_page.goto(url("dossier", dossier))
    bare_page.get_by_role("button", name="Trình lãnh đạo ký").click()
    for officer, act in ((giang(), "Ký duyệt"), (khanh(), "Vào sổ, cấp số"), (chi(), "Trả kết quả")):
        come_in(bare_page, officer, base)
        bare_page.goto(url("dossier", dossier))
        bare_page.get_by_role("button", name=act).click()
    bare_page.get_by_label("Đã thu 16.000 đồng").check()
    bare_page.get_by_role("button", name="Đã trả kết quả").click()
    assert fresh(dossier).state == State.RETURNED
