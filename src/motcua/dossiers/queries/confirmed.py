"""How a person stands by a dossier: who confirmed what of it, and which papers that covers."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.accounts.models import User
from motcua.dossiers.models import HANDED_IN, Confirmation, Dossier, State
from motcua.dossiers.queries.content import Content, content_of


def wants_confirmation(dossier: Dossier) -> bool:
    """Whether this service wants more than a tick: a digital signature, or a confirmation through VNeID."""
    return bool(dossier.offering_version.signing)


def present_digest(dossier: Dossier) -> str:
    """The digest of what would be handed in now, or was."""
    return content_of(dossier).digest


def confirming(content: Content) -> list[Confirmation]:
    """The confirmations of exactly what is about to be handed in."""
    if not wants_confirmation(content.dossier):
        return []
    return list(_rows(content.dossier).filter(digest=content.digest))


def outdated(content: Content) -> bool:
    """Whether it was confirmed, and then changed."""
    if not wants_confirmation(content.dossier):
        return False
    return content.dossier.confirmations.filter(supplement=content.request).exclude(digest=content.digest).exists()


def standing(dossier: Dossier) -> list[Confirmation]:
    """The confirmations that count: of a draft those of its present content; later those it was handed in with.

    A supplement's count once it is sent.
    """
    if not wants_confirmation(dossier):
        return []
    if dossier.state == State.DRAFT:
        return confirming(content_of(dossier))
    return list(_rows(dossier).filter(HANDED_IN))


def _rows(dossier: Dossier) -> "QuerySet[Confirmation]":
    return dossier.confirmations.select_related("document__blob", "supplement").prefetch_related("document__signatures")


def covers_papers(confirmation: Confirmation) -> bool:
    """Whether it stands for a signature under the attached papers too: a signed file does, and a sure identity."""
    return confirmation.kind == Confirmation.Kind.SIGNED_FILE or confirmation.assurance == User.Assurance.HIGH


def covered_since(dossier: Dossier) -> datetime | None:
    """The moment up to which attached papers count as signed, by the last confirmation that covers papers."""
    return max((_covers_until(row) for row in standing(dossier) if covers_papers(row)), default=None)


def _covers_until(row: Confirmation) -> datetime:
    """What a supplement brings joins the dossier when it is sent, with the confirmation of just that."""
    sent_at = row.supplement.ended_at if row.supplement else None
    return sent_at or row.received_at
