"""Reads about what is offered. What is offered is always a version in force, with its agency."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.core.text import sort_key
from motcua.documents.signatures.keys import signs
from motcua.offerings.models import Offering, OfferingVersion
from motcua.offerings.rules import WHOLE_LEVEL, Facts, Portal, lacking, lacking_for_next
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.queries import in_force as records_in_force
from motcua.procedures.queries import record


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
    return [version for version in all_offerings_for(procedure) if version.takes_online]


def all_offerings_for(procedure: Procedure) -> list[OfferingVersion]:
    """The same with those that take paper only (mức độ 1, 2)."""
    found = in_force().filter(offering__procedure=procedure)
    return sorted(found, key=lambda version: version.offering.agency.place.sort_key)


def offered() -> dict[str, list[OfferingVersion]]:
    """Procedure code → where it can be done online, for marks and filters in lists; one query."""
    found: dict[str, list[OfferingVersion]] = {}
    for version in in_force():
        if version.takes_online:
            found.setdefault(version.offering.procedure.code, []).append(version)
    return found


@dataclass(frozen=True)
class Receiver:
    """An agency that takes dossiers in on this portal, and for how many procedures online."""

    agency: Agency
    online: int
    services: int


def receiving() -> list[Receiver]:
    """The agencies that have an open service, in the alphabetical order of places; one query."""
    found: dict[int, list[OfferingVersion]] = {}
    for version in in_force():
        found.setdefault(version.offering.agency_id, []).append(version)
    by_place = sorted(found.values(), key=lambda versions: versions[0].offering.agency.place.sort_key)
    return [
        Receiver(versions[0].offering.agency, sum(version.takes_online for version in versions), len(versions))
        for versions in by_place
    ]


def last_version(offering: Offering) -> OfferingVersion:
    """The newest published version, also of a service that is closed."""
    published = offering.versions.filter(published_at__isnull=False).select_related("form")
    return published.order_by("-number")[:1].get()


# ---- Levels ----

# What a next version takes over from the last.
KEPT = tuple(
    field.name
    for field in OfferingVersion._meta.concrete_fields
    if field.name not in {"id", "offering", "number", "published_at", "form"}
)
STEP_KEPT = ("key", "name", "role", "hours", "acts")


@dataclass(frozen=True)
class Managed:
    """A service as administrators see it.

    Attributes:
        lacks: what its own level needs and it lacks; only if something changed since it was published.
        lacks_next: what it lacks for the next level, at level 4 for being wholly online.
    """

    version: OfferingVersion
    name: str
    lacks: list[str]
    lacks_next: list[str]

    @property
    def is_at_the_top(self) -> bool:
        """Whether there is no higher level."""
        return self.version.old_level >= WHOLE_LEVEL and self.version.scope == OfferingVersion.Scope.FULL

    @property
    def next_level(self) -> str:
        """The next level in words."""
        level = self.version.old_level
        return "toàn trình" if level >= WHOLE_LEVEL else f"mức độ {level + 1}"


def settings_of(version: OfferingVersion) -> dict[str, Any]:
    """A version's settings as the rules of levels take them."""
    return {name: getattr(version, name) for name in KEPT}


def steps_of(version: OfferingVersion) -> list[dict[str, Any]]:
    """Its process as the rules of levels take it."""
    return [{"key": step.key, "acts": step.acts} for step in version.steps.all()]


def managed(agencies: Collection[int], *, offering: Offering | None = None) -> list[Managed]:
    """All services of these agencies, open or closed, by agency and procedure; or one of them.

    Args:
        agencies: ids of agencies (`access.administered_by`).
    """
    rows = (
        OfferingVersion.objects.filter(published_at__isnull=False, offering__agency__in=agencies)
        .select_related("form", "offering__procedure", "offering__agency__place")
        .prefetch_related("steps__unit")
        .order_by("offering_id", "-number")
        .distinct("offering_id")
    )
    found = list(rows.filter(offering=offering) if offering else rows)
    records = _records({version.offering.procedure.code for version in found})
    of_portal = portal()
    told = [_managed(version, records.get(version.offering.procedure.code), of_portal) for version in found]
    return sorted(told, key=lambda one: (one.version.offering.agency.place.sort_key, sort_key(one.name)))


def _records(codes: Collection[str]) -> dict[str, ProcedureVersion]:
    rows = records_in_force().filter(procedure__code__in=codes).select_related("procedure")
    return {row.procedure.code: row for row in rows.prefetch_related("methods", "requirements", "fee_lines")}


def _managed(version: OfferingVersion, of_record: ProcedureVersion | None, of_portal: Portal) -> Managed:
    facts, has_form = _facts(of_record, of_portal), version.form_id is not None
    asked = (settings_of(version), steps_of(version), facts)
    return Managed(
        version,
        of_record.short_name if of_record else version.offering.procedure.code,
        lacking(*asked, has_form=has_form),
        lacking_for_next(*asked, has_form=has_form),
    )


def portal() -> Portal:
    """What this portal as a whole can do."""
    return Portal(statistics=apps.is_installed("motcua.reports"), signs=signs())


def facts_of(procedure: Procedure, of_portal: Portal | None = None) -> Facts:
    """What decides about levels beside an offering's own settings; of a record that isn't in force all is lacking."""
    version = record(procedure.code)
    return _facts(version, of_portal or portal())


def _facts(version: ProcedureVersion | None, of_portal: Portal) -> Facts:
    if version is None:
        return Facts(["bản ghi thủ tục đang có hiệu lực"], has_blank_forms=False, charges=False, portal=of_portal)
    return Facts(
        parts_lacking=list(_parts_lacking(version)),
        has_blank_forms=version.is_to_take_home,
        charges=any(line.amount for line in version.fee_lines.all()),
        portal=of_portal,
    )


def _parts_lacking(version: ProcedureVersion) -> Iterator[str]:
    """What of a record NĐ 63/2010 Điều 8 always wants; forms, conditions and fees are only where there are any."""
    methods = list(version.methods.all())
    parts = {
        "tên thủ tục": version.name,
        "trình tự thực hiện": version.steps,
        "cách thức thực hiện": methods,
        "thành phần hồ sơ": version.requirements.all(),
        "số lượng hồ sơ": version.dossier_sets,
        "thời hạn giải quyết": any(method.limit_text or method.limit_value for method in methods),
        "đối tượng thực hiện": version.audience,
        "cơ quan thực hiện": version.agency_text,
        "kết quả thực hiện": version.results,
        "căn cứ pháp lý": version.legal_basis,
        "quyết định công bố": version.decision_no,
    }
    return (name for name, part in parts.items() if not part)
