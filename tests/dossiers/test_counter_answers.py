"""What the counter answers where papers are missing, or a case can't be taken in; and what is brought later."""

from collections.abc import Callable

import pytest
from django.http import Http404, QueryDict

from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers import access
from motcua.dossiers.models import CounterCase, Dossier, PaymentState, Refusal, State, SupplementRequest
from motcua.dossiers.queries.desk_dossier import judged_papers
from motcua.dossiers.queries.supplements import stories, work_on
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.rules.supplements import Wanted
from motcua.dossiers.services import brought, counter, counter_answers, drafts, endings, reception, supplements
from motcua.dossiers.services.submission import NotReady
from motcua.dossiers.services.work import take_up
from motcua.notifications.models import Message
from tests.cast import an, at, chi, dung, hoa
from tests.dossiers.at_counter import TYPED, begun, typed
from tests.dossiers.stages import taken_up
from tests.moments import Moments

RunJobs = Callable[..., list[str]]
WITHOUT_PAPER = TYPED.replace("&ban-chung-sinh-chinh=1", "")
PAPER = Wanted("paper", "chung-sinh", "Chưa có, xin mang bản chính")
WHY = {"reason": "Hồ sơ thiếu giấy chứng sinh.", "ground": "Nghị định số 118/2025/NĐ-CP"}

pytestmark = pytest.mark.django_db


def asked() -> Dossier:
    """A case without its paper, for which Chi has given the slip."""
    request = counter_answers.ask_for_papers(typed(WITHOUT_PAPER), [PAPER], **WHY, by=chi())
    return Dossier.objects.get(pk=request.dossier_id)


class TestAskingForPapers:
    def test_the_case_is_the_person_s_dossier_from_now_on_and_waits(self, clock: Moments) -> None:
        clock.at("25/11/2026 08:00")
        dossier = asked()
        assert (dossier.state, dossier.code, dossier.due_at, dossier.helped_by) == (State.SUPPLEMENT, None, None, chi())
        assert access.of_applicant(an(), dossier.ref) == dossier
        assert not CounterCase.objects.exists()
        request = dossier.supplements.get()
        assert (request.stage, request.asked_by) == (SupplementRequest.Stage.RECEPTION, chi())
        assert request.answer_by > at("26/11/2026 08:00")
        assert dossier.papers_taken.get().requirement_key == "to-khai"
        assert Message.objects.filter(template="dossier_supplement").exists()
        kinds = set(Event.objects.values_list("act", flat=True))
        assert {"dossier.received_at_counter", "dossier.supplement_requested"} <= kinds

    def test_the_slip_is_made(self, run_jobs: RunJobs) -> None:
        dossier = asked()
        run_jobs()
        assert dossier.supplements.get().slip is not None

    def test_what_can_be_mended_on_the_spot_is_not_sent_home(self) -> None:
        for text in (WITHOUT_PAPER.replace("child_name=Lê Minh Khuê", "child_name="),
                     WITHOUT_PAPER.replace("&ban-to-khai-chinh=1", "&ban-to-khai-chinh=")):  # fmt: skip
            draft = typed(text)
            with pytest.raises(NotReady):
                counter_answers.ask_for_papers(draft, [PAPER], **WHY, by=chi())
            draft.refresh_from_db()
            assert draft.state == State.DRAFT
            drafts.discard(draft, by=chi())

    def test_every_missing_paper_is_named(self) -> None:
        draft = typed(WITHOUT_PAPER)
        with pytest.raises(supplements.ItemTrouble) as refused:
            counter_answers.ask_for_papers(draft, [], **WHY, by=chi())
        assert refused.value.key == "paper:chung-sinh"
        draft.refresh_from_db()
        assert draft.state == State.DRAFT

    def test_not_by_strangers_and_not_twice(self) -> None:
        draft = typed(WITHOUT_PAPER)
        for stranger in (hoa(), dung()):
            with pytest.raises(Http404):
                counter_answers.ask_for_papers(draft, [PAPER], **WHY, by=stranger)
        counter_answers.ask_for_papers(draft, [PAPER], **WHY, by=chi())
        with pytest.raises(Conflict):
            counter_answers.ask_for_papers(draft, [PAPER], **WHY, by=chi())
        with pytest.raises(Conflict):
            counter_answers.decline(draft, Why("Đã trả lời rồi."), by=chi())


class TestDeclining:
    def test_at_once_however_far_it_is_typed(self, run_jobs: RunJobs) -> None:
        dossier = counter_answers.decline(begun(), Why("Trẻ đã được khai sinh ở xã khác."), by=chi())
        assert (dossier.state, dossier.payment_state) == (State.DECLINED, PaymentState.NOTHING)
        assert access.of_applicant(an(), dossier.ref) == dossier
        run_jobs()
        refusal = Refusal.objects.get(dossier=dossier)
        assert refusal.stage == Refusal.Stage.RECEPTION
        assert refusal.slip is not None
        assert Message.objects.filter(template="dossier_declined").exists()

    def test_a_bare_word_is_no_reason(self) -> None:
        draft = begun()
        for reason in ("", "Sai"):
            with pytest.raises(BusinessError):
                counter_answers.decline(draft, Why(reason), by=chi())
        draft.refresh_from_db()
        assert draft.state == State.DRAFT


class TestBringing:
    def test_what_was_asked_for_is_brought_and_the_dossier_taken_in(self) -> None:
        dossier = brought.take_brought(asked(), {"chung-sinh": (1, 0, 0)}, by=chi())
        assert dossier.state == State.SUBMITTED
        assert dossier.answer_by is not None
        assert dossier.supplements.get().outcome == SupplementRequest.Outcome.ANSWERED
        assert Event.objects.get(act="dossier.supplement_brought").data["papers"] == {"chung-sinh": [1, 0, 0]}
        change = stories(dossier, at("25/11/2026 08:00"))[0].changes[0]
        assert (change.is_kept, change.after) == (False, "Nhận tại quầy: 1 bản chính")
        assert reception.accept(dossier, by=chi()).state == State.ACCEPTED

    def test_all_of_it_or_nothing(self) -> None:
        dossier = asked()
        for counts in ({}, {"chung-sinh": (0, 0, 0)}, {"to-khai": (1, 0, 0)}):
            with pytest.raises(BusinessError, match="Chưa mang đủ"):
                brought.take_brought(dossier, counts, by=chi())

    def test_an_answer_is_not_brought_on_paper(self) -> None:
        dossier = _in_work()
        supplements.ask(dossier, [Wanted("answer", "child_name", "Ghi đủ họ"), PAPER], **WHY, by=dung())
        with pytest.raises(BusinessError, match="lời khai"):
            brought.take_brought(dossier, {"chung-sinh": (1, 0, 0)}, by=chi())

    def test_of_a_dossier_in_work_it_goes_back_to_who_asked(self) -> None:
        dossier = _in_work()
        supplements.ask(dossier, [PAPER], **WHY, by=dung())
        with pytest.raises(BusinessError):  # the registrar isn't at the desk
            brought.take_brought(dossier, {"chung-sinh": (1, 0, 0)}, by=dung())
        dossier = brought.take_brought(dossier, {"chung-sinh": (0, 1, 0)}, by=chi())
        assert (dossier.state, dossier.held_by) == (State.PROCESSING, dung())
        assert dossier.due_at is not None

    def test_late_is_said_so_and_what_was_ended_is_not_brought(self, clock: Moments) -> None:
        clock.at("25/11/2026 08:00")
        dossier = asked()
        clock.forward(days=60)
        late = brought.take_brought(dossier, {"chung-sinh": (1, 0, 0)}, by=chi())
        assert late.supplements.get().outcome == SupplementRequest.Outcome.LATE
        with pytest.raises(supplements.Ended):
            brought.take_brought(late, {"chung-sinh": (1, 0, 0)}, by=chi())
        endings.withdraw(late, by=an(), reason="Không cần nữa.")

    def test_of_a_dossier_handed_in_online_the_desk_sees_what_was_brought(self) -> None:
        dossier = taken_up()
        supplements.ask(dossier, [PAPER], **WHY, by=dung())
        dossier = brought.take_brought(dossier, {"chung-sinh": (1, 0, 0)}, by=chi())
        seen = {paper.key: paper.on_paper for paper in judged_papers(dossier)}
        assert seen["chung-sinh"] == "1 bản chính"

    def test_papers_that_lie_at_the_desk_are_not_asked_for_as_files(self) -> None:
        dossier = _in_work()
        request = supplements.ask(dossier, [Wanted("answer", "child_name", "Ghi đủ họ")], **WHY, by=dung())
        dossier.refresh_from_db()
        assert work_on(dossier, request).papers == ()


def _in_work() -> Dossier:
    draft = typed()
    due = counter.reads.owes_now(draft)
    return take_up(counter.receive(draft, by=chi(), taken=due), by=dung())


def test_a_case_that_was_answered_is_no_case_any_more() -> None:
    dossier = asked()
    with pytest.raises(Http404):
        access.counter_case(chi(), dossier.ref)
    with pytest.raises(Conflict):
        counter.save_case(dossier, QueryDict("child_name=Khác"), by=chi())
