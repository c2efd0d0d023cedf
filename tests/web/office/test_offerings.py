"""Administrators see what each service lacks for a higher level, publish it anew, close it and open it again."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.audit.models import Event
from motcua.offerings.models import Offering, OfferingVersion
from motcua.procedures.models import Procedure
from motcua.procedures.services import publish_record
from tests.cast import hoa, quan
from tests.factories import a_procedure_version, an_agency, an_offering
from tests.procedures.catalogue import made_up, publish_lists, read

pytestmark = pytest.mark.django_db
LIST = "/can-bo/quan-tri/dich-vu/"
ONE = f"{LIST}hoa-sen/1.001193/"


@pytest.fixture
def office(client: Client) -> Client:
    publish_lists()
    publish_record(read("procedures/1.001193"), by=None)
    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    client.force_login(quan())
    return client


def typed(version: OfferingVersion, **changes: Any) -> dict[str, Any]:
    """The form as it stands, with some of it changed."""
    return {
        "seen": version.number, "muc_do": version.old_level, "pham_vi": version.scope,
        "truong_hop": version.partial_kind, "ly_do": version.partial_reason, "cach_nop": version.hand_in_ways,
        "cach_nhan": version.receive_ways, "cach_tra": version.pay_ways, "ky_nhan": version.sign_on_receipt,
    } | changes  # fmt: skip


def test_the_list_says_the_level_in_both_schemes_and_what_the_next_lacks(office: Client) -> None:
    an_offering(old_level=3, scope="toan-trinh", pay_ways=["tai-quay"])
    page = office.get(LIST).content.decode()
    assert "Đăng ký khai sinh" in page
    assert "Mức độ 3" in page
    assert "Toàn trình" in page
    assert "Mức độ 4 phải cho nộp phí, lệ phí trực tuyến" in page


def test_a_level_is_published_once_it_has_what_it_needs(office: Client) -> None:
    version = an_offering(old_level=3, scope="toan-trinh", pay_ways=["tai-quay"])
    refused = office.post(ONE, typed(version, muc_do=4))
    assert refused.status_code == 422
    assert "Chưa công bố được: mức độ 4 phải cho nộp phí, lệ phí trực tuyến" in refused.content.decode()
    done = office.post(ONE, typed(version, muc_do=4, cach_tra=["truc-tuyen", "tai-quay"]))
    assert done.status_code == 302
    last = OfferingVersion.objects.order_by("-number")[0]
    assert (last.number, last.old_level, last.pay_ways) == (version.number + 1, 4, ["truc-tuyen", "tai-quay"])
    assert list(last.steps.values_list("key", "unit__code")) == list(version.steps.values_list("key", "unit__code"))
    assert last.result_values == version.result_values
    version.refresh_from_db()
    assert version.old_level == 3
    assert Event.objects.filter(act="offering.published").exists()


def test_partly_online_needs_a_permitted_case_and_its_reason(office: Client) -> None:
    version = an_offering(pay_ways=["truc-tuyen"])
    page = office.post(ONE, typed(version, pham_vi="mot-phan")).content.decode()
    assert "một phần phải nêu lý do được phép" in page
    assert "một phần phải thuộc trường hợp được phép" in page
    reason = "Phải có mặt để ký vào Sổ đăng ký khai sinh."
    office.post(ONE, typed(version, pham_vi="mot-phan", truong_hop="co-mat", ly_do=reason))
    last = OfferingVersion.objects.order_by("-number")[0]
    assert (last.scope, last.partial_kind, last.partial_reason) == ("mot-phan", "co-mat", reason)
    office.post(ONE, typed(last, pham_vi="toan-trinh"))
    assert OfferingVersion.objects.order_by("-number")[0].partial_reason == ""


def test_nobody_publishes_over_what_they_have_not_seen(office: Client) -> None:
    version = an_offering(pay_ways=["truc-tuyen"])
    office.post(ONE, typed(version))
    late = office.post(ONE, typed(version, muc_do=3))
    assert late.status_code == 422
    assert "vừa được công bố lại ở một nơi khác" in late.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "-1", "٣", "9" * 30])
def test_an_odd_number_of_what_was_seen_is_refused_too(office: Client, seen: str) -> None:
    version = an_offering(pay_ways=["truc-tuyen"])
    assert office.post(ONE, typed(version, seen=seen)).status_code == 422
    assert OfferingVersion.objects.count() == 1


def test_closing_wants_a_reason_and_opening_looks_again(office: Client) -> None:
    an_offering(pay_ways=["truc-tuyen"])
    refused = office.post(f"{ONE}ngung/", {"ly_do_ngung": " "})
    assert refused.status_code == 422
    assert "Nhập lý do ngừng tiếp nhận" in refused.content.decode()
    assert office.post(f"{ONE}ngung/", {"ly_do_ngung": "Thay quy trình"}).status_code == 302
    assert not Offering.objects.get().open
    assert office.post(f"{ONE}ngung/", {"ly_do_ngung": "Lần nữa"}).status_code == 422
    assert "Ngừng tiếp nhận" in office.get(LIST).content.decode()
    assert office.post(f"{ONE}mo-lai/").status_code == 302
    assert Offering.objects.get().open
    assert office.post(f"{ONE}mo-lai/").status_code == 422
    assert list(Event.objects.filter(act__startswith="offering.").values_list("act", flat=True).order_by("pk")) == [
        "offering.closed",
        "offering.opened",
    ]


def test_a_service_that_lacks_something_by_now_is_not_opened(office: Client) -> None:
    an_offering(pay_ways=["tai-quay"])  # published before level 4 wanted payment online
    Offering.objects.update(open=False)
    refused = office.post(f"{ONE}mo-lai/")
    assert refused.status_code == 422
    assert "mức độ 4 phải cho nộp phí" in refused.content.decode()


def test_other_agencies_services_are_not_there(office: Client) -> None:
    elsewhere = hoa().posts.get().unit.agency
    an_offering(elsewhere)
    assert "phường Bến Đò" not in office.get(LIST).content.decode()
    for address in (f"{LIST}ben-do/1.001193/", f"{LIST}hoa-sen/7.777777/", f"{LIST}ben-do/1.001193/ngung/"):
        assert office.post(address, {"ly_do_ngung": "x"}).status_code == 404


def test_an_agency_above_looks_after_those_below(office: Client) -> None:
    below = hoa().posts.get().unit.agency
    below.parent = an_agency()
    below.save(update_fields=["parent"])
    an_offering(below)
    assert "phường Bến Đò" in office.get(LIST).content.decode()


def test_the_list_costs_the_same_for_1_and_30(office: Client) -> None:
    version = an_offering()
    office.get(LIST)
    with CaptureQueriesContext(connection) as one:
        office.get(LIST)
    for number in range(1, 30):
        publish_record(made_up(number), by=None)
        procedure = Procedure.objects.get(code=f"9.{number:06d}")
        offering = Offering.objects.create(agency=version.offering.agency, procedure=procedure)
        OfferingVersion.objects.create(
            offering=offering, number=1, published_at=version.published_at, old_level=2, scope="thong-tin",
            hand_in_ways=["tai-quay"], receive_ways=["tai-quay"], limit_value=1, limit_unit="ngay-lam-viec",
            result_template="ket-qua", result_name="x", result_code="x",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as thirty:
        page = office.get(LIST).content.decode()
    assert page.count("9.0000") >= 29
    assert len(thirty) == len(one)


def test_a_record_that_is_no_longer_in_force_is_said(office: Client) -> None:
    an_offering()
    a_procedure_version().procedure.versions.update(effective_to=timezone.localdate())
    assert "bản ghi thủ tục đang có hiệu lực" in office.get(ONE).content.decode()
