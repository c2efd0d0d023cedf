"""A record written as a line of the catalogue, so that reading it gives the same record again."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.procedures.importing.reading import CHANNELS, LEVELS, OWN, read
from motcua.procedures.models import FeeKind, LimitUnit
from motcua.procedures.rules.forms import HELD

# Of a version, not of what a source can say; the files that a portal holds are its own.
OF_PUBLICATION = ("effective_from", "change_note", HELD)

_LEVEL_NAMES = {str(level): name for name, level in LEVELS.items()}
_LEVEL_LABELS = {"bo": "Cấp Bộ", "tinh": "Cấp tỉnh", "xa": "Cấp xã", "khac": "Cơ quan khác"}
_CHANNEL_NAMES = {str(channel): name for name, channel in CHANNELS.items()}
_UNITS = {LimitUnit.WORKING_DAYS: "working_day", LimitUnit.CALENDAR_DAYS: "day", LimitUnit.MONTHS: "month"}


def write(
    record: Mapping[str, Any],
    *,
    field_name: str,
    life_events: Sequence[str] = (),
    source: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The line of a record in canonical form (`records.canonical`).

    A source that still says the same is given back as it came; of another one the keys that are unknown here. What the
    plain keys can't say stands under "motcua", by the record's own names.
    """
    again = read(source) if source is not None else None
    if again is not None and _same_but_field(content(again.record), content(record)):
        line = dict(again.line)
        if again.life_events != sorted(life_events):
            line["life_events"] = sorted(life_events)
    else:
        line = (dict(again.line) if again is not None else {}) | _plain(record, field_name, life_events)
        line.pop(OWN, None)
        line.pop("code_raw", None)
    return {key: value for key, value in line.items() if key != OWN} | _own_part(line, record)


def content(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without what belongs to its publication."""
    return {key: value for key, value in record.items() if key not in OF_PUBLICATION}


def _same_but_field(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """A field may have another slug here than its name makes."""
    return {**one, "field": ""} == {**other, "field": ""}


def _own_part(line: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """What reading the plain keys would get wrong, by the record's names; None: the record has no such part."""
    plain = read({key: value for key, value in line.items() if key != OWN}).record
    own = {key: value for key, value in record.items() if key not in plain or plain[key] != value}
    own |= {key: None for key in plain if key not in record}
    return {OWN: own} if own else {}


def _plain(record: Mapping[str, Any], field_name: str, life_events: Sequence[str]) -> dict[str, Any]:
    agencies = record.get("agencies", {})
    levels = record.get("levels", [])
    return {
        "code": record.get("code"),
        "name": record["name"],
        "field": field_name,
        "level": ", ".join(_LEVEL_LABELS[level] for level in levels) or None,
        "levels": [_LEVEL_NAMES[level] for level in levels],
        "agency": record.get("agency_text") or "; ".join(agencies.get("performing", ())) or None,
        "authority": "; ".join(agencies.get("competent", ())) or None,
        "issuing_body": record.get("issuing_body"),
        "decision_no": record.get("decision_no"),
        "portal_url": record.get("portal_url"),
        "kind": record.get("kind"),
        "audience": ", ".join(record.get("audience", ())) or None,
        "summary": record.get("summary"),
        "steps": "\n".join(part for step in record.get("steps", ()) for part in (step["title"], step["text"]) if part),
        "methods": [_method(row) for row in record.get("methods", ())],
        "components": [_component(row) for row in record.get("requirements", ())],
        "forms": _forms(record),
        "result": "; ".join(row["name"] for row in record.get("results", ())) or None,
        "conditions": record.get("conditions"),
        "legal_basis": [_law(row) for row in record.get("legal_basis", ())],
        "keywords": ", ".join(record.get("keywords", ())) or None,
        "life_events": sorted(life_events),
    }


def _method(row: Mapping[str, Any]) -> dict[str, Any]:
    unit = row.get("limit_unit", "")
    return {
        "channel": _CHANNEL_NAMES[row["channel"]],
        "duration_text": row.get("limit_text") or None,
        "duration_value": row.get("limit_value"),
        "duration_unit": _UNITS.get(unit),
        "fee_text": row.get("fee_text") or None,
        "fees": _fees(row),
        "description": row.get("description") or None,
    }


def _fees(row: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    if row.get("fee_kind") == FeeKind.FREE:
        return [{"amount": 0, "currency": "VND"}]
    return [fee | {"amount": _number(fee["amount"])} for fee in row.get("fees", ())] or None


def _number(amount: str) -> int | float:
    return float(amount) if "." in amount else int(amount)


def _component(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "form_name": "; ".join(row.get("form_files", ())) or None,
        "originals": row.get("originals", 0),
        "copies": row.get("copies", 0),
        "group": row.get("group") or None,
    }


def _forms(record: Mapping[str, Any]) -> list[str]:
    of_papers = [file for row in record.get("requirements", ()) for file in row.get("form_files", ())]
    return list(dict.fromkeys([*of_papers, *record.get("forms", ())]))


def _law(row: Mapping[str, str]) -> str:
    number, title = row.get("number", ""), row["title"]
    return title if not number or number in title else f"{title} ({number})"
