"""One dossier on the desk: its papers with what was found of them, and what this officer may do now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone

from motcua.agencies.models import Post
from motcua.agencies.queries import working_calendar
from motcua.documents.models import Document
from motcua.dossiers.models import (
    Apology,
    Attachment,
    Confirmation,
    Dossier,
    DossierEvent,
    Refusal,
    ResultDraft,
    State,
    Verdict,
)
from motcua.dossiers.queries import confirmed, drafts, posting
from motcua.dossiers.queries.clocks import clock_from
from motcua.dossiers.queries.endings import Ending, ending_of
from motcua.dossiers.queries.results import last_draft
from motcua.dossiers.queries.supplements import Story, old_files, stories, withheld
from motcua.dossiers.rules import person
from motcua.dossiers.rules.counter import counted
from motcua.dossiers.rules.moves import MOVES, able_for
from motcua.dossiers.rules.papers import ToBring
from motcua.eforms.rules import DescribedSection

PROPOSING = {"propose", "propose_refusal", "send_back"}
BEFORE_DRAFTS = {State.SUBMITTED, State.DECLINED, State.ACCEPTED}
AGREED = {ResultDraft.Answer.CONFIRMED, ResultDraft.Answer.SILENT}


@dataclass(frozen=True)
class JudgedPaper:
    """A paper that was handed in, or should have been, with its files and what was found of it."""

    key: str
    name: str
    required: bool
    files: tuple[Attachment, ...]
    verdict: Verdict | None
    bring: ToBring | None
    on_paper: str = ""  # what of it was taken in at the counter: "1 bản chính"


@dataclass(frozen=True)
class ViewedFile:
    """Something to look at in the viewer: a paper's file, the draft, the result, the receipt."""

    document: Document
    name: str
    short: str


@dataclass(frozen=True)
class OnDesk:
    """Everything the page of a dossier shows."""

    dossier: Dossier
    people: list[DescribedSection]
    answers: list[DescribedSection]
    papers: list[JudgedPaper]
    files: list[ViewedFile]
    draft: ResultDraft | None
    ending: Ending
    confirmations: list[Confirmation]
    supplements: list[Story]
    events: list[DossierEvent]
    acts: list[str]
    mail: posting.Mail
    stamp: str

    @property
    def draft_agreed(self) -> bool:
        """Whether the applicant has let the newest draft pass."""
        return self.draft is not None and self.draft.answer in AGREED

    @property
    def refusal(self) -> DossierEvent | None:
        """The leader's last word, if it was to send the proposal back and nothing was proposed since."""
        last = next((event for event in self.events if event.kind in PROPOSING), None)
        return last if last and last.kind == "send_back" else None


def on_desk(dossier: Dossier, posts: Collection[Post]) -> OnDesk:
    """The page of a dossier for an officer with these posts."""
    papers = judged_papers(dossier)
    ending = ending_of(dossier, on_desk=True)
    draft = last_draft(dossier) if dossier.state not in BEFORE_DRAFTS else None
    events = list(dossier.events.order_by("-at", "-id"))
    told = stories(dossier, timezone.now())
    mail = posting.parcels_alone(dossier)
    confirmations = confirmed.standing(dossier)
    return OnDesk(
        dossier=dossier,
        people=_people(dossier),
        answers=drafts.declared(dossier),
        papers=papers,
        confirmations=confirmations,
        files=[
            *_refusal_slip(ending.refusal),
            *_files(dossier, papers, draft),
            *_signed_declarations(confirmations),
            *_replaced(told),
            *_apology_slip(ending.apology),
        ],
        draft=draft,
        ending=ending,
        supplements=told,
        events=events,
        acts=acts_for(dossier, posts, told, mail),
        mail=mail,
        stamp=_stamp(dossier, events),
    )


def stamp_of(dossier: Dossier) -> str:
    """What a page keeps to notice that a colleague was faster (`services.acting.begin`)."""
    return _stamp(dossier, dossier.events.order_by("-id")[:1])


def _stamp(dossier: Dossier, events: Iterable[DossierEvent]) -> str:
    return f"{dossier.state}.{max((event.pk for event in events), default=0)}"


def acts_for(
    dossier: Dossier, posts: Collection[Post], told: Iterable[Story] | None = None, mail: posting.Mail | None = None
) -> list[str]:
    """What an officer with these posts may do with the dossier as it stands, in the table's order.

    Args:
        told: the supplements, by whoever knows them already; `mail`: what goes by post.
    """
    here = [post for post in posts if post.unit.agency_id == dossier.agency_id]
    requests = list(dossier.supplements.all()) if told is None else [story.request for story in told]
    not_now = withheld(dossier, requests, timezone.now()) | posting.withheld(
        posting.parcels_alone(dossier) if mail is None else mail
    )
    return [
        act
        for act, move in MOVES.items()
        if act not in not_now and State(dossier.state) in move.starts and able_for(act, dossier.step, here)
    ]


def judged_papers(dossier: Dossier) -> list[JudgedPaper]:
    """The papers of a dossier in the record's order, with verdicts."""
    verdicts: Mapping[str, Verdict] = {
        verdict.requirement_key: verdict for verdict in dossier.verdicts.select_related("by")
    }
    prefetch_related_objects([dossier.procedure_version], "requirements")  # asked for twice
    prefetch_related_objects([dossier], "papers_taken")  # likewise
    papers = drafts.papers(dossier)
    bring = {paper.key: paper for paper in drafts.still_to_bring(dossier, papers)}
    taken = {row.requirement_key: row for row in dossier.papers_taken.all()}  # at the counter, brought later, by post
    on_paper = {key: counted(row.originals, row.certified, row.copies) for key, row in taken.items()}
    return [
        JudgedPaper(
            paper.key,
            paper.requirement.name,
            paper.required,
            paper.files,
            verdicts.get(paper.key),
            bring.get(paper.key),
            on_paper.get(paper.key, ""),
        )
        for paper in papers
        if paper.files or paper.required or paper.key in taken
    ]


def promise(dossier: Dossier, now: datetime) -> datetime | None:
    """When the result would be due if the dossier were accepted now."""
    return clock_from(dossier.offering_version, now, working_calendar(dossier.agency)).due_at


def _people(dossier: Dossier) -> list[DescribedSection]:
    return [
        *person.described("applicant", dossier.applicant),
        *(person.described("owner", dossier.owner) if dossier.owner != dossier.applicant else []),
    ]


def _files(dossier: Dossier, papers: list[JudgedPaper], draft: ResultDraft | None) -> list[ViewedFile]:
    """What lies on the desk to be looked at; the draft comes first once there is one, for the one who decides on it."""
    found = []
    result = getattr(dossier, "result", None)
    if result is not None:
        found.append(ViewedFile(result.document, f"{result.name} số {result.number}", "Kết quả"))
    elif draft is not None:
        found.append(ViewedFile(draft.document, f"Bản nháp {dossier.offering_version.result_name}", "Bản nháp"))
    for paper in papers:
        for number, attachment in enumerate(paper.files, 1):
            count = f" {number}" if len(paper.files) > 1 else ""
            found.append(ViewedFile(attachment.document, paper.name, f"{_short(paper.name)}{count}"))
    return found


def _signed_declarations(confirmations: Iterable[Confirmation]) -> list[ViewedFile]:
    """The declarations that the person signed digitally."""
    return [
        ViewedFile(
            row.document, f"{row.get_kind_display()}, {row.covered}",
            "Ký số bổ sung" if row.supplement_id else "Tờ khai ký số",
        )
        for row in confirmations
        if row.document
    ]  # fmt: skip


def _refusal_slip(refusal: Refusal | None) -> list[ViewedFile]:
    """What ended the dossier, as the person has it in writing: it lies on top."""
    if refusal is None or refusal.slip is None:
        return []
    name = refusal.get_stage_display()
    return [ViewedFile(refusal.slip, f"Phiếu gửi người nộp: {name[:1].lower()}{name[1:]}", "Phiếu")]


def _apology_slip(apology: Apology | None) -> list[ViewedFile]:
    """The letter of apology; below the papers, which are still worked on."""
    return [ViewedFile(apology.slip, "Văn bản xin lỗi", "Xin lỗi")] if apology and apology.slip else []


def _replaced(told: Iterable[Story]) -> list[ViewedFile]:
    """What a supplement has replaced, to be held beside the new."""
    return [
        ViewedFile(one.document, f"Bản cũ: {one.item.label}", f"Cũ: {_short(one.item.label)}")
        for one in old_files(told)
    ]


def _short(name: str) -> str:
    """The first words of a paper's name, for under its small picture."""
    words = name.split(",")[0].split()
    return " ".join(words[:3])
