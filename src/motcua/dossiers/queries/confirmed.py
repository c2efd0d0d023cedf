"""How a person stands by a dossier: the digest of what they hand in, who confirmed it, what they have to sign."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from motcua.accounts.models import User
from motcua.dossiers.models import Confirmation, Dossier, State
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.rules import delivery, person
from motcua.dossiers.rules.digest import STATEMENT, HandedIn, digest_of, spoken
from motcua.dossiers.rules.papers import is_shown

NOT_DECLARED = "Không khai"


def wants_confirmation(dossier: Dossier) -> bool:
    """Whether this service wants more than a tick: a digital signature, or a confirmation through VNeID."""
    return bool(dossier.offering_version.signing)


def present_digest(dossier: Dossier) -> str:
    """The digest of what would be handed in now, or was."""
    version, procedure = dossier.offering_version, dossier.procedure_version
    answers = reads.shown_answers(dossier)
    asked = {paper.key for paper in procedure.requirements.all() if is_shown(paper, answers)}
    files = dossier.attachments.values_list("requirement_key", "document__blob")
    return digest_of(
        HandedIn(
            ref=dossier.ref,
            versions={
                "agency": dossier.agency.code,
                "procedure": f"{procedure.procedure.code}/{procedure.number}",
                "offering": version.number,
                "form": f"{version.form.key}/{version.form.version}",
            },
            applicant=dossier.applicant,
            owner=dossier.owner,
            answers=answers,
            delivery=dossier.delivery,
            files=[(key, sha256) for key, sha256 in files if key in asked],
        )
    )


def standing(dossier: Dossier) -> list[Confirmation]:
    """The confirmations that count: of a draft those of its present content; later those it was handed in with."""
    if not wants_confirmation(dossier):
        return []
    found = dossier.confirmations.select_related("document__blob").prefetch_related("document__signatures")
    if dossier.state != State.DRAFT:
        return list(found)
    return list(found.filter(digest=present_digest(dossier)))


def outdated(dossier: Dossier) -> bool:
    """Whether a draft was confirmed, and then changed."""
    return dossier.confirmations.exclude(digest=present_digest(dossier)).exists()


def changed_since(dossier: Dossier, confirmations: Collection[Confirmation]) -> bool:
    """Whether a supplement has changed what was confirmed when the dossier was handed in."""
    return bool(confirmations) and present_digest(dossier) not in {row.digest for row in confirmations}


def covers_papers(confirmation: Confirmation) -> bool:
    """Whether it stands for a signature under the attached papers too: a signed file does, and a sure identity."""
    return confirmation.kind == Confirmation.Kind.SIGNED_FILE or confirmation.assurance == User.Assurance.HIGH


def covered_since(dossier: Dossier) -> datetime | None:
    """The moment up to which attached papers count as signed, by the last confirmation that covers papers."""
    return max((row.received_at for row in standing(dossier) if covers_papers(row)), default=None)


def declaration_values(draft: Dossier) -> dict[str, Any]:
    """What the declaration to be signed says: the values of the PDF template `declaration`."""
    return {
        "heading": reads.form_of(draft).title,
        "agency": draft.agency.name,
        "code": draft.ref,
        "sections": [*_people(draft), *_answers(draft), _papers(draft), _delivery(draft)],
        "statement": STATEMENT,
        "signer": draft.applicant.get("full_name") or "",
        "content_code": spoken(present_digest(draft)),
    }


Section = dict[str, Any]


def _people(draft: Dossier) -> list[Section]:
    found = []
    for title, who, kept in (("Người nộp", "applicant", draft.applicant), ("Chủ hồ sơ", "owner", draft.owner)):
        rows = [_row(row.label, row.text) for section in person.described(who, kept) for row in section.rows]
        if who == "applicant":
            known = (("Họ, chữ đệm, tên", "full_name"), ("Số định danh cá nhân", "personal_number"))
            rows = [_row(label, str(kept.get(key) or "")) for label, key in known] + rows
        found.append({"title": title, "rows": rows})
    return found


def _answers(draft: Dossier) -> list[Section]:
    return [
        {"title": section.title, "rows": [_row(row.label, row.text, row.words) for row in section.rows]}
        for section in reads.declared(draft)
    ]


def _papers(draft: Dossier) -> Section:
    rows = [
        _row(paper.requirement.name, f"{file.document.name} (SHA-256 {file.document.blob_id[:16]}…)")
        for paper in reads.papers(draft)
        for file in paper.files
    ]
    return {"title": "Giấy tờ kèm theo", "rows": rows or [_row("Giấy tờ kèm theo", "Không có")]}


def _delivery(draft: Dossier) -> Section:
    chosen = draft.delivery
    return {
        "title": "Nộp hồ sơ và nhận kết quả",
        "rows": [
            _row("Hình thức nộp hồ sơ", delivery.in_words("hand_in", chosen.get("hand_in"))),
            _row("Hình thức nhận kết quả", delivery.in_words("receive", chosen.get("receive"))),
        ],
    }


def _row(label: str, text: str, words: str = "") -> dict[str, str]:
    return {"label": label, "text": (f"{text} ({words})" if words else text) or NOT_DECLARED}
