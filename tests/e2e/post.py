"""The postman, at the demo post's own page: what happens to a parcel, and with which notice."""

import html
import re

from playwright.sync_api import Page, expect

from tests.e2e import acting
from tests.e2e.portal import Portal


def address(portal: Portal) -> str:
    """Where the demo post has its page."""
    return portal.environment["MOTCUA_POST_URL"].removesuffix("/api")


def at_post(page: Page, portal: Portal, code: str) -> None:
    """The postman looks at a parcel; the order is there once a job has brought it."""
    page.goto(address(portal) + "/")
    acting.appears(page, page.locator(f"article#{code}"))


def happens(page: Page, portal: Portal, code: str, word: str, *, notice: str = "once") -> None:
    """One of the postman's buttons."""
    at_post(page, portal, code)
    card = page.locator(f"article#{code}")
    card.locator("select[name=cach]").select_option(notice)
    card.get_by_role("button", name=word, exact=True).click()
    page.wait_for_url(re.compile(f"#{code}$"))


def delivers(page: Page, portal: Portal, code: str, *, fee: str = "", notice: str = "once") -> None:
    """At the door: money, signature, papers."""
    at_post(page, portal, code)
    if fee:
        page.locator(f"#phi-{code}").fill(fee)
    happens_here(page, code, "Phát thành công", notice)


def fails(page: Page, portal: Portal, code: str, again: str) -> None:
    """Nobody at home; the postman comes again on a day (2026-11-27)."""
    at_post(page, portal, code)
    page.locator(f"#lai-{code}").fill(again)
    happens_here(page, code, "Chưa phát được", "once")


def happens_here(page: Page, code: str, word: str, notice: str) -> None:
    """A button of the card, with what stands in its fields."""
    card = page.locator(f"article#{code}")
    card.locator("select[name=cach]").select_option(notice)
    card.get_by_role("button", name=word, exact=True).click()
    page.wait_for_url(re.compile(f"#{code}$"))


def control(portal: Portal, fault: dict[str, object]) -> None:
    """Make the post's system be down, or well again ({})."""
    import json
    import urllib.request

    body = json.dumps(fault).encode()
    urllib.request.urlopen(urllib.request.Request(address(portal) + "/control", body, method="POST"), timeout=10)


def choose_post(page: Page, *, pay: bool = True) -> None:
    """On the page of delivery: the result by post, the fee to the postman; then on to the address."""
    acting.heading(page, "Nhận kết quả và lệ phí")
    acting.choose(page, "Bản giấy, qua bưu chính công ích")
    if pay:
        acting.choose(page, "Cho nhân viên bưu chính, khi nhận kết quả")
    acting.goes_on(page)
    acting.heading(page, "Địa chỉ cho bưu chính")


def shows(page: Page, ref: str, words: str, *, seconds: int = 20) -> None:
    """The person's page of the dossier says it, at the latest when the notice has been taken."""
    for _ in range(seconds * 5):
        if words in read(page, f"/ho-so/{ref}/"):
            break
        page.wait_for_timeout(200)
    page.goto(f"/ho-so/{ref}/")
    expect(page.get_by_text(words).first).to_be_visible()


def item_code(page: Page, ref: str) -> str:
    """The post's code, as the desk's page shows it once the order was taken."""
    for _ in range(150):
        if found := re.search(r"mã bưu gửi (\w+)", read(page, f"/can-bo/ho-so/{ref}/")):
            page.goto(f"/can-bo/ho-so/{ref}/")
            expect(page.get_by_role("region", name="Bưu chính")).to_contain_text(f"mã bưu gửi {found[1]}")
            return found[1]
        page.wait_for_timeout(200)
    raise AssertionError("The post gave no code.")


def read(page: Page, path: str) -> str:
    """The words of a page for whoever has come in here, without drawing it."""
    return " ".join(re.sub(r"<[^>]+>", "", html.unescape(page.request.get(path).text())).split())
