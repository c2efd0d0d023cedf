"""The account's own page over HTTP."""

from typing import Any

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.audit.models import Event
from motcua.places.models import Unit
from tests import cast
from tests.accounts.helpers import codes_sent, last_code

CODE = "/tai-khoan/lien-he/ma/"
PAGES = [
    "/tai-khoan/",
    "/tai-khoan/thong-tin/",
    "/tai-khoan/dien-thoai/",
    "/tai-khoan/thu-dien-tu/",
    "/tai-khoan/mat-khau/",
]


@pytest.fixture
def an(client: Client) -> User:
    """An, logged in."""
    an = cast.an()
    client.force_login(an)
    return an


@pytest.mark.parametrize("url", PAGES)
def test_a_stranger_goes_to_the_login_and_an_officer_nowhere(client: Client, url: str) -> None:
    assert client.get(url).url == f"/tai-khoan/dang-nhap/?next={url.replace('/', '%2F')}"
    officer = User.objects.create(kind="officer", handle="kiem.tra", full_name="Kiểm Tra")
    client.force_login(officer)
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("url", PAGES)
def test_every_page_opens(client: Client, an: User, url: str) -> None:
    page = client.get(url)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_shows_what_is_kept(client: Client, an: User) -> None:
    page = client.get("/tai-khoan/").content.decode()
    for words in ("Nguyễn Thị An", "098 196 004 217", "05/03/1996", "0900 000 217", "an@example.org", "Mức độ cơ bản"):
        assert words in page


def correct(client: Client, **changes: str) -> Any:
    data = {
        "full_name": "Nguyễn Thị An", "birth_date_ngay": "5", "birth_date_thang": "3", "birth_date_nam": "1996",
        "sex": "nu", "residence": "", "residence_detail": "Tổ 4",
    }  # fmt: skip
    return client.post("/tai-khoan/thong-tin/", {**data, **changes})


def test_a_name_is_corrected(client: Client, an: User) -> None:
    assert correct(client, full_name="Nguyễn Thị Ân").url == "/tai-khoan/"
    an.refresh_from_db()
    assert an.full_name == "Nguyễn Thị Ân"
    assert Event.objects.get(act="account.changed").actor_name == "Nguyễn Thị An"


def test_data_that_no_longer_fit_the_number_are_refused_and_kept_on_the_page(client: Client, an: User) -> None:
    page = correct(client, birth_date_nam="1995", full_name="Nguyễn Thị Ân")
    assert page.status_code == 422
    text = page.content.decode()
    assert "năm sinh là 1996" in text
    assert 'value="1995"' in text
    assert 'value="Nguyễn Thị Ân"' in text


def test_a_residence_is_found_without_accents(client: Client, an: User) -> None:
    minh_giang = unit("98", None, "tinh", "Minh Giang")
    hoa_sen = unit("98001", minh_giang, "phuong", "Hoa Sen")
    unit("98004", minh_giang, "xa", "Hoa Sơn")
    page = correct(client, residence="hoa s")
    assert page.status_code == 422
    assert "Phường Hoa Sen, tỉnh Minh Giang" in page.content.decode()
    assert correct(client, residence="hoa s", residence_code="98001").url == "/tai-khoan/"
    an.refresh_from_db()
    assert an.residence == hoa_sen
    assert correct(client, residence="khong co noi nay").status_code == 422


def unit(code: str, parent: Unit | None, kind: str, name: str) -> Unit:
    from motcua.core.text import fold, sort_key

    return Unit.objects.get_or_create(
        code=code,
        defaults={
            "parent": parent, "kind": kind, "name": name, "sort_key": sort_key(name),
            "folded": fold(f"{Unit.Kind(kind).label} {name}"),
        },
    )[0]  # fmt: skip


def test_a_new_phone_counts_after_its_code(client: Client, an: User) -> None:
    data = {"phone": "0900 000 999", "current": cast.PASSWORD}
    assert client.post("/tai-khoan/dien-thoai/", data).url == CODE
    an.refresh_from_db()
    assert an.phone == "+84900000217"
    assert client.post(CODE, {"code": last_code("+84900000999")}).url == "/tai-khoan/"
    an.refresh_from_db()
    assert an.phone == "+84900000999"


def test_a_new_email_counts_after_its_code(client: Client, an: User) -> None:
    client.post("/tai-khoan/thu-dien-tu/", {"email": "moi@example.org", "current": cast.PASSWORD})
    client.post(CODE, {"code": last_code("moi@example.org")})
    an.refresh_from_db()
    assert an.email == "moi@example.org"


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("/tai-khoan/dien-thoai/", {"phone": "0900000999"}),
        ("/tai-khoan/thu-dien-tu/", {"email": "moi@example.org"}),
        ("/tai-khoan/mat-khau/", {"password": "Mật-Khẩu-1", "again": "Mật-Khẩu-1"}),
    ],
)
def test_a_borrowed_session_is_not_enough(client: Client, an: User, url: str, data: dict[str, str]) -> None:
    page = client.post(url, {**data, "current": "Sai-Mat-Khau-1!"})
    assert page.status_code == 422
    assert "Mật khẩu hiện tại chưa đúng" in page.content.decode()
    assert codes_sent() == []


def test_the_change_of_one_person_is_not_finished_by_another(client: Client, an: User) -> None:
    client.post("/tai-khoan/dien-thoai/", {"phone": "0900000999", "current": cast.PASSWORD})
    digits, kept = last_code(), client.session["accounts.contact"]
    binh = cast.binh()
    other = Client()
    other.force_login(binh)
    session = other.session
    session["accounts.contact"] = kept
    session.save()
    assert other.post(CODE, {"code": digits}).status_code == 410
    binh.refresh_from_db()
    assert binh.phone == "+84900000318"


def test_a_password_change_keeps_this_session_and_ends_the_others(client: Client, an: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(an)
    data = {"current": cast.PASSWORD, "password": "Mật-Khẩu-1", "again": "Mật-Khẩu-1"}
    assert client.post("/tai-khoan/mat-khau/", data).url == "/tai-khoan/"
    assert "Các thiết bị khác đã được đăng xuất" in client.get("/tai-khoan/").content.decode()
    assert elsewhere.get("/tai-khoan/").status_code == 302
