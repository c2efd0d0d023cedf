"""Files behind other people's numbers, and what isn't ready to be seen."""

import uuid

import pytest

from motcua.dossiers.models import Dossier, State
from motcua.dossiers.services import work
from tests.cast import an, binh, dung
from tests.dossiers import stages
from tests.factories import a_submitted_dossier, an_offering
from tests.moments import Moments
from tests.security.conftest import Things, browser

pytestmark = pytest.mark.django_db


def file_of(dossier: Dossier, document_id: object) -> str:
    return f"/ho-so/{dossier.ref}/tep/{document_id}/"


def test_a_file_is_there_only_with_its_own_dossier(clock: Moments) -> None:
    """Not under another dossier's number, be it one's own; not under a made-up one."""
    first, second = a_submitted_dossier(), a_submitted_dossier()
    stranger = a_submitted_dossier(user=binh())
    mine, other, his = (one.attachments.get().document_id for one in (first, second, stranger))
    visitor = browser(an())
    assert visitor.get(file_of(first, mine)).status_code == 200
    for wrong in (other, his, uuid.uuid4()):
        assert visitor.get(file_of(first, wrong)).status_code == 404
        assert browser(dung()).get(f"/can-bo{file_of(first, wrong)}").status_code == 404


def test_what_was_written_for_the_leader_is_not_shown_to_the_person(clock: Moments) -> None:
    dossier = stages.taken_up(version=an_offering(confirm_days=0))
    work.propose(dossier, by=dung(), values=stages.VALUES)
    draft = dossier.drafts.get()
    assert draft.shown_at is None
    assert browser(an()).get(file_of(dossier, draft.document_id)).status_code == 404
    assert browser(dung()).get(f"/can-bo{file_of(dossier, draft.document_id)}").status_code == 200


def test_no_result_can_be_taken_before_it_is_issued(clock: Moments) -> None:
    dossier = stages.approved()
    visitor = browser(an())
    for ask in (visitor.get, visitor.post):
        assert ask(f"/ho-so/{dossier.ref}/ket-qua/").status_code == 302
    assert stages.fresh(dossier).state == State.APPROVED


def test_an_unfinished_draft_s_file_is_not_the_desk_s(draft: Things) -> None:
    url = f"/can-bo/ho-so/{draft.dossier.ref}/tep/{draft.ids['document_id']}/"
    assert browser(dung()).get(url).status_code == 404


def test_what_a_stranger_looks_up_is_number_and_stage(clock: Moments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.web.components.human.check", lambda *_: None)
    dossier = stages.taken_up()
    for number in (dossier.ref, dossier.code):
        page = browser(None).post("/tra-cuu/", {"ma": number}).content.decode()
        assert str(dossier.code) in page
        for private in ("Nguyễn Thị An", "Khuê", "098196", "0900", "Phạm Văn Dũng", "example.org"):
            assert private not in page.split("<main")[1].split("</main")[0]
