"""The act that sets what provinces take off fees and charges."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from motcua.audit.services import HasName, record
from motcua.places.queries import provinces
from motcua.procedures.models import FeeRelief, Procedure
from motcua.procedures.records import RecordError, check_reliefs


@transaction.atomic
def set_fee_reliefs(rows: Sequence[Mapping[str, Any]], *, by: HasName | None) -> int:
    """Bring the reliefs of the provinces (miễn, giảm phí, lệ phí) in line with a list; how many were new or changed.

    One that isn't named any more stays, with its last day: quotes have named it.

    Raises:
        RecordError: a row doesn't follow the schema, or names a province that doesn't exist.
    """
    check_reliefs(rows)
    unknown = {row["province"] for row in rows} - set(provinces().values_list("pk", flat=True))
    if unknown:
        raise RecordError(f"Không có tỉnh, thành phố mã {', '.join(sorted(unknown))}.")
    changed = [row["key"] for row in rows if _set_relief(row)]
    if changed:
        record("catalogue.fee_reliefs_set", subject_kind="catalogue", subject_ref="fee-reliefs", actor=by, keys=changed)
    return len(changed)


def _set_relief(row: Mapping[str, Any]) -> bool:
    facts = {
        "province_id": row["province"],
        "name": row["name"],
        "kind": row.get("kind", ""),
        "percent": row["percent"],
        "channel": row.get("channel", ""),
        "applies_if": row.get("applies_if"),
        "ground": row["ground"],
        "effective_from": date.fromisoformat(row["effective_from"]),
        "effective_to": date.fromisoformat(row["effective_to"]) if "effective_to" in row else None,
    }
    codes = set(row.get("procedures", ()))
    relief = FeeRelief.objects.filter(key=row["key"]).first()
    if relief and codes == set(relief.procedures.values_list("code", flat=True)) and _same(relief, facts):
        return False
    relief, _ = FeeRelief.objects.update_or_create(key=row["key"], defaults=facts)
    relief.procedures.set(Procedure.objects.get_or_create(code=code)[0] for code in codes)
    return True


def _same(relief: FeeRelief, facts: Mapping[str, Any]) -> bool:
    return all(getattr(relief, name) == value for name, value in facts.items())
