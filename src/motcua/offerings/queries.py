"""Reads about what is offered online. What is offered is always a version in force, with its agency."""

from django.db.models import QuerySet

from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import Procedure


def in_force() -> QuerySet[OfferingVersion]:
    """The newest published version of each service that takes dossiers in."""
    return (
        OfferingVersion.objects.filter(published_at__isnull=False, offering__open=True)
        .select_related("form", "offering__procedure", "offering__agency__place__parent")
        .order_by("offering_id", "-number")
        .distinct("offering_id")
    )


def offerings_for(procedure: Procedure) -> list[OfferingVersion]:
    """Where this procedure can be done online now, in the alphabetical order of places."""
    found = in_force().filter(offering__procedure=procedure)
    return sorted(found, key=lambda version: version.offering.agency.place.sort_key)


def offered() -> dict[str, list[OfferingVersion]]:
    """Procedure code → where it can be done online, for marks and filters in lists; one query."""
    found: dict[str, list[OfferingVersion]] = {}
    for version in in_force():
        found.setdefault(version.offering.procedure.code, []).append(version)
    return found
