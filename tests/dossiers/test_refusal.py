"""Refuse or stop a dossier: proposed with a ground, signed by the leader, told with a slip."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.utils import timezone

from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.documents.queries import open_blob
from motcua.dossiers.access import document_of_applicant
from motcua.dossiers.models import Dossier, Refusal, State, SupplementRequest
from motcua.dossiers.queries.desk_dossier import stamp_of
from motcua.dossiers.queries.endings import last_said
from motcua.dossiers.queries.people import headline, timeline
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import endings, reception, slips, work
from motcua.notifications.models import Message
from tests.cast import an, at, chi, dung, giang, hoa, khanh
from tests.documents.reading import words
from tests.dossiers.endings import WHY, refusing
from tests.dossiers.stages import accepted, agreed, asking, fresh, proposed, submitted, taken_up
from tests.dossiers.supplements import asked
from tests.moments import Moments

Run = Callable[..., list[str]]


def content(refusal: Refusal) -> str:
    """What the slip says."""
    assert refusal.slip is not None
    with open_blob(refusal.slip.blob) as file:
        return words(file.read())


@pytest.mark.django_db
class TestPropose:
    def test_goes_to_the_leader_and_the_person_hears_nothing_yet(self, clock: Moments) -> None:
        dossier = refusing()
        assert (dossier.state, dossier.step.key if dossier.step else "") == (State.REFUSING, "ky")
        assert dossier.due_at == at("25/11/2026 17:00")  # the clock runs on: a refusal has the same limit
        assert "propose_refusal" not in [event.kind for event in timeline(dossier)]
        assert "từ chối" not in headline(dossier, timezone.now())
        assert not Message.objects.filter(template="dossier_refused").exists()
        refusal = dossier.refusals.get()
        assert (refusal.stage, refusal.outcome, refusal.proposed_by) == ("processing", "", dung())

    @pytest.mark.parametrize(
        ("why", "words"),
        [
            (Why("", "Điều 16"), "lý do"),
            (Why(" \n\u200b", "Điều 16"), "lý do"),
            (Why("ERR_5001", "Điều 16"), "mã lỗi"),
            (Why("Trẻ đã được đăng ký", " "), "căn cứ"),
        ],
    )
    def test_needs_a_reason_in_words_and_a_ground(self, clock: Moments, why: Why, words: str) -> None:
        with pytest.raises(BusinessError, match=words):
            endings.propose_refusal(taken_up(), why, by=dung())
        assert not Refusal.objects.exists()

    def test_role_state_and_agency(self, clock: Moments) -> None:
        dossier = taken_up()
        for other in (chi(), giang(), khanh()):
            with pytest.raises(BusinessError, match="vai trò"):
                endings.propose_refusal(dossier, WHY, by=other)
        with pytest.raises(Http404):
            endings.propose_refusal(dossier, WHY, by=hoa())
        for elsewhere in (accepted(), asking(), proposed()):
            with pytest.raises(Conflict):
                endings.propose_refusal(elsewhere, WHY, by=dung())
        endings.propose_refusal(dossier, WHY, by=dung())
        with pytest.raises(Conflict, match="trình từ chối"):
            endings.propose_refusal(dossier, WHY, by=dung())

    def test_begins_with_what_is_wrong_with_the_papers(self, clock: Moments) -> None:
        dossier = taken_up()
        assert last_said(dossier) == ("", "", "")
        work.judge_paper(dossier, "chung-sinh", "chua-dat", "Không phải của trẻ này", by=dung())
        assert last_said(dossier) == ("Giấy chứng sinh: Không phải của trẻ này", "", "")


@pytest.mark.django_db
class TestRefuse:
    def test_ends_the_dossier_and_tells_why(self, clock: Moments, run_jobs: Run) -> None:
        dossier = refusing()
        clock.forward(minutes=20)
        endings.refuse(dossier, by=giang())
        dossier = fresh(dossier)
        assert (dossier.state, dossier.step, dossier.finished_at) == (State.REFUSED, None, clock.moment)
        event = timeline(dossier)[0]
        assert (event.title, event.text) == ("Từ chối giải quyết hồ sơ", WHY.reason)
        letter = Message.objects.get(template="dossier_refused", channel="email").body
        assert WHY.reason in letter
        assert "khiếu nại" in letter
        assert "Ben Do" not in Message.objects.get(template="dossier_refused", channel="sms").body
        assert Event.objects.filter(act="dossier.refused").count() == 1
        assert "dossiers.make_refusal_slip" in run_jobs()

    def test_only_the_leader_and_only_what_they_saw(self, clock: Moments) -> None:
        dossier = refusing()
        seen = stamp_of(dossier)
        for other in (chi(), dung(), khanh()):
            with pytest.raises(BusinessError, match="Lãnh đạo"):
                endings.refuse(dossier, by=other)
        with pytest.raises(Http404):
            endings.refuse(dossier, by=hoa())
        work.send_back(dossier, by=giang(), reason="Hỏi lại phường Bến Đò")
        endings.propose_refusal(dossier, WHY, by=dung())
        with pytest.raises(Conflict, match="trình từ chối"):
            endings.refuse(dossier, by=giang(), seen=seen)
        endings.refuse(dossier, by=giang(), seen=stamp_of(fresh(dossier)))
        with pytest.raises(Conflict, match="ký từ chối"):
            endings.refuse(dossier, by=giang())

    def test_an_approval_is_no_way_out_of_a_refusal(self, clock: Moments) -> None:
        with pytest.raises(Conflict):
            work.approve(refusing(), by=giang())
        with pytest.raises(Conflict):
            endings.refuse(proposed(), by=giang())

    def test_sent_back_it_goes_on_and_its_words_are_kept(self, clock: Moments) -> None:
        dossier = refusing()
        work.send_back(dossier, by=giang(), reason="Hỏi lại phường Bến Đò")
        dossier = fresh(dossier)
        assert (dossier.state, dossier.step.key if dossier.step else "") == (State.PROCESSING, "tham-tra")
        assert dossier.refusals.get().outcome == Refusal.Outcome.SENT_BACK
        assert last_said(dossier) == (WHY.reason, WHY.ground, WHY.right_agency)
        work.send_draft(dossier, {"child_name": "Lê Minh Khuê", "agency": "UBND"}, by=dung())  # and may still succeed


@pytest.mark.django_db
class TestStop:
    def test_the_leader_ends_what_cant_go_on(self, clock: Moments) -> None:
        dossier = taken_up()
        endings.stop(dossier, Why("Người nộp không bổ sung trong thời hạn.", "Nghị định số 118/2025/NĐ-CP"), by=giang())
        dossier = fresh(dossier)
        assert (dossier.state, dossier.refusals.get().stage) == (State.STOPPED, "stopped")
        assert Message.objects.filter(template="dossier_stopped").count() == 2

    def test_a_supplement_that_never_came(self, clock: Moments) -> None:
        dossier = asked()
        clock.at("28/12/2026 09:00")
        endings.stop(dossier, Why("Người nộp không bổ sung trong thời hạn.", "Nghị định số 118/2025/NĐ-CP"), by=giang())
        assert fresh(dossier).state == State.STOPPED
        assert dossier.supplements.get().outcome == SupplementRequest.Outcome.ENDED

    def test_role_and_reason(self, clock: Moments) -> None:
        dossier = taken_up()
        with pytest.raises(BusinessError, match="Lãnh đạo"):
            endings.stop(dossier, WHY, by=dung())
        with pytest.raises(BusinessError, match="căn cứ"):
            endings.stop(dossier, Why("Không bổ sung"), by=giang())
        with pytest.raises(Conflict):
            endings.stop(agreed_and_refused(), WHY, by=giang())


def agreed_and_refused() -> Dossier:
    dossier = agreed()
    endings.propose_refusal(dossier, WHY, by=dung())
    endings.refuse(dossier, by=giang())
    return fresh(dossier)


@pytest.mark.django_db
class TestSlip:
    def test_of_a_refusal(self, clock: Moments, run_jobs: Run) -> None:
        dossier = agreed_and_refused()
        run_jobs()
        text = content(dossier.refusals.get())
        for said in (
            "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ", str(dossier.code), dossier.ref, "Nguyễn Thị An", "098196004217",
            "Thủ tục đăng ký khai sinh", WHY.reason, WHY.ground, "phường Bến Đò", "CHỦ TỊCH", "Võ Hoàng Giang",
            "khiếu nại trong 90 ngày",
        ):  # fmt: skip
            assert said in text, said

    def test_of_a_dossier_that_was_not_taken_in(self, clock: Moments, run_jobs: Run) -> None:
        dossier = submitted()
        reception.decline(dossier, Why("Trẻ không cư trú\nở phường Hoa Sen."), by=chi())
        run_jobs()
        text = content(dossier.refusals.get())
        assert "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ" in text
        assert "Căn cứ" not in text.replace("căn cước", "")
        assert "Trần Thị Chi" in text
        assert "Mã hồ sơ" not in text

    def test_of_a_stop(self, clock: Moments, run_jobs: Run) -> None:
        dossier = taken_up()
        endings.stop(dossier, WHY, by=giang())
        run_jobs()
        assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in content(dossier.refusals.get())

    def test_is_made_once_and_only_its_person_has_it(self, clock: Moments, run_jobs: Run) -> None:
        dossier = agreed_and_refused()
        run_jobs()
        refusal = dossier.refusals.get()
        slips.make_refusal_slip(refusal.pk)
        assert Refusal.objects.get().slip_id == refusal.slip_id
        assert refusal.slip is not None
        assert document_of_applicant(an(), dossier.ref, refusal.slip.pk) == refusal.slip
        with pytest.raises(Http404):
            document_of_applicant(hoa(), dossier.ref, refusal.slip.pk)
