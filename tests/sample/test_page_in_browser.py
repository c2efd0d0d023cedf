"""/ban-mau/ as it is seen: no axe finding, nothing sideways, new messages by themselves; also without scripts."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from motcua.accounts import services as accounts
from motcua.notifications.services import Recipient, notify
from motcua.sample import marker, people
from motcua.sample.models import SampleMark
from tests.e2e.browser import axe, scrolls_sideways

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def sample() -> Iterator[None]:
    SampleMark.objects.create(name="phường Hoa Sen", loaded_at=timezone.now())
    marker.forget()
    for person in people.officers():
        accounts.open_officer(
            person["handle"], person["full_name"], people.password_of(person), accounts.new_secret(), by=None
        )
    to = Recipient(phone="+84900000217", email="an.nguyen@thudientu.example")
    notify("dossier_submitted", to, key="a", ref="NH-7K3F-92XA", agency="UBND phường Hoa Sen", at=timezone.now())
    yield
    marker.forget()


def test_reads_well_on_a_desk_and_on_a_phone(page: Page, phone: Page) -> None:
    for one in (page, phone):
        one.goto("/ban-mau/")
        expect(one.get_by_role("heading", name="Tin nhắn SMS đến 0900 000 217")).to_be_visible()
        assert axe(one) == []
        assert not scrolls_sideways(one)


def test_shows_new_messages_by_itself_when_asked_to(page: Page) -> None:
    page.goto("/ban-mau/")
    page.get_by_role("link", name="Tự xem tin mới").click()
    notify("account_code", Recipient(phone="+84900000218"), key="b", code="777777")
    expect(page.get_by_text("777777 la ma xac nhan")).to_be_visible()
    assert axe(page) == []


def test_is_narrowed_without_scripts_and_by_keyboard(bare_page: Page) -> None:
    bare_page.goto("/ban-mau/")
    bare_page.get_by_label("Số điện thoại hoặc thư điện tử, một phần cũng được").focus()
    bare_page.keyboard.type("an.nguyen")
    bare_page.keyboard.press("Enter")
    expect(bare_page.get_by_role("article")).to_have_count(1)
    bare_page.get_by_role("link", name="Bỏ lọc").click()
    expect(bare_page.get_by_role("article")).to_have_count(2)
