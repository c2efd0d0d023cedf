"""Every notice of the post is kept, and does once what it says, whenever and however often it comes."""

import json
from typing import Any

import pytest

from motcua.config.peers.post.office import Office
from motcua.delivery import services
from motcua.delivery.models import Notice, Parcel, TrackingEvent
from motcua.delivery.queries import unknown_notices
from motcua.delivery.rules.protocol import sign
from motcua.delivery.rules.states import Outcome, ParcelState, Placing
from motcua.delivery.services import notices
from motcua.delivery.services.following import follow
from tests import cast
from tests.delivery.acting import COLLECTS, Heard, a_parcel, a_pick_up, at_the_post, now_of, tell, tells, word
from tests.moments import Moments

pytestmark = pytest.mark.django_db


def outcomes() -> list[str]:
    return list(Notice.objects.values_list("outcome", flat=True))


def test_a_parcel_goes_its_way(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_parcel())
    for status in ("30", "40", "50"):
        parcel = tells(post, parcel, status)
    parcel = tells(post, parcel, "60", CODCollected=150_000, PostageCollected=20_000, ReceivedBy="Nguyễn Thị An")
    assert parcel.state == ParcelState.DELIVERED
    assert (parcel.fee_collected, parcel.postage_collected) == (150_000, 20_000)
    assert parcel.received_by == "Nguyễn Thị An"
    assert parcel.ended_at == parcel.collected_at
    assert parcel.call_at is None
    assert heard.whats == ["placed", "handed_to_post", "in_transit", "out_for_delivery", "money", "delivered"]


def test_a_notice_twice_does_its_work_once(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_parcel())
    said = word(parcel, 2, "60", CODCollected=150_000, PostageCollected=20_000)
    assert [tell(said) for _ in range(3)] == ["100"] * 3
    assert heard.whats == ["placed", "money", "delivered"]
    assert TrackingEvent.objects.count() == 1
    assert outcomes() == [Outcome.APPLIED, Outcome.AGAIN, Outcome.AGAIN]


def test_a_notice_about_an_unknown_parcel_is_kept_answered_and_counted(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_parcel())
    heard.whats.clear()
    said = word(parcel, 2, "60") | {"OrderNumber": "BGKHACKHAC", "ItemCode": "RM999999999VN"}
    assert tell(said) == "100"
    assert unknown_notices() == 1
    assert Notice.objects.get().parcel is None
    assert heard.whats == []


def test_notices_out_of_order_the_later_word_holds(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_parcel())
    tell(word(parcel, 5, "60", CODCollected=150_000, PostageCollected=20_000))
    tell(word(parcel, 3, "40"))
    tell(word(parcel, 4, "61", ReasonCode="1"))
    tell(word(parcel, 2, "30"))
    parcel = now_of(parcel)
    assert parcel.state == ParcelState.DELIVERED
    assert [event.sequence for event in parcel.events.all()] == [2, 3, 4, 5]
    assert heard.whats == ["placed", "money", "delivered"]  # nobody is told that it failed after it came
    assert outcomes() == [Outcome.APPLIED, Outcome.HISTORY, Outcome.HISTORY, Outcome.HISTORY]


def test_each_try_for_nothing_is_told_with_its_reason_and_next_day(post: Office, heard: Heard) -> None:
    parcel = tells(post, at_the_post(a_parcel()), "30")
    parcel = tells(post, parcel, "61", ReasonCode="1", NextTry="2026-11-27")
    assert (parcel.state, parcel.failure, parcel.attempts) == (ParcelState.FAILED, "absent", 1)
    assert str(parcel.next_on) == "2026-11-27"
    parcel = tells(post, parcel, "61", ReasonCode="2", Reason="Không nhận")
    assert (parcel.failure, parcel.failure_words, parcel.attempts, parcel.next_on) == ("refused", "Không nhận", 2, None)
    parcel = tells(post, parcel, "70")
    parcel = tells(post, parcel, "71")
    assert (parcel.state, parcel.failure) == (ParcelState.RETURNED, "refused")
    assert heard.whats == ["placed", "handed_to_post", "failed", "failed", "returning", "returned"]


def test_nobody_at_home_when_papers_are_fetched(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_pick_up())
    parcel = tells(post, parcel, "20")
    parcel = tells(post, parcel, "61", ReasonCode="1", NextTry="2026-11-27")
    assert (parcel.state, parcel.attempts, str(parcel.next_on)) == (ParcelState.ACCEPTED, 1, "2026-11-27")
    parcel = tells(post, parcel, "30")
    assert (parcel.state, parcel.next_on) == (ParcelState.PICKED_UP, None)
    assert heard.whats == ["placed", "accepted", "picking_up", "failed", "picked_up"]


def test_cash_that_differs_from_the_fee_is_written_down_as_it_came(post: Office) -> None:
    parcel = tells(post, at_the_post(a_parcel()), "60", CODCollected=100_000, PostageCollected=0)
    assert (parcel.fee_due, parcel.fee_collected, parcel.postage_collected) == (150_000, 100_000, 0)


def test_papers_collected_at_the_door_travel_back_as_a_parcel_of_their_own(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_parcel(collects=COLLECTS))
    parcel = tells(post, parcel, "60", Papers=["chung-sinh"], CODCollected=0, PostageCollected=20_000)
    back = Parcel.objects.get(back_of=parcel)
    assert (back.state, back.direction, back.about) == (ParcelState.PICKED_UP, "to_agency", parcel.about)
    assert [line["key"] for line in back.contents] == ["chung-sinh"]
    assert back.item_code in post.items
    assert back.receiver == parcel.sender
    assert heard.whats == ["placed", "money", "delivered", "picked_up"]
    assert tells(post, back, "60").state == ParcelState.DELIVERED_TO_AGENCY
    assert Parcel.objects.count() == 2


def test_word_of_the_papers_may_come_before_word_of_the_delivery(post: Office) -> None:
    parcel = at_the_post(a_parcel(collects=COLLECTS))
    item = post.items[parcel.item_code]
    post.act(item.code, "60", {"Papers": ["chung-sinh"]}, how="never")
    back_code = item.events[-1]["ReturnItemCode"]
    post.act(back_code, "60", how="never")
    assert tell(post.items[back_code].events[-1] | {"ItemCode": back_code, "OrderNumber": ""}) == "100"
    assert unknown_notices() == 1
    assert tell(item.events[-1] | {"ItemCode": item.code}) == "100"
    assert services.settle_left() == 1
    assert Parcel.objects.get(item_code=back_code).state == ParcelState.DELIVERED_TO_AGENCY
    assert unknown_notices() == 0
    assert services.settle_left() == 0


def test_a_forged_notice_is_kept_and_does_nothing(post: Office, heard: Heard) -> None:
    parcel = at_the_post(a_parcel())
    said = word(parcel, 2, "60")
    assert tell(said, secret="x") == "101"
    assert services.take_notice({}, json.dumps(said).encode())["Status"] == "101"
    assert now_of(parcel).state == ParcelState.READY
    assert outcomes() == [Outcome.FORGED] * 2
    assert heard.whats == ["placed"]


def test_a_flood_of_forged_notices_fills_no_disk(post: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "FORGED_KEPT", 3)
    for _ in range(6):
        assert services.take_notice({}, b"x\x00" * 100_000)["Status"] == "101"
    assert Notice.objects.count() == 3
    assert all(len(notice.body) <= notices.LONGEST for notice in Notice.objects.all())


def test_the_post_itself_can_t_flood_us_either(post: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "TOLD_KEPT", 1)
    parcel = at_the_post(a_parcel())
    assert tell(word(parcel, 2, "30")) == "100"
    assert tell(word(parcel, 3, "40")) == "103"


def test_a_genuine_notice_that_can_t_be_read_is_kept(post: Office) -> None:
    parcel = at_the_post(a_parcel())
    assert tell(word(parcel, 2, "77")) == "102"
    assert tell(b"{") == "102"
    assert tell(word(parcel, 2, "60", CODCollected="150000")) == "102"
    assert outcomes() == [Outcome.MALFORMED] * 3
    assert now_of(parcel).state == ParcelState.READY


def test_a_notice_that_could_not_be_settled_is_settled_by_the_job(
    post: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel = at_the_post(a_parcel())

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(notices, "follow", broken)
        with pytest.raises(RuntimeError):
            tell(word(parcel, 2, "30"))
    assert outcomes() == [Outcome.NEW]
    assert services.settle_left() == 1
    assert now_of(parcel).state == ParcelState.HANDED_TO_POST


def test_one_that_can_t_be_settled_keeps_no_other_waiting(post: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, goes = at_the_post(a_parcel()), at_the_post(a_parcel())
    for parcel in (stuck, goes):
        Notice.objects.create(at=cast.at("25/11/2026 08:00"), genuine=True, body=json.dumps(word(parcel, 2, "30")))

    def only_some(parcel: Parcel) -> bool:
        if parcel.pk == stuck.pk:
            raise RuntimeError("no such day")
        return follow(parcel)

    monkeypatch.setattr(notices, "follow", only_some)
    assert services.settle_left() == 1
    assert now_of(goes).state == ParcelState.HANDED_TO_POST
    assert sorted(outcomes()) == [Outcome.NEW, Outcome.APPLIED]


def test_a_letter_that_no_table_takes_is_left_out(post: Office) -> None:
    parcel = at_the_post(a_parcel(collects=COLLECTS))
    assert tell(word(parcel, 2, "60", Papers=["chung-sinh\x00\ud800"], ReceivedBy="A\x00n")) == "100"
    assert Parcel.objects.get(back_of=parcel).contents[0]["key"] == "chung-sinh"


def test_words_that_nobody_can_ask_about_any_more_are_forgotten(post: Office, clock: Moments) -> None:
    parcel = at_the_post(a_parcel())
    tell(word(parcel, 2, "30"))
    tell(word(parcel, 3, "40"), secret="x")
    assert notices.clear_notices() == 0
    clock.forward(days=31)
    assert notices.clear_notices() == 1
    assert outcomes() == [Outcome.APPLIED]
    clock.forward(days=160)
    assert notices.clear_notices() == 1
    assert now_of(parcel).events.get().step == "collected"


def test_the_answer_to_the_order_was_lost_and_the_notice_tells_the_code(post: Office, heard: Heard) -> None:
    parcel = a_parcel()
    said = word(parcel, 2, "30") | {"ItemCode": "RM123456789VN"}
    assert tell(said) == "100"
    parcel = now_of(parcel)
    assert (parcel.item_code, parcel.placing) == ("RM123456789VN", Placing.PLACED)
    assert heard.whats == ["placed", "handed_to_post"]


def test_the_abandoned_order_of_a_parcel_given_away_on_paper_moves_nothing(post: Office) -> None:
    parcel = services.hand_over_by_hand(a_parcel(), item_code="RM 777 777 777 VN", by=cast.chi())
    assert tell(word(parcel, 2, "91") | {"ItemCode": "RM123456789VN"}) == "100"
    assert tell(word(parcel, 3, "71") | {"ItemCode": "RM123456789VN"}) == "100"
    assert now_of(parcel).state == ParcelState.HANDED_TO_POST
    assert tell(word(parcel, 1, "60") | {"OrderNumber": ""}) == "100"
    assert now_of(parcel).state == ParcelState.DELIVERED


def test_times_are_the_post_s_own(post: Office, clock: Moments) -> None:
    parcel = at_the_post(a_parcel())
    tell(word(parcel, 2, "60", Time="2026-11-24T17:20:00+07:00"))
    parcel = now_of(parcel)
    assert parcel.ended_at == cast.at("24/11/2026 17:20")
    assert parcel.events.get().known_at == cast.at("25/11/2026 08:35")


def test_the_web_address_takes_notices_and_nothing_else(post: Office, client: Any) -> None:
    parcel = at_the_post(a_parcel())
    body = json.dumps(word(parcel, 2, "30")).encode()

    def posted(content: bytes, signature: str) -> Any:
        return client.post(
            "/buu-chinh/thong-bao/", content, content_type="application/json", headers={"X-Post-Signature": signature}
        )

    assert posted(body, "0" * 64).status_code == 403
    answer = posted(body, sign(body, post.secret))
    assert (answer.status_code, answer.json()["Status"]) == (200, "100")
    assert "no-store" in answer["Cache-Control"]
    assert now_of(parcel).state == ParcelState.HANDED_TO_POST
    assert posted(b"{", sign(b"{", post.secret)).status_code == 422
    assert client.get("/buu-chinh/thong-bao/").status_code == 405
