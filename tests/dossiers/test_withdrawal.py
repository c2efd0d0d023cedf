"""Take a dossier back, and begin anew from one that ended: nothing is typed twice."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.utils import timezone

from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Attachment, Dossier, PaymentState, State, SupplementRequest
from motcua.dossiers.queries.drafts import problems
from motcua.dossiers.queries.money import owes
from motcua.dossiers.queries.people import headline, timeline
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import drafts, endings, reception, submission, supplements, work
from motcua.dossiers.services.again import begin_again
from motcua.notifications.models import Message
from tests.cast import an, at, binh, chi
from tests.dossiers.stages import accepted, agreed, approved, asking, fresh, issued, proposed, submitted, taken_up
from tests.dossiers.supplements import asked, renew, type_
from tests.factories import a_filled_draft, an_offering
from tests.moments import Moments

REASON = "Gia đình đăng ký khai sinh tại nơi thường trú của mẹ."


@pytest.mark.django_db
class TestWithdraw:
    @pytest.mark.parametrize("stage", [submitted, accepted, taken_up, asking, agreed])
    def test_ends_the_dossier_while_nobody_has_proposed(self, clock: Moments, stage: Callable[[], Dossier]) -> None:
        dossier = stage()
        clock.forward(minutes=30)
        endings.withdraw(dossier, by=an(), reason=f" {REASON} ")
        dossier = fresh(dossier)
        assert (dossier.state, dossier.step, dossier.answer_by) == (State.WITHDRAWN, None, None)
        assert dossier.finished_at == clock.moment
        assert not dossier.pauses.filter(ended_at=None).exists()
        assert dossier.withdrawal.reason == REASON
        assert (timeline(dossier)[0].title, timeline(dossier)[0].text) == ("Rút hồ sơ", REASON)
        assert headline(dossier, timezone.now()) == "Ông/bà đã rút hồ sơ này"
        assert Message.objects.filter(template="dossier_withdrawn").count() == 2

    def test_a_stopped_clock_ends_with_its_promise(self, clock: Moments) -> None:
        dossier = asking()
        clock.forward(hours=1)
        endings.withdraw(dossier, by=an(), reason=REASON)
        assert fresh(dossier).due_at is not None
        clock.at("27/11/2026 09:00")
        assert not work.treat_silence_as_consent(dossier)  # the draft's last moment passes over it

    @pytest.mark.parametrize("stage", [submitted, taken_up])
    def test_what_was_still_asked_of_the_person_is_over(self, clock: Moments, stage: Callable[[], Dossier]) -> None:
        dossier = asked(stage())
        clock.forward(hours=1)
        endings.withdraw(dossier, by=an(), reason=REASON)
        assert fresh(dossier).state == State.WITHDRAWN
        request = dossier.supplements.get()
        assert (request.outcome, request.ended_at) == (SupplementRequest.Outcome.ENDED, clock.moment)
        assert not dossier.pauses.filter(ended_at=None).exists()
        assert not supplements.note_expiry(request.pk, now=at("01/02/2027 09:00"))

    def test_nobody_asks_for_the_fee_any_more(self, clock: Moments) -> None:
        dossier = submitted(payment_state=PaymentState.ASKED, answer_by=None)
        endings.withdraw(dossier, by=an(), reason=REASON)
        assert fresh(dossier).payment_state == PaymentState.NOTHING
        assert not owes(fresh(dossier))

    @pytest.mark.parametrize("stage", [proposed, approved, issued])
    def test_not_once_a_decision_lies_before_the_leader(self, clock: Moments, stage: Callable[[], Dossier]) -> None:
        dossier = stage()
        before = dossier.state
        with pytest.raises(Conflict):
            endings.withdraw(dossier, by=an(), reason=REASON)
        assert fresh(dossier).state == before

    def test_needs_a_reason_and_its_person(self, clock: Moments) -> None:
        dossier = submitted()
        with pytest.raises(BusinessError, match="lý do"):
            endings.withdraw(dossier, by=an(), reason="\u200b \n")
        for other in (binh(), chi()):
            with pytest.raises(Http404):
                endings.withdraw(dossier, by=other, reason=REASON)
        endings.withdraw(dossier, by=an(), reason=REASON)
        with pytest.raises(Conflict, match="Nguyễn Thị An rút lại"):
            endings.withdraw(dossier, by=an(), reason=REASON)

    def test_the_desk_that_comes_second_is_told(self, clock: Moments) -> None:
        dossier = submitted()
        endings.withdraw(dossier, by=an(), reason=REASON)
        with pytest.raises(Conflict, match="đã được Nguyễn Thị An rút lại lúc 8:35"):
            reception.accept(dossier, by=chi())


@pytest.mark.django_db(transaction=True)
def test_of_withdrawing_and_accepting_at_once_one_wins_and_one_is_told() -> None:
    dossier, officer, person = submitted(), chi(), an()
    said: list[Any] = []

    def do(act: Callable[[], object]) -> None:
        try:
            act()
            said.append("done")
        except Conflict as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    acts = [
        lambda: endings.withdraw(dossier, by=person, reason=REASON),
        lambda: reception.decline(dossier, Why("Không thuộc thẩm quyền"), by=officer),
    ]
    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(word == "done" for word in said) == [False, True]
    assert fresh(dossier).state in {State.WITHDRAWN, State.DECLINED}


@pytest.mark.django_db
class TestBeginAgain:
    def declined(self) -> Dossier:
        dossier = submission.submit(a_filled_draft(), by=an())
        return reception.decline(dossier, Why("Giấy chứng sinh chụp mờ."), by=chi())

    def test_everything_is_there_and_it_can_be_handed_in_at_once(self, clock: Moments) -> None:
        old = fresh(self.declined())
        draft = fresh(begin_again(old, by=an()))
        assert (draft.state, draft.ref != old.ref) == (State.DRAFT, True)
        assert (draft.answers, draft.owner) == (old.answers, old.owner)
        assert draft.delivery["receive"] == old.delivery["receive"]
        assert [file.document_id for file in draft.attachments.all()] == [
            file.document_id for file in old.attachments.all()
        ]
        assert problems(fresh(draft)) == []
        assert submission.submit(draft, by=an()).state == State.SUBMITTED
        assert fresh(old).state == State.DECLINED

    def test_a_second_click_finds_the_same_draft(self, clock: Moments) -> None:
        old = self.declined()
        assert begin_again(old, by=an()) == begin_again(old, by=an())
        assert Dossier.objects.filter(state=State.DRAFT).count() == 1

    def test_taking_a_file_out_of_the_new_one_leaves_the_old_one_whole(self, clock: Moments) -> None:
        old = self.declined()
        draft = begin_again(old, by=an())
        drafts.detach(draft, draft.attachments.get().pk, by=an())
        assert Attachment.objects.filter(dossier=old).count() == 1

    def test_it_follows_the_service_as_it_is_now(self, clock: Moments) -> None:
        old = self.declined()
        newer = an_offering(receive_ways=["tai-quay"])
        draft = begin_again(old, by=an())
        assert draft.offering_version == newer
        assert draft.delivery["receive"] == ["tai-quay"]

    def test_only_from_what_ended_without_a_result_and_only_ones_own(self, clock: Moments) -> None:
        withdrawn = submitted()
        endings.withdraw(withdrawn, by=an(), reason=REASON)
        assert begin_again(fresh(withdrawn), by=an()).state == State.DRAFT
        for running in (submitted(), taken_up(), issued()):
            with pytest.raises(BusinessError, match="Chỉ nộp lại"):
                begin_again(running, by=an())
        with pytest.raises(Http404):
            begin_again(fresh(withdrawn), by=binh())

    def test_not_where_nothing_is_taken_in(self, clock: Moments) -> None:
        old = self.declined()
        offering = old.offering_version.offering
        offering.open = False
        offering.save(update_fields=["open"])
        with pytest.raises(BusinessError, match="ngừng nhận"):
            begin_again(old, by=an())

    def test_what_was_corrected_and_never_sent_comes_along(self, clock: Moments) -> None:
        dossier = asked()
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        renew(dossier)
        endings.withdraw(fresh(dossier), by=an(), reason=REASON)
        draft = begin_again(fresh(dossier), by=an())
        assert draft.answers["mother_name"] == "Trần Thị Thu Hà"
        assert draft.answers["child_name"] == "Lê Minh Khuê"
        assert [file.document.name for file in draft.attachments.all()] == ["chung-sinh-moi.jpg"]
        assert fresh(dossier).answers["mother_name"] == "Trần Thu Hà"  # the old one says what was handed in
