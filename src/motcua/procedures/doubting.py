"""Where in a record a doubt lies, and what the record says there. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.procedures.comparing import SECTIONS, Section
from motcua.procedures.models import Channel, Doubt

_BY_KIND = {
    Doubt.Kind.FEE_MISSING: "methods",
    Doubt.Kind.FEE_DOUBTFUL: "methods",
    Doubt.Kind.LIMIT_MISSING: "methods",
    Doubt.Kind.LIMIT_DOUBTFUL: "methods",
    Doubt.Kind.PAPER_DOUBTFUL: "requirements",
    Doubt.Kind.NAME_DOUBTFUL: "name",
}
_SECTION_OF = {key: section for section in SECTIONS for key in section.fields}
_LIMITS = {Doubt.Kind.LIMIT_MISSING, Doubt.Kind.LIMIT_DOUBTFUL}
UNSAID = "Chưa công bố"


def key_of(kind: str, place: str) -> str:
    """The record's key that a doubt is about: "methods"; empty: the record as a whole."""
    return place.partition("/")[0] or _BY_KIND.get(Doubt.Kind(kind), "")


def section_of(kind: str, place: str) -> Section | None:
    """The section of the record in which it can be mended; None: none by itself."""
    return _SECTION_OF.get(key_of(kind, place))


def row_of(record: Mapping[str, Any], place: str) -> Mapping[str, Any] | None:
    """The way or paper that a place names ("methods/2" counted from 1, "requirements/<key>"), if it is there."""
    key, _, which = place.partition("/")
    rows = record.get(key) or []
    if key == "methods" and which.isdigit():
        return rows[int(which) - 1] if 0 < int(which) <= len(rows) else None
    if key == "requirements" and which:
        return next((row for row in rows if row["key"] == which), None)
    return None


def named(record: Mapping[str, Any], kind: str, place: str) -> str:
    """How a place is called for people: "Cách nộp 2: Trực tuyến", "Thành phần, số lượng hồ sơ"."""
    row = row_of(record, place)
    if row and "channel" in row:
        return f"Cách nộp {place.partition('/')[2]}: {Channel(row['channel']).label}"
    if row:
        return "Giấy tờ" if row.get("is_document", True) else "Ghi chú trong thành phần hồ sơ"
    section = section_of(kind, place)
    return section.title if section else "Cả bản ghi"


def shown(record: Mapping[str, Any], kind: str, place: str) -> str:
    """What the record says at the place of a doubt; empty: the doubt is about no single place."""
    key, row = key_of(kind, place), row_of(record, place)
    if row and "channel" in row:
        return str(row.get("limit_text" if kind in _LIMITS else "fee_text") or UNSAID)
    if row:
        return str(row["name"])
    if key == "methods" and kind in _BY_KIND:
        said = "limit_text" if kind in _LIMITS else "fee_text"
        return "\n".join(dict.fromkeys(str(way.get(said) or UNSAID) for way in record.get("methods", ())))
    if key == "effective_from":
        return f"{date.fromisoformat(record[key]):%d/%m/%Y}" if record.get(key) else ""
    value = record.get(key) if key else ""
    return value if isinstance(value, str) else ""


def same_there(before: Mapping[str, Any], after: Mapping[str, Any], kind: str, place: str) -> bool:
    """Whether two records say the same where the doubt lies: an editor who changed it has dealt with it."""
    key = key_of(kind, place)
    if not key:
        return True
    if "/" in place and row_of(before, place) is not None:
        return row_of(before, place) == row_of(after, place)
    return bool(before.get(key) == after.get(key))
