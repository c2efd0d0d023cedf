"""The other endings in a real browser, from both sides: axe, phone, keyboard, no scripts; and lateness on its days."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import endings, lateness, reception
from tests.cast import an, chi, dung, giang
from tests.dossiers.endings import REASON, WHY, refusing, three_days
from tests.dossiers.stages import fresh, submitted, taken_up
from tests.e2e.browser import axe, come_in, scrolls_sideways
from tests.moments import Moments, stopped_clock

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LOOK_AT = os.environ.get("MOTCUA_SCREENS", "")  # a folder for pictures of every screen, for human eyes
Run = Callable[..., list[str]]


@pytest.fixture
def clock() -> Iterator[Moments]:
    """Wednesday 25/11/2026, 8:35, until the test says otherwise."""
    with stopped_clock("25/11/2026 08:35") as moments:
        yield moments


def desk(dossier: Dossier, more: str = "") -> str:
    return f"/can-bo/ho-so/{dossier.ref}/{more}"


def mine(dossier: Dossier, more: str = "") -> str:
    return f"/ho-so/{dossier.ref}/{more}"


def every_screen(clock: Moments) -> list[tuple[str, User, str]]:
    """Each new screen with somebody who may see it."""
    new, working, waiting, refused, declined, withdrawn, stopped = (
        submitted(), taken_up(), refusing(), refusing(), submitted(), submitted(), taken_up(),
    )  # fmt: skip
    endings.refuse(refused, by=giang())
    elsewhere = Why(WHY.reason, "", "Ủy ban nhân dân phường Bến Đò")
    reception.decline(declined, elsewhere, by=chi())
    endings.withdraw(withdrawn, by=an(), reason="Gia đình đăng ký tại nơi thường trú của mẹ.")
    endings.stop(stopped, Why("Người nộp không bổ sung trong thời hạn.", "Nghị định số 118/2025/NĐ-CP"), by=giang())
    running, extended, late = three_days(), three_days(), three_days()
    lateness.apologise(extended, by=dung(), reason=REASON, day=date(2026, 12, 2))
    clock.at("01/12/2026 09:00")
    told = three_days_later(late)
    return [
        ("withdraw", an(), mine(new, "rut/")), ("withdrawn", an(), mine(withdrawn)), ("refused", an(), mine(refused)),
        ("declined", an(), mine(declined)), ("stopped", an(), mine(stopped)), ("extended", an(), mine(extended)),
        ("late", an(), mine(told)), ("list", an(), "/ho-so/"), ("desk-decline", chi(), desk(new, "khong-tiep-nhan/")),
        ("desk-propose", dung(), desk(working, "tu-choi/")), ("desk-working", dung(), desk(working)),
        ("desk-waiting", giang(), desk(waiting)), ("desk-refuse", giang(), desk(waiting, "ky-tu-choi/")),
        ("desk-send-back", giang(), desk(waiting, "tra-lai/")), ("desk-refused", dung(), desk(refused)),
        ("desk-stop", giang(), desk(working, "dung/")), ("desk-withdrawn", chi(), desk(withdrawn)),
        ("desk-apologise", dung(), desk(running, "xin-loi/")), ("desk-late", dung(), desk(running)),
        ("desk-extended", dung(), desk(extended)), ("desk-list", dung(), "/can-bo/"),
    ]  # fmt: skip


def three_days_later(dossier: Dossier) -> Dossier:
    lateness.apologise(dossier, by=dung(), reason=REASON, day=date(2026, 12, 4))
    return dossier


def test_axe_finds_nothing_and_nothing_is_too_wide(
    clock: Moments, page: Page, phone: Page, live_server: object, run_jobs: Run
) -> None:
    screens = every_screen(clock)
    run_jobs()
    for name, user, where in screens:
        for window, width in ((page, 1280), (phone, 390)):
            come_in(window, user, live_server.url)  # type: ignore[attr-defined]
            window.goto(where)
            assert window.url.endswith(where), name
            if LOOK_AT:
                window.screenshot(path=Path(LOOK_AT) / f"{name}-{width}.png", full_page=True)
            assert axe(window) == [], name
            assert not scrolls_sideways(window), name


def test_a_refusal_without_scripts(clock: Moments, bare_page: Page, live_server: object, run_jobs: Run) -> None:
    dossier, base = taken_up(), live_server.url  # type: ignore[attr-defined]
    come_in(bare_page, dung(), base)
    bare_page.goto(desk(dossier))
    bare_page.get_by_role("button", name="Trình từ chối").click()
    bare_page.get_by_label("Lý do").fill(WHY.reason)
    bare_page.get_by_role("button", name="Trình lãnh đạo ký từ chối").click()
    expect(bare_page.locator(".govuk-error-summary")).to_contain_text("Nhập căn cứ")
    expect(bare_page.get_by_label("Lý do")).to_have_value(WHY.reason)
    bare_page.get_by_label("Căn cứ").fill(WHY.ground)
    bare_page.get_by_role("button", name="Trình lãnh đạo ký từ chối").click()
    come_in(bare_page, giang(), base)
    bare_page.goto(desk(dossier))
    bare_page.get_by_role("button", name="Xem và ký từ chối").click()
    expect(bare_page.get_by_role("main")).to_contain_text(WHY.ground)
    bare_page.get_by_role("button", name="Ký từ chối").click()
    run_jobs()
    come_in(bare_page, an(), base)
    bare_page.goto(mine(dossier))
    expect(bare_page.get_by_role("heading", level=1)).to_have_text("Cơ quan từ chối giải quyết hồ sơ này")
    bare_page.get_by_role("button", name="Nộp lại từ những gì đã khai").click()
    expect(bare_page).to_have_url(re.compile("/nop/NH-"))
    assert Dossier.objects.get(state=State.DRAFT).answers == dossier.answers


def test_the_promise_is_put_off_a_working_day_before_and_not_later(
    clock: Moments, page: Page, phone: Page, live_server: object
) -> None:
    dossier, base = three_days(), live_server.url  # type: ignore[attr-defined]
    clock.at("27/11/2026 10:00")
    come_in(page, dung(), base)
    page.goto("/can-bo/")
    expect(page.get_by_role("main")).to_contain_text("Không kịp thì hẹn lại trong hôm nay")
    page.goto(desk(dossier))
    page.get_by_role("link", name="xin lỗi và hẹn lại").click()
    page.get_by_label("Lý do chậm").fill(REASON)
    for label, value in (("Ngày", "5"), ("Tháng", "12"), ("Năm", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Gửi lời xin lỗi").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("[data-error-summary]")).to_contain_text("không làm việc")
    expect(page.get_by_label("Lý do chậm")).to_have_value(REASON)
    page.get_by_label("Ngày", exact=True).fill("4")
    page.get_by_role("button", name="Gửi lời xin lỗi").click()
    expect(page.get_by_role("main")).to_contain_text("Đã hẹn lại")
    come_in(phone, an(), base)
    phone.goto(mine(dossier))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("đã hẹn lại: trả 17:00 thứ Sáu, 04/12/2026")
    expect(phone.get_by_role("main")).to_contain_text("Hẹn cũ 17:00 thứ Hai, 30/11/2026")
    clock.at("02/12/2026 09:00")
    come_in(phone, an(), base)  # another day, another session
    phone.reload()
    expect(phone.get_by_role("main")).not_to_contain_text("quá hẹn")


def test_a_person_takes_a_dossier_back_by_keyboard(clock: Moments, phone: Page, live_server: object) -> None:
    dossier = submitted()
    come_in(phone, an(), live_server.url)  # type: ignore[attr-defined]
    phone.goto(mine(dossier))
    phone.get_by_role("link", name="Rút hồ sơ này").focus()
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Rút hồ sơ").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-error-summary]")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")  # the summary's link leads to the field
    phone.keyboard.type("Gia đình đăng ký ở quê ngoại.")
    phone.get_by_role("button", name="Rút hồ sơ").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ông/bà đã rút hồ sơ này")
    assert fresh(dossier).state == State.WITHDRAWN
