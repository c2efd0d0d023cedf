"""What the registrar finds of each paper."""

import pytest
from django.http import Http404

from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Verdict
from motcua.dossiers.services import work
from tests.cast import chi, dung, hoa
from tests.dossiers.stages import accepted, taken_up
from tests.moments import Moments


@pytest.mark.django_db
class TestJudgePaper:
    def test_a_later_finding_replaces_the_earlier(self, clock: Moments) -> None:
        dossier = taken_up()
        work.judge_paper(dossier, "chung-sinh", "chua-dat", "Ảnh mờ", by=dung())
        work.judge_paper(dossier, "chung-sinh", "dat", by=dung())
        verdict = Verdict.objects.get(dossier=dossier)
        assert (verdict.finding, verdict.remark, verdict.by) == ("dat", "", dung())

    def test_a_bad_finding_says_why(self, clock: Moments) -> None:
        with pytest.raises(BusinessError, match="vì sao"):
            work.judge_paper(taken_up(), "chung-sinh", "chua-dat", " ", by=dung())

    def test_only_papers_and_findings_that_exist(self, clock: Moments) -> None:
        dossier = taken_up()
        with pytest.raises(BusinessError, match="không có giấy tờ"):
            work.judge_paper(dossier, "giay-la", "dat", by=dung())
        with pytest.raises(BusinessError, match="Chọn"):
            work.judge_paper(dossier, "chung-sinh", "tam-duoc", by=dung())

    def test_role_state_and_agency(self, clock: Moments) -> None:
        dossier = taken_up()
        with pytest.raises(BusinessError, match="vai trò"):
            work.judge_paper(dossier, "chung-sinh", "dat", by=chi())
        with pytest.raises(Http404):
            work.judge_paper(dossier, "chung-sinh", "dat", by=hoa())
        with pytest.raises(Conflict):
            work.judge_paper(accepted(), "chung-sinh", "dat", by=dung())
