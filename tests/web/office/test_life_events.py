"""Editors arrange what people find behind a life event."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.audit.models import Event
from motcua.procedures.models import CatalogueStamp, LifeEvent
from motcua.procedures.queries.arranging import chosen_codes
from motcua.procedures.services import publish_record
from tests.cast import quan
from tests.factories import an_agency
from tests.procedures.catalogue import made_up, publish_lists

pytestmark = pytest.mark.django_db
ROOT = "/can-bo/quan-tri/viec-trong-doi/"
ONE = f"{ROOT}huu-tri/"
LINES = "9.000002 Thủ tục mẫu số 2\n\n9.000001"
TYPED = {"ten": "Hưu trí", "goi_y": "Lương hưu", "thu_tuc": LINES, "linh_vuc": ["ho-tich"]}


@pytest.fixture
def office(client: Client) -> Client:
    publish_lists()
    for number in (1, 2):
        publish_record(made_up(number), by=None)
    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    client.force_login(quan())
    return client


def save(office: Client, **changes: Any) -> Any:
    seen = office.get(ONE).context["seen"]
    return office.post(ONE, {**TYPED, "seen": seen, **changes})


def event() -> LifeEvent:
    return LifeEvent.objects.get(pk="huu-tri")


def test_what_is_said_is_what_people_find_in_that_order(office: Client) -> None:
    stamp = CatalogueStamp.objects.get().token
    assert save(office).status_code == 302
    assert chosen_codes(event()) == ["9.000002", "9.000001"]
    assert [field.slug for field in event().fields.all()] == ["ho-tich"]
    page = office.get("/viec-trong-doi/huu-tri/").content.decode()
    assert page.index("/thu-tuc/9.000002/") < page.index("/thu-tuc/9.000001/")
    assert CatalogueStamp.objects.get().token != stamp
    assert Event.objects.filter(act="life_event.arranged", subject_ref="huu-tri").exists()


def test_a_field_is_added_by_its_name(office: Client) -> None:
    assert save(office, linh_vuc=["ho-tich"], them_1="chung thuc", them_3="Hộ tịch").status_code == 302
    assert {field.slug for field in event().fields.all()} == {"ho-tich", "chung-thuc"}


def test_saved_unchanged_nothing_is_recorded(office: Client) -> None:
    save(office)
    stamp = CatalogueStamp.objects.get().token
    assert save(office).status_code == 302
    assert CatalogueStamp.objects.get().token == stamp
    assert Event.objects.filter(act="life_event.arranged").count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"thu_tuc": "9.000001\nThủ tục không mã"}, "Dòng 2 phải bắt đầu bằng mã thủ tục"),
        ({"thu_tuc": "7.777777"}, "Không có thủ tục mã 7.777777"),
        ({"ten": ""}, "Nhập tên"),
        ({"goi_y": ""}, "Nhập gợi ý"),
        ({"linh_vuc": ["khong-co"]}, "Chọn lĩnh vực trong danh sách"),
        ({"them_2": "Không có thật"}, "Không có lĩnh vực “Không có thật”"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(office: Client, changes: dict[str, Any], told: str) -> None:
    before = chosen_codes(event())
    answer = save(office, **{"goi_y": "Lời gợi ý mới", **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert page.index("govuk-error-summary") < page.index("<h1")
    assert changes.get("goi_y", "Lời gợi ý mới") in page
    assert chosen_codes(event()) == before


def test_the_second_of_two_editors_is_told(office: Client) -> None:
    seen = office.get(ONE).context["seen"]
    save(office)
    answer = office.post(ONE, {**TYPED, "seen": seen, "goi_y": "Của người thứ hai"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "vừa được người khác sửa" in page
    assert "Của người thứ hai" in page
    assert event().hint == "Lương hưu"


def test_a_number_without_a_record_is_said(office: Client) -> None:
    page = office.get(f"{ROOT}co-con-nho/").content.decode()
    assert "Chưa có bản ghi có hiệu lực" in page


def test_events_change_places_within_their_audience(office: Client) -> None:
    def order() -> list[str]:
        return list(LifeEvent.objects.filter(audience="cong-dan").values_list("slug", flat=True))

    first, second, *_ = before = order()
    assert office.post(f"{ROOT}{second}/len/").status_code == 302
    assert order()[:2] == [second, first]
    assert office.post(f"{ROOT}{second}/xuong/").status_code == 302
    assert order() == before
    office.post(f"{ROOT}{first}/len/")
    assert order() == before
    assert office.get(f"{ROOT}{first}/len/").status_code == 405


def test_a_ward_s_administrator_has_no_say(client: Client) -> None:
    publish_lists()
    ward = an_agency("ben-do", code="H98.22", short_name="phường Bến Đò", place="98002")
    ward.parent = an_agency()
    ward.save(update_fields=["parent"])
    ward.units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    client.force_login(quan(ward))
    assert client.get(ROOT).status_code == 403
    assert client.post(ONE, TYPED).status_code == 403
    assert client.post(f"{ROOT}huu-tri/len/").status_code == 403


def test_what_isn_t_there_is_404(office: Client) -> None:
    assert office.get(f"{ROOT}khong-co/").status_code == 404


def test_the_list_costs_the_same_however_much_lies_behind_it(office: Client) -> None:
    counts = []
    for upto in (3, 30):
        for number in range(3, upto):
            publish_record(made_up(number, life_events=["huu-tri"]), by=None)
        with CaptureQueriesContext(connection) as queries:
            assert office.get(ROOT).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
