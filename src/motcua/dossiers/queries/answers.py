"""What reception can ask for at the counter, and what it answered a dossier that it didn't take in."""

from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.models import Role
from motcua.agencies.queries import posts_of
from motcua.documents.models import Document
from motcua.dossiers.models import Dossier, Refusal, State, SupplementItem, SupplementRequest
from motcua.dossiers.queries.counter import papers
from motcua.dossiers.queries.supplements import Askable
from motcua.dossiers.rules.counter import counted


@dataclass(frozen=True)
class Answer:
    """A request for a supplement (mẫu 02), or a refusal (mẫu 03).

    Attributes:
        until: by when the person completes it; None: it was refused.
        slip: None as long as its job is on the way.
        asked: each thing to complete with what is wrong with it.
    """

    row: SupplementRequest | Refusal
    reason: str
    until: datetime | None
    slip: Document | None
    asked: tuple[tuple[str, str], ...] = ()


def last_answer(dossier: Dossier) -> Answer | None:
    """The answer that stands; None where it was taken in, or completed meanwhile."""
    if dossier.state == State.DECLINED:
        refusal = Refusal.objects.filter(dossier=dossier, stage=Refusal.Stage.RECEPTION).select_related("slip").last()
        return Answer(refusal, refusal.reason, None, refusal.slip) if refusal else None
    asked = SupplementRequest.objects.filter(dossier=dossier, outcome="").select_related("slip").first()
    if asked is None:
        return None
    items = tuple((item.label, item.reason) for item in asked.items.all() if item.reason)
    return Answer(asked, asked.reason, asked.answer_by, asked.slip, items)


def waiting_for_papers(user: User, officer: User) -> list[Dossier]:
    """This person's dossiers at the officer's counters that wait to be completed; they may bring the papers."""
    agencies = {post.unit.agency_id for post in posts_of(officer) if Role.RECEPTION in post.roles}
    rows = Dossier.objects.filter(user=user, agency__in=agencies, state=State.SUPPLEMENT)
    return list(rows.select_related("procedure_version").order_by("submitted_at"))


def askable_papers(draft: Dossier) -> list[Askable]:
    """The papers that may be asked for, those that are missing with their reason."""
    return [
        Askable(
            SupplementItem.Kind.PAPER, paper.key, paper.requirement.name, paper.requirement.name,
            counted(*paper.counts) or "chưa nhận", "Chưa có, xin mang đến" if paper.is_missing else "",
        )
        for paper in papers(draft)
        if not paper.is_declaration
    ]  # fmt: skip
