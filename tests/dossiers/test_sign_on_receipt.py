"""Where a signature of receipt is asked, the review, the message, the receipt and the desk all say so."""

import pytest
from django.test import Client

from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.receipts import receipt_values
from motcua.dossiers.rules.papers import SIGN_AT_DESK, SIGN_AT_THE_DOOR, ToSign
from motcua.dossiers.services import reception
from motcua.notifications.models import Message
from tests.cast import an, chi
from tests.dossiers.stages import fresh
from tests.factories import a_filled_draft, a_submitted_dossier, an_offering
from tests.moments import Moments

pytestmark = pytest.mark.django_db
BOOK = "Sổ đăng ký khai sinh"


def test_message_and_receipt_say_what_is_signed_and_when(clock: Moments) -> None:
    dossier = a_submitted_dossier(version=an_offering(sign_on_receipt=BOOK), receive=["tai-quay"])
    reception.accept(dossier, by=chi())
    letter = Message.objects.get(template="dossier_accepted", channel="email").body
    assert f"Ký {BOOK}. {SIGN_AT_DESK}" in letter
    assert receipt_values(fresh(dossier))["receive"].endswith(f"Ký {BOOK}: khi nhận kết quả tại Bộ phận Một cửa")


def test_the_postman_brings_it_to_sign(clock: Moments) -> None:
    dossier = a_submitted_dossier(version=an_offering(sign_on_receipt=BOOK), receive=["buu-chinh"])
    assert reads.to_sign(dossier) == ToSign(BOOK, SIGN_AT_THE_DOOR)


def test_where_none_is_asked_nothing_is_said(clock: Moments) -> None:
    dossier = a_submitted_dossier(receive=["tai-quay"])
    assert reads.to_sign(dossier) is None
    assert "Ký " not in receipt_values(reception.accept(dossier, by=chi()))["receive"]


def test_review_and_desk_say_it_too(client: Client, clock: Moments) -> None:
    version = an_offering(sign_on_receipt=BOOK)
    draft = a_filled_draft(version=version)
    client.force_login(an(), backend="motcua.accounts.backends.NumberBackend")
    assert f"Ký {BOOK}" in client.get(f"/nop/{draft.ref}/xem-lai/").content.decode()
    dossier = a_submitted_dossier(version=version)
    client.force_login(chi())
    assert f"Ký {BOOK}" in client.get(f"/can-bo/ho-so/{dossier.ref}/tiep-nhan/").content.decode()
