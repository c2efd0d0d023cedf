"""When the promise can't be kept: say sorry, and name a new day, once (xin lỗi, hẹn lại; mẫu 04)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.queries import working_calendar
from motcua.core.errors import BusinessError
from motcua.core.text import clean_lines
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.queries.people import spoken_moment
from motcua.dossiers.rules.clock import extension_until, new_promise
from motcua.dossiers.rules.refusing import LONGEST_REASON
from motcua.dossiers.services import slips
from motcua.dossiers.services.acting import begin, note, prove, tell


@transaction.atomic
def apologise(dossier: Dossier, *, by: User, reason: str, day: date, seen: str = "") -> Apology:
    """Apologise for being late, with the day on which the result will be there instead.

    Made a working day before the promise at the latest, it moves the promise; made later, the dossier stays late and
    the person knows at least what to expect (NĐ 61/2018 Điều 19.9). Once only.

    Args:
        day: a working day after the promise and after today; the new promise is its closing time.

    Raises:
        BusinessError: no clock runs, it was done already, the day isn't one, the reason is missing.
        Http404, Conflict: as every act of an officer.
    """
    reason = clean_lines(reason)[:LONGEST_REASON]
    dossier, post = begin("apologise", dossier, by, reason=reason, seen=seen)
    if Apology.objects.filter(dossier=dossier).exists():
        raise BusinessError("Hồ sơ này đã được xin lỗi và hẹn lại một lần. Mỗi hồ sơ chỉ được hẹn lại một lần.")
    if dossier.due_at is None:
        raise BusinessError("Đồng hồ của hồ sơ này đang dừng nên chưa có ngày hẹn nào để dời.")
    now, calendar, old = timezone.now(), working_calendar(dossier.agency), dossier.due_at
    new = new_promise(day, old, now, calendar)
    extends = now < extension_until(old, calendar)
    if extends:
        dossier.due_at, dossier.extended_at, dossier.extended_to = new, now, new
        dossier.save(update_fields=["due_at", "extended_at", "extended_to"])
    apology = Apology.objects.create(
        dossier=dossier, reason=reason, old_due_at=old, new_due_at=new, extends=extends, by=by, at=now
    )
    title = "Cơ quan xin lỗi, hẹn lại trả kết quả" if extends else "Cơ quan xin lỗi vì trễ hẹn, dự kiến trả kết quả"
    note(dossier, "apologise", f"{title} {spoken_moment(new)}", by=by, post=post, at=now, text=reason)
    prove("dossier.apologised", dossier, by, old=old, new=new, extends=extends, reason=reason)
    tell(
        "dossier_extended" if extends else "dossier_late", dossier, at=now, by=by, post=post, due_at=new, reason=reason
    )
    slips.have_made(slips.MAKE_APOLOGY, apology_id=apology.pk)
    return apology
