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


def _trouble(name: str, data: Any) -> str:
    """The first thing that doesn't follow a schema: where, and what; empty when all does."""
    first = min(_schema(name).iter_errors(data), key=lambda error: list(map(str, error.absolute_path)), default=None)
    if first is None:
        return ""
    place = "/".join(str(part) for part in first.absolute_path) or "bản ghi"
    return f"{place}: {first.message}"


@cache
def _schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))
