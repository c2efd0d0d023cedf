"""Speaking to the post: it may be away for a day, refuse, answer late or twice; nothing is lost, nothing done twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from motcua.config.peers.post.office import Office
from motcua.core.errors import BusinessError, Conflict
from motcua.delivery import services
from motcua.delivery.models import Parcel
from motcua.delivery.providers import PostUnavailable
from motcua.delivery.providers import post as api
from motcua.delivery.rules.states import ParcelState, Placing
from tests import cast
from tests.delivery.acting import Heard, a_parcel, a_pick_up, at_the_post, now_of, tells
from tests.moments import Moments

pytestmark = pytest.mark.django_db


def live(clock: Moments, run_jobs: Any, hours: float) -> None:
    """Let time pass, a minute at a time, with the worker at work."""
    for _ in range(int(hours * 60)):
        clock.forward(minutes=1)
        if services.call_due():
            run_jobs()


def test_the_post_is_away_for_a_day_and_the_order_is_placed_when_it_is_back(
    post: Office, clock: Moments, heard: Heard, run_jobs: Any
) -> None:
    post.control({"down": True, "mute": True})
    parcel = a_parcel()
    run_jobs()
    parcel = now_of(parcel)
    assert (parcel.placing, parcel.state) == (Placing.WAITING, ParcelState.READY)
    assert parcel.get_placing_display() == "Chờ bưu chính nhận lệnh"
    assert "chưa trả lời; sẽ gửi lại lúc 08:36" in parcel.trouble
    live(clock, run_jobs, 24)
    assert 20 < now_of(parcel).sent < 40
    assert not post.items
    post.control({"mute": True})
    live(clock, run_jobs, 1.1)
    parcel = now_of(parcel)
    assert (parcel.placing, parcel.trouble) == (Placing.PLACED, "")
    assert len(post.items) == 1
    assert heard.whats == ["placed"]


def test_meanwhile_the_desk_goes_on_by_hand(post: Office, clock: Moments, heard: Heard, run_jobs: Any) -> None:
    post.control({"down": True, "mute": True})
    parcel = a_parcel()
    run_jobs()
    for wrong in ("", "ngắn", "RM-1", "mã bưu gửi số 1"):
        with pytest.raises(BusinessError, match="mã bưu gửi"):
            services.hand_over_by_hand(parcel, item_code=wrong, by=cast.chi())
    parcel = services.hand_over_by_hand(parcel, item_code="rm 555 666 777 vn", by=cast.chi())
    assert (parcel.item_code, parcel.state, parcel.placing) == ("RM555666777VN", "handed_to_post", Placing.BY_HAND)
    assert heard.whats == ["handed_to_post"]
    with pytest.raises(BusinessError, match="bưu gửi khác"):
        services.hand_over_by_hand(a_parcel(), item_code="RM555666777VN", by=cast.chi())
    post.control({"mute": True})
    live(clock, run_jobs, 2)
    assert post.by_number(parcel.number) is None  # nobody ordered it a second time
    post.take_paper("RM555666777VN")
    post.act("RM555666777VN", "60", {"CODCollected": 150_000, "PostageCollected": 20_000}, how="never")
    live(clock, run_jobs, 7)
    assert now_of(parcel).state == ParcelState.DELIVERED


def test_an_order_whose_answer_was_lost_is_dropped_when_the_parcel_goes_by_hand(post: Office, run_jobs: Any) -> None:
    parcel = a_parcel()
    services.call_post(parcel.pk)
    code = now_of(parcel).item_code
    Parcel.objects.filter(pk=parcel.pk).update(placing=Placing.WAITING, item_code="")
    services.hand_over_by_hand(parcel, item_code="RM555666777VN", by=cast.chi())
    assert "delivery.drop_order" in run_jobs()
    assert post.items[code].status == "91"


def test_what_the_post_has_taken_is_not_given_away_on_paper(post: Office) -> None:
    with pytest.raises(Conflict, match="đã nhận lệnh"):
        services.hand_over_by_hand(at_the_post(a_parcel()), item_code="RM555666777VN", by=cast.chi())


def test_a_refused_order_waits_for_the_desk(post: Office, clock: Moments, heard: Heard, run_jobs: Any) -> None:
    post.control({"refuse": "Địa chỉ ngoài vùng phục vụ", "mute": True})
    parcel = a_parcel()
    run_jobs()
    parcel = now_of(parcel)
    assert (parcel.placing, parcel.trouble) == (Placing.REFUSED, "Địa chỉ ngoài vùng phục vụ")
    assert heard.whats == ["refused"]
    post.control({"mute": True})
    live(clock, run_jobs, 3)
    assert now_of(parcel).sent == 1
    parcel = services.hand_over_by_hand(parcel, item_code="RM555666777VN", by=cast.chi())
    assert parcel.state == ParcelState.HANDED_TO_POST


def test_a_refused_order_can_be_dropped(post: Office, run_jobs: Any) -> None:
    post.control({"refuse": "Địa chỉ ngoài vùng phục vụ", "mute": True})
    parcel = a_parcel()
    run_jobs()
    services.cancel_parcel(parcel, by=cast.chi(), reason="Gửi lại với địa chỉ khác")
    run_jobs()
    assert now_of(parcel).state == ParcelState.CANCELLED


def test_dropped_while_the_post_is_silent(post: Office, clock: Moments, heard: Heard, run_jobs: Any) -> None:
    parcel = at_the_post(a_parcel())
    post.control({"down": True, "mute": True})
    services.cancel_parcel(parcel, by=cast.chi(), reason="Nhầm")
    run_jobs()
    assert now_of(parcel).state == ParcelState.READY
    post.control({"mute": True})
    live(clock, run_jobs, 1)
    assert now_of(parcel).state == ParcelState.CANCELLED
    assert heard.whats == ["placed", "cancelled"]


def test_dropped_while_the_order_is_on_its_way(post: Office, monkeypatch: pytest.MonkeyPatch, run_jobs: Any) -> None:
    """The desk drops it between our question and the post's answer: the order is dropped there, too."""
    parcel = a_parcel()
    ask = api.place_order

    def slow(given: Parcel) -> str:
        code = ask(given)
        services.cancel_parcel(given, by=cast.chi(), reason="Nhầm")
        return code

    monkeypatch.setattr(api, "place_order", slow)
    run_jobs()
    assert now_of(parcel).state == ParcelState.CANCELLED
    assert [item.status for item in post.items.values()] == ["91"]


def test_dropped_before_a_slow_order_reaches_the_post(
    post: Office, monkeypatch: pytest.MonkeyPatch, run_jobs: Any
) -> None:
    """The post agrees to drop what it doesn't know yet; the order that comes after is dropped, too."""
    parcel = a_parcel()
    ask = api.place_order

    def slow(given: Parcel) -> str:
        services.cancel_parcel(given, by=cast.chi(), reason="Nhầm")
        services.call_post(given.pk)
        assert now_of(given).state == ParcelState.CANCELLED
        return ask(given)

    monkeypatch.setattr(api, "place_order", slow)
    services.call_post(parcel.pk)
    assert [item.status for item in post.items.values()] == ["10"]
    assert "delivery.drop_order" in run_jobs()
    assert [item.status for item in post.items.values()] == ["91"]
    assert now_of(parcel).state == ParcelState.CANCELLED


def test_a_parcel_of_which_nothing_is_heard_is_asked_for(
    post: Office, clock: Moments, heard: Heard, run_jobs: Any
) -> None:
    parcel = at_the_post(a_pick_up())
    for status in ("20", "30", "40"):
        post.act(parcel.item_code, status, how="never")
    live(clock, run_jobs, 6.1)
    parcel = now_of(parcel)
    assert parcel.state == ParcelState.PICKED_UP
    assert parcel.events.count() == 4
    assert heard.whats == ["placed", "accepted", "picked_up"]
    live(clock, run_jobs, 6.1)
    assert now_of(parcel).called == 1  # nothing new: the next question comes later
    post.act(parcel.item_code, "60", how="never")
    live(clock, run_jobs, 13)
    assert now_of(parcel).state == ParcelState.DELIVERED_TO_AGENCY
    assert now_of(parcel).call_at is None


def test_a_silent_post_is_asked_again_and_what_was_told_stays(post: Office, clock: Moments) -> None:
    parcel = tells(post, at_the_post(a_parcel()), "30")
    post.control({"down": True, "mute": True})
    services.ask_tracking(parcel.pk)
    parcel = now_of(parcel)
    assert (parcel.state, parcel.trouble) == (ParcelState.HANDED_TO_POST, "")
    assert parcel.call_at == timezone.now() + timedelta(minutes=1)


def test_a_line_that_can_t_be_read_hides_no_other(post: Office, clock: Moments) -> None:
    parcel = at_the_post(a_parcel())
    item = post.items[parcel.item_code]
    item.events.append({"Sequence": 2, "StatusCode": "??"})
    item.events.append({"Sequence": 3, "StatusCode": "60", "Time": item.events[0]["Time"]})
    services.ask_tracking(parcel.pk)
    assert now_of(parcel).state == ParcelState.DELIVERED


def test_a_token_that_the_post_has_forgotten_is_fetched_anew(post: Office) -> None:
    at_the_post(a_parcel())
    post.tokens.clear()
    assert at_the_post(a_parcel()).placing == Placing.PLACED


def test_a_wrong_password_is_silence(post: Office, settings: Any) -> None:
    settings.POST_PASSWORD = "x"
    assert at_the_post(a_parcel()).placing == Placing.WAITING


@pytest.mark.parametrize("answer", [[], {"Status": "100"}, {"Status": "100", "ItemCode": "x y"}])
def test_an_answer_that_says_nothing_is_silence(post: Office, monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    monkeypatch.setattr(post, "_order", lambda fields: answer)
    parcel = at_the_post(a_parcel())
    assert (parcel.placing, parcel.item_code) == (Placing.WAITING, "")


def test_nobody_there_is_silence(settings: Any, post: Office) -> None:
    settings.POST_URL = "http://127.0.0.1:9/api"
    with pytest.raises(PostUnavailable):
        api.cancel_order("BG7K3F92XA")


def test_a_code_that_another_parcel_bears_is_refused(post: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first = at_the_post(a_parcel())
    monkeypatch.setattr(post, "_new_code", lambda: first.item_code)
    second = at_the_post(a_parcel())
    assert second.placing == Placing.REFUSED
    assert first.item_code in second.trouble


def test_two_looks_at_what_is_due_take_it_once(post: Office, clock: Moments) -> None:
    a_parcel()
    clock.forward(minutes=6)
    assert [services.call_due(), services.call_due()] == [1, 0]


def test_a_job_that_runs_twice_orders_once(post: Office) -> None:
    parcel = a_parcel()
    for _ in range(3):
        services.call_post(parcel.pk)
    assert len(post.items) == 1
    assert now_of(parcel).sent == 1
