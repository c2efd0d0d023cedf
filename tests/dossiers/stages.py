"""The stages of a dossier's way, each reached through the acts themselves."""

from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.services import reception, results, work
from tests.cast import chi, dung, giang, khanh
from tests.factories import a_submitted_dossier

VALUES = {
    "child_name": "Lê Minh Khuê",
    "child_birth_date": "12/11/2026",
    "mother_name": "Trần Thu Hà",
    "agency": "Ủy ban nhân dân phường Hoa Sen",
    "registered_on": "25/11/2026",
}


def fresh(dossier: Dossier) -> Dossier:
    """The dossier as it is now."""
    return Dossier.objects.get(pk=dossier.pk)


def submitted(**fields: Any) -> Dossier:
    return a_submitted_dossier(**fields)


def accepted(**fields: Any) -> Dossier:
    return reception.accept(submitted(**fields), by=chi())


def taken_up(**fields: Any) -> Dossier:
    return work.take_up(accepted(**fields), by=dung())


def asking(**fields: Any) -> Dossier:
    dossier = taken_up(**fields)
    work.send_draft(dossier, VALUES, by=dung())
    return fresh(dossier)


def agreed(**fields: Any) -> Dossier:
    dossier = asking(**fields)
    work.answer_draft(dossier, by=dossier.user, agree=True)
    return fresh(dossier)


def proposed(**fields: Any) -> Dossier:
    return work.propose(agreed(**fields), by=dung())


def approved(**fields: Any) -> Dossier:
    dossier = proposed(**fields)
    work.approve(dossier, by=giang())
    return fresh(dossier)


def issued(**fields: Any) -> Dossier:
    dossier = approved(**fields)
    results.issue(dossier, by=khanh())
    return fresh(dossier)
