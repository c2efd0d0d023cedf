"""A supplement answered by the person: only what was asked for and what it brings along; both sides are kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.http import Http404, QueryDict

from motcua.core.errors import BusinessError
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, PaymentState, State, SupplementFile, Verdict
from motcua.dossiers.queries import supplements as reads
from motcua.dossiers.rules.merging import Seen, mark_of
from motcua.dossiers.rules.supplements import Wanted
from motcua.dossiers.services import endings, supplementing, supplements, work
from motcua.dossiers.services.submission import NotReady
from motcua.dossiers.services.supplements import Ended
from motcua.eforms.models import FormDefinition
from motcua.eforms.rules import Answers
from motcua.notifications.models import Message
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import ProcedureVersion, Requirement
from motcua.procedures.queries import Needed, requirements_for
from tests.cast import an, at, binh, dung
from tests.dossiers.stages import fresh, submitted, taken_up
from tests.dossiers.supplements import MOTHER, NOTICE, asked, picture, renew, type_
from tests.factories import FORM, an_offering
from tests.moments import Moments

RunJobs = Callable[..., list[str]]
# How the child was born opens a question, and one answer calls for another paper.
LATE_FORM: dict[str, Any] = {
    **FORM,
    "key": "khai-sinh-muon",
    "pages": [
        {
            **FORM["pages"][0],
            "items": [
                *FORM["pages"][0]["items"],
                {
                    "field": "when", "kind": "choice", "label": "Đăng ký lúc nào?",
                    "options": [{"value": "dung", "label": "Đúng hạn"}, {"value": "muon", "label": "Quá hạn"}],
                },
                {
                    "field": "why_late", "kind": "text", "label": "Vì sao muộn?", "required": True,
                    "shown_if": {"field": "when", "is": "muon"},
                },
            ],
        }
    ],
}  # fmt: skip


def late_dossier(**answers: Any) -> Dossier:
    form = FormDefinition.objects.create(
        key=LATE_FORM["key"], version=1, title="Tờ khai", definition=LATE_FORM, published_at=at("01/01/2026 08:00")
    )
    base = {"child_name": "Lê Minh Khuê", "birth_date": "2026-11-12", "mother_name": "Trần Thu Hà"}
    return taken_up(version=an_offering(form=form), answers=base | answers)


@pytest.mark.django_db
class TestWorkingCopy:
    def test_what_is_typed_is_kept_and_reaches_nothing_else(self, clock: Moments) -> None:
        dossier = asked()
        saved = type_(dossier, "mother_name=Trần Thị Thu Hà&child_name=Hack&copies=9")
        assert saved.work.answering.changed == ["mother_name"]
        assert fresh(dossier).answers["mother_name"] == "Trần Thu Hà"
        request = reads.open_request(fresh(dossier))
        assert request is not None
        assert (request.answers["mother_name"], request.answers["child_name"]) == ("Trần Thị Thu Hà", "Lê Minh Khuê")
        assert request.revision == 1

    def test_an_invalid_answer_is_kept_too(self, clock: Moments) -> None:
        dossier = asked(None, Wanted("answer", "birth_date", "Sai ngày"))
        work_ = type_(dossier, "birth_date__day=31&birth_date__month=2&birth_date__year=2026").work
        assert reads.answer_problems(work_)
        assert work_.answering.after["birth_date"]["day"] == "31"

    def test_two_windows_lose_nothing(self, clock: Moments) -> None:
        dossier = asked(None, MOTHER, Wanted("answer", "child_name", "Sai dấu"))
        shown = {"child_name": mark_of("Lê Minh Khuê"), "mother_name": mark_of("Trần Thu Hà")}
        type_(dossier, "mother_name=Hà Mới", seen=Seen(0, "mot", 1, shown))
        saved = type_(dossier, "child_name=Lê Minh Khuề&mother_name=Trần Thu Hà", seen=Seen(0, "hai", 1, shown))
        assert saved.work.answering.after["mother_name"] == "Hà Mới"
        assert saved.work.answering.after["child_name"] == "Lê Minh Khuề"
        assert not saved.overwritten
        saved = type_(dossier, "mother_name=Hà Khác", seen=Seen(0, "hai", 2, shown))
        assert [(one.label, one.other) for one in saved.overwritten] == [("Người được khai sinh: Họ tên mẹ", "Hà Mới")]

    def test_files_come_and_go_and_the_old_ones_stay_known(self, clock: Moments) -> None:
        dossier = asked()
        renew(dossier)
        paper = reads.work_on(fresh(dossier), reads.open_request(fresh(dossier))).papers[0]  # type: ignore[arg-type]
        assert [one.document.name for one in paper.files] == ["chung-sinh-moi.jpg"]
        assert [one.document.name for one in paper.old] == ["giay-chung-sinh.jpg"]
        assert paper.is_changed
        assert fresh(dossier).attachments.get().document.name == "giay-chung-sinh.jpg"
        supplementing.attach(dossier, "chung-sinh", picture(), by=an())  # a second click
        assert SupplementFile.objects.filter(which="new").count() == 1

    def test_other_papers_stay_closed(self, clock: Moments) -> None:
        dossier = asked()
        with pytest.raises(BusinessError, match="không yêu cầu"):
            supplementing.attach(dossier, "uy-quyen", picture(), by=an())

    def test_a_working_copys_files_are_the_persons_only(self, clock: Moments) -> None:
        dossier = asked()
        renew(dossier)
        document = SupplementFile.objects.get(which="new").document
        assert access.document_of_applicant(an(), dossier.ref, document.pk) == document
        with pytest.raises(Http404):
            access.document_for_officer(dung(), dossier.ref, document.pk)
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        supplementing.send(dossier, by=an())
        assert access.document_for_officer(dung(), dossier.ref, document.pk) == document
        old = SupplementFile.objects.get(which="old").document
        assert access.document_for_officer(dung(), dossier.ref, old.pk) == old

    def test_strangers_find_nothing(self, clock: Moments) -> None:
        dossier = asked()
        for act in (
            lambda: supplementing.save_answers(dossier, QueryDict("mother_name=X"), by=binh()),
            lambda: supplementing.attach(dossier, "chung-sinh", picture(), by=binh()),
            lambda: supplementing.detach(dossier, 1, by=binh()),
            lambda: supplementing.send(dossier, by=binh()),
        ):
            with pytest.raises(Http404):
                act()


@pytest.mark.django_db
class TestSend:
    def test_both_sides_are_kept_and_the_clock_goes_on(self, clock: Moments) -> None:
        dossier = taken_up()
        work.judge_paper(dossier, "chung-sinh", "chua-dat", "Mờ", by=dung())
        dossier = asked(dossier)
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        renew(dossier)
        clock.at("26/11/2026 08:00")
        dossier = supplementing.send(dossier, by=an())
        assert (dossier.state, dossier.due_at) == (State.PROCESSING, at("26/11/2026 16:25"))
        assert dossier.answers["mother_name"] == "Trần Thị Thu Hà"
        assert dossier.attachments.get().document.name == "chung-sinh-moi.jpg"
        assert not Verdict.objects.exists()
        request = dossier.supplements.get()
        assert (request.outcome, request.ended_at) == ("answered", clock())
        (story,) = reads.stories(fresh(dossier), clock())
        answer, paper = story.changes
        assert (answer.before, answer.after) == ("Trần Thu Hà", "Trần Thị Thu Hà")
        assert [one.document.name for one in paper.new] == ["chung-sinh-moi.jpg"]
        assert [one.document.name for one in reads.old_files([story])] == ["giay-chung-sinh.jpg"]
        assert "16:25" in Message.objects.get(template="dossier_supplemented", channel="email").body

    def test_a_file_that_stays_keeps_its_moment(self, clock: Moments) -> None:
        dossier = asked(None, NOTICE)
        moment = dossier.attachments.get().added_at
        supplementing.attach(dossier, "chung-sinh", picture(), by=an())
        clock.at("26/11/2026 08:00")
        dossier = supplementing.send(dossier, by=an())
        assert [one.added_at for one in dossier.attachments.all()] == [moment, clock()]

    def test_the_clock_begins_anew_where_the_service_says_so(self, clock: Moments) -> None:
        restart = OfferingVersion.AfterPause.RESTART
        dossier = asked(taken_up(version=an_offering(after_pause=restart)), MOTHER)
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        clock.at("26/11/2026 08:00")
        assert supplementing.send(dossier, by=an()).due_at == at("26/11/2026 17:00")

    def test_at_reception_the_hours_begin_anew(self, clock: Moments) -> None:
        dossier = asked(submitted(), MOTHER)
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        clock.at("26/11/2026 08:00")
        dossier = supplementing.send(dossier, by=an())
        assert (dossier.state, dossier.answer_by) == (State.SUBMITTED, at("27/11/2026 08:30"))
        assert dossier.held_by is None

    def test_but_not_while_the_fee_is_awaited(self, clock: Moments) -> None:
        dossier = asked(submitted(payment_state=PaymentState.ASKED, answer_by=None), MOTHER)
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        assert supplementing.send(dossier, by=an()).answer_by is None

    def test_the_subject_follows(self, clock: Moments) -> None:
        dossier = asked(None, Wanted("answer", "child_name", "Sai dấu"))
        type_(dossier, "child_name=Lê Minh Khuề")
        dossier = supplementing.send(dossier, by=an())
        assert dossier.subject_name == "Lê Minh Khuề"
        assert "khue" in dossier.folded

    def test_the_fee_follows(self, clock: Moments) -> None:
        dossier = asked(None, Wanted("answer", "copies", "Cần mấy bản?"))
        type_(dossier, "copies=5")
        dossier = supplementing.send(dossier, by=an())
        assert (dossier.fee_total, dossier.delivery["copies"]) == (40_000, 5)

    def test_what_stays_needs_a_word(self, clock: Moments) -> None:
        dossier = asked()
        with pytest.raises(NotReady) as trouble:
            supplementing.send(dossier, by=an())
        assert "“Giấy chứng sinh”" in trouble.value.problems[0].message
        assert trouble.value.problems[0].html_id == "ghi-chu"
        dossier = supplementing.send(dossier, by=an(), remark="Giấy gốc ghi đúng như vậy")
        assert dossier.supplements.get().remark == "Giấy gốc ghi đúng như vậy"
        assert dossier.events.get(kind="supplement").text == "Giấy gốc ghi đúng như vậy"

    def test_nothing_wrong_or_missing_goes_out(self, clock: Moments) -> None:
        dossier = asked(None, Wanted("answer", "child_name", "Sai dấu"), NOTICE)
        type_(dossier, "child_name=")
        supplementing.detach(dossier, SupplementFile.objects.get(which="new").pk, by=an())
        with pytest.raises(NotReady) as trouble:
            supplementing.send(dossier, by=an(), remark="x")
        assert [one.html_id for one in trouble.value.problems] == ["child-name", "tep-chung-sinh"]
        assert fresh(dossier).state == State.SUPPLEMENT

    def test_a_second_click_finds_it_sent(self, clock: Moments) -> None:
        dossier = asked(None, MOTHER)
        supplementing.send(dossier, by=an(), remark="Đúng rồi")
        for act in (
            lambda: supplementing.send(dossier, by=an()),
            lambda: type_(dossier, "mother_name=X"),
            lambda: supplementing.attach(dossier, "chung-sinh", picture(), by=an()),
        ):
            with pytest.raises(Ended, match="không còn chờ bổ sung"):
                act()

    def test_late_is_taken_until_the_desk_ends_it(self, clock: Moments) -> None:
        dossier = asked(None, MOTHER)
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        clock.at("28/12/2026 08:00")
        dossier = supplementing.send(dossier, by=an())
        assert dossier.supplements.get().outcome == "late"
        assert "sau thời hạn" in dossier.events.get(kind="supplement").title

    def test_after_the_desk_has_ended_it_what_was_typed_is_still_there(self, clock: Moments) -> None:
        dossier = asked(None, MOTHER)
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        clock.at("28/12/2026 08:00")
        supplements.end(dossier, by=dung())
        with pytest.raises(Ended):
            supplementing.send(dossier, by=an())
        last = reads.last_request(fresh(dossier))
        assert last is not None
        assert (last.outcome, last.answers["mother_name"]) == ("ended", "Trần Thị Thu Hà")
        assert fresh(dossier).answers["mother_name"] == "Trần Thu Hà"

    def test_a_withdrawal_ends_it(self, clock: Moments) -> None:
        dossier = asked(None, MOTHER)
        endings.withdraw(dossier, by=an(), reason="Nộp lại sau")
        with pytest.raises(Ended):
            supplementing.send(fresh(dossier), by=an())
        assert not supplements.note_expiry(dossier.supplements.get().pk)


@pytest.mark.django_db
class TestWhatComesAlong:
    def test_a_question_that_the_new_answer_opens(self, clock: Moments) -> None:
        dossier = asked(late_dossier(when="dung"), Wanted("answer", "when", "Đã quá 60 ngày"))
        saved = type_(dossier, "when=muon")
        assert saved.work.answering.open == ["when", "why_late"]
        with pytest.raises(NotReady):
            supplementing.send(dossier, by=an())
        type_(dossier, "when=muon&why_late=Mẹ ốm")
        dossier = supplementing.send(dossier, by=an())
        (story,) = reads.stories(dossier, clock())
        assert [(one.label, one.reason, one.after) for one in story.changes][1] == (
            "Người được khai sinh: Vì sao muộn?", "", "Mẹ ốm",
        )  # fmt: skip

    def test_a_question_that_it_hides_is_shown_as_gone(self, clock: Moments) -> None:
        dossier = asked(
            late_dossier(when="muon", why_late="Mẹ ốm"), Wanted("answer", "when", "Còn trong hạn"),
            Wanted("answer", "why_late", "Không rõ"),
        )  # fmt: skip
        assert type_(dossier, "when=dung").work.kept == []
        dossier = supplementing.send(dossier, by=an())
        assert "why_late" not in dossier.answers
        (story,) = reads.stories(dossier, clock())
        assert [(one.before, one.after) for one in story.changes] == [("Quá hạn", "Đúng hạn"), ("Mẹ ốm", "")]

    def test_a_change_that_was_taken_back_leaves_no_trace(self, clock: Moments) -> None:
        dossier = asked(late_dossier(when="dung"), Wanted("answer", "when", "Đã quá 60 ngày"))
        type_(dossier, "when=muon")
        type_(dossier, "when=muon&why_late=Mẹ ốm")
        saved = type_(dossier, "when=dung")
        assert (saved.work.answering.open, saved.work.answering.changed) == (["when"], [])

    def test_a_paper_that_the_new_answer_calls_for(self, clock: Moments, monkeypatch: pytest.MonkeyPatch) -> None:
        def late_needs_it(version: ProcedureVersion, answers: Answers) -> list[Needed[Requirement]]:
            late = answers.get("when") == "muon"
            return [replace(one, required=one.required or late) for one in requirements_for(version, answers)]

        monkeypatch.setattr(reads, "requirements_for", late_needs_it)
        dossier = late_dossier(when="dung")
        dossier = asked(dossier, Wanted("answer", "when", "Đã quá 60 ngày"))
        type_(dossier, "when=muon")
        work_ = type_(dossier, "when=muon&why_late=Mẹ ốm").work
        assert [(one.key, one.reason) for one in work_.papers] == [("uy-quyen", "")]
        with pytest.raises(NotReady, match="chưa đủ"):
            supplementing.send(dossier, by=an())
        supplementing.attach(dossier, "uy-quyen", picture(), by=an())
        dossier = supplementing.send(dossier, by=an())
        assert dossier.attachments.filter(requirement_key="uy-quyen").count() == 1
