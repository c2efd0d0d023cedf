"""Several at once, on real connections: each word is written down once, each act done once, nobody waits for ever."""

import json
from typing import Any

import pytest

from motcua.audit.models import Event
from motcua.config.peers.post.office import Office
from motcua.delivery import services
from motcua.delivery.models import Notice, Parcel, TrackingEvent
from motcua.delivery.rules.states import ParcelState
from tests import cast
from tests.delivery.acting import COLLECTS, Heard, a_parcel, at_the_post, now_of, tell, word
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_notice_four_times_at_once(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_parcel(collects=COLLECTS))
    said = word(parcel, 2, "60", CODCollected=150_000, PostageCollected=20_000, Papers=["chung-sinh"])
    assert at_once(*[lambda: tell(said)] * 4) == ["100"] * 4
    assert (TrackingEvent.objects.count(), Notice.objects.count(), Parcel.objects.count()) == (1, 4, 2)
    assert heard.whats == ["placed", "money", "delivered", "picked_up"]


def test_notices_in_any_order_and_our_own_question_at_once(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_parcel())
    for status in ("30", "40", "60"):
        post.act(parcel.item_code, status, {"CODCollected": 150_000} if status == "60" else {}, how="never")
    item = post.items[parcel.item_code]
    notices = [json.dumps(event | {"ItemCode": item.code}).encode() for event in item.events]
    acts: list[Any] = [lambda body=body: tell(body) for body in notices]
    at_once(*acts, lambda: services.ask_tracking(parcel.pk))
    assert now_of(parcel).state == ParcelState.DELIVERED
    assert TrackingEvent.objects.filter(parcel=parcel).count() == 4
    assert heard.whats.count("money") == 1
    assert heard.whats.count("delivered") == 1


def test_handed_over_and_dropped_at_once_is_one_of_them(post: Office) -> None:
    parcel, chi = a_parcel(), cast.chi()
    found = at_once(
        lambda: services.hand_over_by_hand(parcel, item_code="RM555666777VN", by=chi).state,
        lambda: services.cancel_parcel(parcel, by=chi, reason="Nhầm").state,
    )
    assert sum(said.startswith("refused") for said in found) == 1
    assert now_of(parcel).state in {ParcelState.HANDED_TO_POST, ParcelState.CANCELLED}


def test_two_jobs_for_one_order_place_it_once(post: Office) -> None:
    parcel = a_parcel()
    at_once(lambda: services.call_post(parcel.pk), lambda: services.call_post(parcel.pk))
    assert len(post.items) == 1
    assert Event.objects.filter(act="parcel.placed").count() == 1
