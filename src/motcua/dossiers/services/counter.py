"""Acts at the counter (tiếp nhận tại quầy): an officer types a dossier in for a person who stands before them.

The person is the one who hands in (người nộp): the dossier is theirs, from their account. The officer helps, and stands
in the dossier as `helped_by`. Until it is received it is the counter's: every officer who takes in there can carry it
on, nobody else sees it, and it survives a power cut, since every box is saved as it is typed.
"""

from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.errors import BusinessError, Conflict
from motcua.core.ids import new_ref
from motcua.core.words import money as in_figures
from motcua.core.words import say
from motcua.dossiers.access import check_writer, post_at_counter
from motcua.dossiers.models import AT_COUNTER, CounterCase, Dossier, PaperTaken, State
from motcua.dossiers.queries import counter as reads
from motcua.dossiers.queries import drafts as draft_reads
from motcua.dossiers.queries.confirmed import present_digest
from motcua.dossiers.rules import counter as rules
from motcua.dossiers.rules.merging import NOTHING_SEEN, Seen
from motcua.dossiers.services import drafts, money
from motcua.dossiers.services.acting import first_word, lock, note, prove
from motcua.dossiers.services.drafts import Overwritten, Saved, Who, of_account
from motcua.dossiers.services.reception import accept
from motcua.dossiers.services.submission import NotReady, freeze
from motcua.eforms.queries import places
from motcua.offerings.models import OfferingVersion
from motcua.payments import services as payments
from motcua.payments.rules.states import Method
from motcua.procedures.models import Requirement

LONGEST_ID = 120
_NOBODY: dict[str, Any] = {"applicant": {}, "owner": {}}


@transaction.atomic
def start(version: OfferingVersion, person: User, *, by: User) -> Dossier:
    """Begin a dossier at the counter for a person who is here; owner is the person until somebody says otherwise.

    What is begun for the same person and service already, and nobody has typed in, is given out again.

    Raises:
        Http404: the officer doesn't take in at the service's agency.
        BusinessError: the account isn't a citizen's, or the service takes nothing in now.
    """
    agency = version.offering.agency
    post_at_counter(agency.pk, by)
    rows = User.objects.select_for_update(of=("self",), no_key=True).select_related("residence__parent")
    person = rows.get(pk=person.pk)  # two officers who begin for the same person queue up here
    if person.is_officer:
        raise BusinessError("Số này là của tài khoản cán bộ, không phải của người nộp.")
    if not draft_reads.takes_in(version):
        raise BusinessError("Cơ quan đang ngừng nhận hồ sơ của thủ tục này.")
    same = Dossier.objects.filter(AT_COUNTER, user=person, offering_version=version, revision=0).first()
    if same:
        return same
    now = timezone.now()
    applicant = of_account(person)
    dossier = Dossier.objects.create(
        ref=new_ref(), agency=agency, procedure_version=draft_reads.procedure_in_force(version),
        offering_version=version, user=person, helped_by=by, applicant=applicant, owner=dict(applicant),
        delivery=rules.first_choice(version), saved_at=now,
    )  # fmt: skip
    dossier.answers = rules.filled_anew(draft_reads.form_of(dossier), {}, _NOBODY, _people(dossier), known=places())
    dossier.save(update_fields=["answers"])
    CounterCase.objects.create(dossier=dossier, saved_by=by, started_at=now)
    _expect_declaration(dossier, by)
    prove("dossier.started_at_counter", dossier, by, person=person.pk)
    return dossier


def _expect_declaration(dossier: Dossier, by: User) -> None:
    """The declaration that is typed in here is printed and signed on the spot: one original, unless they say no."""
    if dossier.offering_version.form_id is None:
        return
    now = timezone.now()
    for requirement in dossier.procedure_version.requirements.filter(form=Requirement.Form.EFORM, is_document=True):
        PaperTaken.objects.create(dossier=dossier, requirement_key=requirement.key, originals=1, by=by, at=now)


def _people(dossier: Dossier) -> dict[str, Any]:
    return {"applicant": dossier.applicant, "owner": dossier.owner}


# ---- Typing ----


@transaction.atomic
def save_case(dossier: Dossier, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN, at_field: str = "") -> Saved:
    """Keep what the counter's page says, valid or not: answers of all pages, counts of papers, ways.

    Args:
        at_field: the id of the box that the officer is in; the case opens there again.

    Raises:
        Http404: the officer doesn't take in at this agency.
        Conflict: it was received or discarded meanwhile.
    """
    overwritten: list[Overwritten] = []
    saved = drafts.save_all_answers(dossier, data, by=by, seen=seen)
    overwritten += saved.overwritten
    saved = drafts.save_delivery(saved.dossier, data, by=by, seen=seen)
    overwritten += saved.overwritten
    _count_papers(saved.dossier, data, by)
    _fill(saved.dossier)
    _stand(saved.dossier, by=by, at_field=at_field)
    return Saved(saved.dossier, tuple(overwritten))


def _fill(draft: Dossier) -> None:
    """Keep what the page fills in by itself, also where nobody touched the box: the list of what lacks reads it."""
    answers = draft_reads.offered_answers(draft)
    if answers != draft.answers:
        draft.answers = answers
        draft.save(update_fields=["answers"])


def _stand(draft: Dossier, *, by: User, at_field: str) -> None:
    """Remember who types, and where."""
    fields = {"saved_by": by} | ({"at_field": at_field[:LONGEST_ID]} if at_field else {})
    CounterCase.objects.filter(dossier=draft).update(**fields)


@transaction.atomic
def save_person(dossier: Dossier, which: Who, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """Keep what the page about applicant or owner says; what the form had from them follows.

    As long as both are one person, who changes the applicant changes the owner.

    Raises:
        Http404, Conflict: as `save_case`.
    """
    before = _people(dossier)
    same = dossier.owner.get("personal_number") == dossier.applicant.get("personal_number")
    saved = drafts.save_person(dossier, which, data, by=by, seen=seen)
    if which == "applicant" and same:
        saved = Saved(drafts.copy_applicant(saved.dossier, by=by, seen=seen).dossier, saved.overwritten)
    _follow(saved.dossier, before, by)
    return saved


@transaction.atomic
def save_post(dossier: Dossier, data: QueryDict, *, by: User, seen: Seen = NOTHING_SEEN) -> Saved:
    """Keep whom the post brings the result to.

    Raises:
        Http404, Conflict: as `save_case`.
    """
    saved = drafts.save_post(dossier, data, by=by, seen=seen)
    _stand(saved.dossier, by=by, at_field="")
    return saved


@transaction.atomic
def copy_applicant(dossier: Dossier, *, by: User) -> Dossier:
    """The owner is the person at the counter after all.

    Raises:
        Http404, Conflict: as `save_case`.
    """
    before = _people(dossier)
    draft = drafts.copy_applicant(dossier, by=by).dossier
    _follow(draft, before, by)
    return draft


def _follow(draft: Dossier, before: dict[str, Any], by: User) -> None:
    answers = rules.filled_anew(draft_reads.form_of(draft), draft.answers, before, _people(draft), known=places())
    if answers != draft.answers:
        draft.answers = answers
        draft.save(update_fields=["answers"])
    _stand(draft, by=by, at_field="")


def _count_papers(draft: Dossier, data: QueryDict, by: User) -> None:
    """What was counted; none of any kind is no row."""
    kept = {row.requirement_key: row for row in draft.papers_taken.all()}
    now = timezone.now()
    for requirement in draft.procedure_version.requirements.all():
        counts = rules.counts_in(data, requirement.key)
        row = kept.get(requirement.key)
        if counts is None or counts == ((row.originals, row.certified, row.copies) if row else (0, 0, 0)):
            continue
        if not any(counts):
            draft.papers_taken.filter(requirement_key=requirement.key).delete()
            continue
        originals, certified, copies = counts
        PaperTaken.objects.update_or_create(
            dossier=draft, requirement_key=requirement.key,
            defaults={"originals": originals, "certified": certified, "copies": copies, "by": by, "at": now},
        )  # fmt: skip


# ---- Taking it in ----


@transaction.atomic
def receive(dossier: Dossier, *, by: User, taken: int = 0) -> Dossier:
    """Take the dossier in (tiếp nhận tại quầy): handed in, paid if so chosen, accepted; code and clock at once.

    A second click of the same officer finds it received and changes nothing.

    Args:
        taken: what the officer has taken in cash, in đồng, as their page asked for it.

    Raises:
        Http404: the officer doesn't take in at this agency.
        NotReady: something is missing or wrong.
        BusinessError: the fee is another one by now, or the service takes nothing in any more.
        Conflict: a colleague received it first, or it was discarded.
    """
    draft = lock_case(dossier, by)
    if draft.state != State.DRAFT:
        if draft.helped_by_id == by.pk:
            return draft
        raise Conflict(first_word(draft) or say("Hồ sơ {ref} đã được tiếp nhận.", ref=draft.ref))
    if not draft_reads.takes_in(draft.offering_version):
        raise BusinessError("Cơ quan vừa ngừng nhận hồ sơ của thủ tục này. Hồ sơ đang nhập vẫn được giữ.")
    if found := reads.problems(draft):
        raise NotReady(found)
    _check_taken(draft, taken)
    return _received(draft, by, taken)


def lock_case(dossier: Dossier, by: User) -> Dossier:
    """The row of a counter's case, held until the end of the transaction, whatever became of it.

    Raises:
        Http404: the officer doesn't take in at this agency.
        Conflict: it was discarded, or isn't the counter's.
    """
    try:
        draft = lock(dossier)
    except Dossier.DoesNotExist:
        raise Conflict("Hồ sơ đang nhập này đã được xóa.") from None
    if draft.helped_by_id is None:
        raise Conflict("Hồ sơ này không phải hồ sơ nhập tại quầy.")
    check_writer(draft, by)
    return draft


def _check_taken(draft: Dossier, taken: int) -> None:
    """The officer takes what the page says; if it says something else by now, they must see it first."""
    due = reads.owes_now(draft)
    if taken != due:
        raise BusinessError(
            say("Phí, lệ phí phải thu bây giờ là {due}, không phải {taken}. Xin xem lại rồi bấm Tiếp nhận.",
                due=in_figures(due), taken=in_figures(taken))
        )  # fmt: skip


def hand_in(draft: Dossier, by: User, taken: int = 0) -> None:
    """Make a locked case the person's own dossier as it stands, inside the act that answers it.

    Args:
        taken: what is taken in cash for it, in đồng.
    """
    draft.helped_by = by
    draft.save(update_fields=["helped_by"])
    freeze(draft)
    assert draft.submitted_at is not None
    post = post_at_counter(draft.agency_id, by)
    title = say("Nộp tại quầy, người tiếp nhận {full_name}", full_name=by.full_name)
    note(draft, "submit", title, by=by, post=post, at=draft.submitted_at)
    prove(
        "dossier.received_at_counter", draft, by, procedure=draft.procedure_version.procedure.code,
        agency=draft.agency.code, revision=draft.revision, fee=draft.fee_total, taken=taken,
        papers={row.requirement_key: [row.originals, row.certified, row.copies] for row in draft.papers_taken.all()},
        files=list(draft.attachments.values_list("document__blob", flat=True)), digest=present_digest(draft),
    )  # fmt: skip
    CounterCase.objects.filter(dossier=draft).delete()


def _received(draft: Dossier, by: User, taken: int) -> Dossier:
    hand_in(draft, by, taken)
    order = money.ask(draft, by=by)
    if order is not None and taken:
        payments.collect(order, method=Method.CASH, amount=taken, by=by)
    return accept(draft, by=by)
