"""Acts by which editors make a record the law of the portal, or end it: publish, take back, withdraw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.core.errors import BusinessError
from motcua.procedures.importing.writing import content as words
from motcua.procedures.models import Draft, Procedure, ProcedureVersion, SourceRecord, Withdrawal
from motcua.procedures.queries.history import record_of
from motcua.procedures.queries.standing import last_standing, planned, withdrawal
from motcua.procedures.rules import fingerprint
from motcua.procedures.rules.completeness import is_short, lacks
from motcua.procedures.services.drafts import begin_draft, locked_draft
from motcua.procedures.services.publishing import next_number, replace
from motcua.procedures.services.settling import settle_changed
from motcua.procedures.services.stamp import move_stamp


@transaction.atomic
def publish_draft(procedure: Procedure, *, note: str, on: date | None, seen: str, by: HasName) -> ProcedureVersion:
    """Publish the draft as the next version, today or on a day to come.

    Args:
        procedure: whose draft it is.
        note: what is new in it; people read it in the history.
        on: the first day on which it is in force; None: today.
        seen: `drafts.whole_seen` of the content that was on the screen.
        by: the editor.

    Raises:
        Overtaken: somebody has changed the draft since.
        BusinessError: it lacks what every record needs; a version is planned already; the day is over.
    """
    _lock(procedure)
    draft = locked_draft(procedure, seen=seen)
    content = record_of(draft.version)
    last = last_standing(procedure)
    day = _first_day(on, last)
    if stopping := [lack.words for lack in lacks(content) if lack.stops]:
        raise BusinessError(f"Chưa công bố được: bản nháp chưa có {', '.join(stopping)}.")
    if draft.base != last:
        raise BusinessError(
            "Sau khi bản nháp này bắt đầu, đã có bản khác được công bố. Xem phần khác nhau rồi lưu lại bản nháp."
        )
    version = _publish(draft, content, day, note, by)
    if last is not None:
        replace(last, version)
    settle_changed(procedure, record_of(last) if last else {}, content, by=by)
    move_stamp()
    facts = {"version": version.number, "effective_from": day, "content": version.content_hash, "note": note}
    _record("procedure.published", procedure, by, **facts)
    return version


@transaction.atomic
def rebase_draft(procedure: Procedure, *, seen: int, by: HasName) -> None:
    """Say that what was published since the draft was begun has been looked at: the draft replaces that now.

    Args:
        procedure: whose draft it is.
        seen: the number of the version that was looked at; 0: none stands any more.
        by: the editor.

    Raises:
        BusinessError: there is no draft; or another version stands by now, which nobody has looked at.
    """
    _lock(procedure)
    draft = Draft.objects.filter(procedure=procedure).first()
    if draft is None:
        raise BusinessError("Không còn bản nháp: đã có người công bố hoặc hủy.")
    last = last_standing(procedure)
    if seen != (last.number if last else 0):
        raise BusinessError("Vừa có thêm bản khác được công bố. Xin xem phần khác nhau rồi xác nhận lại.")
    draft.base = last
    draft.save(update_fields=["base"])
    _record("procedure.draft_rebased", procedure, by)


@transaction.atomic
def take_back(procedure: Procedure, *, seen: int, by: HasName) -> ProcedureVersion:
    """Take back a version that is published for a day to come; its content becomes the draft again, if there is none.

    Args:
        procedure: whose version it is.
        seen: the number of the version that was on the screen.
        by: the editor.

    Raises:
        BusinessError: there is none, or its day has come; or it is another one than was seen.
    """
    _lock(procedure)
    version = planned(procedure)
    if version is None:
        raise BusinessError("Không có bản nào hẹn ngày công bố, hoặc ngày ấy đã đến.")
    if version.number != seen:
        raise BusinessError(f"Bản hẹn công bố nay là bản thứ {version.number}. Xin xem lại rồi mới thu hồi.")
    ended, version.effective_to = version.effective_to, version.effective_from
    version.save(update_fields=["effective_to"])
    before = last_standing(procedure)
    if before is not None and before.effective_to == version.effective_from:
        before.effective_to = ended
        before.save(update_fields=["effective_to"])
    _keep_as_draft(procedure, version, by)
    move_stamp()
    _record("procedure.taken_back", procedure, by, version=version.number)
    return version


@dataclass(frozen=True)
class Ending:
    """How a procedure ends: the first day without it, why, by which decision (số quyết định bãi bỏ)."""

    day: date
    reason: str
    decision_no: str = ""


@transaction.atomic
def withdraw(procedure: Procedure, ending: Ending, *, by: HasName) -> Withdrawal:
    """End a procedure (bãi bỏ) from a day on, today at the earliest; its page then says so, and why.

    Raises:
        BusinessError: the day is over; nothing is in force; it is withdrawn already; a new version is planned.
    """
    _lock(procedure)
    last = last_standing(procedure)
    if ending.day < timezone.localdate():
        raise BusinessError("Ngày bãi bỏ không được trước hôm nay.")
    if last is None or last.effective_to is not None:
        raise BusinessError("Thủ tục này không còn hiệu lực, hoặc đã hẹn ngày bãi bỏ.")
    if last.effective_from > timezone.localdate():
        raise BusinessError(f"Có bản hẹn công bố ngày {last.effective_from:%d/%m/%Y}: thu hồi bản ấy trước.")
    if ending.day == last.effective_from:
        raise BusinessError("Bản đang có hiệu lực mới bắt đầu hôm nay: bãi bỏ sớm nhất từ ngày mai.")
    last.effective_to = ending.day
    last.save(update_fields=["effective_to"])
    made = Withdrawal.objects.create(
        procedure=procedure, version=last, day=ending.day, reason=ending.reason, decision_no=ending.decision_no,
        by_name=by.full_name,
    )  # fmt: skip
    move_stamp()
    _record("procedure.withdrawn", procedure, by, day=ending.day, reason=ending.reason, decision=ending.decision_no)
    return made


@transaction.atomic
def take_back_withdrawal(procedure: Procedure, *, seen: int, by: HasName) -> None:
    """Let a procedure stay in force that was to end on a day still to come.

    Args:
        procedure: which was to end.
        seen: the withdrawal's id that was on the screen.
        by: the editor.

    Raises:
        BusinessError: no withdrawal lies ahead (one that has come is ended by publishing again); or it is another one.
    """
    _lock(procedure)
    found = withdrawal(procedure.code)
    last = last_standing(procedure)
    if found is None or last is None or found.day <= timezone.localdate():
        raise BusinessError("Không có ngày bãi bỏ nào còn ở phía trước.")
    if found.pk != seen:
        raise BusinessError(f"Ngày bãi bỏ nay là {found.day:%d/%m/%Y}. Xin xem lại rồi mới thu hồi.")
    found.taken_back_at = timezone.now()
    found.save(update_fields=["taken_back_at"])
    last.effective_to = None
    last.save(update_fields=["effective_to"])
    move_stamp()
    _record("procedure.withdrawal_taken_back", procedure, by, day=found.day)


def _first_day(on: date | None, last: ProcedureVersion | None) -> date:
    today = timezone.localdate()
    if last is not None and last.effective_from > today:
        raise BusinessError(f"Đã có bản hẹn công bố ngày {last.effective_from:%d/%m/%Y}: thu hồi bản ấy trước.")
    if on is not None and on < today:
        raise BusinessError("Ngày có hiệu lực không được trước hôm nay.")
    day = on or today
    if last is not None and last.effective_to is not None and today < last.effective_to <= day:
        raise BusinessError(
            f"Thủ tục này bị bãi bỏ từ ngày {last.effective_to:%d/%m/%Y}: bản mới phải có hiệu lực trước."
        )
    return day


def _publish(draft: Draft, content: dict[str, Any], day: date, note: str, by: HasName) -> ProcedureVersion:
    version = draft.version
    version.number = next_number(version.procedure)
    version.effective_from = day
    version.origin = _origin(draft, content)
    version.source_name = _begun_with(draft)
    version.editor, version.change_note = by.full_name, note
    version.is_short = is_short(content)
    version.content_hash = fingerprint({**content, "effective_from": day.isoformat()})
    version.published_at = timezone.now()
    draft.delete()
    version.save()
    return version


def _origin(draft: Draft, content: Mapping[str, Any]) -> str:
    """Whoever only put files behind the forms that a source names hasn't edited its words: imports go on with it."""
    if draft.base is None or draft.base.origin == ProcedureVersion.Origin.EDITED:
        return ProcedureVersion.Origin.EDITED
    same = words(record_of(draft.base)) == words(content)
    return draft.base.origin if same else ProcedureVersion.Origin.EDITED


def _begun_with(draft: Draft) -> str:
    """The source whose record the editors went on from; empty: there was none."""
    if draft.base is not None:
        return draft.base.source_name
    return SourceRecord.objects.filter(procedure=draft.procedure).values_list("origin", flat=True).first() or ""


def _keep_as_draft(procedure: Procedure, version: ProcedureVersion, by: HasName) -> None:
    if not Draft.objects.filter(procedure=procedure).exists():
        begin_draft(procedure, record_of(version), by=by)


def _lock(procedure: Procedure) -> None:
    Procedure.objects.select_for_update().get(pk=procedure.pk)


def _record(act: str, procedure: Procedure, by: HasName | None, **data: object) -> None:
    record(act, subject_kind="procedure", subject_ref=procedure.code, actor=by, **data)
