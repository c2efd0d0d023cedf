"""The act that puts files behind the forms that a record names, without touching anything else of it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.core.errors import BusinessError
from motcua.documents.models import Document
from motcua.procedures.models import Draft, Procedure, ProcedureVersion, SourceRecord
from motcua.procedures.queries.forms import as_record
from motcua.procedures.queries.history import record_of
from motcua.procedures.queries.standing import last_standing
from motcua.procedures.rules.forms import HELD
from motcua.procedures.services.held import write_held
from motcua.procedures.services.publishing import columns, next_number, replace, write_parts
from motcua.procedures.services.stamp import move_stamp

NOTE = "Thêm tệp mẫu đơn, tờ khai để tải về; nội dung khác không đổi"


@transaction.atomic
def hold_forms(procedure: Procedure, files: Mapping[str, Document], *, by: HasName | None) -> ProcedureVersion:
    """Publish the record with these files behind its forms, by name; the version that now holds them.

    Whose words it is doesn't change: an imported record stays imported, and the next import goes on with it. A draft
    that was begun from the version before gets the files, too.

    Raises:
        BusinessError: nothing is in force today; a version is planned already.
    """
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    last = last_standing(procedure)
    today = timezone.localdate()
    if last is None or (last.effective_to is not None and last.effective_to <= today):
        raise BusinessError("Thủ tục này không có bản nào đang có hiệu lực.")
    if last.effective_from > today:
        raise BusinessError(f"Có bản hẹn công bố ngày {last.effective_from:%d/%m/%Y}: chờ đến ngày ấy.")
    content = record_of(last)
    held = _with(content[HELD], files)
    if held == content[HELD]:
        return last
    version = _published(last, {**content, HELD: held}, by)
    replace(last, version)
    SourceRecord.objects.filter(version=last).update(version=version)  # it still says what that line says
    _take_along(procedure, last, version, files)
    move_stamp()
    record(
        "procedure.forms_held", subject_kind="procedure", subject_ref=procedure.code, actor=by,
        version=version.number, forms={name: document.blob_id for name, document in files.items()},
    )  # fmt: skip
    return version


def _with(held: list[dict[str, Any]], files: Mapping[str, Document]) -> list[dict[str, Any]]:
    new = {name: as_record(name, document) for name, document in files.items()}
    kept = [new.pop(one["name"], one) for one in held]
    return [*kept, *new.values()]


def _published(last: ProcedureVersion, content: Mapping[str, Any], by: HasName | None) -> ProcedureVersion:
    version = ProcedureVersion.objects.create(
        procedure=last.procedure,
        number=next_number(last.procedure),
        effective_from=timezone.localdate(),
        origin=last.origin,
        source_name=last.source_name,
        is_short=last.is_short,
        editor=by.full_name if by else "",
        change_note=NOTE,
        content_hash=last.content_hash,  # of the same words
        **columns(content),
    )
    write_parts(version, content)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    return version


def _take_along(
    procedure: Procedure, last: ProcedureVersion, version: ProcedureVersion, files: Mapping[str, Document]
) -> None:
    """Nothing that its editor has to look at: the draft goes on from the new version, with its files."""
    draft = Draft.objects.filter(procedure=procedure, base=last).select_related("version__procedure").first()
    if draft is None:
        return
    content = record_of(draft.version)
    content[HELD] = _with(content[HELD], files)
    draft.version.held_forms.all().delete()
    write_held([(draft.version, content[HELD])])
    draft.version.forms_held = columns(content)["forms_held"]
    draft.version.save(update_fields=["forms_held"])
    draft.base = version
    draft.save(update_fields=["base"])
