"""The person's acts on a supplement: correct what was asked for in a working copy, then send it (bổ sung hồ sơ).

Whatever is typed is kept, valid or not; nothing of it reaches the dossier before it is sent.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.errors import BusinessError
from motcua.core.text import clean_lines
from motcua.core.words import say
from motcua.documents.services import Upload, take_upload
from motcua.dossiers.models import Attachment, Dossier, SupplementFile, SupplementItem, SupplementRequest
from motcua.dossiers.queries import drafts
from motcua.dossiers.queries import supplements as reads
from motcua.dossiers.queries.content import content_of
from motcua.dossiers.queries.outages import time_is_over
from motcua.dossiers.queries.supplements import SLUG, Work, WorkPaper
from motcua.dossiers.rules import merging
from motcua.dossiers.rules.merging import NOTHING_SEEN, Seen
from motcua.dossiers.rules.searching import searchable
from motcua.dossiers.services import money
from motcua.dossiers.services.acting import begin_as_applicant, move, note, prove, tell
from motcua.dossiers.services.confirmations import confirmations_for
from motcua.dossiers.services.drafts import Overwritten
from motcua.dossiers.services.submission import NotReady
from motcua.dossiers.services.supplements import back_in, go_on, lock_work
from motcua.eforms.queries import places
from motcua.eforms.rules import heading_of, prune, read, told

Kind, Which = SupplementItem.Kind, SupplementFile.Which
Outcome = SupplementRequest.Outcome
LONGEST_REMARK = 1000  # letters


@dataclass(frozen=True)
class Saved:
    """The working copy after a save, and what that save replaced without its writer having seen it."""

    work: Work
    overwritten: tuple[Overwritten, ...] = ()


@transaction.atomic
def save_answers(dossier: Dossier, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """Keep what the page of answers says, valid or not. Questions that nobody asked about stay as they are.

    Raises:
        Ended: it doesn't wait for a supplement any more.
    """
    dossier, work = lock_work(dossier, by)
    request, before = work.request, work.request.answers
    posted = read(work.form, SLUG, data, before, known=places())
    merged = merging.merge(before, posted, request.field_revisions, seen)
    if merged.changed:
        request.answers = merged.values
        _touch(request)
        request.field_revisions = merging.revisions_after(request.field_revisions, merged, request.revision, seen)
        request.save(update_fields=["answers", "field_revisions"])
    form = drafts.form_of(dossier)
    others = [Overwritten(heading_of(form, key), told(form, key, before.get(key))) for key in merged.surprises]
    return Saved(reads.work_on(dossier, request), tuple(others))


def _touch(request: SupplementRequest) -> None:
    request.revision += 1
    request.saved_at = timezone.now()
    request.save(update_fields=["revision", "saved_at"])


def attach(dossier: Dossier, key: str, file: Upload, *, by: User) -> None:
    """Take a file in for one of the papers that may be corrected.

    Raises:
        UploadRefused: what is wrong with the file.
        BusinessError: nobody asked for this paper, or it has as many files as it may have.
        Ended: it doesn't wait for a supplement any more.
    """
    with transaction.atomic():
        _paper(lock_work(dossier, by)[1], key)
    document = take_upload(file, by=by)  # outside the lock: looking into a large picture takes seconds
    with transaction.atomic():
        dossier, work = lock_work(dossier, by)
        paper = _paper(work, key)
        if any(one.document.blob_id == document.blob_id for one in paper.files):
            return  # a second click, or sent again because the answer got lost
        item = _item(work.request, paper)
        last = item.files.filter(which=Which.NEW).aggregate(last=Max("position"))["last"]
        SupplementFile.objects.create(item=item, which=Which.NEW, document=document, position=(last or 0) + 1)
        _touch(work.request)
        prove("dossier.supplement_file_added", dossier, by, paper=key, document=document.pk)


def _paper(work: Work, key: str) -> WorkPaper:
    paper = next((one for one in work.papers if one.key == key), None)
    if paper is None:
        raise BusinessError("Cán bộ không yêu cầu nộp lại giấy tờ này.")
    if not paper.left:
        most = paper.requirement.max_files
        raise BusinessError(
            say("Giấy này đã có đủ {most} tệp. Xin bỏ bớt, hoặc gộp nhiều trang vào một tệp PDF.", most=most)
        )
    return paper


def _item(request: SupplementRequest, paper: WorkPaper) -> SupplementItem:
    """The item of a paper; one that only the new answers call for gets its own."""
    last = request.items.aggregate(last=Max("position"))["last"] or 0
    facts = {"label": paper.requirement.name, "position": last + 1}
    return SupplementItem.objects.get_or_create(request=request, kind=Kind.PAPER, key=paper.key, defaults=facts)[0]


@transaction.atomic
def detach(dossier: Dossier, file_id: int, *, by: User) -> None:
    """Leave a file out of a paper that is being corrected; what was handed in before stays known.

    Raises:
        Ended: it doesn't wait for a supplement any more.
    """
    dossier, work = lock_work(dossier, by)
    found = SupplementFile.objects.filter(pk=file_id, which=Which.NEW, item__request=work.request).first()
    if found is None:
        return
    found.delete()
    _touch(work.request)
    prove("dossier.supplement_file_left_out", dossier, by, paper=found.item.key, document=found.document_id)


@transaction.atomic
def save_remark(dossier: Dossier, remark: str, *, by: User) -> None:
    """Keep the person's word to the desk until they send it.

    Raises:
        Ended: it doesn't wait for a supplement any more.
    """
    request = lock_work(dossier, by)[1].request
    request.remark = clean_lines(remark)[:LONGEST_REMARK]
    request.save(update_fields=["remark"])


@transaction.atomic
def send(dossier: Dossier, *, by: User, remark: str = "") -> Dossier:
    """Hand the supplement in; late, too, as long as the desk hasn't ended the wait. The clock goes on.

    Args:
        remark: the person's word to the desk; needed where something that was asked for stays as it is.

    Raises:
        Http404: it is somebody else's.
        NotReady: something is missing or wrong.
        NotConfirmed: the service wants a signature or a confirmation of exactly this.
        Ended: it was sent already, or the desk doesn't wait any more.
    """
    remark = clean_lines(remark)[:LONGEST_REMARK]
    dossier, work = lock_work(dossier, by)
    dossier = begin_as_applicant("supplement", dossier, by)
    content = content_of(dossier, work)
    problems = list(content.problems)
    if work.kept and not remark:
        labels = "; ".join(f"“{label}”" for label in work.kept)
        problems.append(
            drafts.Problem("", "", "ghi-chu", say("Chưa sửa {labels}. Sửa, hoặc ghi vì sao giữ nguyên", labels=labels))
        )
    if problems:
        raise NotReady(problems)
    digest = content.digest  # before anything of it is applied
    confirmations_for(content)
    now, request = timezone.now(), work.request
    fields = [*_apply(dossier, work, now), *go_on(dossier, request, now)]
    late = time_is_over(request.answer_by, now)
    request.outcome, request.ended_at, request.remark = Outcome.LATE if late else Outcome.ANSWERED, now, remark
    request.save(update_fields=["outcome", "ended_at", "remark"])
    move(dossier, back_in(request), *fields)
    title = "Đã bổ sung hồ sơ, sau thời hạn" if late else "Đã bổ sung hồ sơ"
    note(dossier, "supplement", title, by=by, at=now, text=remark)
    prove(
        "dossier.supplemented", dossier, by, request=request.pk, answers=work.answering.changed,
        papers=[paper.key for paper in work.papers if paper.is_changed], late=late, statement=True,
        digest=digest,
    )  # fmt: skip
    money.requote(dossier, by=by)
    tell("dossier_supplemented", dossier, at=now, due_at=dossier.due_at or dossier.answer_by, once=str(request.pk))
    return dossier


def _apply(dossier: Dossier, work: Work, now: datetime) -> list[str]:
    """Put the corrections into the dossier and keep both sides; returns the fields that the caller has to save."""
    form = work.answering.form
    before, after = dossier.answers, prune(form, work.answering.after)
    _keep_both(work, before, after)
    for paper in work.papers:
        if paper.is_changed:
            _replace_files(dossier, paper, now)
    dossier.answers = after
    dossier.subject_name = drafts.subject_of(dossier)[:200]
    dossier.folded = searchable(dossier.subject_name, dossier.applicant, dossier.owner)
    return ["answers", "subject_name", "folded"]


def _keep_both(work: Work, before: dict[str, Any], after: dict[str, Any]) -> None:
    """What each answer was and is: of those asked for, and of those that their corrections have changed or hidden."""
    request, form = work.request, work.answering.form
    asked = {item.key: item for item in request.items.all() if item.kind == Kind.ANSWER}
    for item in asked.values():
        item.after = after.get(item.key)
        item.save(update_fields=["after"])
    brought = [key for key in form.holders if before.get(key) != after.get(key) and key not in asked]
    last = request.items.aggregate(last=Max("position"))["last"] or 0
    SupplementItem.objects.bulk_create(
        SupplementItem(
            request=request, position=position, kind=Kind.ANSWER, key=key, label=heading_of(form, key),
            before=before.get(key), after=after.get(key),
        )
        for position, key in enumerate(brought, last + 1)
    )  # fmt: skip


def _replace_files(dossier: Dossier, paper: WorkPaper, now: datetime) -> None:
    """The paper's files as they are to be; what was found of the old ones says nothing about these.

    A file that stays keeps its moment: what a confirmation covered then, it still covers.
    """
    since = dict(dossier.attachments.filter(requirement_key=paper.key).values_list("document_id", "added_at"))
    dossier.attachments.filter(requirement_key=paper.key).delete()
    Attachment.objects.bulk_create(
        Attachment(
            dossier=dossier, requirement_key=paper.key, document_id=one.document_id, position=position,
            added_at=since.get(one.document_id, now),
        )
        for position, one in enumerate(paper.files, 1)
    )  # fmt: skip
    dossier.verdicts.filter(requirement_key=paper.key).delete()
