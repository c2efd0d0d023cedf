"""Reads of supplements: what an officer may ask for, what a person works on, what was before and what is now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from motcua.core.words import say
from motcua.dossiers.models import Attachment, Dossier, State, SupplementFile, SupplementItem, SupplementRequest
from motcua.dossiers.queries import drafts
from motcua.dossiers.queries.drafts import FORM, PAPERS, Problem
from motcua.dossiers.queries.outages import time_is_over
from motcua.dossiers.queries.receipts import letterhead, person_values
from motcua.dossiers.queries.results import title_of
from motcua.dossiers.rules.supplements import Answering, only_papers
from motcua.eforms.queries import places
from motcua.eforms.rules import Definition, Page, alike, check_page, excerpt, heading_of, prune, shown, told, whole
from motcua.procedures.models import Requirement
from motcua.procedures.queries import requirements_for

SLUG = "loi-khai"  # the page of the excerpt
NEW, OLD = SupplementFile.Which.NEW, SupplementFile.Which.OLD
Outcome = SupplementRequest.Outcome


# ---- Requests ----


def open_request(dossier: Dossier) -> SupplementRequest | None:
    """The request that waits for the person; None if there is none, or it is answered or ended."""
    if dossier.state != State.SUPPLEMENT:
        return None
    return _rows(dossier).filter(outcome="").first()


def last_request(dossier: Dossier) -> SupplementRequest | None:
    """The newest request, whatever became of it."""
    return _rows(dossier).last()


def _rows(dossier: Dossier) -> "QuerySet[SupplementRequest]":
    rows = SupplementRequest.objects.filter(dossier=dossier).select_related("asked_by", "slip__blob")
    return rows.prefetch_related("items__files__document__blob").order_by("asked_at")


def left(dossier: Dossier) -> int:
    """How many more times this dossier may be sent back for completion."""
    return max(dossier.offering_version.supplements_allowed - dossier.supplements.count(), 0)


def withheld(dossier: Dossier, asked: Sequence[SupplementRequest], now: datetime) -> set[str]:
    """The desk's acts on supplements that the state would allow and this dossier doesn't, or not yet.

    Args:
        asked: all requests of the dossier so far.
    """
    asks, ends = {"ask_supplement_first", "ask_supplement"}, {"end_supplement_first", "end_supplement"}
    if dossier.state in {State.SUBMITTED, State.PROCESSING}:
        return ends if len(asked) < dossier.offering_version.supplements_allowed else asks | ends
    if dossier.state != State.SUPPLEMENT:
        return set()
    takes = {"take_brought_first", "take_brought"}
    request = next((one for one in asked if not one.outcome), None)
    if request is None:
        return asks | ends | takes
    at_reception = request.stage == SupplementRequest.Stage.RECEPTION
    now_lawful = (
        {"take_brought_first" if at_reception else "take_brought"} if only_papers(request.items.all()) else set()
    )
    if time_is_over(request.answer_by, now):
        now_lawful.add("end_supplement_first" if at_reception else "end_supplement")
    return (asks | ends | takes) - now_lawful


# ---- What an officer may ask for ----


@dataclass(frozen=True)
class Askable:
    """An answer or a paper; `reason` is what the check of papers has already found wrong with it."""

    kind: str
    key: str
    label: str  # for the request, complete in itself
    short: str  # beside the tick, under its heading
    text: str  # what was answered, or how many files there are
    reason: str = ""


def askable(dossier: Dossier) -> list[tuple[str, list[Askable]]]:
    """Everything of the dossier that can be pointed at, heading by heading, papers last."""
    form, answers = drafts.form_of(dossier), drafts.shown_answers(dossier)
    visible = shown(form, answers).ids
    found = [
        (page.title, [_answer(form, one.id, answers.get(one.id)) for one in page.holders() if one.id in visible])
        for page in form.pages
    ]
    verdicts = {verdict.requirement_key: verdict for verdict in dossier.verdicts.all()}
    papers = []
    for paper in drafts.papers(dossier):
        verdict = verdicts.get(paper.key)
        bad = verdict.remark if verdict and verdict.finding == verdict.Finding.BAD else ""
        files = say("{count} tệp", count=len(paper.files)) if paper.files else "chưa có tệp"
        name = paper.requirement.name
        papers.append(Askable(SupplementItem.Kind.PAPER, paper.key, name, name, files, bad))
    return [(title, questions) for title, questions in [*found, ("Giấy tờ", papers)] if questions]


def _answer(form: Definition, key: str, answer: Any) -> Askable:
    text = told(form, key, answer) or "Không khai"
    return Askable(SupplementItem.Kind.ANSWER, key, heading_of(form, key), form.holders[key].title, text)


# ---- What the person works on ----


@dataclass(frozen=True)
class WorkPaper:
    """A paper that is being corrected; as `_paper.html` shows one."""

    requirement: Requirement
    required: bool
    files: tuple[SupplementFile, ...]  # as they are to be
    old: tuple[SupplementFile, ...]
    reason: str

    @property
    def key(self) -> str:
        """The requirement's."""
        return self.requirement.key

    @property
    def left(self) -> int:
        """How many more files it may have."""
        return max(self.requirement.max_files - len(self.files), 0)

    @property
    def is_changed(self) -> bool:
        """Whether other files lie in it than before."""
        return [one.document_id for one in self.files] != [one.document_id for one in self.old]


@dataclass(frozen=True)
class Change:
    """A line of the comparison: what was asked, how it was, how it is."""

    label: str
    reason: str  # empty: another correction has brought it along
    before: str
    after: str
    old: tuple[SupplementFile, ...] = ()
    new: tuple[SupplementFile, ...] = ()
    is_kept: bool = False  # asked for, and left as it was


@dataclass(frozen=True)
class Work:
    """An open request with everything that its pages show."""

    request: SupplementRequest
    answering: Answering
    form: Definition  # with the page SLUG
    papers: tuple[WorkPaper, ...]

    @property
    def has_answers(self) -> bool:
        """Whether an answer is to be corrected."""
        return bool(self.answering.open)

    @property
    def kept(self) -> list[str]:
        """What was asked for and is as it was, by its label."""
        labels = {(item.kind, item.key): item.label for item in self.request.items.all()}
        papers = [paper.key for paper in self.papers if paper.reason and not paper.is_changed]
        return [
            *(labels[SupplementItem.Kind.ANSWER, key] for key in self.answering.kept),
            *(labels[SupplementItem.Kind.PAPER, key] for key in papers),
        ]


def work_on(dossier: Dossier, request: SupplementRequest) -> Work:
    """The person's side of a request, as the working copy stands."""
    form = drafts.form_of(dossier)
    items = list(request.items.all())
    asked = [item for item in items if item.kind == SupplementItem.Kind.ANSWER and item.reason]
    answering = Answering(
        form, tuple(item.key for item in asked), dossier.answers, request.answers or dossier.answers,
        timezone.localdate(), places(),
    )  # fmt: skip
    notes = {item.key: say("Cần bổ sung: {reason}", reason=item.reason) for item in asked}
    page = Page(SLUG, "Lời khai cần bổ sung", ())
    return Work(
        request, answering, excerpt(form, answering.open, page, notes), _papers(dossier, items, answering)
    )  # fmt: skip


def _papers(dossier: Dossier, items: Iterable[SupplementItem], answering: Answering) -> tuple[WorkPaper, ...]:
    """The papers that were asked for, and those that the new answers call for and nobody has handed in."""
    own = {item.key: item for item in items if item.kind == SupplementItem.Kind.PAPER}
    on_paper = dossier.papers_taken.values_list("requirement_key", flat=True)  # at the counter, or by post
    there = set(dossier.attachments.order_by().values_list("requirement_key", flat=True).union(on_paper))
    found = []
    for needed in requirements_for(dossier.procedure_version, prune(answering.form, answering.after)):
        requirement, item = needed.requirement, own.get(needed.requirement.key)
        if requirement.form in drafts.WITHOUT_FILES:
            continue
        if (item and item.reason) or (needed.required and requirement.key not in there):
            found.append(
                WorkPaper(
                    requirement, needed.required, _files(item, NEW), _files(item, OLD), item.reason if item else ""
                )
            )
    return tuple(found)


def _files(item: SupplementItem | None, which: str) -> tuple[SupplementFile, ...]:
    return tuple(one for one in item.files.all() if one.which == which) if item else ()


def answer_problems(work: Work) -> list[Problem]:
    """What is missing or wrong among the answers that may be corrected."""
    form, after = work.form, work.answering.after
    found = check_page(form, SLUG, after, today=work.answering.today, known=work.answering.known)
    return [Problem(FORM, SLUG, one.html_id, one.message, one.field_id) for one in found]


def paper_problems(work: Work) -> list[Problem]:
    """The papers that must be there and have no file."""
    return [
        Problem(PAPERS, "", f"tep-{paper.key}", say("Chưa có tệp nào cho “{name}”", name=paper.requirement.name))
        for paper in work.papers
        if not paper.files and (paper.required or paper.old)
    ]


def comparison(work: Work) -> list[Change]:
    """What would be sent now, beside what there was: first what was asked for, then what came along."""
    form, answering = work.form, work.answering
    reasons = {item.key: item.reason for item in work.request.items.all() if item.kind == SupplementItem.Kind.ANSWER}
    visible = shown(form, answering.after).ids
    asked = [key for key in answering.asked if key in visible]
    keys = [*asked, *(key for key in answering.changed if key not in answering.asked)]
    answers = [
        Change(
            heading_of(answering.form, key), reasons.get(key, ""), told(form, key, answering.before.get(key)),
            told(form, key, answering.after.get(key)) if key in visible else "", is_kept=key in answering.kept,
        )
        for key in keys
    ]  # fmt: skip
    papers = [
        Change(paper.requirement.name, paper.reason, "", "", paper.old, paper.files, is_kept=not paper.is_changed)
        for paper in work.papers
    ]
    return [*answers, *papers]


# ---- What became of it ----


@dataclass(frozen=True)
class Story:
    """A request as the pages of the dossier tell it; `changes` of what wasn't sent have nothing on the right."""

    request: SupplementRequest
    changes: list[Change]
    is_open: bool
    is_overdue: bool

    @property
    def is_sent(self) -> bool:
        """Whether the person has answered it."""
        return self.request.outcome in {Outcome.ANSWERED, Outcome.LATE}


def stories(dossier: Dossier, now: datetime) -> list[Story]:
    """All requests of a dossier, the newest first."""
    form = drafts.form_of(dossier)
    return [_story(form, request, now) for request in reversed(list(_rows(dossier)))]


def _story(form: Definition, request: SupplementRequest, now: datetime) -> Story:
    is_sent = request.outcome in {Outcome.ANSWERED, Outcome.LATE}
    changes = [_change(form, item, is_sent) for item in request.items.all() if item.reason or is_sent]
    is_open = not request.outcome
    return Story(request, changes, is_open, is_open and time_is_over(request.answer_by, now))


def _change(form: Definition, item: SupplementItem, is_sent: bool) -> Change:
    old, new = _files(item, OLD), _files(item, NEW) if is_sent else ()
    if item.kind == SupplementItem.Kind.PAPER:
        if item.after:  # brought to the desk
            return Change(item.label, item.reason, "", say("Nhận tại quầy: {counts}", counts=item.after), old)
        same = [one.document_id for one in old] == [one.document_id for one in new]
        return Change(item.label, item.reason, "", "", old, new, is_kept=is_sent and same)
    before, after = told(form, item.key, item.before), told(form, item.key, item.after) if is_sent else ""
    parts = whole(form, [item.key])
    same = all(alike(one.before, one.after) for one in item.request.items.all() if one.key in parts)
    kept = is_sent and bool(item.reason) and same
    return Change(item.label, item.reason, before, after, is_kept=kept)


def old_files(found: Iterable[Story]) -> list[SupplementFile]:
    """The files that a supplement has replaced, for looking at beside the new ones."""
    return [
        one
        for story in found
        if story.is_sent
        for change in story.changes
        for one in change.old
        if one.document_id not in {new.document_id for new in change.new}
    ]


# ---- The slip ----


def slip_values(request: SupplementRequest) -> dict[str, Any]:
    """The values of the PDF template `slip-supplement` (mẫu 02)."""
    dossier, by = request.dossier, request.asked_by
    return {
        **letterhead(dossier, request.asked_at),
        "code": dossier.code or dossier.ref,
        "applicant": person_values(dossier.applicant),
        "items": [{"name": item.label, "need": item.reason} for item in request.items.all() if item.reason],
        "reason": request.reason,
        "ground": request.ground,
        "answer_by": request.answer_by,
        "link": f"{settings.BASE_URL}/ho-so/{dossier.ref}/bo-sung/",
        "officer": by.full_name,
        "title": title_of(by, dossier.agency),
        "asked_at": request.asked_at,
    }


def files_now(dossier: Dossier, key: str) -> list[Attachment]:
    """The files that lie in a paper of the dossier."""
    return list(dossier.attachments.filter(requirement_key=key).order_by("position"))
