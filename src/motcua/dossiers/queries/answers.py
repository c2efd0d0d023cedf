"""What reception can ask for at the counter, and what it answered a dossier that it didn't take in."""

from dataclasses import dataclass
from datetime import datetime

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
    """

    row: SupplementRequest | Refusal
    reason: str
    until: datetime | None
    slip: Document | None


def last_answer(dossier: Dossier) -> Answer | None:
    """The answer that stands; None where it was taken in, or completed meanwhile."""
    if dossier.state == State.DECLINED:
        refusal = Refusal.objects.filter(dossier=dossier, stage=Refusal.Stage.RECEPTION).select_related("slip").last()
        return Answer(refusal, refusal.reason, None, refusal.slip) if refusal else None
    asked = SupplementRequest.objects.filter(dossier=dossier, outcome="").select_related("slip").first()
    return Answer(asked, asked.reason, asked.answer_by, asked.slip) if asked else None


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
