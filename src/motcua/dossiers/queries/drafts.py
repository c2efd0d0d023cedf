"""Reads of a draft, named for the pages that fill it in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from motcua.agencies.queries import working_calendar
from motcua.core.errors import BusinessError
from motcua.core.words import say
from motcua.documents.models import Document
from motcua.dossiers.models import Attachment, Dossier
from motcua.dossiers.rules import delivery as delivery_rules
from motcua.dossiers.rules import fees, person
from motcua.dossiers.rules import papers as paper_rules
from motcua.dossiers.rules.papers import Signature, ToBring, ToSign
from motcua.eforms.queries import definition_of, places
from motcua.eforms.rules import Answers, Definition, DescribedSection, check_all, check_page, describe, prefill, prune
from motcua.eforms.rules import Problem as FormProblem
from motcua.eforms.rules import subject_of as form_subject
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import ProcedureVersion, Requirement
from motcua.procedures.queries import record, reliefs_in, requirements_for

APPLICANT, OWNER, FORM, PAPERS, DELIVERY = "nguoi-nop", "chu-ho-so", "to-khai", "giay-to", "nhan-ket-qua"
POST = "dia-chi"  # whom the post goes to; only where something goes by post
PAPER_ONLY = Definition("", 0, "Tờ khai nộp bằng giấy", ())  # the counter takes it; nothing is typed in
WITHOUT_FILES: set[str] = {Requirement.Form.EFORM, Requirement.Form.NOTHING}


@dataclass(frozen=True)
class Problem:
    """Something to mend before the dossier can be handed in: where it stands, and what it says."""

    part: str  # APPLICANT, OWNER, FORM, PAPERS, DELIVERY, POST
    page: str  # the page of the form, for FORM
    html_id: str
    message: str
    field_id: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper as the page of papers shows it."""

    requirement: Requirement
    required: bool
    files: tuple[Attachment, ...]

    @property
    def key(self) -> str:
        """The requirement's."""
        return self.requirement.key

    @property
    def is_missing(self) -> bool:
        """Whether the dossier can't be handed in without a file here."""
        return self.required and not self.files

    @property
    def is_signed(self) -> bool:
        """Whether each of its files carries a digital signature that counts."""
        signed = [any(one.is_good for one in file.document.all_signatures) for file in self.files]
        return bool(signed) and all(signed)

    @property
    def left(self) -> int:
        """How many more files it may have."""
        return max(0, self.requirement.max_files - len(self.files))


# ---- What a draft stands on ----


def procedure_in_force(version: OfferingVersion) -> ProcedureVersion:
    """The record that a dossier begun today is filled in under.

    Raises:
        BusinessError: the procedure is no longer in force.
    """
    found = record(version.offering.procedure.code)
    if found is None:
        raise BusinessError("Thủ tục này không còn hiệu lực nên không nộp được nữa.")
    return found


def takes_in(version: OfferingVersion) -> bool:
    """Whether the service takes new dossiers in now."""
    return version.published_at is not None and version.offering.open


def form_of(dossier: Dossier) -> Definition:
    """The form that this dossier is filled in with; without questions where the service takes paper only."""
    form = dossier.offering_version.form
    return definition_of(form) if form else PAPER_ONLY


# ---- Papers ----


def papers(draft: Dossier, *, signatures: bool = True) -> list[Paper]:
    """The papers that the answers call for and that have files, in the record's order.

    Args:
        signatures: False where nobody asks whether the files are signed.
    """
    files: dict[str, list[Attachment]] = {}
    rows = list(draft.attachments.select_related("document__blob"))
    if signatures:
        signable = [row.document for row in rows if row.document.kind == Document.Kind.PDF]
        prefetch_related_objects(signable, "signatures")
    for attachment in rows:
        files.setdefault(attachment.requirement_key, []).append(attachment)
    answers = shown_answers(draft)
    return [
        Paper(needed.requirement, needed.required, tuple(files.get(needed.requirement.key, ())))
        for needed in requirements_for(draft.procedure_version, answers)
        if needed.requirement.form not in _without_files(draft)
    ]


def _without_files(draft: Dossier) -> set[str]:
    """The kinds of papers that nobody attaches; without an e-form the declaration is a paper like any other."""
    return WITHOUT_FILES if draft.offering_version.form_id else WITHOUT_FILES - {Requirement.Form.EFORM}


def papers_not_needed(draft: Dossier) -> list[Requirement]:
    """What the record asks for and nobody has to hand in here, for the list "Không phải nộp"."""
    found = requirements_for(draft.procedure_version, shown_answers(draft))
    return [needed.requirement for needed in found if needed.requirement.form in _without_files(draft)]


def requirement(draft: Dossier, key: str) -> Requirement:
    """The paper of this key, if the draft asks for it.

    Raises:
        BusinessError: it doesn't, or no longer.
    """
    found = next((paper.requirement for paper in papers(draft) if paper.key == key), None)
    if found is None:
        raise BusinessError("Với những gì ông/bà đã khai, hồ sơ này không cần giấy tờ đó.")
    return found


def still_to_bring(dossier: Dossier, found: Collection[Paper] | None = None) -> list[ToBring]:
    """The papers that must still be brought on paper, as things are chosen now.

    Args:
        found: the dossier's `papers`, by whoever knows them already.
    """
    from motcua.dossiers.queries.confirmed import covered_since  # it reads the papers, too

    found = papers(dossier) if found is None else found
    since = covered_since(dossier)
    covered = {
        paper.key
        for paper in found
        if since and paper.files and all(attachment.added_at <= since for attachment in paper.files)
    }
    may_be_here = dossier.submitted_at or dossier.helped_by_id  # of a person's own draft nothing is
    here = {row.requirement_key for row in dossier.papers_taken.all() if row.is_left_here} if may_be_here else ()
    return paper_rules.papers_to_bring(
        dossier.procedure_version.requirements.all(),
        shown_answers(dossier),
        attached={paper.key for paper in found if paper.files},
        signed=dict.fromkeys(covered, Signature.STATEMENT)
        | {paper.key: Signature.FILE for paper in found if paper.is_signed},
        scope=dossier.offering_version.scope,
        way=_receive_way(dossier),
        brought=here,
    )


def _receive_way(dossier: Dossier) -> paper_rules.Receive:
    return paper_rules.receive_way({"receive": delivery_rules.received_by(dossier.delivery)})


def to_sign(dossier: Dossier) -> ToSign | None:
    """What the person signs to receive the result, as things are chosen now."""
    way = _receive_way(dossier)
    return paper_rules.what_to_sign(dossier.offering_version.sign_on_receipt, way=way)


def bring_lines(dossier: Dossier) -> list[str]:
    """What must still be brought or signed, in sentences, for messages."""
    found = [f"{paper.name}: {paper.what}. {paper.how}" for paper in still_to_bring(dossier)]
    sign = to_sign(dossier)
    return [*found, say("Ký {what}. {how}", what=sign.what, how=sign.how)] if sign else found


# ---- Money ----


def copies(draft: Dossier) -> int:
    """How many copies are wanted, from the field of the form that the service names."""
    field_id = draft.offering_version.copies_answer
    return fees.count_from(shown_answers(draft).get(field_id)) if field_id else 0


def quote(draft: Dossier, on: date | None = None) -> list[dict[str, Any]]:
    """What the dossier costs on a day (today), as rows of `Dossier.fee_quote`."""
    case = fees.Case(
        shown_answers(draft),
        on or timezone.localdate(),
        delivery_rules.channel(draft.delivery),
        {"copies": copies(draft)},
    )
    place = draft.agency.place
    reliefs = reliefs_in(place.parent or place, draft.procedure_version.procedure)
    return fees.fee_quote(draft.procedure_version.fee_lines.all(), case, reliefs)


def looked_at_from(draft: Dossier) -> datetime | None:
    """When the desk begins to look at a dossier handed in now; None while people are at work there."""
    now = timezone.now()
    opening = working_calendar(draft.agency).next_opening(now)
    return opening if opening > now else None


# ---- What was declared ----


def shown_answers(dossier: Dossier) -> Answers:
    """The answers without those that the present situation hides; only these decide anything.

    A page asks several times; the last result is kept with the object as long as it has the same answers.
    """
    kept: tuple[Answers, Answers] | None = getattr(dossier, "_shown_answers", None)
    if kept is None or kept[0] is not dossier.answers:
        kept = (dossier.answers, prune(form_of(dossier), dossier.answers))
        dossier._shown_answers = kept  # type: ignore[attr-defined]
    return kept[1]


def subject_of(dossier: Dossier) -> str:
    """Whom the dossier is about, for lists: the form's own field, else the owner."""
    return form_subject(form_of(dossier), shown_answers(dossier)) or str(dossier.owner.get("full_name") or "")


def offered_answers(draft: Dossier) -> Answers:
    """The answers as the form's pages show them: with what is known already where nothing was answered yet."""
    facts = {"applicant": draft.applicant, "owner": draft.owner}
    return prefill(form_of(draft), draft.answers, facts, known=places())


def declared(dossier: Dossier) -> list[DescribedSection]:
    """The form's answers as people read them, page by page."""
    return describe(form_of(dossier), shown_answers(dossier))


def texts(dossier: Dossier, part: str, values: Mapping[str, Any], keys: Iterable[str]) -> list[tuple[str, str]]:
    """(label, text) of some fields of a part, for telling what another window had saved."""
    wanted = {"residence" if key.startswith("residence") else key for key in keys}
    if not wanted:
        return []
    if part == "delivery":
        labels = {
            "hand_in": "Cách nộp hồ sơ", "receive": "Cách nhận kết quả", "pay": "Cách trả phí, lệ phí",
            "post": "Địa chỉ cho bưu chính",
        }  # fmt: skip
        told = [key for key in labels if key in wanted]
        return [(labels[key], delivery_rules.in_words(key, values.get(key))) for key in told]
    sections = describe(form_of(dossier), values) if part == "answers" else person.described(part, values)
    rows = [row for section in sections for row in section.rows]
    return [(row.label, row.text) for row in rows if row.field_id.partition("__")[0] in wanted and row.text]


# ---- What is missing ----


def problems(draft: Dossier) -> list[Problem]:
    """Everything that keeps the draft from being handed in, in the order of the pages."""
    today = timezone.localdate()
    found = [
        Problem(APPLICANT, "", one.html_id, one.message, one.field_id) for one in person_problems(draft, "applicant")
    ]
    found += [Problem(OWNER, "", one.html_id, one.message, one.field_id) for one in person_problems(draft, "owner")]
    found += [
        Problem(FORM, one.page, one.html_id, one.message, one.field_id)
        for one in check_all(form_of(draft), draft.answers, today=today, known=places())
    ]
    found += paper_problems(papers(draft, signatures=False))
    found += delivery_problems(draft)
    return found + [Problem(POST, "", one.html_id, one.message, one.field_id) for one in post_problems(draft)]


def person_problems(draft: Dossier, which: person.Who) -> list[FormProblem]:
    """What is missing or wrong on the applicant's or the owner's page."""
    return person.check_person(which, getattr(draft, which), today=timezone.localdate(), known=places())


def page_problems(draft: Dossier, slug: str) -> list[FormProblem]:
    """What is missing or wrong on a page of the form."""
    return check_page(form_of(draft), slug, draft.answers, today=timezone.localdate(), known=places())


def paper_problems(found: Iterable[Paper]) -> list[Problem]:
    """The papers that must be there and are not."""
    return [
        Problem(PAPERS, "", f"tep-{paper.key}", say("Chưa có tệp nào cho “{name}”", name=paper.requirement.name))
        for paper in found
        if paper.is_missing
    ]


def delivery_problems(draft: Dossier) -> list[Problem]:
    """What is missing on the page of delivery and fees."""
    version = draft.offering_version
    offered = delivery_rules.Offered(
        hand_in_ways=version.hand_in_ways,
        receive_ways=version.receive_ways,
        pay_ways=version.pay_ways,
        owes=fees.fee_total(quote(draft)) > 0,
        has_email=bool(draft.user.email and draft.user.email_verified_at),
    )
    found = delivery_rules.problems(draft.delivery, offered)
    return [Problem(DELIVERY, "", field.replace("_", "-"), message, field) for field, message in found]


def post_problems(draft: Dossier) -> list[FormProblem]:
    """What the post would miss to find the person; nothing where nothing goes by post."""
    if not delivery_rules.needs_address(draft.delivery):
        return []
    address = delivery_rules.post_address(draft.delivery, draft.applicant)
    return person.check_person("post", address, today=timezone.localdate(), known=places())
