"""Put the result before the leader, who signs or sends it back."""

import pytest
from django.http import Http404

from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Decision, State
from motcua.dossiers.queries.desk_dossier import stamp_of
from motcua.dossiers.services import work
from motcua.notifications.models import Message
from tests.cast import at, chi, dung, giang, hoa, khanh
from tests.dossiers.stages import VALUES, accepted, agreed, fresh, proposed, taken_up
from tests.factories import an_offering
from tests.moments import Moments


@pytest.mark.django_db
class TestPropose:
    def test_goes_to_the_leaders_step(self, clock: Moments) -> None:
        dossier = fresh(proposed())
        assert dossier.state == State.SIGNING
        assert dossier.step is not None
        assert dossier.step.key == "ky"
        assert dossier.due_at == at("25/11/2026 17:00")

    def test_only_what_the_applicant_has_agreed_to(self, clock: Moments) -> None:
        with pytest.raises(BusinessError, match="Gửi bản nháp"):
            work.propose(taken_up(), by=dung())

    def test_where_no_draft_is_shown_it_goes_at_once(self, clock: Moments) -> None:
        dossier = taken_up(version=an_offering(confirm_days=0))
        work.propose(dossier, by=dung(), values={**VALUES, "mother_name": "Trần Thị Thu Hà"})
        draft = dossier.drafts.get()
        assert draft.shown_at is None
        assert draft.values["mother_name"] == "Trần Thị Thu Hà"

    def test_a_list_keeps_its_lines_and_is_never_cut_in_silence(self, clock: Moments) -> None:
        dossier = taken_up(version=an_offering(confirm_days=0))
        members = "\n".join(f"Thành viên thứ {number}, sinh ngày 01/01/1990" for number in range(300))
        assert work.kept_values(dossier, {"mother_name": members})["mother_name"] == members
        with pytest.raises(BusinessError, match="quá dài"):
            work.propose(dossier, by=dung(), values={**VALUES, "mother_name": "A" * 100_001})

    def test_role_state_and_agency(self, clock: Moments) -> None:
        dossier = agreed()
        with pytest.raises(BusinessError, match="vai trò"):
            work.propose(dossier, by=giang())
        with pytest.raises(Http404):
            work.propose(dossier, by=hoa())
        with pytest.raises(Conflict):
            work.propose(accepted(), by=dung())
        work.propose(dossier, by=dung())
        with pytest.raises(Conflict, match="trình ký"):
            work.propose(dossier, by=dung())


@pytest.mark.django_db
class TestApprove:
    def test_signs_what_was_proposed(self, clock: Moments) -> None:
        dossier = proposed()
        decision = work.approve(dossier, by=giang())
        assert (decision.outcome, decision.draft) == (Decision.Outcome.APPROVED, dossier.drafts.get())
        dossier = fresh(dossier)
        assert dossier.state == State.APPROVED
        assert dossier.events.get(kind="approve").title == "Chủ tịch đã ký Giấy khai sinh"
        assert Message.objects.filter(template="dossier_approved").count() == 2

    def test_needs_the_leader(self, clock: Moments) -> None:
        dossier = proposed()
        for other in (chi(), dung(), khanh()):
            with pytest.raises(BusinessError, match="Lãnh đạo"):
                work.approve(dossier, by=other)
        with pytest.raises(Http404):
            work.approve(dossier, by=hoa())

    def test_not_before_it_is_proposed_and_not_twice(self, clock: Moments) -> None:
        with pytest.raises(Conflict):
            work.approve(agreed(), by=giang())
        dossier = proposed()
        work.approve(dossier, by=giang())
        with pytest.raises(Conflict, match="Võ Hoàng Giang ký duyệt lúc 8:35"):
            work.approve(dossier, by=giang())

    def test_a_page_from_before_it_was_sent_back_signs_nothing(self, clock: Moments) -> None:
        dossier = proposed()
        page = stamp_of(dossier)
        work.send_back(dossier, by=giang(), reason="Sai nơi sinh")
        work.propose(dossier, by=dung())
        with pytest.raises(Conflict, match="trình ký"):
            work.approve(dossier, by=giang(), seen=page)
        assert fresh(dossier).state == State.SIGNING


@pytest.mark.django_db
class TestSendBack:
    def test_returns_to_the_registrar_with_the_reason(self, clock: Moments) -> None:
        dossier = proposed()
        work.send_back(dossier, by=giang(), reason="Nơi sinh ghi thiếu tên bệnh viện")
        dossier = fresh(dossier)
        assert dossier.state == State.PROCESSING
        assert dossier.step is not None
        assert dossier.step.key == "tham-tra"
        event = dossier.events.get(kind="send_back")
        assert (event.text, event.for_people) == ("Nơi sinh ghi thiếu tên bệnh viện", False)
        assert dossier.due_at == at("25/11/2026 17:00")

    def test_needs_reason_role_and_agency(self, clock: Moments) -> None:
        dossier = proposed()
        with pytest.raises(BusinessError, match="lý do"):
            work.send_back(dossier, by=giang(), reason="  ")
        with pytest.raises(BusinessError, match="Lãnh đạo"):
            work.send_back(dossier, by=dung(), reason="Không")
        with pytest.raises(Http404):
            work.send_back(dossier, by=hoa(), reason="Không")
