"""Delivery and fee, the review, one click or two on "Nộp hồ sơ", the number to keep."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier, DossierEvent, State
from motcua.dossiers.services.submission import submit
from motcua.notifications.models import Message
from tests.cast import an
from tests.factories import a_draft, a_filled_draft
from tests.web.citizen.conftest import carried_by

pytestmark = pytest.mark.django_db
Say = Callable[[str | None], None]


# ---- Delivery ----


def test_copies_times_the_fee(as_an: Client) -> None:
    dossier = a_filled_draft()
    text = as_an.get(f"/nop/{dossier.ref}/nhan-ket-qua/").content.decode()
    assert "2 × 8.000 đồng" in text
    assert "16.000 đồng" in text
    assert f"/nop/{dossier.ref}/to-khai/tre-em/?sua=1#copies" in text


def test_what_is_not_chosen_is_told_at_its_place(as_an: Client) -> None:
    dossier = a_filled_draft()
    url = f"/nop/{dossier.ref}/nhan-ket-qua/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "receive-shown": "1", "pay": "sai"})
    text = response.content.decode()
    assert response.status_code == 422
    assert text.count("Chọn cách nhận kết quả") == 2
    assert text.count("Chọn cách trả phí, lệ phí") == 2


def test_several_ways_of_receiving(as_an: Client) -> None:
    dossier = a_filled_draft()
    url = f"/nop/{dossier.ref}/nhan-ket-qua/"
    chosen = {"hand_in": "truc-tuyen", "receive-shown": "1", "receive": ["truc-tuyen", "tai-quay"], "pay": "tai-quay"}
    assert as_an.post(url, {**carried_by(as_an.get(url)), **chosen}).url == f"/nop/{dossier.ref}/xem-lai/"
    dossier.refresh_from_db()
    assert dossier.delivery["receive"] == ["truc-tuyen", "tai-quay"]


# ---- Review ----


def test_the_review_shows_everything_and_what_must_still_be_brought(as_an: Client, human: Say) -> None:
    dossier = a_filled_draft()
    text = as_an.get(f"/nop/{dossier.ref}/xem-lai/").content.decode()
    for words in (
        "Nguyễn Thị An", "098 196 004 217", "Lê Minh Khuê", "12/11/2026", "giay-chung-sinh.jpg", "16.000 đồng",
        "Giấy tờ còn phải mang đến", "Mã xác nhận", "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.",
    ):  # fmt: skip
        assert words in text
    assert "Bản chính để đối chiếu" in text or "Bản sao có chứng thực" in text


def test_everything_that_is_missing_is_listed_and_linked(as_an: Client, human: Say) -> None:
    dossier = a_draft()
    text = as_an.get(f"/nop/{dossier.ref}/xem-lai/").content.decode()
    assert f"/nop/{dossier.ref}/giay-to/?sua=1#tep-chung-sinh" in text
    assert f"/nop/{dossier.ref}/to-khai/tre-em/?sua=1#child-name" in text
    assert f"/nop/{dossier.ref}/chu-ho-so/?sua=1#full-name" in text
    response = as_an.post(f"/nop/{dossier.ref}/xem-lai/", {"statement": "co"})
    assert response.status_code == 422
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT


def test_the_statement_must_be_ticked(as_an: Client, human: Say) -> None:
    dossier = a_filled_draft()
    url = f"/nop/{dossier.ref}/xem-lai/"
    response = as_an.post(url, carried_by(as_an.get(url)))
    assert response.status_code == 422
    assert response.content.decode().count("Đánh dấu vào lời cam đoan") == 2


def test_without_the_code_nothing_is_handed_in(as_an: Client, human: Say) -> None:
    human("Mã xác nhận chưa được điền")
    dossier = a_filled_draft()
    url = f"/nop/{dossier.ref}/xem-lai/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "statement": "co"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "Mã xác nhận chưa được điền" in text
    assert 'name="statement" value="co" checked' in text
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT


# ---- Handing in ----


def test_asking_for_the_code_keeps_the_tick_once(as_an: Client) -> None:
    url = f"/nop/{a_filled_draft(an()).ref}/xem-lai/"
    asked = as_an.post("/xac-nhan/gui-ma/", {"xac_nhan_ve": url, "statement": "co"})
    ticked = 'value="co" checked'
    assert ticked in as_an.get(asked.url).text
    assert ticked not in as_an.get(url).text  # what is mended meanwhile is sworn to anew


def test_asking_for_the_code_ticks_nothing_by_itself(as_an: Client) -> None:
    url = f"/nop/{a_filled_draft(an()).ref}/xem-lai/"
    as_an.post("/xac-nhan/gui-ma/", {"xac_nhan_ve": url})
    assert 'value="co" checked' not in as_an.get(url).text


def test_handing_in_leads_to_the_number(as_an: Client, human: Say) -> None:
    dossier = a_filled_draft()
    url = f"/nop/{dossier.ref}/xem-lai/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "statement": "co"})
    assert response.url == f"/nop/{dossier.ref}/da-nop/"
    text = as_an.get(response.url).content.decode()
    assert "Chúc mừng bạn đã nộp hồ sơ thành công" in text
    assert dossier.ref in text


def test_the_second_click_sees_the_same_page_and_makes_no_second_dossier(as_an: Client, human: Say) -> None:
    dossier = a_filled_draft()
    url = f"/nop/{dossier.ref}/xem-lai/"
    form = {**carried_by(as_an.get(url)), "statement": "co"}
    first, second = as_an.post(url, form), as_an.post(url, form)
    assert first.url == second.url == f"/nop/{dossier.ref}/da-nop/"
    assert Dossier.objects.count() == 1
    assert DossierEvent.objects.filter(dossier=dossier, kind="submit").count() == 1
    assert Message.objects.filter(template="dossier_submitted").count() == 2


def test_back_to_the_form_after_handing_in(as_an: Client) -> None:
    dossier = submit(a_filled_draft(), by=an())
    assert as_an.get(f"/nop/{dossier.ref}/to-khai/tre-em/").url == f"/ho-so/{dossier.ref}/"
    late = as_an.post(
        f"/nop/{dossier.ref}/to-khai/tre-em/", {"act": "autosave", "child_name": "X"}, HTTP_ACCEPT="application/json"
    )
    assert late.status_code == 409
    assert "đã được nộp" in late.json()["message"]
    dossier.refresh_from_db()
    assert dossier.answers["child_name"] == "Lê Minh Khuê"


def test_a_draft_has_no_number_page_yet(as_an: Client) -> None:
    dossier = a_draft()
    assert as_an.get(f"/nop/{dossier.ref}/da-nop/").url == f"/nop/{dossier.ref}/xem-lai/"


def test_somebody_elses_number_page_is_not_there(as_binh: Client) -> None:
    dossier = submit(a_filled_draft(an()), by=an())
    assert as_binh.get(f"/nop/{dossier.ref}/da-nop/").status_code == 404
    assert as_binh.post(f"/nop/{dossier.ref}/da-nop/gui-ma/").status_code == 404


def test_the_number_is_sent_again_by_button_three_times(as_an: Client) -> None:
    dossier = submit(a_filled_draft(), by=an())
    url = f"/nop/{dossier.ref}/da-nop/gui-ma/"
    for _ in range(3):
        assert "da-gui" in as_an.post(url).url
    assert Message.objects.filter(template="dossier_submitted").count() == 2 * 4
    response = as_an.post(url)
    assert response.status_code == 422
    assert "Mã nộp đã được gửi lại 3 lần" in response.content.decode()
    assert Message.objects.filter(template="dossier_submitted").count() == 2 * 4
