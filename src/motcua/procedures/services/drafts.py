"""Acts on the next record of a procedure while it is being written. Nobody but editors sees it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.core.errors import BusinessError
from motcua.core.worktime import local
from motcua.procedures.comparing import SECTIONS
from motcua.procedures.models import Draft, Field, Procedure, ProcedureVersion
from motcua.procedures.queries.history import record_of
from motcua.procedures.queries.standing import last_standing
from motcua.procedures.records import canonical
from motcua.procedures.rules import fingerprint
from motcua.procedures.rules.forms import HELD
from motcua.procedures.services.publishing import columns, write_parts

DRAFT = 0  # its number, until it is published
_PARTS = ("methods", "requirements", "fee_lines", HELD)  # rows of their own, by the record's keys


class Overtaken(BusinessError):
    """Somebody else has changed what this person had on the screen; nothing was overwritten."""


def content_of(procedure: Procedure) -> dict[str, Any]:
    """The record that an editor goes on from: the draft, else the version that stands; empty where there is neither."""
    draft = Draft.objects.filter(procedure=procedure).select_related("version__procedure").first()
    version = draft.version if draft else last_standing(procedure)
    return record_of(version) if version else {}


def seen_of(content: Mapping[str, Any], keys: Collection[str]) -> str:
    """What a form carries of the part of a record that it shows, so that a change in between is noticed."""
    return fingerprint({key: content.get(key) for key in keys})


@transaction.atomic
def change_draft(procedure: Procedure, changes: Mapping[str, Any], *, seen: str, by: HasName) -> Draft | None:
    """Write some keys of the next record; begins a draft where there is none, unless nothing differs.

    Args:
        procedure: whose record it is.
        changes: keys of the record's format (docs/catalogue.md), each as a whole.
        seen: `seen_of` these keys as they were on the screen.
        by: the editor.

    Raises:
        Overtaken: somebody has changed these keys since.
        BusinessError: there is no such field.
    """
    _lock(procedure)
    draft = Draft.objects.filter(procedure=procedure).select_related("version__procedure", "base").first()
    before = content_of(procedure)
    if seen != seen_of(before, changes):
        raise Overtaken(_overtaken(draft))
    if canonical({key: before[key] for key in changes if key in before}) == canonical(changes):
        return draft
    _check_field(changes)
    draft = draft or begin_draft(procedure, before, by=by)
    _write(draft.version, {**before, **changes}, changes)
    draft.changed_by = by.full_name
    draft.save(update_fields=["changed_by", "changed_at"])
    sections = [section.key for section in SECTIONS if not set(section.fields).isdisjoint(changes)]
    _record("procedure.draft_changed", procedure, by, sections=sections)
    return draft


def begin_draft(procedure: Procedure, content: Mapping[str, Any], *, by: HasName) -> Draft:
    """A draft with this content; part of the act that changes it."""
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=DRAFT, effective_from=timezone.localdate(), **columns(content)
    )
    write_parts(version, content)
    draft = Draft.objects.create(
        procedure=procedure, version=version, base=last_standing(procedure), changed_by=by.full_name
    )
    _record("procedure.draft_begun", procedure, by)
    return draft


@transaction.atomic
def discard_draft(procedure: Procedure, *, seen: str, by: HasName) -> None:
    """Throw the draft away; what is published stays as it is.

    Raises:
        Overtaken: somebody has gone on with it since.
        BusinessError: there is none.
    """
    _lock(procedure)
    draft = locked_draft(procedure, seen=seen)
    draft.version.delete()  # takes the draft and its parts with it
    _record("procedure.draft_discarded", procedure, by)


def locked_draft(procedure: Procedure, *, seen: str) -> Draft:
    """The draft, as this person saw all of it; the procedure is locked already.

    Raises:
        Overtaken: somebody has changed it since.
        BusinessError: there is none.
    """
    draft = Draft.objects.filter(procedure=procedure).select_related("version__procedure", "base").first()
    if draft is None:
        raise BusinessError("Không còn bản nháp: đã có người công bố hoặc hủy.")
    if seen != whole_seen(record_of(draft.version)):
        raise Overtaken(_overtaken(draft))
    return draft


def whole_seen(content: Mapping[str, Any]) -> str:
    """`seen_of` all of a record."""
    return seen_of(content, {key for section in SECTIONS for key in section.fields})


def _lock(procedure: Procedure) -> None:
    Procedure.objects.select_for_update().get(pk=procedure.pk)


def _write(version: ProcedureVersion, content: Mapping[str, Any], changed: Collection[str]) -> None:
    for name, value in columns(content).items():
        setattr(version, name, value)
    version.save(update_fields=list(columns(content)))
    if not set(_PARTS).isdisjoint(changed) or "related" in changed:
        for rows in _PARTS:
            getattr(version, rows).all().delete()
        write_parts(version, content)


def _check_field(changes: Mapping[str, Any]) -> None:
    if "field" in changes and not Field.objects.filter(pk=changes["field"]).exists():
        raise BusinessError("Không có lĩnh vực này trong danh mục.")


def _overtaken(draft: Draft | None) -> str:
    if draft is None:
        return "Trong lúc ông/bà sửa, bản nháp đã được công bố hoặc hủy. Nội dung ông/bà gõ vẫn còn bên dưới."
    when = local(draft.changed_at)
    return (
        f"Trong lúc ông/bà sửa, {draft.changed_by} đã sửa phần này lúc {when:%H:%M} ngày {when:%d/%m/%Y}. "
        "Chưa có gì bị ghi đè; nội dung ông/bà gõ vẫn còn bên dưới."
    )


def _record(act: str, procedure: Procedure, by: HasName | None, **data: object) -> None:
    record(act, subject_kind="procedure", subject_ref=procedure.code, actor=by, **data)
