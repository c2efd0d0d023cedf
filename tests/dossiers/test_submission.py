"""Handing in: once, complete, frozen, and told."""

import threading

import pytest
from django.db import connection
from django.http import Http404, QueryDict

from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Attachment, Dossier, DossierEvent, PaymentState, State
from motcua.dossiers.services import drafts
from motcua.dossiers.services.submission import NotReady, submit, tell_again
from motcua.notifications.models import Message
from tests.cast import an, binh
from tests.factories import a_draft, a_filled_draft, a_picture

pytestmark = pytest.mark.django_db


def test_a_complete_draft_becomes_a_dossier() -> None:
    dossier = submit(a_filled_draft(), by=an())
    dossier.refresh_from_db()
    assert dossier.state == State.SUBMITTED
    assert dossier.submitted_at is not None
    assert dossier.answer_by is not None
    assert dossier.answer_by > dossier.submitted_at
    assert dossier.subject_name == "Lê Minh Khuê"
    assert "le minh khue" in dossier.folded
    assert dossier.step is not None
    assert dossier.step.key == "tiep-nhan"
    assert dossier.code is None


def test_the_fee_is_frozen_with_the_number_of_copies() -> None:
    dossier = submit(a_filled_draft(), by=an())
    assert dossier.fee_total == 16000
    assert dossier.fee_quote[0]["count"] == 2
    assert dossier.delivery["copies"] == 2
    assert dossier.payment_state == PaymentState.OWED


def test_it_is_told_once_by_sms_and_email_and_leaves_traces() -> None:
    dossier = submit(a_filled_draft(), by=an())
    messages = Message.objects.filter(template="dossier_submitted", about_ref=dossier.ref)
    assert sorted(message.channel for message in messages) == ["email", "sms"]
    assert all(dossier.ref in message.body for message in messages)
    assert DossierEvent.objects.filter(dossier=dossier, kind="submit", title="Nộp hồ sơ trực tuyến").count() == 1
    proof = Event.objects.get(act="dossier.submitted", subject_ref=dossier.ref)
    assert proof.data["statement"] is True
    assert len(proof.data["files"]) == 1


def test_an_empty_draft_is_refused_with_everything_that_is_missing() -> None:
    dossier = a_draft()
    with pytest.raises(NotReady) as refusal:
        submit(dossier, by=an())
    parts = {problem.part for problem in refusal.value.problems}
    assert parts == {"nguoi-nop", "chu-ho-so", "to-khai", "giay-to", "nhan-ket-qua"}
    dossier.refresh_from_db()
    assert dossier.state == State.DRAFT


def test_a_missing_paper_is_named() -> None:
    dossier = a_filled_draft()
    dossier.attachments.all().delete()
    with pytest.raises(NotReady) as refusal:
        submit(dossier, by=an())
    assert [problem.message for problem in refusal.value.problems] == ["Chưa có tệp nào cho “Giấy chứng sinh”"]


def test_a_second_time_changes_nothing() -> None:
    draft = a_filled_draft()
    first = submit(draft, by=an())
    second = submit(draft, by=an())
    assert second.submitted_at == first.submitted_at
    assert Message.objects.filter(template="dossier_submitted").count() == 2
    assert DossierEvent.objects.filter(dossier=draft).count() == 1


def test_files_of_papers_that_are_no_longer_asked_for_are_left_out() -> None:
    draft = a_filled_draft()
    Attachment.objects.create(
        dossier=draft, requirement_key="khong-con", document=a_picture("khac.jpg"), position=1, added_at=draft.saved_at
    )
    dossier = submit(draft, by=an())
    assert list(dossier.attachments.values_list("requirement_key", flat=True)) == ["chung-sinh"]


def test_a_service_that_closed_meanwhile_refuses_and_keeps_the_draft() -> None:
    draft = a_filled_draft()
    offering = draft.offering_version.offering
    offering.open = False
    offering.save(update_fields=["open"])
    with pytest.raises(BusinessError, match="Bản nháp vẫn được giữ"):
        submit(draft, by=an())
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_somebody_else_hands_nothing_in() -> None:
    with pytest.raises(Http404):
        submit(a_filled_draft(), by=binh())


def test_a_discarded_draft_cannot_be_handed_in() -> None:
    draft = a_filled_draft()
    drafts.discard(draft, by=an())
    with pytest.raises(Conflict):
        submit(draft, by=an())


def test_without_a_fee_no_way_of_paying_is_kept() -> None:
    draft = a_filled_draft()
    drafts.save_answers(draft, "tre-em", QueryDict("copies=0"), by=an())
    dossier = submit(draft, by=an())
    assert dossier.fee_total == 0
    assert dossier.payment_state == PaymentState.NOTHING
    assert dossier.delivery["pay"] == ""


def test_the_number_is_sent_again() -> None:
    dossier = submit(a_filled_draft(), by=an())
    tell_again(dossier, by=an(), turn="1")
    tell_again(dossier, by=an(), turn="1")
    assert Message.objects.filter(template="dossier_submitted").count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_dossier() -> None:
    draft = a_filled_draft()
    user = an()
    gate = threading.Barrier(2)
    states: list[str] = []

    def click() -> None:
        try:
            gate.wait()
            states.append(submit(draft, by=user).state)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == [State.SUBMITTED, State.SUBMITTED]
    assert DossierEvent.objects.filter(dossier=draft).count() == 1
    assert Message.objects.filter(template="dossier_submitted").count() == 2
    assert Dossier.objects.count() == 1
