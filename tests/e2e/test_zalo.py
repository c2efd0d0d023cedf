"""Section 5 of the guides, by Zalo: follow the account of the province, ask it, be told by it; and when it fails."""

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import acting, sending
from tests.e2e.browser import PHONE, is_fine
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e
WAYS = "Gửi tin về hồ sơ cho tôi qua"


@pytest.fixture
def zalo(chromium: Browser) -> Iterator[Page]:
    """The screen of a phone with the demo Zalo."""
    context = chromium.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def open_zalo(zalo: Page, portal: Portal, phone: str) -> None:
    """The conversation of this phone with the province's account."""
    zalo.goto(f"{portal.environment['MOTCUA_ZALO_URL']}/may?{urllib.parse.urlencode({'so': phone})}")


def write(zalo: Page, words: str) -> None:
    """Write to the account."""
    zalo.get_by_label("Nhắn cho").fill(words)
    acting.press(zalo, "Gửi")


def read(zalo: Page, pattern: str, *, kind: str = "") -> str:
    """Wait for a message, looking for new ones as a person does."""
    found = zalo.locator(f"ol li{f'[data-kind={kind}]' if kind else ''}").filter(has_text=re.compile(pattern))

    def there() -> bool:
        if found.count():
            return True
        zalo.reload()
        return bool(found.count())

    for _ in range(6):  # the worker has much to do while others walk
        try:
            acting.wait_until(zalo, there)
            break
        except AssertionError:
            continue
    return found.last.inner_text()


def choose_ways(page: Page, *names: str) -> None:
    """Tick these ways and no other."""
    page.goto("/tai-khoan/thong-bao/")
    for name in ("Zalo", "Tin nhắn SMS", "Thư điện tử"):
        box = page.get_by_role("checkbox", name=name)
        if box.count() and box.is_checked() != (name in names):
            acting.choose(page, name)
    acting.press(page, "Lưu")
    expect(page.get_by_text("Đã lưu cách nhận tin")).to_be_visible()


def test_j5_2_follows_the_account_links_it_and_gets_code_and_state(
    visitor: Page, desk_page: Page, zalo: Page, portal: Portal
) -> None:
    """From the profile to the answer: a follower is told by chat, and learns the stage of a number they write."""
    who = acting.Newcomer()
    sending.register(visitor, portal, who)
    choose_ways(visitor, "Zalo")
    is_fine(visitor)
    acting.press(visitor, "Liên kết Zalo")
    acting.heading(visitor, "Liên kết Zalo")
    acting.press(visitor, "Lấy mã liên kết")
    is_fine(visitor)
    code = visitor.locator("strong.mc-code").inner_text()
    open_zalo(zalo, portal, who.phone)
    acting.press(zalo, "Quan tâm")
    read(zalo, "Ông/bà gửi mã hồ sơ")
    write(zalo, code.lower())
    read(zalo, "đã được liên kết")
    acting.press(visitor, "Tôi đã nhắn mã")
    expect(visitor.get_by_role("status").filter(has_text="đã liên kết với một Zalo")).to_be_visible()
    is_fine(visitor)

    ref = sending.hand_in(visitor, portal, "Phan Thị Mộc Miên")
    told = read(zalo, f"hồ sơ {ref} đã nộp", kind="chat")
    assert "Mộc Miên" not in told
    number = sending.take_in(desk_page, portal, ref)
    read(zalo, f"hồ sơ {number} được .* tiếp nhận", kind="chat")
    write(zalo, f"hồ sơ {number} tới đâu rồi?")
    assert "Mộc Miên" not in read(zalo, f"Hồ sơ {number}: ")
    assert not [text for text in portal.messages_to(who.phone) if number in text and "Mot Cua" in text]  # no SMS too


def test_j5_2_a_number_without_zalo_gets_an_sms_instead(visitor: Page, zalo: Page, portal: Portal) -> None:
    who = acting.Newcomer()
    sending.register(visitor, portal, who)
    choose_ways(visitor, "Zalo")
    open_zalo(zalo, portal, who.phone)
    zalo.get_by_text("Thử chuyện khác").click()
    acting.press(zalo, "Số này không dùng Zalo")
    ref = sending.hand_in(visitor, portal, "Phan Văn Bách")
    assert ref in portal.message_to(who.phone, rf"Mot Cua: ho so {ref} da nop.*")


def test_j5_2_by_template_to_a_phone_that_follows_nobody(visitor: Page, zalo: Page, portal: Portal) -> None:
    who = acting.Newcomer()
    sending.register(visitor, portal, who)
    choose_ways(visitor, "Zalo")
    ref = sending.hand_in(visitor, portal, "Phan Thị Sen")
    open_zalo(zalo, portal, who.phone)
    told = read(zalo, f"Hồ sơ {ref}: Đã nộp, chờ tiếp nhận", kind="zns")
    assert "Sen." not in told.split("Trung tâm")[0]


def test_j5_3_news_comes_only_by_the_ways_that_were_chosen(visitor: Page, portal: Portal) -> None:
    """Who chose SMS alone gets no letter, and nothing by Zalo."""
    who = acting.Newcomer()
    sending.register(visitor, portal, who)
    choose_ways(visitor, "Tin nhắn SMS")
    ref = sending.hand_in(visitor, portal, "Phan Văn Trúc")
    portal.message_to(who.phone, rf"Mot Cua: ho so {ref} da nop.*")
    with urllib.request.urlopen(f"{portal.environment['MOTCUA_ZALO_URL']}/got", timeout=20) as answer:
        assert ref not in json.dumps(json.load(answer)["phones"])
    assert len([text for text in portal.messages_to(who.phone) if ref in text]) == 1


def test_j5_1_a_telephone_call_is_noted_and_the_person_reads_it(visitor: Page, desk_page: Page, portal: Portal) -> None:
    ref = sending.hand_in_as(visitor, portal, "Việt", "Đặng Văn Tùng")
    acting.at_dossier(desk_page, portal, "chi.tt", ref)
    desk_page.get_by_role("link", name="Ghi cuộc gọi").click()
    acting.heading(desk_page, "Ghi cuộc gọi")
    is_fine(desk_page)
    desk_page.get_by_label("Nội dung cuộc gọi").fill("Mang bản chính giấy chứng sinh khi đến quầy")
    acting.press(desk_page, "Ghi vào hồ sơ")
    expect(desk_page.get_by_text("Mang bản chính giấy chứng sinh khi đến quầy").first).to_be_visible()
    visitor.goto(f"/ho-so/{ref}/")
    expect(visitor.get_by_text("Cơ quan đã gọi điện").first).to_be_visible()
    expect(visitor.get_by_text("Mang bản chính giấy chứng sinh khi đến quầy").first).to_be_visible()


def test_j5_2_without_scripts_too(plain_visitor: Page, portal: Portal) -> None:
    who = acting.citizen("Hà")
    acting.log_in(plain_visitor, portal, who["personal_number"], who["phone"])
    plain_visitor.goto("/tai-khoan/zalo/")
    acting.press(plain_visitor, "Lấy mã liên kết")
    expect(plain_visitor.locator("strong.mc-code")).to_have_text(re.compile("^[2-9A-Z]{6}$"))
