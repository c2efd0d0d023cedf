"""The post on the desk: the bar, the panel, the pages that ask."""

from typing import Any

import pytest
from django.urls import reverse

from motcua.delivery.rules.states import ParcelState, Step
from motcua.dossiers.models import DeliveryState, Dossier, PaperTaken
from motcua.dossiers.services import posting
from tests.cast import an, chi, dung, hoa
from tests.dossiers.by_post import (
    WAYS,
    back_of,
    delivered,
    now_of,
    ordered,
    placed,
    posted,
    says,
    set_prices,
    to_be_posted,
)
from tests.dossiers.stages import accepted, fresh
from tests.factories import an_offering
from tests.moments import Moments
from tests.web.desk.asking import refused, url
from tests.web.desk.conftest import Come

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def prices(db: None, settings: Any) -> None:
    settings.POST_URL = "http://127.0.0.1:9/api"
    set_prices()


def page(come: Come, dossier: Dossier) -> str:
    return str(come(chi()).get(url("dossier", dossier)).content.decode())


def test_the_red_door_is_the_post(clock: Moments, come: Come) -> None:
    dossier = to_be_posted()
    html = page(come, dossier)
    assert "Gửi qua bưu chính" in html
    assert "Trả tại quầy" in html
    asked = come(chi()).get(url("hand_to_post", dossier)).content.decode()
    for words in ("Nguyễn Thị An, 0900 000 217, Tổ 4, phường Hoa Sen", "36.000 đồng", "Giấy chứng sinh", "2 bản"):
        assert words in asked
    assert come(chi()).post(url("hand_to_post", dossier), {}).url == url("dossier", dossier)
    assert "Giao cho bưu chính" in page(come, dossier)


def test_a_refusal_of_the_room_of_parcels_stands_on_the_page(clock: Moments, come: Come, settings: Any) -> None:
    dossier = to_be_posted()
    settings.POST_URL = ""
    refused(come(chi()).post(url("hand_to_post", dossier), {}), "chưa kết nối với bưu chính")


def test_before_there_is_a_result_nothing_is_sent(clock: Moments, come: Come) -> None:
    dossier = accepted(version=an_offering(**WAYS))
    assert come(chi()).get(url("hand_to_post", dossier)).status_code == 302
    assert come(chi()).post(url("hand_to_post", dossier), {}).status_code == 422


def test_the_postman_signs_before_it_is_his(clock: Moments, come: Come, run_jobs: Any) -> None:
    dossier, parcel = ordered()
    run_jobs()
    slip = f"/can-bo/ho-so/{dossier.ref}/tep/{now_of(parcel).slip_id}/"  # which both sign
    assert slip in come(chi()).get(url("give_to_postman", dossier)).content.decode()
    refused(come(chi()).post(url("give_to_postman", dossier), {}), "ký biên bản giao nhận")
    come(chi()).post(url("give_to_postman", dossier), {"da_ky": "on"})
    assert now_of(parcel).state == ParcelState.HANDED_TO_POST
    assert "Trả tại quầy" not in page(come, dossier)


def test_by_hand_the_code_is_asked_for(clock: Moments, come: Come) -> None:
    dossier = to_be_posted()
    posting.hand_to_post(dossier, by=chi())
    assert "Chờ bưu chính nhận lệnh" in page(come, dossier)
    html = refused(come(chi()).post(url("give_to_postman", dossier), {"da_ky": "on", "ma_buu_gui": "số 1"}), "8 chữ")
    assert 'value="số 1"' in html
    come(chi()).post(url("give_to_postman", dossier), {"da_ky": "on", "ma_buu_gui": "eb 123 456 789 vn"})
    assert fresh(dossier).delivery_state == DeliveryState.AT_POST


def test_an_order_is_dropped_with_a_reason(clock: Moments, come: Come) -> None:
    dossier, parcel = ordered()
    refused(come(chi()).post(url("keep_at_desk", dossier), {}), "Nhập lý do")
    assert come(chi()).post(url("keep_at_desk", dossier), {"ly_do": "Sai địa chỉ"}).status_code == 302
    assert now_of(parcel).cancel_wanted_at or now_of(parcel).state == ParcelState.CANCELLED


def test_papers_are_counted_one_by_one(clock: Moments, come: Come) -> None:
    dossier, parcel = posted()
    delivered(parcel, papers=["chung-sinh"])
    back = back_of(fresh(dossier))
    take = reverse("desk:take_in", args=[dossier.ref, back.number])
    assert "Nhận giấy tờ, ký biên bản giao nhận" in page(come, dossier)
    refused(come(chi()).post(take, {}), "Ghi số bản")
    refused(come(chi()).post(take, {"originals-chung-sinh": "-1"}), "không âm")
    refused(come(chi()).post(take, {"originals-chung-sinh": "hai"}), "bằng chữ số")
    assert come(chi()).post(take, {"certified-chung-sinh": "1"}).status_code == 302
    assert PaperTaken.objects.get(dossier=dossier).certified == 1
    assert come(chi()).get(take).status_code == 302  # taken already


def test_what_the_post_passes_on_is_written_down(clock: Moments, come: Come) -> None:
    dossier, parcel = posted()
    delivered(parcel, fee=10_000)
    html = page(come, dossier)
    assert "phải thu 16.000 đồng" in html
    remit = reverse("desk:remittance", args=[dossier.ref, parcel.number])
    refused(come(chi()).post(remit, {"so_tien": "muoi nghin", "so_chung_tu": "CT1"}), "chữ số")
    come(chi()).post(remit, {"so_tien": "10.000", "so_chung_tu": "CT-2611"})
    assert now_of(parcel).remitted == 10_000


def test_other_roles_and_agencies(clock: Moments, come: Come) -> None:
    dossier, _ = ordered()
    for name in ("hand_to_post", "give_to_postman", "keep_at_desk"):
        assert come(hoa()).get(url(name, dossier)).status_code == 404
        assert come(hoa()).post(url(name, dossier), {}).status_code == 404
    assert come(chi()).get(reverse("desk:take_in", args=[dossier.ref, "BG00000000"])).status_code == 404
    assert come(dung()).get(url("give_to_postman", dossier)).status_code == 302
    refused(come(dung()).post(url("give_to_postman", dossier), {"da_ky": "on"}), "vai trò")


def test_the_worklist_has_what_goes_by_post(clock: Moments, come: Come) -> None:
    waiting = to_be_posted()
    posted()
    html = come(chi()).get(reverse("desk:worklist") + "?hang=buu-chinh").content.decode()
    assert waiting.code in html
    mine = come(chi()).get(reverse("desk:worklist")).content.decode()
    assert "Chờ giao bưu chính" in mine
    assert "Đang ở bưu chính" not in mine  # nobody can do anything


def test_papers_that_came_are_work(clock: Moments, come: Come) -> None:
    dossier = accepted(version=an_offering(**WAYS))
    parcel = placed(posting.call_postman(dossier, by=an()))
    says(says(parcel, Step.COLLECTED, 2), Step.DELIVERED, 3)
    assert dossier.code in come(chi()).get(reverse("desk:worklist")).content.decode()
