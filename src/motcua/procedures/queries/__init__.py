"""Reads of the catalogue: a record in force, its papers for a situation, the lists that lead to it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from motcua.places.models import Unit as Place
from motcua.procedures.models import FeeRelief, Field, LifeEvent, Method, Procedure, ProcedureVersion, Requirement
from motcua.procedures.rules import Needed, needed


def in_force(on: date | None = None) -> QuerySet[ProcedureVersion]:
    """The published versions in force on a day (today), at most one for each procedure."""
    day = on or timezone.localdate()
    return (
        ProcedureVersion.objects.exclude(published_at=None)
        .filter(effective_from__lte=day)
        .filter(Q(effective_to=None) | Q(effective_to__gt=day))
        # Replaced on its first day: it never was in force, not even on that day.
        .exclude(effective_to=F("effective_from"))
    )


def record(code: str, on: date | None = None) -> ProcedureVersion | None:
    """The version of a procedure in force on a day (today), with its ways, papers and fees at hand."""
    return (
        in_force(on)
        .filter(procedure__code=code)
        .select_related("procedure", "field")
        .prefetch_related("methods", "requirements", "fee_lines")
        .first()
    )


def requirements_for(version: ProcedureVersion, answers: Mapping[str, Any]) -> list[Needed[Requirement]]:
    """The papers that these answers call for, and which of them must be there."""
    return needed(version.requirements.all(), answers)


def reliefs_in(province: Place, procedure: Procedure) -> list[FeeRelief]:
    """The exemptions and reductions that a province has set for a procedure, past and coming ones too."""
    found = FeeRelief.objects.filter(Q(procedures=None) | Q(procedures=procedure))
    return list(found.filter(province=province))


def reliefs_for(procedure: Procedure, on: date | None = None) -> list[FeeRelief]:
    """The exemptions and reductions of all provinces for a procedure that are in force on a day (today)."""
    day = on or timezone.localdate()
    in_force = Q(effective_from__lte=day) & (Q(effective_to=None) | Q(effective_to__gt=day))
    found = FeeRelief.objects.filter(Q(procedures=None) | Q(procedures=procedure)).filter(in_force)
    return list(found.select_related("province").order_by("province__sort_key", "effective_from"))


def related(version: ProcedureVersion) -> list[ProcedureVersion]:
    """The related procedures whose record is in force, by name."""
    ids = ProcedureVersion.related.through.objects.filter(procedureversion=version).values("procedure")
    return list(in_force().filter(procedure__in=ids).select_related("procedure").order_by("short_name", "pk"))


# What a list doesn't show of a record, and what is large.
_NOT_ON_CARDS = ("steps", "conditions", "results", "legal_basis", "notes", "situations", "forms", "keywords", "kind")


def cards(version_ids: Sequence[int]) -> dict[int, ProcedureVersion]:
    """What a list shows of these versions, in the order asked for: names, number, answers, field, ways."""
    ways = Prefetch("methods", Method.objects.defer("description"))
    versions = ProcedureVersion.objects.select_related("procedure", "field").prefetch_related(ways)
    found = versions.defer(*_NOT_ON_CARDS).in_bulk(version_ids)
    return {pk: found[pk] for pk in version_ids if pk in found}


def by_codes(codes: Collection[str]) -> dict[str, ProcedureVersion]:
    """The records in force of these procedures, by code, with their ways."""
    versions = in_force().filter(procedure__code__in=codes).select_related("procedure", "field")
    return {version.procedure.code: version for version in versions.prefetch_related("methods")}


def codes_to_take_home() -> list[str]:
    """The procedures whose forms can be had here, as files or to print (mức độ 2)."""
    found = in_force().filter(~Q(blank_forms=[]) | Q(forms_held=True))
    return list(found.values_list("procedure__code", flat=True).order_by())


def fields() -> list[Field]:
    """The fields that have a record in force, each with `count`, by name."""
    counts: dict[str, int] = dict(
        in_force().values("field").annotate(count=Count("pk")).values_list("field", "count").order_by()
    )
    found = Field.objects.filter(pk__in=counts).order_by("name")
    for field in found:
        field.count = counts[field.pk]  # type: ignore[attr-defined]
    return list(found)


def field(slug: str) -> Field | None:
    """The field of this slug."""
    return Field.objects.filter(pk=slug).first()


def life_events(audience: str) -> list[LifeEvent]:
    """The life events of an audience (`LifeEvent.Audience`), in their order."""
    return list(LifeEvent.objects.filter(audience=audience))


def life_event(slug: str) -> LifeEvent | None:
    """The life event of this slug."""
    return LifeEvent.objects.filter(pk=slug).first()
