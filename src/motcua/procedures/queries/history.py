"""Reads of a procedure's past and its future: which versions there are, and what each says."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model

from motcua.procedures.models import Field, ProcedureVersion
from motcua.procedures.queries.forms import held_in
from motcua.procedures.queries.standing import ever_counted

_TEXTS = (
    "name", "short_name", "levels", "decision_no", "issuing_body", "portal_url", "kind", "audience", "agency_text",
    "agencies", "summary", "steps", "dossier_sets", "conditions", "results", "legal_basis", "keywords", "answers",
    "notes", "situations", "blank_forms", "forms",
)  # fmt: skip
_LISTED = (
    "procedure__code", "number", "published_at", "effective_from", "effective_to", "origin", "source_name", "is_short",
    "change_note", "short_name",
)  # fmt: skip
_METHOD = ("channel", "limit_value", "limit_unit", "limit_text", "fee_kind", "fee_text", "fees", "description")
_PAPER = (
    "key", "group", "name", "rule", "is_document", "required_if", "shown_if", "originals", "copies", "form",
    "template_name", "form_files", "max_files",
)  # fmt: skip
_FEE = ("key", "kind", "name", "amount", "channel", "per", "applies_if", "ground", "effective_from", "effective_to")


def published(code: str) -> list[ProcedureVersion]:
    """All that was ever published of a procedure, the newest first, with its field; planned ones too.

    One that was taken back before its day came is left out: nobody ever had to follow it. One that was replaced on its
    first day stays: it could be read for hours. What a record says isn't read: it may be long, and a list shows none.
    """
    found = ProcedureVersion.objects.filter(procedure__code=code).exclude(published_at=None).select_related("procedure")
    return [version for version in found.only(*_LISTED).order_by("-number") if ever_counted(version)]


def version(code: str, number: int) -> ProcedureVersion | None:
    """One of these versions with its parts at hand; None: there is none of this number."""
    found = (
        ProcedureVersion.objects.filter(procedure__code=code, number=number)
        .exclude(published_at=None)
        .select_related("procedure", "field")
        .prefetch_related("methods", "requirements", "fee_lines")
        .first()
    )
    return found if found and ever_counted(found) else None


def record_of(version: ProcedureVersion) -> dict[str, Any]:
    """The record as `publish_record` takes it, without what stands on the procedure itself (life events)."""
    return {
        "code": version.procedure.code,
        "field": version.field_id,
        "effective_from": version.effective_from.isoformat(),
        **{name: getattr(version, name) for name in _TEXTS},
        "methods": [_part(method, _METHOD) for method in version.methods.all()],
        "requirements": [_part(paper, _PAPER) for paper in version.requirements.all()],
        "fee_lines": [_part(line, _FEE) for line in version.fee_lines.all()],
        "held_forms": held_in(version),
        "related": sorted(procedure.code for procedure in version.related.all()),
    }


def names_in(records: Iterable[dict[str, Any]]) -> dict[str, str]:
    """What fields and related procedures of these records are called: slug → name, code → "1.001193 short name"."""
    records = list(records)
    slugs = {record["field"] for record in records}
    codes = {code for record in records for code in record.get("related", ())}
    fields = dict(Field.objects.filter(pk__in=slugs).values_list("pk", "name"))
    return fields | _names_of(codes)


def _names_of(codes: Collection[str]) -> dict[str, str]:
    if not codes:
        return {}
    newest = (
        ProcedureVersion.objects.filter(procedure__code__in=codes)
        .exclude(published_at=None)
        .order_by("procedure_id", "-number")
        .distinct("procedure_id")
    )
    return {code: f"{code} {name}" for code, name in newest.values_list("procedure__code", "short_name")}


def _part(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """A row as JSON has it: days and decimals as plain values, empty ones left out but for the conditions' {}."""
    values = ((name, getattr(row, name)) for name in names)
    return {name: _plain(value) for name, value in values if value not in (None, "", [])}


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "to_integral_value"):  # a decimal: 7.50 is 7.5, 3.00 is 3
        return int(value) if value == value.to_integral_value() else float(value)
    return value
