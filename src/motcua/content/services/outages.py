"""Notices of outages: announce, change, end. Whoever calls has made sure that the person is an administrator."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.content.models import Outage
from motcua.content.queries import to_be_told
from motcua.content.rules import LONGEST_REASON, LONGEST_WORDS, Plan, check_plan, needs_reason
from motcua.core.errors import BusinessError, Conflict
from motcua.core.text import clean, clean_lines
from motcua.core.worktime import Calendar


@transaction.atomic
def announce(plan: Plan, *, by: HasName, calendar: Calendar) -> Outage:
    """Tell everybody that something will stand still: from now on every page says so.

    Args:
        plan: what, when, in which words.
        calendar: whose working days count for the seven days ahead (NĐ 224/2026 Điều 13).

    Raises:
        PlanTrouble: the plan can't be announced like that.
    """
    now = timezone.now()
    plan = _tidy(plan)
    check_plan(plan, None, now=now, calendar=calendar)
    if not needs_reason(plan, None, now, calendar):
        plan = replace(plan, urgent_reason="")
    outage = Outage.objects.create(
        starts_at=plan.starts_at, ends_at=plan.ends_at, affected=list(plan.affected), words=plan.words,
        urgent_reason=plan.urgent_reason, announced_at=now, announced_by_id=by.pk, announced_by_name=by.full_name,
    )  # fmt: skip
    _prove("outage.announced", outage, by)
    return outage


@transaction.atomic
def change(outage: Outage, plan: Plan, *, by: HasName, calendar: Calendar, seen: int) -> Outage:
    """Correct a notice, or move what it is about.

    Args:
        seen: the revision that the person had before their eyes.

    Raises:
        PlanTrouble: the plan can't be announced like that.
        BusinessError: it is over.
        Conflict: somebody else was first.
    """
    now = timezone.now()
    plan = _tidy(plan)
    outage = _lock(outage, seen)
    check_plan(plan, outage.plan, now=now, calendar=calendar)
    before = {"before_starts_at": outage.starts_at, "before_ends_at": outage.ends_at}
    if not needs_reason(plan, outage.plan, now, calendar):
        plan = replace(plan, urgent_reason="")
    outage.starts_at, outage.ends_at, outage.affected = plan.starts_at, plan.ends_at, list(plan.affected)
    outage.words, outage.urgent_reason, outage.changed_at = plan.words, plan.urgent_reason, now
    outage.revision += 1
    outage.save(update_fields=["starts_at", "ends_at", "affected", "words", "urgent_reason", "changed_at", "revision"])
    _prove("outage.changed", outage, by, **before)
    return outage


@transaction.atomic
def end(outage: Outage, *, by: HasName, seen: int) -> Outage:
    """Say that everything works again; of an outage that hasn't begun: that it won't take place.

    Raises:
        BusinessError: it is over.
        Conflict: somebody else was first.
    """
    outage = _lock(outage, seen)
    outage.ended_at = timezone.now()
    outage.revision += 1
    outage.save(update_fields=["ended_at", "revision"])
    _prove("outage.ended", outage, by, ended_at=outage.ended_at)
    return outage


def _tidy(plan: Plan) -> Plan:
    parts = tuple(part for part in Outage.Part.values if part in plan.affected)
    return replace(
        plan, affected=parts, words=clean_lines(plan.words)[:LONGEST_WORDS],
        urgent_reason=clean(plan.urgent_reason)[:LONGEST_REASON],
    )  # fmt: skip


def _lock(outage: Outage, seen: int) -> Outage:
    outage = Outage.objects.select_for_update().get(pk=outage.pk)
    if outage.ended_at is not None or outage.ends_at <= timezone.now():
        raise BusinessError("Thông báo này đã kết thúc, không sửa được nữa.")
    if outage.revision != seen:
        raise Conflict("Người khác vừa sửa thông báo này. Xem lại nội dung mới rồi làm tiếp.")
    return outage


def _prove(act: str, outage: Outage, by: HasName, **more: object) -> None:
    record(
        act, subject_kind="outage", subject_ref=str(outage.pk), actor=by, starts_at=outage.starts_at,
        ends_at=outage.ends_at, affected=outage.affected, urgent_reason=outage.urgent_reason, **more,
    )  # fmt: skip
    transaction.on_commit(to_be_told.forget)
