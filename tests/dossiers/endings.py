"""Dossiers that end without a result or are late: what tests of both sides begin with."""

from datetime import date

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import endings
from tests.cast import at, dung
from tests.dossiers.stages import fresh, taken_up
from tests.factories import an_offering

WHY = Why(
    "Trẻ đã được đăng ký khai sinh tại phường Bến Đò ngày 20/11/2026, số 210/2026.",
    "khoản 2 Điều 12 Luật Hộ tịch 2014",
    "Ủy ban nhân dân phường Bến Đò",
)


def refusing() -> Dossier:
    """A refusal lies before the leader."""
    dossier = taken_up()
    endings.propose_refusal(dossier, WHY, by=dung())
    return fresh(dossier)


REASON = "Chờ phường Bến Đò trả lời về nơi cư trú của cha."
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)


def three_days() -> Dossier:
    """Accepted on Wednesday 25/11, due Monday 30/11 17:00."""
    dossier = taken_up(version=an_offering(limit_value=3, first_day_counts=False))
    assert dossier.due_at == at("30/11/2026 17:00")
    return dossier
