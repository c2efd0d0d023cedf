"""The pages on which a person types: saved first, judged afterwards, nothing lost."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client

from motcua.dossiers.models import Dossier, State
from tests.cast import an
from tests.factories import a_draft, a_filled_draft, a_place
from tests.web.citizen.conftest import carried_by

pytestmark = pytest.mark.django_db

HOME = {"residence__province": "98", "residence__commune": "98001", "residence__detail": "Tổ 4"}
CHILD = {
    "child_name": "Lê Minh Khuê", "birth_date__day": "12", "birth_date__month": "11", "birth_date__year": "2026",
    "copies": "2",
}  # fmt: skip


def test_a_draft_goes_on_at_its_first_page(as_an: Client) -> None:
    dossier = a_draft()
    response = as_an.get(f"/nop/{dossier.ref}/")
    assert response.url == f"/nop/{dossier.ref}/nguoi-nop/"


def test_a_draft_goes_on_where_something_is_missing(as_an: Client) -> None:
    dossier = a_filled_draft()
    dossier.attachments.all().delete()
    assert as_an.get(f"/nop/{dossier.ref}/").url.startswith(f"/nop/{dossier.ref}/giay-to/")


def test_the_applicant_is_shown_and_can_correct_how_to_be_reached(as_an: Client) -> None:
    a_place()
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/nguoi-nop/"
    page = as_an.get(url)
    assert "Nguyễn Thị An" in page.content.decode()
    assert "Bước 1 trên 5" in page.content.decode()
    response = as_an.post(url, {**carried_by(page), "phone": "0900 000 999", "email": "", **HOME})
    assert response.url == f"/nop/{dossier.ref}/chu-ho-so/"
    dossier.refresh_from_db()
    assert dossier.applicant["residence"] == "98001"
    assert "999" in dossier.applicant["phone"]
    an().refresh_from_db()
    assert an().phone == "+84900000217"  # for this dossier only


def test_neither_phone_nor_email_is_refused_beside_the_field_and_in_a_summary(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/nguoi-nop/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "phone": "", "email": "", **HOME})
    text = response.content.decode()
    assert response.status_code == 422
    assert text.count("Nhập số điện thoại hoặc thư điện tử") >= 2
    assert "data-error-summary" in text
    assert "<title>Lỗi:" in text


def test_the_owner_is_taken_from_the_applicant_by_a_button(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/chu-ho-so/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "act": "lay-tu-nguoi-nop"})
    assert response.url == url
    assert 'value="Nguyễn Thị An"' in as_an.get(url).content.decode()


def test_a_page_of_the_form_is_saved_and_leads_on(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), **CHILD})
    assert response.url == f"/nop/{dossier.ref}/giay-to/"
    dossier.refresh_from_db()
    assert dossier.answers["birth_date"] == "2026-11-12"


def test_who_comes_from_the_review_goes_back_to_it(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/?sua=1"
    assert as_an.post(url, {**carried_by(as_an.get(url)), **CHILD}).url == f"/nop/{dossier.ref}/xem-lai/"


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [
        ({"birth_date__day": "30", "birth_date__month": "2"}, 'value="30"'),
        ({"birth_date__year": "9999"}, 'value="9999"'),
        ({"child_name": "Ê" * 201}, "Ê" * 201),
        ({"child_name": ""}, ""),
        ({"copies": "nhiều"}, 'value="nhiều"'),
    ],
)
def test_wrong_values_are_refused_and_kept(as_an: Client, wrong: dict[str, str], kept: str) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), **CHILD, **wrong})
    assert response.status_code == 422
    assert kept in response.content.decode()
    assert kept in as_an.get(url).content.decode()


def test_a_page_that_is_not_there(as_an: Client) -> None:
    assert as_an.get(f"/nop/{a_draft().ref}/to-khai/khong-co/").status_code == 404


def test_the_script_saves_without_judging(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "child_name": "Kh", "act": "autosave"})
    assert response.json()["saved"].startswith("Đã lưu nháp lúc")
    assert response.json()["revision"] == 1
    dossier.refresh_from_db()
    assert dossier.answers["child_name"] == "Kh"


def test_save_and_go_on_later(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "child_name": "Kh", "act": "de-sau"})
    assert response.url == "/ho-so/"
    assert f"/nop/{dossier.ref}/" in as_an.get("/ho-so/").content.decode()


def test_two_tabs_the_later_wins_and_is_told(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    one, two = carried_by(as_an.get(url)), carried_by(as_an.get(url))
    as_an.post(url, {**one, **CHILD, "child_name": "Minh Khuê"})
    response = as_an.post(url, {**two, **CHILD, "child_name": "Mai Khuê"})
    assert response.status_code == 200
    text = response.content.decode()
    assert "ở cửa sổ kia là “Minh Khuê”" in text
    assert 'value="Mai Khuê"' in text
    again = as_an.post(url, {**carried_by(response), **CHILD, "child_name": "Mai Khuê"})
    assert again.url == f"/nop/{dossier.ref}/giay-to/"


def test_the_back_button_finds_the_values_on_the_server(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    page = as_an.get(url)
    as_an.post(url, {**carried_by(page), **CHILD})
    again = as_an.get(url)
    assert "no-store" in again["Cache-Control"]
    assert 'value="Lê Minh Khuê"' in again.content.decode()


# ---- Whose it is ----


@pytest.mark.parametrize(
    "page",
    [
        "", "nguoi-nop/", "chu-ho-so/", "to-khai/tre-em/", "giay-to/", "nhan-ket-qua/", "xem-lai/", "da-nop/", "xoa/",
    ],
)  # fmt: skip
def test_somebody_elses_draft_is_not_there(as_binh: Client, page: str) -> None:
    dossier = a_draft(an())
    assert as_binh.get(f"/nop/{dossier.ref}/{page}").status_code == 404
    assert as_binh.post(f"/nop/{dossier.ref}/{page}", {"child_name": "X"}).status_code in {404, 405}
    dossier.refresh_from_db()
    assert dossier.revision == 0


def test_a_number_that_does_not_exist(as_an: Client) -> None:
    assert as_an.get("/nop/NH-2222-2222/nguoi-nop/").status_code == 404


# ---- The session ended ----


def test_what_was_typed_when_the_session_had_ended_is_saved_and_the_login_leads_back(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    carried = carried_by(as_an.get(url))
    response = Client().post(url, {**carried, **CHILD})
    assert response.url == f"/tai-khoan/dang-nhap/?next=/nop/{dossier.ref}/to-khai/tre-em/"
    assert "Khuê" not in response.content.decode()
    assert 'value="Lê Minh Khuê"' in as_an.get(url).content.decode()


def test_the_script_learns_that_the_session_has_ended(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    carried = carried_by(as_an.get(url))
    stranger = Client()
    response = stranger.post(url, {**carried, "child_name": "Khuê", "act": "autosave"}, HTTP_ACCEPT="application/json")
    assert response.status_code == 401
    assert response.json() == {"login": f"/tai-khoan/dang-nhap/?next=/nop/{dossier.ref}/to-khai/tre-em/"}
    dossier.refresh_from_db()
    assert dossier.answers["child_name"] == "Khuê"


def test_the_key_of_one_draft_opens_no_other(as_an: Client) -> None:
    dossier = a_draft()
    carried = carried_by(as_an.get(f"/nop/{dossier.ref}/to-khai/tre-em/"))
    as_an.post(f"/nop/{dossier.ref}/to-khai/tre-em/", {**carried, **CHILD})
    other = a_draft()
    assert other.pk != dossier.pk
    Client().post(f"/nop/{other.ref}/to-khai/tre-em/", {**carried, "child_name": "X"})
    other.refresh_from_db()
    assert other.answers == {}


def test_without_a_key_nothing_is_saved_for_a_stranger(db: None) -> None:
    dossier = a_draft()
    response = Client().post(f"/nop/{dossier.ref}/to-khai/tre-em/", {"child_name": "X"})
    assert response.url.startswith("/tai-khoan/dang-nhap/")
    dossier.refresh_from_db()
    assert dossier.answers == {}


def test_the_key_ends_with_a_new_password(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    carried = carried_by(as_an.get(url))
    user = an()
    user.set_password("Khac-Han-2026!")
    user.save(update_fields=["password"])
    Client().post(url, {**carried, "child_name": "X"})
    dossier.refresh_from_db()
    assert dossier.answers == {}


def test_the_key_ends_after_a_day(as_an: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    carried = carried_by(as_an.get(url))
    monkeypatch.setattr("motcua.dossiers.page_keys.GOOD_FOR", -1)
    Client().post(url, {**carried, "child_name": "X"})
    dossier.refresh_from_db()
    assert dossier.answers == {}


def test_a_form_from_elsewhere_saves_nothing(db: None) -> None:
    dossier = a_draft()
    client = Client(enforce_csrf_checks=True)
    client.force_login(an())
    response = client.post(f"/nop/{dossier.ref}/to-khai/tre-em/", {"child_name": "X"})
    assert response.status_code == 403
    dossier.refresh_from_db()
    assert dossier.answers == {}


def test_a_tab_from_before_a_new_login_still_saves(db: None) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/to-khai/tre-em/"
    client = Client(enforce_csrf_checks=True)
    client.force_login(an())
    carried = carried_by(client.get(url))
    client.cookies.pop("mc_csrf", None)  # the login has changed the token
    assert client.post(url, {**carried, **CHILD, "csrfmiddlewaretoken": "x" * 64}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.answers["child_name"] == "Lê Minh Khuê"


def test_a_key_hands_nothing_in_and_deletes_nothing(as_an: Client, human: Callable[[str | None], HttpRequest]) -> None:
    dossier = a_filled_draft()
    carried = carried_by(as_an.get(f"/nop/{dossier.ref}/xem-lai/"))
    attachment = dossier.attachments.get()
    for page in ("xem-lai/", "xoa/", f"giay-to/{attachment.pk}/xoa/"):
        response = Client().post(f"/nop/{dossier.ref}/{page}", {**carried, "statement": "co"})
        assert response.url.startswith("/tai-khoan/dang-nhap/")
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT
    assert dossier.attachments.count() == 1
    assert Dossier.objects.count() == 1
