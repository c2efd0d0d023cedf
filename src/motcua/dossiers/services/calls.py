"""Telephone calls to the person of a dossier, kept in its history (NĐ 61/2018 Điều 17, 19)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.errors import BusinessError
from motcua.core.identity import show_phone
from motcua.core.text import clean_lines
from motcua.core.words import say
from motcua.dossiers.models import Call, Dossier
from motcua.dossiers.rules.calls import LONGEST_SAID, check_call
from motcua.dossiers.services.acting import begin, note, prove


@transaction.atomic
def note_call(dossier: Dossier, *, by: User, phone: str, at: datetime, answered: bool, said: str) -> Call:
    """Keep that somebody was called: the person reads it in the history, word for word.

    A call decides nothing, so a colleague who was faster is no reason to refuse it.

    Args:
        phone: +84….
        at: when the call was: not later than now, not more than a month ago, and after the dossier was handed in.

    Raises:
        BusinessError: nothing is said, or the moment can't be.
        Http404, Conflict: as every act of an officer.
    """
    dossier, post = begin("note_call", dossier, by)
    said = clean_lines(said)[:LONGEST_SAID]
    now = timezone.now()
    if trouble := check_call(at, said, now=now, since=dossier.submitted_at):
        raise BusinessError(trouble)
    call = Call.objects.create(dossier=dossier, by=by, at=at, phone=phone, answered=answered, said=said)
    title = "Cơ quan đã gọi điện" if answered else "Cơ quan đã gọi điện, không có người nghe"
    note(
        dossier,
        "note_call",
        title,
        by=by,
        post=post,
        at=now,
        text=say("Số {phone}: {said}", phone=show_phone(phone), said=said),
    )
    # The number and the words stand in the row; the proof says that there was a call, and when.
    prove("dossier.call_noted", dossier, by, call=call.pk, call_at=at, answered=answered)
    return call
