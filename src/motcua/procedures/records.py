"""The format of a record file (docs/catalogue.md), and what is wrong with one that doesn't follow it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from motcua.core.errors import BusinessError

SCHEMA = Path(__file__).parent / "schema" / "procedure.schema.json"


class RecordError(BusinessError):
    """A record that can't be published: it doesn't follow the schema, or names what doesn't exist."""


def check_shape(data: Mapping[str, Any]) -> None:
    """Accept a record that follows the schema.

    Raises:
        RecordError: it doesn't; the message says where.
    """
    trouble = min(_schema().iter_errors(data), key=lambda error: list(map(str, error.absolute_path)), default=None)
    if trouble is not None:
        place = "/".join(str(part) for part in trouble.absolute_path) or "bản ghi"
        raise RecordError(f"Bản ghi thủ tục {data.get('code', '')} chưa đúng ở {place}: {trouble.message}")


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
