"""The post's address among the pages of a draft; a parcel on the dossier's page; choosing anew, calling the postman."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.delivery.models import Parcel
from motcua.delivery.rules.states import Step
from motcua.dossiers.models import DeliveryState, Dossier
from motcua.dossiers.services import posting
from motcua.web.citizen import mail
from tests.cast import an, chi
from tests.dossiers.by_post import CHOSEN, WAYS, delivered, placed, posted, says, set_prices
from tests.dossiers.conftest import clock as clock
from tests.dossiers.stages import accepted, fresh
from tests.factories import a_filled_draft, an_offering
from tests.moments import Moments
from tests.web.citizen.conftest import carried_by

pytestmark = pytest.mark.django_db
ADDRESS = {
    "full_name": "Lê Văn Bình", "phone": "0900000318", "residence__province": "98", "residence__commune": "98001",
    "residence__detail": "Số 7",
}  # fmt: skip


@pytest.fixture(autouse=True)
def prices(db: None, settings: Any) -> None:
    settings.POST_URL = "http://127.0.0.1:9/api"
    set_prices()


def a_draft(**delivery: Any) -> Dossier:
    draft = a_filled_draft(version=an_offering(**WAYS))
    draft.delivery |= delivery
    draft.save(update_fields=["delivery"])
    return draft


def test_without_anything_by_post_there_is_no_such_page(as_an: Client) -> None:
    draft = a_draft()
    url = f"/nop/{draft.ref}/nhan-ket-qua/dia-chi/"
    assert as_an.get(url).url == f"/nop/{draft.ref}/nhan-ket-qua/"
    chosen = {"hand_in": "truc-tuyen", "receive-shown": "1", "receive": "truc-tuyen", "pay": "tai-quay"}
    page = f"/nop/{draft.ref}/nhan-ket-qua/"
    assert as_an.post(page, {**carried_by(as_an.get(page)), **chosen}).url == f"/nop/{draft.ref}/xem-lai/"


def test_by_post_the_address_is_asked_and_kept(as_an: Client) -> None:
    draft = a_draft()
    page = f"/nop/{draft.ref}/nhan-ket-qua/"
    assert "Cước bưu chính 20.000 đồng" in as_an.get(page).content.decode()
    chosen = {"hand_in": "truc-tuyen", "receive-shown": "1", "receive": "buu-chinh", "pay": "buu-chinh"}
    url = as_an.post(page, {**carried_by(as_an.get(page)), **chosen}).url
    assert url == f"/nop/{draft.ref}/nhan-ket-qua/dia-chi/"
    assert "Nguyễn Thị An" in as_an.get(url).content.decode()
    wrong = as_an.post(url, {**carried_by(as_an.get(url)), **ADDRESS, "residence__detail": "", "phone": "12"})
    assert wrong.status_code == 422
    assert 'value="Lê Văn Bình"' in wrong.content.decode()
    assert as_an.post(url, {**carried_by(as_an.get(url)), **ADDRESS}).url == f"/nop/{draft.ref}/xem-lai/"
    draft.refresh_from_db()
    assert (draft.delivery["post"]["full_name"], draft.delivery["post"]["residence_detail"]) == ("Lê Văn Bình", "Số 7")
    review = as_an.get(f"/nop/{draft.ref}/xem-lai/").content.decode()
    assert "Lê Văn Bình, 0900 000 318, Số 7, phường Hoa Sen" in review
    assert "Cước bưu chính, trả cho nhân viên bưu chính" in review
    assert re.search(r"Nhân viên bưu chính thu khi giao kết quả</span><span[^>]*>36.000 đồng", review)
    draft.delivery |= {"pay": "tai-quay"}
    draft.save(update_fields=["delivery"])
    assert "Nhân viên bưu chính thu" not in as_an.get(f"/nop/{draft.ref}/xem-lai/").text


def test_from_the_review_the_choice_leads_to_the_address_first(as_an: Client) -> None:
    draft = a_draft()
    page = f"/nop/{draft.ref}/nhan-ket-qua/?sua=1"
    chosen = {"hand_in": "truc-tuyen", "receive-shown": "1", "receive": "buu-chinh", "pay": "buu-chinh"}
    url = as_an.post(page, {**carried_by(as_an.get(page)), **chosen}).url
    assert url == f"/nop/{draft.ref}/nhan-ket-qua/dia-chi/?sua=1"
    assert as_an.post(url, {**carried_by(as_an.get(url)), **ADDRESS}).url == f"/nop/{draft.ref}/xem-lai/"


def test_two_windows_and_one_address_are_told(as_an: Client) -> None:
    draft = a_draft(receive=["buu-chinh"], pay="buu-chinh")
    url = f"/nop/{draft.ref}/nhan-ket-qua/dia-chi/"
    one, two = carried_by(as_an.get(url)), carried_by(as_an.get(url))
    as_an.post(url, {**one, **ADDRESS})
    late = as_an.post(url, {**two, **ADDRESS, "full_name": "Trần Thu Hà"})
    assert "Địa chỉ cho bưu chính" in late.content.decode()
    assert "Lê Văn Bình, 0900 000 318" in late.content.decode()
    draft.refresh_from_db()
    assert draft.delivery["post"]["full_name"] == "Trần Thu Hà"


def test_until_there_is_a_parcel_the_dossier_says_what_the_postman_will_take(clock: Moments, as_an: Client) -> None:
    delivery = CHOSEN | {"postage": {"amount": 20_000}}
    dossier = accepted(version=an_offering(**WAYS), delivery=delivery)
    text = as_an.get(f"/ho-so/{dossier.ref}/").content.decode()
    assert "Khi giao, nhân viên bưu chính thu 16.000 đồng phí, lệ phí và 20.000 đồng cước." in text


def test_the_dossier_says_where_the_parcel_is(clock: Moments, as_an: Client) -> None:
    dossier, parcel = posted()
    text = as_an.get(f"/ho-so/{dossier.ref}/").content.decode()
    for words in ("EB123456789VN", "Đã giao cho bưu chính", "36.000 đồng", "Giao cho nhân viên bưu chính"):
        assert words in text
    assert "Còn phải trả 16.000 đồng: nhân viên bưu chính thu khi giao kết quả" in text
    assert "Chọn lại cách nhận" not in text
    delivered(parcel)
    text = as_an.get(f"/ho-so/{dossier.ref}/").content.decode()
    assert "Đã phát cho người nhận" in text
    assert "Nguyễn Thị An" in text


def test_a_parcel_that_came_back_is_chosen_anew(clock: Moments, as_an: Client) -> None:
    dossier, parcel = posted()
    says(parcel, Step.RETURNED, 4)
    text = as_an.get(f"/ho-so/{dossier.ref}/").content.decode()
    assert "Bản giấy đang ở Bộ phận Một cửa" in text
    assert "Bản giấy chờ ông/bà tại" in text
    url = f"/ho-so/{dossier.ref}/buu-chinh/nhan/"
    refused = as_an.post(url, {**ADDRESS, "cach": "buu-chinh", "residence__detail": ""})
    assert refused.status_code == 422
    assert 'value="Lê Văn Bình"' in refused.content.decode()
    assert as_an.post(url, {"cach": "truc-tuyen"}).status_code == 422
    assert as_an.post(url, {**ADDRESS, "cach": "buu-chinh"}).url == f"/ho-so/{dossier.ref}/"
    assert fresh(dossier).delivery_state == DeliveryState.TO_POST
    posting.hand_to_post(fresh(dossier), by=chi())
    assert as_an.get(url).status_code == 302  # it is the desk's now


def test_the_postman_is_called_and_called_off(clock: Moments, as_an: Client) -> None:
    dossier = accepted(version=an_offering(**WAYS))
    url = f"/ho-so/{dossier.ref}/buu-chinh/lay-giay-to/"
    assert "Giấy chứng sinh" in as_an.get(url).content.decode()
    assert as_an.post(url, {**ADDRESS, "phone": ""}).status_code == 422
    assert as_an.post(url, ADDRESS).url == f"/ho-so/{dossier.ref}/"
    parcel = Parcel.objects.get()
    assert (parcel.sender["name"], parcel.direction) == ("Lê Văn Bình", "to_agency")
    assert "Hủy yêu cầu này" in as_an.get(f"/ho-so/{dossier.ref}/").content.decode()
    assert as_an.post(f"/ho-so/{dossier.ref}/buu-chinh/huy/").status_code == 302
    late = as_an.post(f"/ho-so/{dossier.ref}/buu-chinh/huy/")
    assert late.status_code == 422
    assert "Không còn yêu cầu nào" in late.content.decode()


def test_nobody_has_the_post_come_and_go_all_day(
    clock: Moments, as_an: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "ASKS_A_DAY", 2)
    dossier = accepted(version=an_offering(**WAYS))
    for _ in range(4):
        answer = as_an.post(f"/ho-so/{dossier.ref}/buu-chinh/lay-giay-to/", ADDRESS)
        as_an.post(f"/ho-so/{dossier.ref}/buu-chinh/huy/")
    assert Parcel.objects.count() == 2
    assert answer.status_code == 422
    assert "thử lại ngày mai" in answer.text


def test_what_the_postman_has_is_not_called_off(clock: Moments, as_an: Client) -> None:
    dossier = accepted(version=an_offering(**WAYS))
    says(placed(posting.call_postman(dossier, by=an())), Step.COLLECTED, 2)
    assert as_an.post(f"/ho-so/{dossier.ref}/buu-chinh/huy/").status_code == 422


@pytest.mark.parametrize("page", ["nhan", "lay-giay-to"])
def test_somebody_elses_is_not_there(clock: Moments, as_binh: Client, page: str) -> None:
    dossier, parcel = posted()
    says(parcel, Step.RETURNED, 4)
    assert as_binh.get(f"/ho-so/{dossier.ref}/buu-chinh/{page}/").status_code == 404
    assert as_binh.post(f"/ho-so/{dossier.ref}/buu-chinh/{page}/", ADDRESS).status_code == 404


def test_many_words_of_the_post_take_no_more_queries(clock: Moments, as_an: Client) -> None:
    dossier, parcel = posted()
    says(parcel, Step.IN_TRANSIT, 2)
    as_an.get(f"/ho-so/{dossier.ref}/")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_an.get(f"/ho-so/{dossier.ref}/").status_code == 200
        return len(queries)

    before = count()
    for number in range(3, 33):
        says(parcel, Step.IN_TRANSIT, number)
    assert count() == before


def test_by_email_needs_an_address_and_says_which(as_an: Client) -> None:
    draft = a_draft()
    page = f"/nop/{draft.ref}/nhan-ket-qua/"
    person = draft.user
    person.email, person.email_verified_at = "an.nguyen@thudientu.example", timezone.now()
    person.save(update_fields=["email", "email_verified_at"])
    assert "Gửi đến an.nguyen@thudientu.example" in as_an.get(page).text
    person.email_verified_at = None
    person.save(update_fields=["email_verified_at"])
    assert "Cần có địa chỉ thư điện tử đã xác nhận" in as_an.get(page).text
