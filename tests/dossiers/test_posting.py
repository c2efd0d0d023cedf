"""The result by post, papers by post: what the desk and the person do, and what follows the post's words."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404, QueryDict

from motcua.core.errors import BusinessError, Conflict
from motcua.delivery.models import Parcel
from motcua.delivery.rules.states import ParcelState, Step
from motcua.dossiers.models import DeliveryState, Dossier, DossierEvent, PaperTaken, PaymentState, State
from motcua.dossiers.queries.drafts import still_to_bring
from motcua.dossiers.queries.money import account_of
from motcua.dossiers.queries.posting import arriving, contents_of, mail_of
from motcua.dossiers.services import parcels, posting, results
from motcua.dossiers.services.submission import NotReady, submit
from motcua.notifications.models import Message
from tests.cast import an, binh, chi, dung, hoa, khanh
from tests.dossiers.by_post import (
    CHOSEN,
    CODE,
    FEE,
    POSTAGE,
    WAYS,
    absent,
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
from tests.dossiers.stages import accepted, approved, fresh
from tests.factories import a_filled_draft, a_submitted_dossier, an_offering
from tests.moments import Moments

pytestmark = pytest.mark.django_db
BIRTH = {"chung-sinh": {"originals": 0, "certified": 1, "copies": 0}}


@pytest.fixture(autouse=True)
def prices(db: None, settings: Any) -> None:
    settings.POST_URL = "http://127.0.0.1:9/api"  # nobody answers there: here nobody asks
    set_prices()


def sent(template: str, dossier: Dossier) -> list[Message]:
    return list(Message.objects.filter(template=template, about_ref=dossier.ref).order_by("channel"))


def titles(dossier: Dossier, *, people: bool = True) -> list[str]:
    return list(DossierEvent.objects.filter(dossier=dossier, for_people=people).values_list("title", flat=True))


def a_draft(**ways: Any) -> Dossier:
    draft = a_filled_draft(version=an_offering(**WAYS))
    draft.delivery |= ways
    draft.save(update_fields=["delivery"])
    return draft


class TestHandingIn:
    def test_keeps_address_and_postage_of_the_day(self, clock: Moments) -> None:
        dossier = submit(a_draft(receive=["buu-chinh"], pay="buu-chinh"), by=an())
        assert dossier.delivery["post"]["full_name"] == "Nguyễn Thị An"
        assert dossier.delivery["post"]["residence_detail"] == "Tổ 4"
        assert dossier.delivery["postage"]["amount"] == POSTAGE
        assert (dossier.fee_total, dossier.payment_state) == (FEE, PaymentState.OWED)  # postage is no fee

    def test_without_a_complete_address_it_is_not_ready(self, clock: Moments) -> None:
        draft = a_draft(receive=["buu-chinh"], pay="buu-chinh", post={"full_name": "An", "phone": "+84900000217"})
        with pytest.raises(NotReady) as refusal:
            submit(draft, by=an())
        assert {problem.part for problem in refusal.value.problems} == {"dia-chi"}

    def test_paper_comes_one_way_only(self, clock: Moments) -> None:
        with pytest.raises(NotReady) as refusal:
            submit(a_draft(receive=["buu-chinh", "tai-quay"], pay="buu-chinh"), by=an())
        assert "một nơi" in refusal.value.problems[0].message

    def test_the_postman_is_not_paid_for_what_he_does_not_bring(self, clock: Moments) -> None:
        with pytest.raises(NotReady):
            submit(a_draft(receive=["truc-tuyen"], pay="buu-chinh"), by=an())
        with pytest.raises(NotReady):
            submit(a_draft(receive=["buu-chinh"], pay="tai-quay"), by=an())

    def test_by_email_wants_a_proved_address(self, clock: Moments) -> None:
        draft = a_filled_draft(user=binh(), version=an_offering(**WAYS))
        draft.delivery |= {"receive": ["thu-dien-tu"]}
        draft.save(update_fields=["delivery"])
        with pytest.raises(NotReady) as refusal:
            submit(draft, by=binh())
        assert "thư điện tử đã xác nhận" in refusal.value.problems[-1].message

    def test_by_post_the_desk_waits_for_the_papers(self, clock: Moments) -> None:
        """QĐ 45/2016 Điều 7: filed is what the agency has signed for."""
        dossier = submit(a_draft(hand_in="buu-chinh"), by=an())
        assert dossier.answer_by is None
        parcel = placed(posting.call_postman(dossier, by=an()))
        says(parcel, Step.COLLECTED, 2)
        clock.at("26/11/2026 09:00")
        posting.take_in(fresh(dossier), parcel.number, BIRTH, by=chi())
        assert fresh(dossier).answer_by is not None


class TestSending:
    def test_orders_with_contents_fee_and_postage(self, clock: Moments) -> None:
        dossier = to_be_posted()
        assert dossier.delivery_state == DeliveryState.TO_POST
        parcel = posting.hand_to_post(dossier, by=chi())
        assert (parcel.fee_due, parcel.postage_due, parcel.state) == (FEE, POSTAGE, ParcelState.READY)
        assert [line["what"] for line in parcel.contents] == ["Bản chính", "Bản sao"]
        assert parcel.contents[1]["count"] == 2
        assert [line["key"] for line in parcel.collects] == ["chung-sinh"]
        assert parcel.receiver["unit"] == "98001"
        assert fresh(dossier).delivery_state == DeliveryState.TO_POST  # it lies at the desk still

    def test_the_postman_takes_it_and_the_person_is_told(self, clock: Moments) -> None:
        dossier, parcel = posted()
        assert dossier.delivery_state == DeliveryState.AT_POST
        assert parcel.state == ParcelState.HANDED_TO_POST
        email = next(one for one in sent("dossier_posted", dossier) if one.channel == "email").body
        for words in ("36.000 đồng", "Giấy chứng sinh", "chuẩn bị căn cước"):
            assert words in email
        with pytest.raises(BusinessError, match="đang ở bưu chính"):
            results.hand_over(dossier, by=chi(), receiver_name="An", receiver_number="098094001552", fee_collected=FEE)

    def test_goes_on_by_hand_while_the_posts_system_is_down(self, clock: Moments) -> None:
        dossier = to_be_posted()
        parcel = posting.hand_to_post(dossier, by=chi())
        assert mail_of(dossier).stuck
        with pytest.raises(BusinessError, match="mã bưu gửi"):
            posting.give_to_postman(dossier, by=chi())
        posting.give_to_postman(dossier, by=chi(), item_code="EB 999 888 777 VN")
        assert now_of(parcel).item_code == "EB999888777VN"
        assert fresh(dossier).delivery_state == DeliveryState.AT_POST

    def test_an_order_can_be_dropped_while_it_lies_at_the_desk(self, clock: Moments) -> None:
        dossier = to_be_posted()
        parcel = posting.hand_to_post(dossier, by=chi())
        posting.keep_at_desk(dossier, by=chi(), reason="Người nộp đến nhận")
        assert now_of(parcel).state == ParcelState.CANCELLED
        results.hand_over(
            fresh(dossier), by=chi(), receiver_name="An", receiver_number="098094001552", fee_collected=FEE
        )
        assert fresh(dossier).state == State.RETURNED

    def test_twice_is_once(self, clock: Moments) -> None:
        dossier, _ = ordered()
        with pytest.raises(Conflict, match="đã có phiếu gửi"):
            posting.hand_to_post(dossier, by=chi())
        assert Parcel.objects.count() == 1

    def test_role_agency_and_way(self, clock: Moments) -> None:
        dossier = to_be_posted()
        with pytest.raises(BusinessError, match="vai trò"):
            posting.hand_to_post(dossier, by=dung())
        with pytest.raises(Http404):
            posting.hand_to_post(dossier, by=hoa())
        with pytest.raises(BusinessError, match="không nhận kết quả này qua bưu chính"):
            posting.hand_to_post(to_be_posted(delivery=CHOSEN | {"receive": ["tai-quay"]}), by=chi())


class TestAtTheDoor:
    def test_delivered_ends_the_dossier_and_books_the_fee(self, clock: Moments) -> None:
        dossier, parcel = posted()
        delivered(parcel)
        dossier = fresh(dossier)
        assert (dossier.state, dossier.delivery_state) == (State.RETURNED, DeliveryState.DELIVERED)
        assert dossier.payment_state == PaymentState.PAID
        [booking] = account_of(dossier).money.bookings
        assert (booking.amount, booking.method, booking.reference, booking.by) == (FEE, "postman", CODE, None)
        assert "Bưu chính đã phát kết quả" in titles(dossier)
        assert len(sent("dossier_returned", dossier)) == 2

    def test_told_twice_is_once(self, clock: Moments) -> None:
        dossier, parcel = posted()
        delivered(parcel)
        delivered(parcel)
        assert len(account_of(dossier).money.bookings) == 1
        assert titles(dossier).count("Bưu chính đã phát kết quả") == 1

    def test_too_little_is_kept_for_the_fee_and_the_rest_stays_owed(self, clock: Moments) -> None:
        dossier, parcel = posted()
        delivered(parcel, fee=10_000)
        account = account_of(dossier)
        assert (account.paid, account.owed, account.money.surplus) == (10_000, 6_000, 0)
        assert account.open_order is not None
        assert fresh(dossier).payment_state == PaymentState.OWED
        assert "Bưu chính thu khác số phải thu" in titles(dossier, people=False)

    def test_too_much_pays_and_the_rest_is_to_be_given_back(self, clock: Moments) -> None:
        dossier, parcel = posted()
        delivered(parcel, fee=20_000)
        account = account_of(dossier)
        assert (account.paid, account.money.surplus, account.to_give_back) == (FEE, 4_000, 4_000)
        assert "Bưu chính thu khác số phải thu" in titles(dossier, people=False)

    def test_nothing_collected_leaves_all_owed(self, clock: Moments) -> None:
        dossier, parcel = posted()
        delivered(parcel, fee=0)
        assert account_of(dossier).owed == FEE
        assert fresh(dossier).payment_state == PaymentState.OWED

    def test_nobody_at_home_is_told_with_the_new_date_each_time(self, clock: Moments) -> None:
        dossier, parcel = posted()
        parcel = absent(parcel, 2)
        assert "27/11" in sent("dossier_post_failed", dossier)[0].body
        absent(parcel, 3, date(2026, 11, 28))
        assert len(sent("dossier_post_failed", dossier)) == 4  # by two channels, twice
        assert titles(dossier)[-1] == "Bưu chính chưa phát được, lần 2"

    def test_a_result_that_comes_back_waits_at_the_desk(self, clock: Moments) -> None:
        dossier, parcel = posted()
        says(absent(parcel, 2), Step.RETURNED, 4)
        dossier = fresh(dossier)
        assert (dossier.state, dossier.delivery_state) == (State.ISSUED, DeliveryState.WAITING)
        assert dossier.delivery["receive"] == ["buu-chinh"]  # as it was declared
        assert dossier.delivery["receive_now"] == ["tai-quay"]
        assert len(sent("dossier_post_returned", dossier)) == 2
        assert still_to_bring(dossier)[0].how == "Mang đến Bộ phận Một cửa khi nhận kết quả"

    def test_and_the_person_chooses_anew(self, clock: Moments) -> None:
        dossier, parcel = posted()
        says(parcel, Step.RETURNED, 4)
        elsewhere = QueryDict(
            "full_name=Lê Văn Bình&phone=0900000318&residence__province=98&residence__commune=98002"
            "&residence__detail=Tổ 7"
        )
        from tests.factories import a_place

        a_place("98002")
        posting.choose_receiving(fresh(dossier), by=an(), way="buu-chinh", address=elsewhere)
        dossier = fresh(dossier)
        assert dossier.delivery_state == DeliveryState.TO_POST
        again = posting.hand_to_post(dossier, by=chi())
        assert (again.receiver["name"], again.receiver["unit"], again.postage_due) == ("Lê Văn Bình", "98002", 25_000)

    def test_or_fetches_it_at_the_desk(self, clock: Moments) -> None:
        dossier, parcel = posted()
        says(parcel, Step.RETURNED, 4)
        results.hand_over(
            fresh(dossier), by=chi(), receiver_name="An", receiver_number="098094001552", fee_collected=FEE
        )
        assert fresh(dossier).state == State.RETURNED

    def test_lost_is_told_and_proved(self, clock: Moments) -> None:
        dossier, parcel = posted()
        says(parcel, Step.LOST, 4)
        assert "thất lạc" in sent("dossier_post_returned", dossier)[0].body
        assert fresh(dossier).delivery_state == DeliveryState.WAITING

    def test_delivered_after_lost_is_delivered(self, clock: Moments) -> None:
        dossier, parcel = posted()
        delivered(says(parcel, Step.LOST, 4))
        assert fresh(dossier).state == State.RETURNED


class TestChoosing:
    def test_only_while_it_is_in_nobodys_hands(self, clock: Moments) -> None:
        dossier, _ = posted()
        with pytest.raises(Conflict):
            posting.choose_receiving(dossier, by=an(), way="tai-quay")
        with pytest.raises(Http404):
            posting.choose_receiving(dossier, by=binh(), way="tai-quay")

    def test_from_the_desk_to_the_post(self, clock: Moments) -> None:
        dossier = to_be_posted(delivery=CHOSEN | {"receive": ["tai-quay"], "pay": "tai-quay"})
        posting.choose_receiving(dossier, by=an(), way="buu-chinh")
        assert fresh(dossier).delivery_state == DeliveryState.TO_POST
        with pytest.raises(BusinessError, match="Chọn nhận"):
            posting.choose_receiving(dossier, by=an(), way="truc-tuyen")


class TestPapers:
    def test_given_at_the_door_they_travel_back_and_count_as_brought(self, clock: Moments) -> None:
        dossier, parcel = posted()
        delivered(parcel, papers=["chung-sinh"], back_item_code="EB000000001VN")
        back = back_of(fresh(dossier))
        assert (back.state, back.item_code) == (ParcelState.PICKED_UP, "EB000000001VN")
        assert "Nhân viên bưu chính đã nhận giấy tờ để chuyển đến cơ quan" in titles(dossier)
        says(back, Step.DELIVERED, 3)
        posting.take_in(fresh(dossier), back.number, BIRTH, by=chi())
        assert still_to_bring(fresh(dossier)) == []
        assert len(sent("dossier_papers_arrived", dossier)) == 2

    def test_fetched_before_the_result(self, clock: Moments) -> None:
        dossier = accepted(version=an_offering(**WAYS))
        parcel = posting.call_postman(dossier, by=an())
        assert [line["key"] for line in parcel.contents] == ["chung-sinh"]
        with pytest.raises(BusinessError, match="đã có yêu cầu"):
            posting.call_postman(dossier, by=an())
        says(placed(parcel), Step.COLLECTED, 2)
        posting.take_in(fresh(dossier), parcel.number, BIRTH, by=chi())
        assert PaperTaken.objects.get(dossier=dossier).certified == 1
        assert not mail_of(fresh(dossier)).may_call

    def test_originals_to_be_compared_go_home_with_the_result(self, clock: Moments) -> None:
        dossier, parcel = posted()
        says(parcel, Step.RETURNED, 4)
        PaperTaken.objects.create(dossier=dossier, requirement_key="chung-sinh", originals=1, by=chi(), at=clock.moment)
        assert contents_of(fresh(dossier))[-1]["what"] == "Bản chính, trả lại"
        PaperTaken.objects.update(requirement_key="to-khai")  # typed in at the counter and signed there: it stays
        assert "Bản chính, trả lại" not in [line["what"] for line in contents_of(fresh(dossier))]

    def test_of_copies_of_a_register_there_are_no_others(self, clock: Moments) -> None:
        dossier, _ = posted()
        dossier.result.name = "Bản sao Trích lục hộ tịch"
        assert [(line["what"], line["count"]) for line in contents_of(dossier)] == [("Bản sao", 2)]

    def test_money_that_is_not_what_was_due_lies_on_the_desk(self, clock: Moments) -> None:
        dossier, parcel = posted()
        assert arriving([dossier.agency]) == set()
        delivered(parcel, fee=FEE - 6_000)
        assert arriving([dossier.agency]) == {dossier.ref}

    def test_an_empty_parcel_is_not_signed_for(self, clock: Moments) -> None:
        dossier = accepted(version=an_offering(**WAYS))
        parcel = placed(posting.call_postman(dossier, by=an()))
        says(parcel, Step.COLLECTED, 2)
        for nothing in ({}, {"chung-sinh": {"originals": 0}}, {"nha-dat": {"originals": 3}}):
            with pytest.raises(BusinessError, match="Ghi số bản"):
                posting.take_in(dossier, parcel.number, nothing, by=chi())
        assert now_of(parcel).arrived_at is None

    def test_not_what_the_post_has_not_got(self, clock: Moments) -> None:
        dossier = accepted(version=an_offering(**WAYS))
        parcel = posting.call_postman(dossier, by=an())
        with pytest.raises(Conflict):
            posting.take_in(dossier, parcel.number, BIRTH, by=chi())
        with pytest.raises(Http404):
            posting.take_in(dossier, "BG00000000", BIRTH, by=chi())

    def test_a_request_can_be_dropped(self, clock: Moments) -> None:
        dossier = accepted(version=an_offering(**WAYS))
        parcel = posting.call_postman(dossier, by=an())
        posting.cancel_call(dossier, by=an())
        assert now_of(parcel).state == ParcelState.CANCELLED
        with pytest.raises(Conflict):
            posting.cancel_call(dossier, by=an())
        posting.call_postman(dossier, by=an())

    def test_only_ones_own(self, clock: Moments) -> None:
        dossier = accepted(version=an_offering(**WAYS))
        with pytest.raises(Http404):
            posting.call_postman(dossier, by=binh())

    def test_nothing_to_fetch_where_the_agency_takes_nothing_by_post(self, clock: Moments) -> None:
        with pytest.raises(BusinessError):
            posting.call_postman(accepted(), by=an())


class TestByEmail:
    def test_the_signed_file_goes_with_the_letter_and_ends_it(self, clock: Moments) -> None:
        dossier = approved(version=an_offering(**WAYS), delivery=CHOSEN | {"receive": ["thu-dien-tu"], "pay": ""})
        result = results.issue(dossier, by=khanh())
        [letter] = sent("dossier_result_mailed", dossier)
        assert letter.channel == "email"
        assert bytes(letter.enclosure or b"").startswith(b"%PDF")
        assert letter.enclosure_name == result.document.name
        dossier = fresh(dossier)
        assert (dossier.state, dossier.delivery_state) == (State.RETURNED, DeliveryState.EMAILED)

    def test_paper_that_is_wanted_too_still_goes_by_post(self, clock: Moments) -> None:
        dossier = to_be_posted(delivery=CHOSEN | {"receive": ["thu-dien-tu", "buu-chinh"]})
        assert (dossier.state, dossier.delivery_state) == (State.ISSUED, DeliveryState.TO_POST)
        assert len(sent("dossier_result_mailed", dossier)) == 1


def test_a_parcel_of_nothing_here_moves_no_dossier(clock: Moments) -> None:
    dossier = a_submitted_dossier()
    parcels.follow(Parcel(about_kind="dossier", about_ref="NH-0000-0000", direction="to_person"), "delivered")
    assert fresh(dossier).state == State.SUBMITTED
