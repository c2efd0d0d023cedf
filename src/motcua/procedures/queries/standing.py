"""Which version of a procedure stands: the last one published that wasn't taken back; whether it was withdrawn."""

from django.db.models import F, Q
from django.utils import timezone

from motcua.procedures.models import Procedure, ProcedureVersion, Withdrawal


def last_standing(procedure: Procedure) -> ProcedureVersion | None:
    """The newest published version that is, was or will be in force; None: nothing was ever published.

    One that was replaced on its first day, or taken back before that day came, is left out.
    """
    published = procedure.versions.exclude(published_at=None)
    return published.exclude(effective_to=F("effective_from")).order_by("-number").first()


def ever_counted(version: ProcedureVersion) -> bool:
    """Whether a published version was, is or will be in force: not one that was taken back before its day came.

    One that was replaced on its first day has counted: it could be read for hours.
    """
    if version.effective_to != version.effective_from:
        return True
    return version.published_at is not None and timezone.localdate(version.published_at) >= version.effective_from


def planned(procedure: Procedure) -> ProcedureVersion | None:
    """The version that is published for a day still to come."""
    last = last_standing(procedure)
    return last if last and last.effective_from > timezone.localdate() else None


def withdrawal(code: str) -> Withdrawal | None:
    """The withdrawal (bãi bỏ) of a procedure that counts: its day has come, or lies ahead; None: there is none.

    One that a later publication has followed counts no more.
    """
    found = Withdrawal.objects.filter(procedure__code=code, taken_back_at=None).select_related("procedure", "version")
    last = found.first()
    if last is None:
        return None
    standing = last_standing(last.procedure)
    return last if standing and standing.effective_to == last.day else None


def withdrawn_codes() -> set[str]:
    """The procedures that were withdrawn and have nothing in force or to come: an import leaves them alone."""
    gone = Withdrawal.objects.filter(taken_back_at=None, day__lte=timezone.localdate())
    still = ProcedureVersion.objects.exclude(published_at=None).exclude(effective_to=F("effective_from"))
    standing = still.filter(Q(effective_to=None) | Q(effective_to__gt=timezone.localdate()))
    return set(gone.exclude(procedure__in=standing.values("procedure")).values_list("procedure__code", flat=True))
