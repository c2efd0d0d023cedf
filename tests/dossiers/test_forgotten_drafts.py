"""Drafts that nobody comes back to are deleted after half a year; nothing else is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.audit.models import Event
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import drafts
from motcua.dossiers.services.submission import submit
from tests.cast import an, binh
from tests.factories import a_draft, a_filled_draft

pytestmark = pytest.mark.django_db


def saved_days_ago(dossier: Dossier, days: int) -> Dossier:
    Dossier.objects.filter(pk=dossier.pk).update(saved_at=timezone.now() - timedelta(days=days))
    return dossier


def test_a_draft_not_saved_for_180_days_goes_and_leaves_a_trace() -> None:
    old = saved_days_ago(a_draft(), 181)
    assert drafts.discard_forgotten() == 1
    assert not Dossier.objects.filter(pk=old.pk).exists()
    assert Event.objects.get(act="dossier.discarded").subject_ref == old.ref
    assert drafts.discard_forgotten() == 0


def test_a_younger_draft_stays() -> None:
    saved_days_ago(a_draft(), 179)
    assert drafts.discard_forgotten() == 0


def test_a_dossier_that_was_handed_in_stays_however_old() -> None:
    dossier = saved_days_ago(submit(a_filled_draft(binh()), by=binh()), 400)
    saved_days_ago(a_draft(an()), 400)
    assert drafts.discard_forgotten() == 1
    assert Dossier.objects.filter(pk=dossier.pk).exists()
