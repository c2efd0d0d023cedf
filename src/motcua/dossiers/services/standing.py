"""An organisation's dossier goes over to who stands for the organisation now (người đại diện hiện nay)."""

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.words import say
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.services.acting import lock, note, prove


@transaction.atomic
def take_over(dossier: Dossier, *, by: User) -> Dossier:
    """Let its news, its tasks and its result come to this account from now on; who handed it in stays written in it.

    Whoever had it until now doesn't see it any more, unless they stand for the organisation, too, and take it back.

    Raises:
        Http404: it isn't that of the organisation that this person stands for in this session, or a draft.
    """
    dossier = lock(dossier)
    code = dossier.applicant.get("organisation_code")
    if not code or by.came_for is None or by.came_for.code != code or dossier.state == State.DRAFT:
        raise Http404("Không có hồ sơ này.")
    if dossier.user_id == by.pk:
        return dossier
    before, dossier.user = dossier.user_id, by
    dossier.save(update_fields=["user"])
    title = say("Người đại diện hiện nay của tổ chức nhận theo dõi: {name}", name=by.full_name)
    note(dossier, "take_over", title, by=by, at=timezone.now())
    prove("dossier.taken_over", dossier, by, before=before, organisation=code)
    return dossier
