"""A parcel is ordered, handed over, dropped, and written down when it comes."""

from datetime import date
from typing import Any

import pytest

from motcua.audit.models import Event
from motcua.config.peers.post.office import Office
from motcua.core.errors import BusinessError, Conflict
from motcua.delivery import services
from motcua.delivery.models import Parcel, PostageRate
from motcua.delivery.queries import parcels_of, postage
from motcua.delivery.rules.states import ParcelState, Placing
from motcua.places.models import Unit
from motcua.places.services import add_unit
from tests import cast, factories
from tests.delivery.acting import ABOUT, Heard, a_parcel, a_pick_up, at_the_post, home, now_of, tells
from tests.moments import Moments

pytestmark = pytest.mark.django_db


def test_a_parcel_stands_before_the_post_knows_of_it(post: Office, clock: Moments) -> None:
    parcel = a_parcel()
    assert (parcel.state, parcel.placing, parcel.item_code) == (ParcelState.READY, Placing.WAITING, "")
    assert (parcel.postage_due, parcel.fee_due, parcel.days) == (20_000, 150_000, 1)
    assert parcel.number.startswith("BG")
    assert len(parcel.number) == 10
    assert not post.items
    assert Event.objects.filter(act="parcel.ordered", actor_name=cast.chi().full_name).exists()


def test_the_post_takes_the_order_and_gives_its_code(post: Office, heard: Heard, run_jobs: Any) -> None:
    parcel = a_parcel()
    assert "delivery.call_post" in run_jobs()
    parcel = now_of(parcel)
    assert parcel.placing == Placing.PLACED
    assert parcel.item_code in post.items
    assert heard.whats == ["placed"]
    asked = post.items[parcel.item_code].asked
    assert (asked["CODAmount"], asked["FlagConfig"], asked["ReceiverTel"]) == (150_000, "2", "0900 000 217")
    assert asked["ReceiverAddress"].startswith("Số 5 đường Lê Lợi, Phường Hoa Sen")


def test_an_order_placed_twice_is_one_parcel_at_the_post(post: Office) -> None:
    parcel = a_parcel()
    services.call_post(parcel.pk)
    Parcel.objects.filter(pk=parcel.pk).update(placing=Placing.WAITING, item_code="")  # as if the answer was lost
    services.call_post(parcel.pk)
    assert len(post.items) == 1
    assert now_of(parcel).item_code in post.items


@pytest.mark.parametrize(
    ("missing", "said"),
    [("name", "họ"), ("phone", "điện thoại"), ("address", "số nhà"), ("unit", "xã, phường")],
)
def test_no_parcel_without_a_whole_address(post: Office, missing: str, said: str) -> None:
    with pytest.raises(BusinessError, match=said):
        a_parcel(receiver=home(**{missing: "  "}))
    with pytest.raises(BusinessError, match="xã, phường"):
        a_parcel(receiver=home(unit="99999"))
    assert not Parcel.objects.exists()


def test_no_parcel_without_a_contract_or_a_price(post: Office, settings: Any) -> None:
    far = add_unit("77", kind="tinh", name="Xa Xôi")
    settings.POST_URL = ""
    with pytest.raises(BusinessError, match="chưa kết nối"):
        a_parcel()
    settings.POST_URL = "http://127.0.0.1:9/api"
    services.set_postage([], since=date(2026, 2, 1), ground="x", by=None)
    PostageRate.objects.filter(zone="other_province").delete()
    with pytest.raises(BusinessError, match="giá cước"):
        a_parcel(receiver=home(unit=far.pk))


def test_a_new_price_list_holds_from_its_day_on(prices: None, clock: Moments) -> None:
    here = factories.an_agency().place
    rate = {"zone": "same_commune", "direction": "to_person", "amount": 31_000, "days": 1}
    services.set_postage([rate], since=date(2026, 12, 1), ground="Bảng giá tháng 12", by=cast.chi())
    assert postage(origin=here, destination=here, direction="to_person").amount == 20_000
    clock.at("01/12/2026 00:05")
    found = postage(origin=here, destination=here, direction="to_person")
    assert (found.amount, found.days, found.ground) == (31_000, 1, "Bảng giá tháng 12")


def test_postage_by_distance(prices: None) -> None:
    here = factories.an_agency().place
    province = Unit.objects.get(pk=here.parent_id)
    other = add_unit("98999", kind="xa", name="Đồi Thông", parent_code=province.pk)
    abroad = add_unit("78001", kind="xa", name="Sông Xa", parent_code=add_unit("78", kind="tinh", name="Tỉnh Xa").pk)
    amounts = [postage(origin=here, destination=unit, direction="to_person").amount for unit in (here, other, abroad)]
    assert amounts == [20_000, 25_000, 35_000]


def test_the_desk_hands_it_over_once_and_the_days_begin(post: Office, clock: Moments, heard: Heard) -> None:
    parcel = a_parcel()
    with pytest.raises(BusinessError, match="phiếu giấy"):
        services.hand_over(parcel, by=cast.chi())
    at_the_post(parcel)
    parcel = services.hand_over(parcel, by=cast.chi())
    assert parcel.state == ParcelState.HANDED_TO_POST
    assert parcel.due_on == date(2026, 11, 26)
    services.hand_over(parcel, by=cast.chi())
    assert heard.whats == ["placed", "handed_to_post"]
    assert Event.objects.filter(act="parcel.handed_over").count() == 1
    with pytest.raises(Conflict):
        services.cancel_parcel(parcel, by=cast.chi(), reason="Nhầm")


def test_the_post_s_own_word_begins_the_days_too(post: Office, clock: Moments) -> None:
    parcel = at_the_post(a_parcel(receiver=home(unit=factories.an_agency().place.parent_id or "")))
    parcel = tells(post, parcel, "30")
    assert parcel.state == ParcelState.HANDED_TO_POST
    assert parcel.due_on is not None
    assert parcel.days == 2


def test_cancelled_before_the_post_knows_is_cancelled_at_once(post: Office, heard: Heard, run_jobs: Any) -> None:
    parcel = services.cancel_parcel(a_parcel(), by=cast.chi(), reason="Nhầm địa chỉ")
    assert parcel.state == ParcelState.CANCELLED
    assert parcel.ended_at is not None
    run_jobs()
    assert not post.items
    assert heard.whats == ["cancelled"]


def test_cancelled_later_the_post_is_asked_and_agrees(post: Office, heard: Heard, run_jobs: Any) -> None:
    parcel = at_the_post(a_parcel())
    parcel = services.cancel_parcel(parcel, by=cast.chi(), reason="Nhầm địa chỉ")
    assert parcel.state == ParcelState.READY
    run_jobs()
    assert now_of(parcel).state == ParcelState.CANCELLED
    assert post.items[parcel.item_code].status == "91"
    assert heard.whats == ["placed", "cancelled"]


def test_cancelled_too_late_it_goes_its_way(post: Office, heard: Heard, run_jobs: Any) -> None:
    parcel = at_the_post(a_parcel())
    post.act(parcel.item_code, "30", how="never")  # taken, and we haven't heard
    services.cancel_parcel(parcel, by=cast.chi(), reason="Nhầm địa chỉ")
    run_jobs()
    parcel = now_of(parcel)
    assert (parcel.state, parcel.cancel_wanted_at) == (ParcelState.HANDED_TO_POST, None)  # we have asked, too
    assert "đã được lấy" in parcel.trouble
    assert heard.whats == ["placed", "cancel_refused", "handed_to_post"]


def test_the_agency_writes_down_what_came(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_pick_up())
    with pytest.raises(Conflict):
        services.record_arrival(parcel, by=cast.chi())
    parcel = tells(post, parcel, "30")
    parcel = services.record_arrival(parcel, by=cast.chi())
    assert (parcel.state, parcel.ended_at) == (ParcelState.DELIVERED_TO_AGENCY, parcel.arrived_at)
    assert tells(post, parcel, "60").state == ParcelState.DELIVERED_TO_AGENCY  # the post says so, too, a day later
    services.record_arrival(parcel, by=cast.chi())
    assert heard.whats == ["placed", "accepted", "picked_up", "delivered_to_agency", "arrived"]


def test_what_was_said_to_be_delivered_can_still_be_counted_at_the_desk(post: Office) -> None:
    parcel = tells(post, tells(post, at_the_post(a_pick_up()), "30"), "60")
    assert parcel.state == ParcelState.DELIVERED_TO_AGENCY
    assert services.record_arrival(parcel, by=cast.chi()).arrived_at is not None


def test_a_result_comes_back_to_the_desk(post: Office) -> None:
    parcel = tells(post, at_the_post(a_parcel()), "30")
    parcel = tells(post, parcel, "70")
    parcel = services.record_arrival(parcel, by=cast.chi())
    assert parcel.state == ParcelState.RETURNED
    delivered = tells(post, tells(post, at_the_post(a_parcel()), "30"), "60")
    with pytest.raises(Conflict):
        services.record_arrival(delivered, by=cast.chi())


def test_the_post_passes_the_money_on_once(post: Office, heard: Heard) -> None:
    parcel = tells(post, at_the_post(a_parcel()), "30")
    with pytest.raises(BusinessError, match="chưa báo thu"):
        services.note_remittance(parcel, amount=150_000, reference="UNC-1", by=cast.chi())
    parcel = tells(post, parcel, "60", CODCollected=150_000, PostageCollected=20_000)
    with pytest.raises(BusinessError, match="số chứng từ"):
        services.note_remittance(parcel, amount=150_000, reference=" ", by=cast.chi())
    services.note_remittance(parcel, amount=150_000, reference="UNC-1", by=cast.chi())
    services.note_remittance(parcel, amount=1, reference="UNC-2", by=cast.chi())
    parcel = now_of(parcel)
    assert (parcel.remitted, parcel.remittance) == (150_000, "UNC-1")
    assert heard.whats[-1] == "remitted"


def test_lists_ask_as_much_for_one_parcel_as_for_thirty(post: Office, django_assert_num_queries: Any) -> None:
    parcel = at_the_post(a_parcel())
    tells(post, parcel, "30")
    with django_assert_num_queries(2):
        assert [len(found.events.all()) for found in parcels_of(ABOUT)] == [1]
    for _ in range(29):
        a_parcel()
    with django_assert_num_queries(2):
        assert len([found.events.all() for found in parcels_of(ABOUT)]) == 30
