"""What is about to be handed in: a draft, or a dossier with its open supplement; and the declaration of it.

One idea for both, since a person stands by both in the same way: it has a digest, and a declaration to be signed.
"""

import copy
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from motcua.core.words import say
from motcua.core.worktime import local
from motcua.documents.models import Document
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries import supplements
from motcua.dossiers.queries.drafts import Problem
from motcua.dossiers.queries.supplements import Work
from motcua.dossiers.rules import delivery, person
from motcua.dossiers.rules.digest import STATEMENT, HandedIn, digest_of, spoken
from motcua.dossiers.rules.papers import is_shown
from motcua.eforms.rules import prune

NOT_DECLARED = "Không khai"
Section = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """What is about to be handed in; of a dossier that nobody works on, what was.

    Attributes:
        dossier: only to be read: its answers are as they will be, which no row says yet.
        work: the open supplement whose corrections are in it; None: there is none.
    """

    dossier: Dossier
    work: Work | None = None

    @property
    def request(self) -> SupplementRequest | None:
        """The request that it answers; None: it is a submission."""
        return self.work.request if self.work else None

    @cached_property
    def files(self) -> list[tuple[str, Document]]:
        """(key of the paper, file), as they will lie in the dossier."""
        rows = self.dossier.attachments.select_related("document")
        lying = [(one.requirement_key, one.document) for one in rows]
        if self.work is None:
            return lying
        worked_on = {paper.key for paper in self.work.papers}
        brought = [(paper.key, one.document) for paper in self.work.papers for one in paper.files]
        return [file for file in lying if file[0] not in worked_on] + brought

    @cached_property
    def digest(self) -> str:
        """The number of exactly this, by which a person stands."""
        dossier, version, procedure = self.dossier, self.dossier.offering_version, self.dossier.procedure_version
        return digest_of(
            HandedIn(
                ref=dossier.ref,
                versions={
                    "agency": dossier.agency.code,
                    "procedure": f"{procedure.procedure.code}/{procedure.number}",
                    "offering": version.number,
                    "form": f"{version.form.key}/{version.form.version}" if version.form else "",
                },
                applicant=dossier.applicant,
                owner=dossier.owner,
                answers=reads.shown_answers(dossier),
                delivery=dossier.delivery,
                files=[(key, document.blob_id) for key, document in self._asked_files()],
            )
        )

    @cached_property
    def problems(self) -> list[Problem]:
        """What is missing or wrong, so that it can't be handed in yet."""
        if self.work is None:
            return reads.problems(self.dossier)
        return [*supplements.answer_problems(self.work), *supplements.paper_problems(self.work)]

    def _asked_files(self) -> list[tuple[str, Document]]:
        """Without those that the answers no longer call for; by paper, whatever order a database knows."""
        answers = reads.shown_answers(self.dossier)
        asked = {paper.key for paper in self.dossier.procedure_version.requirements.all() if is_shown(paper, answers)}
        return sorted((file for file in self.files if file[0] in asked), key=itemgetter(0))


def content_of(dossier: Dossier, work: Work | None = None) -> Content:
    """What is about to be handed in; once it is, what was.

    Args:
        work: the open supplement, by whoever knows it already.
    """
    if work is None:
        request = supplements.open_request(dossier)
        work = supplements.work_on(dossier, request) if request else None
    if work is None:
        return Content(dossier)
    corrected = copy.copy(dossier)
    corrected.answers = prune(work.answering.form, work.answering.after)
    return Content(corrected, work)


# ---- The declaration ----


def declaration_values(content: Content) -> dict[str, Any]:
    """What the declaration to be signed says: the values of the PDF template `declaration`."""
    dossier = content.dossier
    sections = [*_people(dossier), *_answers(dossier), _papers(content), _delivery(dossier)]
    return {
        "heading": reads.form_of(dossier).title,
        "agency": dossier.agency.name,
        "code": dossier.code or dossier.ref,
        "sections": [_corrected(content.work), *sections] if content.work else sections,
        "statement": STATEMENT,
        "signer": dossier.applicant.get("full_name") or "",
        "content_code": spoken(content.digest),
    }


def _corrected(work: Work) -> Section:
    """Before the whole declaration, what is different in it: nobody should have to look for it."""
    rows = []
    for change in supplements.comparison(work):
        after = ", ".join(one.document.name for one in change.new) or change.after
        rows.append(_row(change.label, "Giữ nguyên" if change.is_kept else after))
    return {
        "title": say("Bổ sung theo yêu cầu ngày {day:%d/%m/%Y}", day=local(work.request.asked_at)),
        "rows": rows,
    }


_PERSON = (("Họ, chữ đệm, tên", "full_name"), ("Số định danh cá nhân", "personal_number"))
_ORGANISATION = (
    ("Tổ chức", "organisation_name"), ("Mã số tổ chức", "organisation_code"), ("Chức vụ", "organisation_position"),
)  # fmt: skip


def _people(dossier: Dossier) -> list[Section]:
    found = []
    for title, who, kept in (("Người nộp", "applicant", dossier.applicant), ("Chủ hồ sơ", "owner", dossier.owner)):
        rows = [_row(row.label, row.text) for section in person.described(who, kept) for row in section.rows]
        if who == "applicant":
            known = [*(_ORGANISATION if kept.get("organisation_name") else ()), *_PERSON]
            rows = [_row(label, str(kept.get(key) or "")) for label, key in known] + rows
        found.append({"title": title, "rows": rows})
    return found


def _answers(dossier: Dossier) -> list[Section]:
    return [
        {"title": section.title, "rows": [_row(row.label, row.text, row.words) for row in section.rows]}
        for section in reads.declared(dossier)
    ]


def _papers(content: Content) -> Section:
    rows = [
        _row(paper.requirement.name, f"{document.name} (SHA-256 {document.blob_id[:16]}…)")
        for paper in reads.papers(content.dossier, signatures=False)
        for key, document in content.files
        if key == paper.key
    ]
    return {"title": "Giấy tờ kèm theo", "rows": rows or [_row("Giấy tờ kèm theo", "Không có")]}


def _delivery(dossier: Dossier) -> Section:
    chosen = dossier.delivery
    return {
        "title": "Nộp hồ sơ và nhận kết quả",
        "rows": [
            _row("Hình thức nộp hồ sơ", delivery.in_words("hand_in", chosen.get("hand_in"))),
            _row("Hình thức nhận kết quả", delivery.in_words("receive", chosen.get("receive"))),
        ],
    }


def _row(label: str, text: str, words: str = "") -> dict[str, str]:
    return {"label": label, "text": (f"{text} ({words})" if words else text) or NOT_DECLARED}
