"""Begin anew from a dossier that ended without a result: nothing is typed twice (nộp lại)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.errors import BusinessError
from motcua.dossiers.access import check_applicant
from motcua.dossiers.models import Attachment, Dossier, State
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.endings import BEGUN_AGAIN
from motcua.dossiers.services.acting import prove
from motcua.dossiers.services.drafts import start_draft
from motcua.eforms.queries import definition_of
from motcua.offerings.models import OfferingVersion
from motcua.offerings.queries import in_force


@transaction.atomic
def begin_again(dossier: Dossier, *, by: User) -> Dossier:
    """A new draft with everything that a refused, declined, stopped or withdrawn dossier said, to mend and hand in.

    It follows the service as it is offered now: answers to questions that are no longer asked, and papers that are no
    longer wanted, stay behind. A second click finds the draft of the first.

    Raises:
        Http404: it is somebody else's.
        BusinessError: the dossier hasn't ended like that, the service takes nothing in now, or there are too many
            drafts.
    """
    check_applicant(dossier, by)
    if State(dossier.state) not in BEGUN_AGAIN:
        raise BusinessError("Chỉ nộp lại được từ hồ sơ đã bị từ chối, đã dừng hoặc đã rút.")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks at the same moment queue up here
    version = in_force().filter(offering=dossier.offering_version.offering).first()
    if version is None:
        raise BusinessError("Cơ quan này đang ngừng nhận hồ sơ trực tuyến cho thủ tục này. Xin nộp tại quầy.")
    answers = _answers(dossier, version)
    same = Dossier.objects.filter(
        user=by, state=State.DRAFT, offering_version=version, answers=answers, owner=dossier.owner
    )
    if found := same.first():
        return found
    return _filled(start_draft(version, by=by), dossier, answers)


def _answers(dossier: Dossier, version: OfferingVersion) -> dict[str, Any]:
    """What the present form still asks."""
    asked = definition_of(version.form).page_of
    return {key: answer for key, answer in dossier.answers.items() if key in asked}


def _delivery(old: Dossier, version: OfferingVersion) -> dict[str, Any]:
    """What was chosen then and is still offered."""
    receive = [way for way in old.delivery.get("receive") or [] if way in version.receive_ways]
    pay = old.delivery.get("pay")
    return ({"receive": receive} if receive else {}) | ({"pay": pay} if pay in version.pay_ways else {})


def _filled(draft: Dossier, old: Dossier, answers: dict[str, Any]) -> Dossier:
    known = {key: value for key, value in draft.applicant.items() if value}  # what the account says today counts
    draft.applicant = {**old.applicant, **known}
    draft.owner, draft.answers = old.owner, answers
    draft.delivery |= _delivery(old, draft.offering_version)
    draft.revision, draft.saved_at = 1, timezone.now()
    draft.save(update_fields=["applicant", "owner", "answers", "delivery", "revision", "saved_at"])
    asked = {paper.key for paper in reads.papers(draft)}
    Attachment.objects.bulk_create(
        Attachment(
            dossier=draft, requirement_key=file.requirement_key, document_id=file.document_id,
            position=file.position, added_at=draft.saved_at,
        )
        for file in old.attachments.filter(requirement_key__in=asked)
    )  # fmt: skip
    prove("dossier.begun_again", draft, draft.user, after=old.ref)
    return draft
