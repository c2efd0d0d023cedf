"""/ban-mau/: messages, people and codes in a sample; nothing at all elsewhere."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from motcua.accounts import services as accounts
from motcua.notifications.models import Message
from motcua.notifications.services import Recipient, notify
from motcua.sample import marker, people
from motcua.sample.models import SampleMark

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample() -> Iterator[None]:
    SampleMark.objects.create(name="phường Hoa Sen", loaded_at=timezone.now())
    marker.forget()
    yield
    marker.forget()


@pytest.fixture
def officer() -> None:
    accounts.open_officer("chi.tt", "Trần Thị Chi", "MotCua#2026", accounts.new_secret(), by=None)


def told(key: str, phone: str = "+84900000217", email: str = "") -> list[Message]:
    return notify("account_code", Recipient(phone=phone, email=email), key=key, code=key)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


class TestOutsideASample:
    def test_the_page_does_not_exist(self, client: Client, officer: None) -> None:
        told("123456")
        answer = client.get("/ban-mau/")
        assert answer.status_code == 404
        assert "123456" not in text(answer)
        assert people.password_of(people.officers()[0]) not in text(answer)

    def test_no_page_leads_there(self, client: Client) -> None:
        assert "/ban-mau/" not in text(client.get("/khong-co/"))


@pytest.mark.usefixtures("sample")
class TestInASample:
    def test_shows_messages_newest_first_with_their_code(self, client: Client) -> None:
        for key in ("111111", "222222"):
            told(key)
        page = text(client.get("/ban-mau/"))
        assert page.index("222222 la ma xac nhan") < page.index("111111 la ma xac nhan")
        assert "Tin nhắn SMS đến 0900 000 217" in page
        assert "Chờ gửi" in page

    def test_nobody_keeps_the_page(self, client: Client) -> None:
        answer = client.get("/ban-mau/")
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in text(answer)

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ({}, {"111111", "222222", "333333"}),
            ({"kenh": "email"}, {"333333"}),
            ({"kenh": "sms"}, {"111111", "222222"}),
            ({"kenh": "telegram"}, {"111111", "222222", "333333"}),
            ({"toi": "0900000217"}, {"111111"}),
            ({"toi": "0900 000 217"}, {"111111"}),
            ({"toi": "+84900000218"}, {"222222"}),
            ({"toi": "AN@"}, {"333333"}),
            ({"toi": "%"}, set()),
            ({"toi": "\x00"}, {"111111", "222222", "333333"}),
            ({"kenh": "sms", "toi": "an@"}, set()),
            ({"trang": "x"}, {"111111", "222222", "333333"}),
            ({"trang": "99"}, {"111111", "222222", "333333"}),
        ],
    )
    def test_is_narrowed_by_channel_and_address(self, client: Client, asked: dict[str, str], shown: set[str]) -> None:
        told("111111")
        told("222222", phone="+84900000218")
        told("333333", phone="", email="an@example.vn")
        page = text(client.get("/ban-mau/", asked))
        assert set(re.findall("111111|222222|333333", page)) == shown

    def test_a_part_of_the_list_at_a_time(self, client: Client) -> None:
        for number in range(25):
            told(f"9000{number:02}")
        assert text(client.get("/ban-mau/")).count("data-channel=") == 20
        older = text(client.get("/ban-mau/", {"trang": "2"}))
        assert older.count("data-channel=") == 5
        assert "Trang 2 trên 2" in older

    def test_says_what_became_of_a_message(self, client: Client) -> None:
        [message] = told("111111")
        Message.objects.filter(pk=message.pk).update(attempts=2)
        assert "Đã thử 2 lần, chưa được; sẽ thử lại." in text(client.get("/ban-mau/"))
        Message.objects.update(state="failed", attempts=5)
        assert "Không gửi được" in text(client.get("/ban-mau/"))

    def test_what_somebody_typed_stays_text(self, client: Client) -> None:
        Message.objects.create(
            channel="email", address="<b>@x.vn", template="t", subject="<script>", body="<img src=x>", key="x"
        )
        page = text(client.get("/ban-mau/", {"toi": '"><script>'}))
        assert "<script>" not in page.replace('<script src="', "")
        assert "<img src=x>" not in text(client.get("/ban-mau/"))

    def test_shows_who_can_log_in(self, client: Client) -> None:
        page = text(client.get("/ban-mau/"))
        for person in people.officers():
            assert person["handle"] in page
        for person in people.citizens():
            assert person["personal_number"] in page
            assert person["full_name"] in page
        assert "MotCua#2026" in page
        assert '<th scope="col">Mã xác thực</th>' in page

    def test_shows_the_code_that_an_officer_needs_now(self, client: Client, officer: None) -> None:
        from motcua.accounts.models import User
        from motcua.accounts.queries import authenticator_code

        code = authenticator_code(User.objects.get(handle="chi.tt"))
        page = text(client.get("/ban-mau/"))
        assert re.fullmatch(r"\d{6}", code)
        assert code in page
        assert re.search(r"đổi sau \d+ giây", page)

    def test_looks_for_new_ones_by_itself_only_when_asked(self, client: Client) -> None:
        assert "hx-trigger" not in text(client.get("/ban-mau/"))
        assert 'hx-trigger="every 5s"' in text(client.get("/ban-mau/", {"tu-xem": "1"}))

    def test_asks_the_database_as_often_for_one_as_for_many(
        self, client: Client, officer: None, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        told("111111")
        client.get("/ban-mau/")
        with django_assert_num_queries(3 + 3):  # those around every page: outages, visits
            client.get("/ban-mau/")
        for number in range(30):
            told(f"9000{number:02}")
        Message.objects.update(created_at=timezone.now() - timedelta(minutes=1))
        with django_assert_num_queries(3 + 3):  # those around every page: outages, visits
            client.get("/ban-mau/")
