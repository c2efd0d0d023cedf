"""Records as an import leaves them, for tests of the pages that show them."""

from datetime import date
from typing import Any

from django.utils import timezone

from motcua.procedures.models import Procedure, ProcedureVersion
from tests.procedures.catalogue import made_up

NUMBER = 1
CODE = f"9.{NUMBER:06d}"


def paper(key: str, name: str, **more: Any) -> dict[str, Any]:
    """A paper of which one original is wanted."""
    return {"key": key, "name": name, "form": "ban-chinh", "required_if": {}, "originals": 1} | more


def imported(**changes: Any) -> ProcedureVersion:
    """Publish number 9.000001 as it comes out of an import; of the record's parts some may be empty."""
    return _publish(ProcedureVersion.Origin.IMPORTED, is_short=False, **changes)


def short(**changes: Any) -> ProcedureVersion:
    """The same as a line of the catalogue."""
    empty: dict[str, Any] = {"steps": [], "methods": [], "requirements": [], "results": [], "legal_basis": []}
    return _publish(ProcedureVersion.Origin.IMPORTED, is_short=True, **{**empty, **changes})


def past(until: str, **changes: Any) -> ProcedureVersion:
    """One that was edited here and ended before today; what is published now can't be given such an end."""
    return _publish(ProcedureVersion.Origin.EDITED, is_short=False, until=date.fromisoformat(until), **changes)


def _publish(origin: str, *, is_short: bool, until: date | None = None, **changes: Any) -> ProcedureVersion:
    record = made_up(NUMBER, **changes)
    parts = {key: record.pop(key) for key in ("methods", "requirements")}
    procedure, _ = Procedure.objects.get_or_create(code=record.pop("code"))
    number = procedure.versions.count() + 1
    first_day = date.fromisoformat(record.pop("effective_from"))
    if number > 1 and "effective_from" not in changes:
        first_day = timezone.localdate()
    procedure.versions.filter(effective_to=None).update(effective_to=first_day)
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=number, origin=origin, is_short=is_short, effective_from=first_day,
        effective_to=until,
        field_id=record.pop("field"), **record,
    )  # fmt: skip
    for position, row in enumerate(parts["methods"], 1):
        version.methods.create(position=position, **row)
    for position, row in enumerate(parts["requirements"], 1):
        version.requirements.create(position=position, **row)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    return version
