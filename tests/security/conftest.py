"""Whose things are attacked: An's draft, her dossier at the desk, and one with its result."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.test.client import ClientHandler

from motcua.accounts.models import User
from motcua.content import queries
from motcua.dossiers.models import Dossier, SupplementFile
from motcua.dossiers.services import money
from tests.cast import chi
from tests.dossiers import owing, stages, supplements
from tests.factories import a_filled_draft
from tests.moments import Moments, stopped_clock


@dataclass(frozen=True)
class Things:
    """A dossier with ids of everything in it, as addresses name them."""

    dossier: Dossier
    ids: dict[str, Any]


def things_of(dossier: Dossier) -> Things:
    """The ids of a dossier; its first paper stands for its files."""
    attachment = dossier.attachments.get()
    ids = {
        "ref": dossier.ref, "attachment_id": attachment.pk, "document_id": attachment.document_id,
        "slug:page": "tre-em", "int:page": 1,
    }  # fmt: skip
    return Things(dossier, ids)


# To load the middleware takes as long as to refuse a request: browsers of one test share it, by their settings.
_handlers: dict[str, ClientHandler] = {}


def browser(user: User | None, **settings: Any) -> Client:
    """A browser in which this person has logged in, or nobody."""
    client = Client(**settings)
    client.handler = _handlers.setdefault(repr(settings), client.handler)
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def content_remembered(settings: Any) -> Iterator[None]:
    """Thousands of pages are asked for here: notices and visit figures are remembered, as in a portal."""
    settings.CONTENT_SECONDS = 60
    _handlers.clear()
    yield
    queries.to_be_told.forget()
    queries.visits.forget()


@pytest.fixture
def clock() -> Iterator[Moments]:
    """Wednesday 25/11/2026, 8:35."""
    with stopped_clock("25/11/2026 08:35") as moments:
        yield moments


@pytest.fixture
def draft(db: None, clock: Moments) -> Things:
    """An's draft, with a paper in it."""
    return things_of(a_filled_draft())


@pytest.fixture
def handed_in(db: None, clock: Moments) -> Things:
    """An's dossier, waiting at the desk of phường Hoa Sen."""
    return things_of(stages.submitted())


@pytest.fixture
def asking(db: None, clock: Moments) -> Things:
    """An's dossier, whose draft of the result waits for her answer."""
    return things_of(stages.asking())


@pytest.fixture
def issued(db: None, clock: Moments) -> Things:
    """An's dossier with its result."""
    return things_of(stages.issued())


@pytest.fixture
def sent_back(db: None, clock: Moments) -> Things:
    """An's dossier, sent back for an answer and a paper."""
    dossier = supplements.asked()
    things = things_of(dossier)
    file = SupplementFile.objects.filter(item__request__dossier=dossier, which="new").earliest("pk")
    return Things(dossier, things.ids | {"file_id": file.pk})


@pytest.fixture
def paid(db: None, clock: Moments) -> Things:
    """An's dossier, whose fee came by a transfer."""
    dossier = owing.asked()
    booking = money.book_transfer(dossier, by=chi(), amount=owing.FEE, reference="FT26329001")
    ids = {"booking_id": booking.pk, "receipt_id": booking.receipts.get().pk}
    return Things(dossier, things_of(dossier).ids | ids)
