"""Reads of the whole catalogue for machines: what there is, what changed last."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone

from motcua.procedures.models import Field, LifeEvent, ProcedureVersion
from motcua.procedures.queries import in_force

_LISTED = ("number", "short_name", "change_note", "origin", "source_name", "published_at", "effective_from")


def count_in_force() -> int:
    """How many records are in force today."""
    return in_force().count()


def names_in_force(start: int, end: int) -> list[tuple[str, str, date]]:
    """A slice of the records in force, by number: code, short name, from which day they could be read as they are."""
    changed = Greatest("effective_from", TruncDate("published_at"))
    found = in_force().annotate(changed=changed).order_by("procedure__code")
    return list(found.values_list("procedure__code", "short_name", "changed")[start:end])


def field_slugs() -> list[str]:
    """The fields that have a record in force."""
    return sorted(set(in_force().order_by().values_list("field", flat=True).distinct()))


def life_event_slugs() -> list[str]:
    """All life events, in their order."""
    return list(LifeEvent.objects.values_list("slug", flat=True))


def changes(most: int, *, field: str = "") -> Sequence[ProcedureVersion]:
    """The versions that came into force last, the newest first; of one field, if its slug is given.

    One that was replaced since is a change, too; one that is still to come isn't one yet.
    """
    found = ProcedureVersion.objects.exclude(published_at=None).filter(effective_from__lte=timezone.localdate())
    found = found.exclude(Q(effective_to=F("effective_from")))  # it never was in force
    if field:
        found = found.filter(field=Field(pk=field))
    newest = found.order_by(Greatest("effective_from", TruncDate("published_at")).desc(), "-published_at", "-pk")
    return list(newest.select_related("procedure", "field").only("procedure__code", "field__name", *_LISTED)[:most])
