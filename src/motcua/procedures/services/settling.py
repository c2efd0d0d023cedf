"""Acts on what is doubtful in sources: look at it and find it right, look again, give a record its code."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.core.errors import BusinessError
from motcua.procedures.comparing import SECTIONS
from motcua.procedures.doubting import same_there
from motcua.procedures.importing import read
from motcua.procedures.models import Doubt, Field, LifeEvent, Procedure, SourceRecord
from motcua.procedures.services.drafts import begin_draft, change_draft, content_of

CODE = re.compile(r"[0-9]\.[0-9]{6}")
# The short name is this portal's own, whatever a reading makes of the official one.
_KEYS = {key for section in SECTIONS for key in section.fields} - {"short_name"}
_IN_LOG = 50  # so many sources are named in the log's entry; the rest is counted


@transaction.atomic
def settle(doubts: Collection[int], *, by: HasName) -> int:
    """Say that these were looked at and are right as the source has them; how many were still open."""
    found = list(Doubt.objects.select_for_update().filter(pk__in=doubts, settled_at=None).order_by("pk"))
    _close(found, by)
    if found:
        keys = _keys(found)
        record(
            "doubts.settled", subject_kind="catalogue", subject_ref="doubts", actor=by, count=len(found),
            sources=keys[:_IN_LOG],
        )  # fmt: skip
    return len(found)


@transaction.atomic
def reopen(doubts: Collection[int], *, by: HasName) -> int:
    """Take back that these were looked at; how many were."""
    found = list(Doubt.objects.select_for_update().filter(pk__in=doubts).exclude(settled_at=None).order_by("pk"))
    Doubt.objects.filter(pk__in=[doubt.pk for doubt in found]).update(settled_at=None, settled_by="")
    if found:
        keys = _keys(found)
        record(
            "doubts.reopened", subject_kind="catalogue", subject_ref="doubts", actor=by, count=len(found),
            sources=keys[:_IN_LOG],
        )  # fmt: skip
    return len(found)


def settle_changed(procedure: Procedure, before: Mapping[str, Any], after: Mapping[str, Any], *, by: HasName) -> None:
    """Close the doubts about places that a publication has changed; part of that act."""
    open_ = Doubt.objects.filter(source__procedure=procedure, settled_at=None).exclude(kind=Doubt.Kind.EDITED_HERE)
    _close([doubt for doubt in open_ if not same_there(before, after, doubt.kind, doubt.place)], by)


@transaction.atomic
def give_code(source: SourceRecord, code: str, *, by: HasName) -> Procedure:
    """Give a record without a code its number; what the source says becomes a draft under it.

    Raises:
        BusinessError: it has a number; the number is wrong, or another record's.
    """
    source = SourceRecord.objects.select_for_update().get(pk=source.pk)
    if source.procedure_id is not None:
        raise BusinessError("Bản ghi này đã có mã.")
    if not CODE.fullmatch(code):
        raise BusinessError("Mã thủ tục gồm một chữ số, dấu chấm và sáu chữ số, ví dụ 1.001193.")
    procedure, _ = Procedure.objects.get_or_create(code=code)
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    if content_of(procedure):
        raise BusinessError(f"Mã {code} đã có bản ghi. Nếu cùng một thủ tục, mở bản ghi ấy và sửa theo nguồn này.")
    reading = read(source.line)
    Field.objects.get_or_create(slug=reading.record["field"], defaults={"name": reading.field_name})
    begin_draft(procedure, {**reading.record, "code": code}, by=by)
    procedure.life_events.add(*LifeEvent.objects.filter(pk__in=reading.life_events))
    source.procedure = procedure
    source.save(update_fields=["procedure"])
    _close(list(source.doubts.filter(kind=Doubt.Kind.NO_CODE, settled_at=None)), by)
    record("procedure.code_given", subject_kind="procedure", subject_ref=code, actor=by, source=source.key)
    return procedure


@transaction.atomic
def take_over(source: SourceRecord, keys: Collection[str], *, seen: str, by: HasName) -> None:
    """Put what a source says under these keys into the draft, and keep what was edited here in all others.

    Args:
        source: whose line it is; it has a procedure.
        keys: of those in `said_by`; none: all stays as it was edited here.
        seen: `drafts.seen_of` these keys as they were on the screen.
        by: the editor.

    Raises:
        Overtaken: somebody has changed these keys since.
    """
    source = SourceRecord.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=source.pk)
    assert source.procedure is not None, "a source without a code has nothing to be held against"
    if keys:
        reading = read(source.line)
        if "field" in keys:
            Field.objects.get_or_create(slug=reading.record["field"], defaults={"name": reading.field_name})
        change_draft(source.procedure, {key: reading.record[key] for key in keys}, seen=seen, by=by)
    _close(list(source.doubts.filter(kind=Doubt.Kind.EDITED_HERE, settled_at=None)), by)
    record(
        "procedure.source_judged", subject_kind="procedure", subject_ref=source.procedure.code, actor=by,
        source=source.key, taken=sorted(keys),
    )  # fmt: skip


def said_by(source: SourceRecord) -> dict[str, Any]:
    """What a source says, by the record's keys. Where it is silent it contradicts nobody: such keys aren't here."""
    return {key: value for key, value in read(source.line).record.items() if key in _KEYS}


def _close(doubts: Collection[Doubt], by: HasName) -> None:
    ids = [doubt.pk for doubt in doubts]
    Doubt.objects.filter(pk__in=ids).update(settled_at=timezone.now(), settled_by=by.full_name)


def _keys(doubts: Collection[Doubt]) -> list[str]:
    sources = SourceRecord.objects.filter(pk__in={doubt.source_id for doubt in doubts})
    return list(sources.order_by("key").values_list("key", flat=True))
