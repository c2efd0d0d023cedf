"""The worklist in words: groups by due date, chips for what is out of the ordinary."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from motcua.core.identity import show_number
from motcua.core.worktime import local
from motcua.dossiers.models import DeliveryState, Dossier, PaymentState, State
from motcua.dossiers.queries.desk import DueCounts, Row, Worklist
from motcua.dossiers.queries.people import WEEKDAYS, status_of
from motcua.dossiers.rules.clock import spoken

SOON = timedelta(hours=3)  # of working time: then the list says how much is left
CHANNELS = {
    "truc-tuyen": ("online", "Trực tuyến"),
    "tai-quay": ("counter", "Tại quầy"),
    "buu-chinh": ("post", "Bưu chính"),
}
WAITING = {
    State.CONFIRMING: ("idle", "pause", "Chờ người nộp xem bản nháp"),
    State.SUPPLEMENT: ("idle", "pause", "Chờ người nộp bổ sung"),
    State.ISSUED: ("done", "done", "Chờ người dân nhận"),
}


def groups(found: Worklist, now: datetime) -> list[dict[str, Any]]:
    """The rows of a page under their headings, in the list's order."""
    made: list[dict[str, Any]] = []
    for row in found.rows:
        heading = _heading(row, found.counts, now)
        if not made or made[-1]["title"] != heading["title"]:
            made.append({**heading, "rows": []})
        made[-1]["rows"].append(_row(row, now))
    return made


def dues(counts: DueCounts, current: str, url: Callable[[str], str]) -> list[dict[str, Any]]:
    """The boxes above the list; each is a filter."""
    boxes = [
        ("qua-han", "late", "warning", counts.late, "Quá hạn"),
        ("hom-nay", "today", "clock", counts.today, "Đến hạn hôm nay"),
        ("ngay-mai", "", "calendar", counts.tomorrow, "Ngày mai"),
        ("sau-do", "", "calendar", counts.later, "Sau đó"),
    ]
    return [
        {"kind": kind, "icon": icon, "count": count, "word": word, "url": url(due), "current": due == current}
        for due, kind, icon, count, word in boxes
    ]


def _heading(row: Row, counts: DueCounts, now: datetime) -> dict[str, str]:
    if row.deadline is None:
        return {"kind": "", "icon": "pause", "title": f"Đang không tính hạn ({counts.none})"}
    day = local(row.deadline).date()
    match row.due:
        case "qua-han":
            return {"kind": "late", "icon": "warning", "title": f"Quá hạn ({counts.late})"}
        case "hom-nay":
            return {"kind": "today", "icon": "clock", "title": f"Đến hạn hôm nay ({counts.today})"}
        case "ngay-mai":
            return {"kind": "", "icon": "calendar", "title": f"Ngày mai, {day:%d/%m} ({counts.tomorrow})"}
    return {"kind": "", "icon": "calendar", "title": f"{_weekday(day)}, {day:%d/%m}"}


def _weekday(day: date) -> str:
    name = WEEKDAYS[day.weekday()]
    return name[:1].upper() + name[1:]


def _row(row: Row, now: datetime) -> dict[str, Any]:
    dossier = row.dossier
    chip, due = _due(row, now)
    person = dossier.applicant
    return {
        "url": reverse("desk:dossier", args=[dossier.ref]),
        "title": dossier.procedure_version.short_name,
        "code": dossier.code or dossier.ref,
        "note": dossier.subject_name,
        "person": person.get("full_name", ""),
        "number": show_number(str(person.get("personal_number") or "")),
        "step": _step(dossier),
        "channel": CHANNELS.get(str(dossier.delivery.get("hand_in"))),
        "due": due,
        "chip": chip,
        "due_note": _due_note(row),
    }


def _due_note(row: Row) -> str:
    """What was or can be done about a promise that isn't kept; empty where there is nothing to say."""
    if row.apology and row.apology.extends:
        return "Đã xin lỗi, hẹn lại"
    if row.apology:
        return f"Đã xin lỗi, dự kiến {local(row.apology.new_due_at):%d/%m}"
    if row.last_day:
        return "Không kịp thì hẹn lại trong hôm nay"
    return "Chưa xin lỗi" if row.due == "qua-han" and row.dossier.due_at else ""


def _step(dossier: Dossier) -> str:
    name = dossier.step.name if dossier.step else dossier.get_state_display()
    if dossier.state == State.REFUSING:
        return f"{name}: trình từ chối"
    return f"{name}: {dossier.held_by.full_name}" if dossier.held_by and dossier.state == State.PROCESSING else name


BY_POST = {
    DeliveryState.TO_POST: ("going", "post", "Chờ giao bưu chính"),
    DeliveryState.AT_POST: ("idle", "post", "Đang ở bưu chính"),
}


def _by_post(dossier: Dossier) -> tuple[str, str, str] | None:
    """What the post has to do with it, where that is what everybody waits for."""
    if dossier.state == State.ISSUED:
        return BY_POST.get(DeliveryState(dossier.delivery_state))
    waits = dossier.state == State.SUBMITTED and dossier.delivery.get("hand_in") == "buu-chinh"
    paid = dossier.payment_state != PaymentState.ASKED
    return ("idle", "post", "Chờ giấy tờ qua bưu chính") if waits and paid else None


def _due(row: Row, now: datetime) -> tuple[tuple[str, str, str] | None, str]:
    """A chip for the exception, words for everything else."""
    if row.deadline is None:
        state = State(row.dossier.state)
        if row.brought:
            return ("yours", "post", "Bưu chính: tiền, giấy tờ cần ghi nhận"), ""
        if by_post := _by_post(row.dossier):
            return by_post, ""
        if getattr(row.dossier, "supplement_over", False):
            return ("yours", "clock", "Hết hạn bổ sung"), ""
        if state in WAITING:
            return WAITING[state], ""
        status, chip, icon = status_of(row.dossier)
        return (chip, icon, status), ""
    here = local(row.deadline)
    if row.due == "qua-han":
        return ("bad", "warning", f"Quá {spoken(row.time)}, hẹn {here:%d/%m}"), ""
    what = "trả lời trước " if row.dossier.state == State.SUBMITTED else ""
    if row.due == "hom-nay":
        if row.time <= SOON:
            return ("yours", "clock", f"Còn {spoken(row.time)}, {what}{here:%H:%M}"), ""
        return None, f"{what}{here:%H:%M} hôm nay"
    if row.due == "ngay-mai":
        return None, f"{what}{here:%H:%M} ngày mai"
    return None, f"{what}{here:%H:%M} {WEEKDAYS[here.weekday()]}, {here:%d/%m}"
