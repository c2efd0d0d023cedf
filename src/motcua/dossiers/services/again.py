"""Begin anew from a dossier that ended without a result: nothing is typed twice (nộp lại)."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.national.claims import NationalOrganisation
from motcua.core.errors import BusinessError
from motcua.dossiers.access import check_applicant, check_standing
from motcua.dossiers.models import Attachment, Dossier, State, SupplementRequest
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.endings import BEGUN_AGAIN
from motcua.dossiers.queries.supplements import last_request, work_on
from motcua.dossiers.services.acting import prove
from motcua.dossiers.services.drafts import start_draft
from motcua.eforms.queries import definition_of
from motcua.offerings.models import OfferingVersion
from motcua.offerings.queries import in_force


@transaction.atomic
def begin_again(dossier: Dossier, *, by: User, organisation: NationalOrganisation | None = None) -> Dossier:
    """A new draft with everything that a refused, declined, stopped or withdrawn dossier said, to mend and hand in.

    It follows the service as it is offered now: answers to questions that are no longer asked, and papers that are no
    longer wanted, stay behind. A second click finds the draft of the first.

    Args:
        organisation: whom the person stands for in this session; None: nobody. An organisation's dossier is begun
            again for it, a person's for the person.

    Raises:
        Http404: it is somebody else's.
        BusinessError: the dossier hasn't ended like that, the service takes nothing in now, there are too many drafts,
            or it is an organisation's that they don't stand for.
    """
    check_applicant(dossier, by)
    check_standing(dossier, organisation)
    if State(dossier.state) not in BEGUN_AGAIN:
        raise BusinessError("Chỉ nộp lại được từ hồ sơ đã bị từ chối, đã dừng hoặc đã rút.")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks at the same moment queue up here
    version = in_force().filter(offering=dossier.offering_version.offering).first()
    if version is None or not version.takes_online:
        raise BusinessError("Cơ quan này đang ngừng nhận hồ sơ trực tuyến cho thủ tục này. Xin nộp tại quầy.")
    said = _said(dossier)
    answers = _still_asked(said.answers, version)
    same = Dossier.objects.filter(
        user=by, state=State.DRAFT, helped_by=None, offering_version=version, answers=answers, owner=dossier.owner
    )
    code = dossier.applicant.get("organisation_code")
    if found := next((one for one in same if one.applicant.get("organisation_code") == code), None):
        return found
    standing = organisation if code else None
    return _filled(start_draft(version, by=by, organisation=standing), dossier, replace(said, answers=answers))


@dataclass(frozen=True)
class _Said:
    """What an ended dossier leaves behind: answers, and files by paper."""

    answers: dict[str, Any]
    files: dict[str, list[UUID]]


def _said(dossier: Dossier) -> _Said:
    """As it was handed in; with the corrections of a supplement that was begun and never sent."""
    files: dict[str, list[UUID]] = {}
    for file in dossier.attachments.all():
        files.setdefault(file.requirement_key, []).append(file.document_id)
    request = last_request(dossier)
    if request is None or request.outcome != SupplementRequest.Outcome.ENDED:
        return _Said(dossier.answers, files)
    work = work_on(dossier, request)
    changed = {paper.key: [one.document_id for one in paper.files] for paper in work.papers if paper.is_changed}
    return _Said(dict(work.answering.after), files | changed)


def _still_asked(answers: dict[str, Any], version: OfferingVersion) -> dict[str, Any]:
    asked = definition_of(version.form).page_of if version.form else {}
    return {key: answer for key, answer in answers.items() if key in asked}


def _delivery(old: Dossier, version: OfferingVersion) -> dict[str, Any]:
    """What was chosen then and is still offered."""
    receive = [way for way in old.delivery.get("receive") or [] if way in version.receive_ways]
    pay = old.delivery.get("pay")
    return ({"receive": receive} if receive else {}) | ({"pay": pay} if pay in version.pay_ways else {})


def _filled(draft: Dossier, old: Dossier, said: _Said) -> Dossier:
    known = {key: value for key, value in draft.applicant.items() if value}  # what the account says today counts
    draft.applicant = {**old.applicant, **known}
    draft.owner, draft.answers = old.owner, said.answers
    draft.delivery |= _delivery(old, draft.offering_version)
    draft.revision, draft.saved_at = 1, timezone.now()
    draft.save(update_fields=["applicant", "owner", "answers", "delivery", "revision", "saved_at"])
    asked = {paper.key for paper in reads.papers(draft)}
    Attachment.objects.bulk_create(
        Attachment(
            dossier=draft, requirement_key=key, document_id=document, position=position, added_at=draft.saved_at
        )
        for key, documents in said.files.items()
        if key in asked
        for position, document in enumerate(documents, 1)
    )  # fmt: skip
    prove("dossier.begun_again", draft, draft.user, after=old.ref)
    return draft
