"""Whoever reads in a guide what to press finds our word for it where docs/journeys.md says."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import acting
from tests.e2e.portal import Portal
from tests.journeys import PAGE

pytestmark = pytest.mark.e2e

LABELS = re.compile(r"^\| ([^|]+) \| S[^|]+ \| ([^|]+) \| (\w+) \| (/[^|]*) \|$", re.MULTILINE)
REGISTERING = ("/tai-khoan/dang-ky/ma/", "/tai-khoan/dang-ky/mat-khau/")
KINDS: dict[str, Callable[[Page, re.Pattern[str]], Locator]] = {
    "button": lambda page, words: page.get_by_role("button", name=words),
    "link": lambda page, words: page.get_by_role("link", name=words),
    "heading": lambda page, words: page.get_by_role("heading", name=words),
    "group": lambda page, words: page.get_by_role("group", name=words),
    "field": lambda page, words: page.get_by_label(words),
    "words": lambda page, words: page.get_by_text(words),
}


def labels(*starts: str, but: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """Ours, its kind and its address, of the pages whose address starts so."""
    found = [(ours.strip(), kind, where) for _, ours, kind, where in LABELS.findall(PAGE)]
    return [row for row in found if row[2].startswith(starts) and row[2] not in but]


def look(page: Page, rows: list[tuple[str, str, str]]) -> None:
    """All these labels can be seen on the page that is open."""
    assert rows
    for ours, kind, where in rows:
        # A button is called so and nothing else, but for a count; other things may say more.
        words = re.compile(rf"^{re.escape(ours)}( \(.*\))?$" if kind == "button" else re.escape(ours))
        shown = KINDS[kind](page, words).locator("visible=true").first
        expect(shown, f"{kind} “{ours}” at {where}").to_be_visible()


def test_the_table_maps_every_label_that_the_guides_share() -> None:
    mapped = " ".join(theirs for theirs, *_ in LABELS.findall(PAGE)).lower()
    for theirs in (
        "nộp hồ sơ trực tuyến", "dịch vụ công trực tuyến", "nộp qua mạng", "đăng ký", "nộp hồ sơ", "đồng ý và tiếp tục",
        "tải tệp lên", "gửi đi", "xin chịu trách nhiệm trước pháp luật về lời khai trên",
    ):  # fmt: skip
        assert theirs in mapped


def test_what_anybody_sees(desk_page: Page) -> None:
    rows = labels("/", but=REGISTERING)
    rows = [row for row in rows if not row[2].startswith(("/nop/", "/ho-so/"))]
    for where in dict.fromkeys(row[2] for row in rows):
        desk_page.goto(where)
        look(desk_page, [row for row in rows if row[2] == where])


def test_what_somebody_who_registers_sees(visitor: Page, portal: Portal) -> None:
    who = acting.Newcomer()
    visitor.goto("/tai-khoan/dang-ky/cong-dan/")
    acting.fill_person(visitor, who)
    acting.press(visitor, "Nhận mã xác nhận")
    visitor.wait_for_url(f"**{REGISTERING[0]}")
    look(visitor, labels(REGISTERING[0]))
    visitor.get_by_label("Mã xác nhận").fill(portal.message_to(who.phone, r"\b(\d{6})\b"))
    acting.press(visitor, "Xác nhận")
    visitor.wait_for_url(f"**{REGISTERING[1]}")
    look(visitor, labels(REGISTERING[1]))


def test_what_an_applicant_sees(visitor: Page, portal: Portal) -> None:
    acting.come_in(visitor, portal, "Bình")
    draft = acting.start_birth(visitor)
    visitor.goto("/ho-so/")
    done = visitor.get_by_role("link", name="Đăng ký khai sinh: Lê Hoàng Nam").first.get_attribute("href")
    assert done
    rows = labels("/nop/", "/ho-so/")
    for where in dict.fromkeys(row[2] for row in rows):
        visitor.goto(where.replace("DRAFT", draft).replace("DOSSIER", done.split("/")[2]))
        look(visitor, [row for row in rows if row[2] == where])
