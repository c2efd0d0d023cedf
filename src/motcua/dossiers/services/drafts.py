"""Acts on a draft (bản nháp): start, fill in page by page, attach papers, discard.

A draft is kept whatever was typed, also what isn't valid: checking is done when a page is left and when the dossier is
handed in. Single saves are not written into the audit trail, since a draft is nobody's statement before it is handed
in; starting, attaching, detaching and discarding are.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.national.claims import NationalOrganisation
from motcua.audit.services import record
from motcua.core.errors import BusinessError, Conflict
from motcua.core.ids import new_ref
from motcua.core.words import say
from motcua.documents.services import Upload, take_upload
from motcua.dossiers.access import check_writer
from motcua.dossiers.models import Attachment, Dossier, State
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.rules import delivery as delivery_rules
from motcua.dossiers.rules import merging
from motcua.dossiers.rules import person as person_rules
from motcua.dossiers.rules.merging import NOTHING_SEEN, Seen
from motcua.dossiers.services.acting import lock
from motcua.eforms.queries import places
from motcua.eforms.rules import read
from motcua.offerings.models import OfferingVersion
from motcua.places.queries import full_name
from motcua.procedures.models import Requirement

KEPT_DAYS = 180  # a draft that nobody saves; said on the page of one's dossiers and in the promise on personal data
MOST_DRAFTS = 30  # of one account: nobody needs more, and a script could want thousands
Who = Literal["applicant", "owner"]
Part = Literal["applicant", "owner", "answers", "delivery"]


@dataclass(frozen=True)
class Overwritten:
    """A field that another window had saved differently since this page was made; the later save has won."""

    label: str
    other: str  # what the other window had saved, as text


@dataclass(frozen=True)
class Saved:
    """A draft after a save, and what that save replaced without its writer having seen it."""

    dossier: Dossier
    overwritten: tuple[Overwritten, ...] = ()


@transaction.atomic
def start_draft(
    version: OfferingVersion, *, by: User, organisation: NationalOrganisation | None = None, national_code: str = ""
) -> Dossier:
    """Begin a dossier for a service, with the applicant taken from the account.

    A second click finds the draft of the first: one that nobody has written in yet is given out again.

    Args:
        organisation: whom the person stands for in this session; None: they hand in for themselves.
        national_code: under which the National portal knows what is begun; a known one finds the dossier of before.

    Raises:
        BusinessError: the account is an officer's, the service takes nothing in now, or there are too many drafts.
    """
    rows = User.objects.select_for_update(of=("self",), no_key=True).select_related("residence__parent")
    person = rows.get(pk=by.pk)  # two clicks at the same moment queue up here
    _check_may_begin(version, by)
    if national_code and (sent := Dossier.objects.filter(national_code=national_code).first()):
        if sent.user_id == by.pk:
            return sent
        national_code = ""  # somebody else has begun with it: they aren't spoken of, and this is another dossier
    applicant = of_account(person) | _of_organisation(organisation)
    if untouched := _untouched(version, by, applicant, national_code):
        return untouched
    dossier = Dossier.objects.create(
        ref=new_ref(),
        national_code=national_code or None,
        agency=version.offering.agency,
        procedure_version=reads.procedure_in_force(version),
        offering_version=version,
        user=by,
        applicant=applicant,
        delivery=delivery_rules.first_choice(version.hand_in_ways, version.receive_ways),
        saved_at=timezone.now(),
    )
    record("dossier.started", subject_kind="dossier", subject_ref=dossier.ref, actor=by)
    return dossier


def _check_may_begin(version: OfferingVersion, by: User) -> None:
    if by.is_officer:
        raise BusinessError("Tài khoản cán bộ không nộp hồ sơ ở đây. Xin đăng nhập bằng tài khoản công dân.")
    if not (reads.takes_in(version) and version.takes_online):
        raise BusinessError("Cơ quan này đang ngừng nhận hồ sơ trực tuyến cho thủ tục này. Xin nộp tại quầy.")


def _untouched(version: OfferingVersion, by: User, applicant: dict[str, Any], national_code: str) -> Dossier | None:
    """A draft for the same that nobody has written in yet.

    Raises:
        BusinessError: there is none, and room for no other.
    """
    drafts = Dossier.objects.filter(user=by, state=State.DRAFT, helped_by=None)
    for draft in drafts.filter(offering_version=version, revision=0, national_code=national_code or None):
        if draft.applicant.get("organisation_code") == applicant.get("organisation_code"):
            return draft
    if drafts.count() >= MOST_DRAFTS:
        raise BusinessError(
            say(
                "Ông/bà đang có {count} bản nháp. Xin nộp hoặc xóa bớt trước khi bắt đầu hồ sơ mới.",
                count=MOST_DRAFTS,
            )
        )
    return None


def lock_draft(dossier: Dossier, by: User) -> Dossier:
    """The draft's row, held until the end of the transaction, with what its pages need.

    Raises:
        Http404: it is somebody else's; or a counter's, and `by` doesn't take in there.
        Conflict: it was handed in or discarded meanwhile.
    """
    try:
        draft = lock(dossier)
    except Dossier.DoesNotExist:
        raise Conflict("Bản nháp này đã được xóa ở một cửa sổ khác.") from None
    check_writer(draft, by)
    if draft.state != State.DRAFT:
        raise Conflict(say("Hồ sơ {ref} đã được nộp, không sửa được nữa.", ref=draft.ref))
    return draft


def save_answers(dossier: Dossier, page_slug: str, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """Keep what a page of the form says, valid or not. Fields that `data` doesn't name stay as they are."""
    return _save(
        dossier, "answers", by=by, seen=seen,
        merge=lambda draft: read(reads.form_of(draft), page_slug, data, draft.answers, known=places()),
    )  # fmt: skip


def save_all_answers(dossier: Dossier, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """The same for all pages of the form at once, as they stand on the counter's one page."""

    def merged(draft: Dossier) -> dict[str, Any]:
        form = reads.form_of(draft)
        answers: dict[str, Any] = draft.answers
        for page in form.pages:
            answers = read(form, page.slug, data, answers, known=places())
        return answers

    return _save(dossier, "answers", by=by, seen=seen, merge=merged)


def save_person(dossier: Dossier, which: Who, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """Keep what the page about the applicant (người nộp) or the owner (chủ hồ sơ) says, valid or not."""
    return _save(
        dossier, which, by=by, seen=seen,
        merge=lambda draft: person_rules.read_person(which, data, getattr(draft, which), known=places()),
    )  # fmt: skip


def copy_applicant(dossier: Dossier, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """Take the owner's details from the applicant's ("Lấy thông tin từ người nộp")."""
    return _save(dossier, "owner", by=by, seen=seen, merge=lambda draft: dict(draft.applicant))


def save_delivery(dossier: Dossier, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """Keep how the dossier is handed in, how the result is received and how the fee is paid."""
    return _save(
        dossier, "delivery", by=by, seen=seen,
        merge=lambda draft: delivery_rules.read(data, draft.delivery),
    )  # fmt: skip


def save_post(dossier: Dossier, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """Keep what the page about the post's way to the person says, valid or not."""
    return _save(
        dossier, "delivery", by=by, seen=seen,
        merge=lambda draft: {**draft.delivery, "post": _post(draft, data)},
    )  # fmt: skip


def _post(draft: Dossier, data: QueryDict) -> dict[str, Any]:
    before = delivery_rules.post_address(draft.delivery, draft.applicant)
    return person_rules.read_person("post", data, before, known=places())


def _save(dossier: Dossier, part: Part, *, by: User, seen: Seen, merge: Callable[[Dossier], dict[str, Any]]) -> Saved:
    with transaction.atomic():
        draft = lock_draft(dossier, by)
        before = getattr(draft, part)
        prefix = f"{part}."
        merged = merging.merge(before, merge(draft), draft.field_revisions, seen, prefix=prefix)
        draft.saved_at = timezone.now()
        if merged.changed:
            draft.revision += 1
            draft.field_revisions = merging.revisions_after(
                draft.field_revisions, merged, draft.revision, seen, prefix=prefix
            )
            setattr(draft, part, merged.values)
        draft.save(update_fields=[part, "revision", "field_revisions", "saved_at"])
    return Saved(draft, tuple(Overwritten(*told) for told in reads.texts(draft, part, before, merged.surprises)))


def of_account(user: User) -> dict[str, Any]:
    """A person as a dossier keeps them, from their account."""
    return {
        "full_name": user.full_name,
        "personal_number": user.personal_number or "",
        "birth_date": user.birth_date.isoformat() if user.birth_date else "",
        "sex": user.sex,
        "phone": user.phone,
        "email": user.email,
        "residence": user.residence_id or "",
        "residence_detail": user.residence_detail,
        "residence_province": (user.residence.parent_id or "") if user.residence else "",
        "residence_name": full_name(user.residence) if user.residence else "",
    }


def _of_organisation(organisation: NationalOrganisation | None) -> dict[str, Any]:
    if organisation is None:
        return {}
    return {f"organisation_{key}": value for key, value in asdict(organisation).items()}


def attach(dossier: Dossier, requirement_key: str, file: Upload, *, by: User) -> Attachment:
    """Take a file in for one of the papers (đính kèm giấy tờ).

    Raises:
        UploadRefused: what is wrong with the file; nothing else of the draft changes.
        BusinessError: no such paper is asked for, or it has as many files as it may have.
        Conflict: the draft was handed in or discarded meanwhile.
    """
    requirement = reads.requirement(dossier, requirement_key)
    _refuse_if_full(dossier, requirement)
    document = take_upload(file, by=by)  # before the lock: looking into a large picture takes seconds
    with transaction.atomic():
        draft = lock_draft(dossier, by)
        same = draft.attachments.filter(requirement_key=requirement_key, document__blob=document.blob_id).first()
        if same:
            return same  # a second click, or sent again because the answer got lost
        _refuse_if_full(draft, requirement)
        last = draft.attachments.filter(requirement_key=requirement_key).aggregate(last=Max("position"))["last"]
        attachment = Attachment.objects.create(
            dossier=draft, requirement_key=requirement_key, document=document,
            position=(last or 0) + 1, added_at=timezone.now(),
        )  # fmt: skip
        _touch(draft)
        record(
            "dossier.paper_attached", subject_kind="dossier", subject_ref=draft.ref, actor=by,
            paper=requirement_key, document=document.pk,
        )  # fmt: skip
    return attachment


def _refuse_if_full(dossier: Dossier, requirement: Requirement) -> None:
    if dossier.attachments.filter(requirement_key=requirement.key).count() >= requirement.max_files:
        raise BusinessError(
            say(
                "Giấy này đã có đủ {max_files} tệp. Xin xóa bớt, hoặc gộp nhiều trang vào một tệp PDF.",
                max_files=requirement.max_files,
            )
        )


@transaction.atomic
def detach(dossier: Dossier, attachment_id: int, *, by: User) -> None:
    """Remove a file from a paper; one that is already gone is no trouble.

    Raises:
        Conflict: the draft was handed in or discarded meanwhile.
    """
    draft = lock_draft(dossier, by)
    attachment = draft.attachments.filter(pk=attachment_id).first()
    if attachment is None:
        return
    attachment.delete()
    _touch(draft)
    record(
        "dossier.paper_detached", subject_kind="dossier", subject_ref=draft.ref, actor=by,
        paper=attachment.requirement_key, document=attachment.document_id,
    )  # fmt: skip


def _touch(draft: Dossier) -> None:
    draft.revision += 1
    draft.saved_at = timezone.now()
    draft.save(update_fields=["revision", "saved_at"])


@transaction.atomic
def discard(dossier: Dossier, *, by: User) -> None:
    """Delete a draft (xóa bản nháp).

    Raises:
        Conflict: it was handed in meanwhile.
    """
    draft = lock_draft(dossier, by)
    record("dossier.discarded", subject_kind="dossier", subject_ref=draft.ref, actor=by)
    draft.delete()


def discard_forgotten() -> int:
    """Delete the drafts that nobody has saved for `KEPT_DAYS`: personal data isn't kept for nothing.

    Returns how many there were. One at a time, so that somebody who comes back to theirs just then waits for nobody.
    """
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    count = 0
    for pk in list(Dossier.objects.filter(state=State.DRAFT, saved_at__lt=before).values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Dossier.objects.select_for_update(skip_locked=True)
            draft = rows.filter(pk=pk, state=State.DRAFT, saved_at__lt=before).first()
            if draft is None:
                continue
            record(
                "dossier.discarded", subject_kind="dossier", subject_ref=draft.ref, actor=None, saved=draft.saved_at
            )  # fmt: skip
            draft.delete()
            count += 1
    return count
