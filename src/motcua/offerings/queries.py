"""Reads about what is offered. What is offered is always a version in force, with its agency."""

from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import Procedure


def in_force() -> QuerySet[OfferingVersion]:
    """The newest published version of each service that takes dossiers in, at whatever level: online, or at the
    counter only (`form` is None).
    """
    return (
        OfferingVersion.objects.filter(published_at__isnull=False, offering__open=True)
        .select_related("form", "offering__procedure", "offering__agency__place__parent")
        .order_by("offering_id", "-number")
        .distinct("offering_id")
    )


def offerings_for(procedure: Procedure) -> list[OfferingVersion]:
    """Where this procedure can be done online now, in the alphabetical order of places."""
    found = (version for version in in_force().filter(offering__procedure=procedure) if version.takes_online)
    return sorted(found, key=lambda version: version.offering.agency.place.sort_key)


def offered() -> dict[str, list[OfferingVersion]]:
    """Procedure code → where it can be done online, for marks and filters in lists; one query."""
    found: dict[str, list[OfferingVersion]] = {}
    for version in in_force():
        if version.takes_online:
            found.setdefault(version.offering.procedure.code, []).append(version)
    return found


def taken_at(agency: Agency) -> list[OfferingVersion]:
    """What this agency's counter takes in, at every level; `form` is None where nothing is filled in online."""
    found = in_force().filter(offering__agency=agency).select_related("form", "offering__procedure", "offering__agency")
    return sorted(found, key=lambda version: version.offering.procedure.code)
