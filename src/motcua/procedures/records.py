"""The formats of the catalogue's files (docs/catalogue.md), and what is wrong with one that doesn't follow its own."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from motcua.core.errors import BusinessError

SCHEMAS = Path(__file__).parent / "schema"
SCHEMA = SCHEMAS / "procedure.schema.json"


class RecordError(BusinessError):
    """A record that can't be published: it doesn't follow the schema, or names what doesn't exist."""


def check_shape(data: Mapping[str, Any]) -> None:
    """Accept a record that follows the schema.

    Raises:
        RecordError: it doesn't; the message says where.
    """
    if trouble := _trouble("procedure", data):
        raise RecordError(f"Bản ghi thủ tục {data.get('code', '')} chưa đúng ở {trouble}")


def check_reliefs(rows: Sequence[Mapping[str, Any]]) -> None:
    """Accept a list of reliefs that follows the schema.

    Raises:
        RecordError: it doesn't; the message says where.
    """
    if trouble := _trouble("fee-reliefs", rows):
        raise RecordError(f"Danh sách miễn, giảm phí chưa đúng ở {trouble}")


def check_part(data: Mapping[str, Any]) -> None:
    """Accept some keys of a record, each of which follows the schema.

    Raises:
        RecordError: one doesn't; the message says where.
    """
    if trouble := _first_error(_part_schema(), data):
        raise RecordError(trouble)


_EMPTY: tuple[Any, ...] = ("", [], {}, None)
_DEFAULTS: dict[str, Any] = {"dossier_sets": 1, "is_document": True, "originals": 0, "copies": 0, "max_files": 10}
_KEPT = {"required_if", "shown_if", "applies_if"}  # an empty condition holds always; none at all says something else


def canonical(data: Mapping[str, Any]) -> dict[str, Any]:
    """The record without what says nothing more than leaving it out: two records are the same if these are.

    Lists of places where order means nothing (related) are sorted; a whole number is written without a point.
    """
    record = {key: value for key, value in data.items() if not key.startswith("$")}
    for part in ("methods", "requirements", "fee_lines"):
        if part in record:
            record[part] = [_lean(row) for row in record[part]]
    if "legal_basis" in record:
        record["legal_basis"] = [{"number": "", "title": ""} | _lean(row) for row in record["legal_basis"]]
    if "agencies" in record:
        record["agencies"] = {part: names for part, names in record["agencies"].items() if names}
    if "related" in record:
        record["related"] = sorted(record["related"])
    return _lean(record)


def _lean(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in row.items()
        if (value is not None if key in _KEPT else value not in _EMPTY) and _DEFAULTS.get(key) != value
    }


def _trouble(name: str, data: Any) -> str:
    """The first thing that doesn't follow a schema: where, and what; empty when all does."""
    return _first_error(_schema(name), data)


def _first_error(schema: Draft202012Validator, data: Any) -> str:
    first = min(schema.iter_errors(data), key=lambda error: list(map(str, error.absolute_path)), default=None)
    if first is None:
        return ""
    place = "/".join(str(part) for part in first.absolute_path) or "bản ghi"
    return f"{place}: {first.message}"


@cache
def _schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(_published(name))


@cache
def _part_schema() -> Draft202012Validator:
    whole = _published("procedure")
    named = {key: whole[key] for key in ("$schema", "properties", "$defs")}
    return Draft202012Validator(named | {"additionalProperties": False})


def _published(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found
