"""A supplement asked for by the desk: once, for everything, with reason and ground; the clock stops."""

from collections.abc import Callable

import pytest
from django.http import Http404

from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Dossier, Pause, PaymentState, State, SupplementFile, SupplementRequest
from motcua.dossiers.queries.supplements import askable, left, open_request
from motcua.dossiers.rules.supplements import Wanted
from motcua.dossiers.services import slips, supplements, work
from motcua.dossiers.services.supplements import ItemTrouble
from motcua.notifications.models import Message
from motcua.offerings.models import OfferingVersion
from tests.cast import at, chi, dung, hoa
from tests.dossiers.stages import accepted, fresh, submitted, taken_up
from tests.dossiers.supplements import MOTHER, WHY, asked
from tests.factories import an_offering
from tests.moments import Moments

RunJobs = Callable[..., list[str]]


@pytest.mark.django_db
class TestAsk:
    def test_stops_the_clock_and_keeps_what_there_is(self, clock: Moments) -> None:
        dossier = asked()
        assert (dossier.state, dossier.due_at) == (State.SUPPLEMENT, None)
        pause = dossier.pauses.get()
        assert (pause.kind, pause.due_before) == (Pause.Kind.SUPPLEMENT, at("25/11/2026 17:00"))
        request = dossier.supplements.get()
        assert request.stage == "processing"
        assert request.answer_by == at("25/12/2026 23:59")
        answer, paper = request.items.all()
        assert (answer.label, answer.before) == ("Người được khai sinh: Họ tên mẹ", "Trần Thu Hà")
        assert {one.which for one in paper.files.all()} == {"old", "new"}
        assert SupplementFile.objects.filter(document=dossier.attachments.get().document).count() == 2

    def test_at_reception_nobodys_hours_run(self, clock: Moments) -> None:
        dossier = asked(submitted())
        assert (dossier.state, dossier.answer_by, dossier.code) == (State.SUPPLEMENT, None, None)
        assert dossier.supplements.get().stage == "reception"
        assert not dossier.pauses.exists()

    def test_while_the_fee_is_awaited_too(self, clock: Moments) -> None:
        dossier = asked(submitted(payment_state=PaymentState.ASKED, answer_by=None))
        assert dossier.state == State.SUPPLEMENT

    def test_tells_person_and_history_and_leaves_proof(self, clock: Moments, run_jobs: RunJobs) -> None:
        dossier = asked()
        email = Message.objects.get(template="dossier_supplement", channel="email").body
        for words in ("Bổ sung trước: 23:59", "Họ tên mẹ: Tên mẹ thiếu chữ đệm", "chưa khớp", "Phạm Văn Dũng"):
            assert words in email, words
        sms = Message.objects.get(template="dossier_supplement", channel="sms").body
        assert "me" not in sms.split()
        event = dossier.events.get(kind="ask_supplement")
        assert event.text.endswith("\nGiấy chứng sinh")  # what is wrong with each stands in the request, once
        assert Event.objects.filter(act="dossier.supplement_requested").exists()
        run_jobs()
        slip = dossier.supplements.get().slip
        assert slip is not None
        assert slip.name == f"phieu-bo-sung-{dossier.code}.pdf"
        slips.make_supplement_slip(dossier.supplements.get().pk)
        assert dossier.supplements.get().slip == slip

    def test_only_once(self, clock: Moments) -> None:
        dossier = asked()
        with pytest.raises(Conflict, match="yêu cầu bổ sung"):
            supplements.ask(dossier, [MOTHER], by=dung(), **WHY)
        SupplementRequest.objects.update(outcome="answered", ended_at=clock())
        Dossier.objects.filter(pk=dossier.pk).update(state=State.PROCESSING, due_at=clock())
        Pause.objects.update(ended_at=clock())
        assert left(dossier) == 0
        with pytest.raises(BusinessError, match="đã được yêu cầu bổ sung 1 lần"):
            supplements.ask(fresh(dossier), [MOTHER], by=dung(), **WHY)

    def test_a_service_may_allow_none(self, clock: Moments) -> None:
        dossier = taken_up(version=an_offering(supplements_allowed=0))
        with pytest.raises(BusinessError, match="không bổ sung được"):
            asked(dossier)

    @pytest.mark.parametrize(
        ("wanted", "ground", "words"),
        [
            ([], "Luật", "ít nhất một"),
            ([MOTHER], "  ", "căn cứ"),
            ([Wanted("answer", "mother_name", " ")], "Luật", "Ghi rõ cần sửa gì"),
            ([Wanted("answer", "khong-co", "x")], "Luật", "không có nội dung"),
            ([Wanted("paper", "to-khai", "x")], "Luật", "không có nội dung"),
        ],
    )
    def test_what_is_refused(self, clock: Moments, wanted: list[Wanted], ground: str, words: str) -> None:
        dossier = taken_up()
        with pytest.raises(BusinessError, match=words):
            supplements.ask(dossier, wanted, reason="Vì", ground=ground, by=dung())
        assert fresh(dossier).state == State.PROCESSING
        assert not SupplementRequest.objects.exists()

    def test_trouble_says_at_which_item(self, clock: Moments) -> None:
        with pytest.raises(ItemTrouble) as trouble:
            asked(None, MOTHER, Wanted("paper", "chung-sinh", ""))
        assert trouble.value.key == "paper:chung-sinh"

    def test_needs_a_reason_and_the_right_role_and_agency(self, clock: Moments) -> None:
        dossier = taken_up()
        with pytest.raises(BusinessError, match="lý do"):
            supplements.ask(dossier, [MOTHER], reason=" ", ground="Luật", by=dung())
        with pytest.raises(BusinessError, match="vai trò"):
            supplements.ask(dossier, [MOTHER], by=chi(), **WHY)
        with pytest.raises(Http404):
            supplements.ask(dossier, [MOTHER], by=hoa(), **WHY)
        with pytest.raises(Conflict):
            supplements.ask(accepted(), [MOTHER], by=dung(), **WHY)

    def test_a_page_that_is_older_than_a_colleagues_act_is_refused(self, clock: Moments) -> None:
        with pytest.raises(Conflict):
            supplements.ask(taken_up(), [MOTHER], by=dung(), seen="processing.1", **WHY)

    def test_bad_papers_are_suggested_with_their_remark(self, clock: Moments) -> None:
        dossier = taken_up()
        work.judge_paper(dossier, "chung-sinh", "chua-dat", "Thiếu mặt sau", by=dung())
        questions = {one.key: one for _, found in askable(dossier) for one in found}
        assert questions["chung-sinh"].reason == "Thiếu mặt sau"
        assert (questions["mother_name"].text, questions["copies"].reason) == ("Trần Thu Hà", "")
        assert "to-khai" not in questions


@pytest.mark.django_db
class TestTimeIsOver:
    def test_the_job_tells_both_once(self, clock: Moments, run_jobs: RunJobs) -> None:
        dossier = asked()
        request = dossier.supplements.get()
        assert not supplements.note_expiry(request.pk)
        moment = clock.at("26/12/2026 00:00")
        assert "dossiers.supplement_expires" in run_jobs(until=moment)
        assert not supplements.note_expiry(request.pk)
        assert fresh(dossier).events.filter(kind="supplement_expired").count() == 1
        assert Message.objects.filter(template="dossier_supplement_expired", channel="email").count() == 1
        assert fresh(dossier).state == State.SUPPLEMENT

    def test_says_nothing_of_what_is_gone(self, clock: Moments) -> None:
        assert not supplements.note_expiry(999)

    def test_the_desk_ends_it_and_the_wait_never_restarts_the_clock(self, clock: Moments) -> None:
        restart = OfferingVersion.AfterPause.RESTART
        dossier = asked(taken_up(version=an_offering(after_pause=restart)))
        with pytest.raises(BusinessError, match="còn thời gian"):
            supplements.end(dossier, by=dung())
        clock.at("28/12/2026 08:00")
        with pytest.raises(BusinessError, match="vai trò"):
            supplements.end(dossier, by=chi())
        supplements.end(dossier, by=dung())
        dossier = fresh(dossier)
        assert (dossier.state, open_request(dossier)) == (State.PROCESSING, None)
        assert dossier.due_at == at("28/12/2026 16:25")  # what was left of the day, not a day anew
        assert dossier.pauses.get().kind == Pause.Kind.UNANSWERED
        assert Message.objects.filter(template="dossier_supplement_ended").exists()
        with pytest.raises(Conflict):
            supplements.end(dossier, by=dung())

    def test_at_reception_the_desk_ends_it_and_answers_within_its_hours(self, clock: Moments) -> None:
        dossier = asked(submitted())
        clock.at("28/12/2026 08:00")
        with pytest.raises(BusinessError, match="vai trò"):
            supplements.end(dossier, by=dung())
        supplements.end(dossier, by=chi())
        assert fresh(dossier).state == State.SUBMITTED
        assert fresh(dossier).answer_by == at("29/12/2026 08:30")
