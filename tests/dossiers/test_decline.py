"""Decline a dossier at reception, with a reason."""

import pytest
from django.http import Http404

from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import State
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import reception
from motcua.notifications.models import Message
from tests.cast import chi, dung, hoa
from tests.dossiers.stages import accepted, fresh, submitted
from tests.moments import Moments

REASON = "Giấy chứng sinh chụp mờ, không đọc được số."


@pytest.mark.django_db
class TestDecline:
    def test_ends_the_dossier_and_tells_why(self, clock: Moments) -> None:
        dossier = fresh(reception.decline(submitted(), Why(f"  {REASON} "), by=chi()))
        assert (dossier.state, dossier.code, dossier.step) == (State.DECLINED, None, None)
        assert dossier.finished_at == clock.moment
        assert dossier.events.get(kind="decline").text == REASON
        assert REASON in Message.objects.get(template="dossier_declined", channel="email").body
        assert "Giay chung sinh" not in Message.objects.get(template="dossier_declined", channel="sms").body

    @pytest.mark.parametrize("reason", ["", "   ", "\n\u200b"])
    def test_needs_a_reason(self, clock: Moments, reason: str) -> None:
        with pytest.raises(BusinessError, match="lý do"):
            reception.decline(submitted(), Why(reason), by=chi())

    def test_needs_the_reception_role(self, clock: Moments) -> None:
        with pytest.raises(BusinessError, match="vai trò"):
            reception.decline(submitted(), Why(REASON), by=dung())

    def test_is_hidden_from_other_agencies(self, clock: Moments) -> None:
        with pytest.raises(Http404):
            reception.decline(submitted(), Why(REASON), by=hoa())

    def test_is_refused_when_a_colleague_has_accepted(self, clock: Moments) -> None:
        dossier = accepted()
        with pytest.raises(Conflict, match="Trần Thị Chi tiếp nhận lúc 8:35"):
            reception.decline(dossier, Why(REASON), by=chi())

    def test_twice_is_a_conflict(self, clock: Moments) -> None:
        dossier = submitted()
        reception.decline(dossier, Why(REASON), by=chi())
        with pytest.raises(Conflict, match="trả lời không tiếp nhận"):
            reception.decline(dossier, Why(REASON), by=chi())
