"""Reads about what is offered. What is offered is always a version in force, with its agency."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.documents.signatures.keys import signs
from motcua.offerings.models import OfferingVersion
from motcua.offerings.rules import Facts, Portal
from motcua.procedures.models import Procedure, ProcedureVersion
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


# ---- Levels ----


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
        has_blank_forms=bool(version.blank_forms),
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
