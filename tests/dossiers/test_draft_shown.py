"""The draft of the result: sent, agreed to, objected to, or left unanswered."""

from collections.abc import Callable

import pytest
from django.http import Http404

from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Pause, ResultDraft, State
from motcua.dossiers.queries.results import draft_values, suggested_values
from motcua.dossiers.services import work
from motcua.notifications.models import Message
from tests.cast import an, at, binh, chi, dung, hoa
from tests.dossiers.stages import VALUES, accepted, agreed, asking, fresh, taken_up
from tests.factories import an_offering
from tests.moments import Moments

RunJobs = Callable[..., list[str]]


@pytest.mark.django_db
class TestSendDraft:
    def test_stops_the_clock_and_asks_the_applicant(self, clock: Moments) -> None:
        dossier = asking()
        draft = dossier.drafts.get()
        assert (dossier.state, dossier.due_at) == (State.CONFIRMING, None)
        assert draft.answer_by == at("26/11/2026 23:59")
        assert draft.values["child_name"] == "Lê Minh Khuê"
        pause = dossier.pauses.get()
        assert (pause.kind, pause.ended_at, pause.due_before) == ("confirm_draft", None, at("25/11/2026 17:00"))
        email = Message.objects.get(template="dossier_draft_ready", channel="email")
        assert "23:59" in email.body

    def test_keeps_only_what_the_mapping_knows(self, clock: Moments) -> None:
        dossier = taken_up()
        draft = work.send_draft(dossier, {**VALUES, "number": "1/2026", "child_name": "Lê\u200b  Minh Khuê"}, by=dung())
        assert "number" not in draft.values
        assert draft.values["child_name"] == "Lê Minh Khuê"

    def test_without_a_name_there_is_no_draft(self, clock: Moments) -> None:
        dossier = taken_up()
        with pytest.raises(BusinessError, match="còn thiếu"):
            work.send_draft(dossier, {**VALUES, "child_name": ""}, by=dung())
        assert fresh(dossier).state == State.PROCESSING

    def test_role_state_and_agency(self, clock: Moments) -> None:
        dossier = taken_up()
        with pytest.raises(BusinessError, match="vai trò"):
            work.send_draft(dossier, VALUES, by=chi())
        with pytest.raises(Http404):
            work.send_draft(dossier, VALUES, by=hoa())
        with pytest.raises(Conflict):
            work.send_draft(accepted(), VALUES, by=dung())
        work.send_draft(dossier, VALUES, by=dung())
        with pytest.raises(Conflict, match="gửi bản nháp"):
            work.send_draft(dossier, VALUES, by=dung())

    def test_a_service_without_drafts_refuses(self, clock: Moments) -> None:
        with pytest.raises(BusinessError, match="không gửi bản nháp"):
            work.send_draft(taken_up(version=an_offering(confirm_days=0)), VALUES, by=dung())

    def test_values_are_suggested_by_the_mapping_alone(self, clock: Moments) -> None:
        values = {value.key: value.text for value in suggested_values(taken_up())}
        assert values["child_name"] == "Lê Minh Khuê"
        assert values["child_birth_date"] == "12/11/2026"
        assert values["child_birth_words"].startswith("Ngày mười hai tháng mười một")
        assert values["agency"] == "Ủy ban nhân dân phường Hoa Sen"
        assert values["requester_document"] == "Căn cước số 098196004217"
        assert values["registered_on"] == "25/11/2026"

    def test_the_editor_goes_on_from_the_last_draft(self, clock: Moments) -> None:
        dossier = taken_up()
        work.send_draft(dossier, {**VALUES, "mother_name": "Trần Thị Thu Hà"}, by=dung())
        values = {value.key: value for value in draft_values(dossier)}
        assert values["mother_name"].text == "Trần Thị Thu Hà"
        assert values["mother_name"].label == "Họ tên mẹ"


@pytest.mark.django_db
class TestAnswerDraft:
    def test_agreement_resumes_the_clock(self, clock: Moments) -> None:
        dossier = asking()
        clock.at("25/11/2026 20:00")
        draft = work.answer_draft(dossier, by=an(), agree=True)
        dossier = fresh(dossier)
        assert (draft.answer, dossier.state) == (ResultDraft.Answer.CONFIRMED, State.PROCESSING)
        # 8:35 to 17:00 was left, less lunch: 6 hours 25 of the next day
        assert dossier.due_at == at("26/11/2026 15:55")
        assert dossier.pauses.get().due_after == dossier.due_at

    def test_objection_goes_back_with_its_remark(self, clock: Moments) -> None:
        dossier = asking()
        work.answer_draft(dossier, by=an(), agree=False, remark="Tên mẹ là Trần Thị Thu Hà")
        draft = dossier.drafts.get()
        assert (draft.answer, draft.remark) == (ResultDraft.Answer.OBJECTED, "Tên mẹ là Trần Thị Thu Hà")
        assert fresh(dossier).events.get(kind="object_draft").text == "Tên mẹ là Trần Thị Thu Hà"
        with pytest.raises(BusinessError, match="đề nghị sửa"):
            work.propose(dossier, by=dung())

    def test_an_objection_says_what(self, clock: Moments) -> None:
        with pytest.raises(BusinessError):
            work.answer_draft(asking(), by=an(), agree=False, remark=" ")

    def test_is_hidden_from_strangers_and_officers(self, clock: Moments) -> None:
        dossier = asking()
        for stranger in (binh(), dung()):
            with pytest.raises(Http404):
                work.answer_draft(dossier, by=stranger, agree=True)

    def test_twice_is_a_conflict(self, clock: Moments) -> None:
        dossier = agreed()
        with pytest.raises(Conflict):
            work.answer_draft(dossier, by=an(), agree=False, remark="Khoan đã")

    def test_a_second_draft_can_be_shown_after_an_objection(self, clock: Moments) -> None:
        dossier = asking()
        work.answer_draft(dossier, by=an(), agree=False, remark="Sai tên mẹ")
        clock.at("25/11/2026 10:00")
        work.send_draft(dossier, VALUES, by=dung())
        assert fresh(dossier).drafts.count() == 2
        assert Message.objects.filter(template="dossier_draft_ready", channel="sms").count() == 2


@pytest.mark.django_db
class TestSilence:
    def test_agrees_after_the_day_by_the_job(self, clock: Moments, run_jobs: RunJobs) -> None:
        dossier = asking()
        run_jobs(fail=True)
        assert fresh(dossier).state == State.CONFIRMING
        clock.at("26/11/2026 23:59")
        assert "dossiers.silence_agrees" in run_jobs(fail=True)
        dossier = fresh(dossier)
        assert dossier.state == State.PROCESSING
        assert dossier.drafts.get().answer == ResultDraft.Answer.SILENT
        assert dossier.due_at == at("27/11/2026 15:55")
        assert Event.objects.get(act="dossier.draft_silent").actor_name == "Hệ thống"

    def test_a_rerun_changes_nothing(self, clock: Moments) -> None:
        dossier = asking()
        draft = dossier.drafts.get()
        clock.at("27/11/2026 08:00")
        assert work.silence_agrees(draft.pk) is True
        due = fresh(dossier).due_at
        clock.at("27/11/2026 09:00")
        assert work.silence_agrees(draft.pk) is False
        assert work.treat_silence_as_consent(dossier) is False
        assert fresh(dossier).due_at == due
        assert Pause.objects.count() == 1

    def test_comes_too_early_or_too_late_for_nothing(self, clock: Moments) -> None:
        assert work.treat_silence_as_consent(asking()) is False
        dossier = asking()
        work.answer_draft(dossier, by=an(), agree=False, remark="Sai tên")
        clock.at("30/11/2026 08:00")
        assert work.silence_agrees(dossier.drafts.get().pk) is False
        assert dossier.drafts.get().answer == ResultDraft.Answer.OBJECTED

    def test_the_job_of_an_answered_draft_leaves_the_next_one_alone(self, clock: Moments) -> None:
        dossier = asking()
        first = dossier.drafts.get()
        work.answer_draft(dossier, by=an(), agree=False, remark="Sai tên")
        clock.at("26/11/2026 16:00")
        work.send_draft(dossier, VALUES, by=dung())
        clock.at("27/11/2026 00:00")
        assert work.silence_agrees(first.pk) is False
        assert fresh(dossier).state == State.CONFIRMING
