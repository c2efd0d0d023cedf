"""What isn't yours isn't there."""

import uuid

import pytest
from django.http import Http404

from motcua.dossiers import access
from motcua.dossiers.models import State
from tests.cast import an, binh, chi, dung, hoa
from tests.dossiers.stages import asking, issued, submitted
from tests.factories import a_picture
from tests.moments import Moments


@pytest.mark.django_db
class TestAccess:
    def test_the_applicant_by_either_number(self, clock: Moments) -> None:
        dossier = asking()
        assert dossier.code is not None
        assert access.of_applicant(an(), dossier.ref) == access.of_applicant(an(), dossier.code) == dossier
        with pytest.raises(Http404):
            access.of_applicant(binh(), dossier.ref)

    def test_officers_of_the_agency_only(self, clock: Moments) -> None:
        dossier = submitted()
        assert access.for_officer(chi(), dossier.ref) == access.for_officer(dung(), dossier.ref) == dossier
        for stranger in (hoa(), an()):
            with pytest.raises(Http404):
                access.for_officer(stranger, dossier.ref)

    def test_a_draft_is_its_persons_alone(self, clock: Moments) -> None:
        draft = submitted(state=State.DRAFT)
        assert access.draft_of(an(), draft.ref) == draft
        for stranger in (binh(), chi()):
            with pytest.raises(Http404):
                access.draft_of(stranger, draft.ref)
        with pytest.raises(Http404):
            access.for_officer(chi(), draft.ref)
        with pytest.raises(Http404):
            access.draft_of(an(), submitted().ref)

    def test_files_of_a_dossier_and_no_others(self, clock: Moments) -> None:
        dossier, other = issued(), submitted(user=binh())
        paper = dossier.attachments.get().document
        draft = dossier.drafts.get().document
        for document in (paper, draft, dossier.result.document):
            assert access.document_for_officer(chi(), dossier.ref, document.pk) == document
            assert access.document_of_applicant(an(), dossier.ref, document.pk) == document
            for who in (hoa(), an()):
                with pytest.raises(Http404):
                    access.document_for_officer(who, dossier.ref, document.pk)
            with pytest.raises(Http404):
                access.document_of_applicant(binh(), dossier.ref, document.pk)
        for foreign in (other.attachments.get().document.pk, a_picture().pk, uuid.uuid4()):
            with pytest.raises(Http404):
                access.document_for_officer(chi(), dossier.ref, foreign)
            with pytest.raises(Http404):
                access.document_of_applicant(an(), dossier.ref, foreign)
