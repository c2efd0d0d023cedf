"""Acts on administrative units: load the state's list, add one of one's own."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction

from motcua.audit.services import HasName, record
from motcua.core.text import clean, fold, sort_key
from motcua.places.models import Unit
from motcua.places.rules import bare_name

DATA = Path(__file__).parent / "data" / "units.csv"  # code,parent,kind,name (QĐ 19/2025/QĐ-TTg)
_KINDS = {label.casefold(): Unit.Kind(value) for value, label in Unit.Kind.choices}


@transaction.atomic
def load_units(path: Path = DATA, *, by: HasName | None = None) -> int:
    """Bring the table in line with the list of units; the number of units that were new or had changed.

    A unit that is no longer in the list stays: dossiers and addresses keep what they were given.
    """
    known = {unit.code: _state(unit) for unit in Unit.objects.all()}
    with path.open(encoding="utf-8", newline="") as lines:
        changed = [unit for unit in _units(csv.DictReader(lines)) if known.get(unit.code) != _state(unit)]
    if changed:
        _write(changed)
        record("places.loaded", subject_kind="places", subject_ref=path.name, actor=by, changed=len(changed))
    return len(changed)


@transaction.atomic
def add_unit(code: str, *, kind: str, name: str, parent_code: str | None = None, by: HasName | None = None) -> Unit:
    """Add one unit, or bring it in line with what is given; `name` with or without its kind."""
    unit = _unit(code, parent_code, Unit.Kind(kind), name)
    known = Unit.objects.filter(pk=code).first()
    if known is not None and _state(known) == _state(unit):
        return known
    _write([unit])
    record("place.added", subject_kind="place", subject_ref=code, actor=by, name=str(unit))
    return unit


def _write(units: list[Unit]) -> None:
    Unit.objects.bulk_create(
        units,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["parent", "kind", "name", "folded", "sort_key"],
    )


def _units(rows: Iterable[dict[str, str]]) -> Iterator[Unit]:
    for row in rows:
        yield _unit(row["code"], row["parent"] or None, _KINDS[row["kind"].casefold()], row["name"])


def _unit(code: str, parent_code: str | None, kind: Unit.Kind, name: str) -> Unit:
    bare = bare_name(kind.label, clean(name))
    return Unit(
        code=code,
        parent_id=parent_code,
        kind=kind,
        name=bare,
        folded=fold(f"{kind.label} {bare}"),
        sort_key=sort_key(bare),
    )


def _state(unit: Unit) -> tuple[str | None, ...]:
    return unit.parent_id, str(unit.kind), unit.name, unit.folded, unit.sort_key
