"""Who may come in, and what happens to those who may not."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from motcua.accounts.models import User
from motcua.core import portal
from motcua.web.components.doors import (
    HELD_POST_KEY,
    TYPED_BY,
    administrator_required,
    citizen_required,
    door_of,
    held_post,
    officer_required,
    public,
    typed_by,
)
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.components.urls")]


def signed_in(who: Callable[[], object]) -> Client:
    client = Client()
    client.force_login(who(), "motcua.accounts.backends.NumberBackend")  # type: ignore[arg-type]
    return client


@pytest.mark.parametrize(
    ("address", "who", "status"),
    [
        ("/cua-dan/", cast.an, 200),
        ("/cua-dan/", cast.chi, 403),
        ("/cua-can-bo/", cast.chi, 200),
        ("/cua-can-bo/", cast.an, 403),
        ("/cua-quan-tri/", cast.quan, 200),
        ("/cua-quan-tri/", cast.chi, 403),
        ("/cua-quan-tri/", cast.an, 403),
    ],
)
def test_each_face_lets_in_its_own_people(address: str, who: Callable[[], object], status: int) -> None:
    assert signed_in(who).get(address).status_code == status


@pytest.mark.parametrize(
    ("address", "login"),
    [
        ("/cua-dan/", "/tai-khoan/dang-nhap/"),
        ("/cua-can-bo/", "/can-bo/dang-nhap/"),
        ("/cua-quan-tri/", "/can-bo/dang-nhap/"),
    ],
)
def test_the_signed_out_are_led_to_their_login_and_back(client: Client, address: str, login: str) -> None:
    answer = client.get(address + "?so=098162004217")
    assert answer.status_code == 302
    assert answer["Location"] == f"{login}?next=%2F{address.strip('/')}%2F"  # no query: it may hold personal data


def test_a_fragment_is_refused_in_place_so_that_the_page_stays(client: Client) -> None:
    assert client.get("/cua-dan/", headers={"HX-Request": "true"}).status_code == 401


def test_personal_pages_are_kept_by_no_browser_and_no_proxy() -> None:
    assert signed_in(cast.an).get("/cua-dan/")["Cache-Control"] == "private, no-store"


def coming_back(client: Client, who: User, address: str = "/cua-can-bo/") -> HttpRequest:
    """The first request after the login."""
    request = RequestFactory().get(address)
    request.session, request.user = client.session, who
    return request


def test_what_was_typed_when_the_session_had_ended_is_given_back_once(client: Client) -> None:
    chi = cast.chi()
    client.post("/cua-can-bo/", {"ho_ten": "Nguyễn Thị An", "ten": ["a", "b"], TYPED_BY: typed_by(chi)})
    request = coming_back(client, chi)
    given = held_post(request)
    assert given is not None
    assert given["ho_ten"] == "Nguyễn Thị An"
    assert given.getlist("ten") == ["a", "b"]
    assert TYPED_BY not in given
    assert held_post(request) is None


def test_what_was_typed_is_given_back_at_its_own_address_only(client: Client) -> None:
    client.post("/cua-can-bo/", {"ho_ten": "Nguyễn Thị An", TYPED_BY: typed_by(cast.chi())})
    assert held_post(coming_back(client, cast.chi(), "/cua-dan/")) is None


def test_who_sits_down_next_gets_nothing_of_it(client: Client) -> None:
    client.post("/cua-can-bo/", {"ho_ten": "Nguyễn Thị An", TYPED_BY: typed_by(cast.chi())})
    request = coming_back(client, cast.dung())
    assert held_post(request) is None
    assert HELD_POST_KEY not in request.session


@pytest.mark.parametrize("mark", [None, "", "x", "1:abc:def"])
def test_a_form_without_its_person_s_mark_is_never_kept(client: Client, mark: str | None) -> None:
    """Such as one with passwords; and a stranger can't fill the store."""
    client.post("/cua-dan/", {"current": "bí mật", "password": "bí mật"} | ({} if mark is None else {TYPED_BY: mark}))
    assert HELD_POST_KEY not in client.session


def test_a_flood_is_not_kept(client: Client) -> None:
    client.post("/cua-can-bo/", {"ho_ten": "x" * 100_000, TYPED_BY: typed_by(cast.chi())})
    assert HELD_POST_KEY not in client.session


def test_pages_of_a_sample_exist_only_in_a_sample(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "sample_mark", lambda: False)
    assert client.get("/cua-mau/").status_code == 404
    monkeypatch.setattr(portal, "sample_mark", lambda: True)
    assert client.get("/cua-mau/").status_code == 200


def test_every_page_of_a_sample_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Đây là bản dùng thử với dữ liệu mẫu"
    monkeypatch.setattr(portal, "sample_mark", lambda: True)
    assert words in client.get("/mau/").content.decode()
    monkeypatch.setattr(portal, "sample_mark", lambda: False)
    assert words not in client.get("/mau/").content.decode()


def test_a_door_can_be_asked_for() -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse()

    assert door_of(citizen_required(view)) == "citizen"
    assert door_of(officer_required(view)) == "officer"
    assert door_of(administrator_required(view)) == "administrator"
    assert door_of(view) is None
    assert door_of(public(view)) == "public"


@pytest.mark.parametrize(
    ("came_from", "back_to"),
    [
        ("http://testserver/thu-tuc/?q=khai+sinh", "/thu-tuc/?q=khai+sinh"),
        ("https://elsewhere.example/thu-tuc/", "/"),
        ("http://testserver//elsewhere.example/", "/elsewhere.example/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver/co-chu/", "/"),
        ("", "/"),
    ],
)
def test_the_size_of_letters_leads_back_and_never_elsewhere(client: Client, came_from: str, back_to: str) -> None:
    answer = client.get("/co-chu/?cap=lon", headers={"Referer": came_from} if came_from else {})
    assert answer["Location"] == back_to
    assert answer.cookies["mc_co_chu"].value == "lon"
