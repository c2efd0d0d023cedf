"""One dossier on the desk: answers beside papers, the clock, the history, and the bar of acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.agencies.queries import posts_of, working_calendar
from motcua.core.text import whole_number
from motcua.core.worktime import local
from motcua.dossiers import access
from motcua.dossiers.models import DeliveryState, Dossier, DossierEvent, PaymentState, Verdict
from motcua.dossiers.queries import desk as lists
from motcua.dossiers.queries.desk_dossier import OnDesk, ViewedFile, on_desk
from motcua.dossiers.queries.endings import lateness_of
from motcua.dossiers.queries.people import WEEKDAYS, status_of
from motcua.dossiers.rules import delivery
from motcua.dossiers.services.reading import note_reading
from motcua.web.components import ledger
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.components.problems import Problem
from motcua.web.desk.fees import panel
from motcua.web.desk.files import WIDTH, WIDTHS
from motcua.web.desk.given import given
from motcua.web.desk.posts import post_panel
from motcua.web.desk.rows import CHANNELS

EVENT_ICONS = {
    "submit": "upload", "accept": "done", "decline": "stopped", "take_up": "run", "send_draft": "mail",
    "agree_draft": "check", "object_draft": "your-turn", "silence_agrees": "clock", "propose": "sign",
    "pay": "money", "collect_fee": "money", "surplus": "money", "refund_fee": "money", "refund_failed": "warning",
    "requote": "money", "approve": "sign", "send_back": "withdraw", "issue": "done", "hand_over": "counter",
    "take_online": "download", "send_by_email": "mail", "hand_to_post": "post", "posted": "post",
    "post_delivered": "done", "post_failed": "your-turn", "post_returned": "withdraw", "post_cancelled": "stopped",
    "post_refused": "warning", "post_cash": "money", "call_postman": "post", "papers_fetched": "post",
    "papers_not_come": "warning", "take_in_papers": "paper", "choose_receiving": "edit",
    "ask_supplement": "your-turn", "supplement": "upload", "supplement_expired": "clock", "end_supplement": "clock",
    "propose_refusal": "sign", "refuse": "stopped", "stop": "stopped", "withdraw": "withdraw", "apologise": "calendar",
    "note_call": "phone", "take_over": "person",
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """A button of the bar: `url` is posted to, `href` is a page that asks first."""

    text: str
    kind: str  # door | secondary | warning
    icon: str = ""
    key: str = ""
    href: str = ""
    url: str = ""


@require_GET
@officer_required
def dossier(request: OfficerRequest, ref: str) -> HttpResponse:
    """The page of a dossier."""
    found = access.for_officer(request.user, ref)
    note_reading(found, by=request.user)
    return show(request, found)


def show(
    request: OfficerRequest,
    found: Dossier,
    *,
    problems: Sequence[Problem] = (),
    typed: dict[str, tuple[str, str]] | None = None,
) -> HttpResponse:
    """The page, with what was refused on top.

    Args:
        typed: findings of papers as they were posted, when they were refused.
    """
    posts = posts_of(request.user)
    page = on_desk(found, posts)
    now = timezone.now()
    calendar = working_calendar(found.agency)
    clock = ledger.story_of(found, now, calendar)
    status, chip, chip_icon = status_of(found)
    context = {
        "dossier": found, "page": page, "now": now, "problems": problems,
        "desk_place": found.agency.short_name,
        "status": status, "chip": chip, "chip_icon": chip_icon,
        "clock": clock, **_due_words(found, clock, now),
        "given": given(page.answers), "channel": CHANNELS.get(str(found.delivery.get("hand_in"))),
        "receive": delivery.in_words("receive", found.delivery.get("receive_now") or found.delivery.get("receive")),
        "viewer": _viewer(request, found, page),
        **panel(found, page.acts), **post_panel(page.mail, page.acts),
        "verdicts": _verdicts(page, typed or {}),
        "may_judge": "judge_paper" in page.acts,
        "moments": [_moment(event) for event in page.events],
        "lateness": lateness_of(found, now, calendar) if "apologise" in page.acts else None,
        "supplements": page.supplements,
        "acts": bar(page),
        "next": lists.next_of(posts, found),
        "keys": [{"keys": [act.key], "words": act.text.lower()} for act in bar(page) if act.key]
        + [{"keys": [",", "."], "words": "giấy trước, giấy sau"}],
    }  # fmt: skip
    return render(request, "desk/dossier.html", context, status=422 if problems else 200)


def _due_words(found: Dossier, clock: ledger.Story | None, now: datetime) -> dict[str, str]:
    """What the chip beside the state says about time."""
    due_at = found.due_at or found.answer_by
    if due_at is None:
        return {}
    here = local(due_at)
    day = "hôm nay" if here.date() == local(now).date() else f"{WEEKDAYS[here.weekday()]}, {here:%d/%m}"
    what = "hẹn trả" if clock else "trả lời trước"
    left = f"Còn {clock.left}, " if clock and here.date() == local(now).date() else ""
    words = f"{left}{what} {here:%H:%M} {day}"
    return {
        "due_words": words[:1].upper() + words[1:],
        "late_words": f"Quá {clock.late}, hẹn {here:%d/%m}" if clock else "",
    }


def bar(page: OnDesk) -> list[Act]:
    """The acts that are lawful for this officer now; the first is the red one, refusal stands apart."""

    def url(name: str) -> str:
        return reverse(f"desk:{name}", args=[page.dossier.ref])

    return [*_doors(page, url), *_asides(page, url)]


def _doors(page: OnDesk, url: Callable[[str], str]) -> list[Act]:
    """What moves the dossier on, as far as it has come."""
    acts, found = set(page.acts), list[Act]()
    if "accept" in acts and page.dossier.payment_state == PaymentState.ASKED:
        found.append(Act("Thu phí tại quầy", "door", "money", "T", href=url("collect")))
    elif "accept" in acts:
        found.append(Act("Tiếp nhận", "door", "check", "T", href=url("accept")))
    if "take_up" in acts:
        found.append(Act("Nhận thụ lý", "door", "run", "T", url=url("take_up")))
    if "send_draft" in acts or "propose" in acts:
        found += _drafting(page, url("draft"), url("propose"))
    if "approve" in acts:
        found.append(Act("Ký duyệt", "door", "sign", "T", url=url("approve")))
    if "issue" in acts:
        found.append(Act("Vào sổ, cấp số", "door", "sign", "T", url=url("issue")))
    if "give_to_postman" in acts:
        found.append(Act("Giao cho bưu chính", "door", "post", "T", href=url("give_to_postman")))
    elif "hand_to_post" in acts:
        found.append(Act("Gửi qua bưu chính", "door", "post", "T", href=url("hand_to_post")))
    if "hand_over" in acts and page.dossier.delivery_state == DeliveryState.TO_POST:
        found.append(Act("Trả tại quầy", "secondary", "counter", href=url("hand_over")))
    elif "hand_over" in acts:
        found.append(Act("Trả kết quả", "door", "counter", "T", href=url("hand_over")))
    if "refuse" in acts:
        found.append(Act("Xem và ký từ chối", "door", "sign", "T", href=url("refuse")))
    if {"take_brought_first", "take_brought"} & acts:
        found.append(Act("Nhận giấy tờ bổ sung", "door", "counter", "N", href=url("take_brought")))
    if {"end_supplement_first", "end_supplement"} & acts:
        kind = "secondary" if found else "door"
        found.append(Act("Thôi chờ bổ sung", kind, "clock", "T", url=url("end_supplement")))
    return found


def _asides(page: OnDesk, url: Callable[[str], str]) -> list[Act]:
    """What stops it, sends it back or stands beside it."""
    acts, found = set(page.acts), list[Act]()
    if {"ask_supplement_first", "ask_supplement"} & acts:
        found.append(Act("Yêu cầu bổ sung", "secondary", "your-turn", "B", href=url("ask_supplement")))
    if page.dossier.receipt_id:
        found.append(Act("In giấy hẹn", "secondary", "print", "I", href=url("receipt")))
    if "send_back" in acts:
        found.append(Act("Trả lại người thụ lý", "warning", href=url("send_back")))
    if "propose_refusal" in acts:
        found.append(Act("Trình từ chối", "warning", href=url("propose_refusal")))
    if "stop" in acts:
        found.append(Act("Dừng giải quyết", "warning", href=url("stop")))
    if "decline" in acts:
        found.append(Act("Không tiếp nhận", "warning", href=url("decline")))
    return found


def _drafting(page: OnDesk, draft: str, propose: str) -> list[Act]:
    name = page.dossier.offering_version.result_name
    if not page.dossier.offering_version.confirm_days:
        return [Act(f"Soạn {name} và trình ký", "door", "edit", "T", href=draft)]
    if page.draft_agreed:
        return [
            Act("Trình lãnh đạo ký", "door", "sign", "T", url=propose),
            Act("Sửa bản nháp, gửi lại", "secondary", "edit", "S", href=draft),
        ]
    return [Act("Soạn bản nháp", "door", "edit", "T", href=draft)]


def _viewer(request: HttpRequest, found: Dossier, page: OnDesk) -> dict[str, Any] | None:
    """The paper that lies on the desk, its page and size; everything by links."""
    if not page.files:
        return None
    wanted = request.GET.get("tep", "")
    index = next((place for place, one in enumerate(page.files) if str(one.document.pk) == wanted), 0)
    chosen = page.files[index]
    number = _between(request.GET.get("trang", ""), 1, chosen.document.pages)
    size = request.GET.get("co", WIDTH)
    size = size if size in WIDTHS else WIDTH

    def here(tep: ViewedFile, trang: int = 1, co: str = size) -> str:
        place = reverse("desk:dossier", args=[found.ref])
        return f"{place}?tep={tep.document.pk}&trang={trang}&co={co}#giay"

    signatures = chosen.document.all_signatures
    source = reverse("desk:page", args=[found.ref, chosen.document.pk, number])
    document = reverse("desk:file", args=[found.ref, chosen.document.pk])
    return {
        "name": chosen.name, "number": number, "pages": chosen.document.pages, "file_name": chosen.document.name,
        "signatures": signatures, "badly_signed": not all(one.is_good for one in signatures),
        "src": f"{source}?co={size}", "download": f"{document}?tai=1", "size": size,
        "smaller": here(chosen, number, str(int(size) - 1)) if size != min(WIDTHS) else "",
        "larger": here(chosen, number, str(int(size) + 1)) if size != max(WIDTHS) else "",
        "before": here(chosen, number - 1) if number > 1 else "",
        "after": here(chosen, number + 1) if number < chosen.document.pages else "",
        "previous": here(page.files[index - 1]) if index else "",
        "following": here(page.files[index + 1]) if index + 1 < len(page.files) else "",
        "thumbs": [
            {
                "url": here(one), "name": one.short, "current": place == index,
                "src": reverse("desk:thumbnail", args=[found.ref, one.document.pk]),
            }
            for place, one in enumerate(page.files)
        ],
    }  # fmt: skip


def _between(text: str, least: int, most: int) -> int:
    return min(max(whole_number(text, otherwise=least), least), max(most, least))


def _verdicts(page: OnDesk, typed: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    found = []
    for paper in page.papers:
        kept = (paper.verdict.finding, paper.verdict.remark) if paper.verdict else ("", "")
        finding, remark = typed.get(paper.key, kept)
        found.append(
            {
                "name": f"p-{paper.key}", "remark_name": f"r-{paper.key}", "title": paper.name, "value": finding,
                "remark": remark, "choices": Verdict.Finding.choices, "missing": not paper.files, "bring": paper.bring,
                "on_paper": paper.on_paper,
                "by": paper.verdict,
            }
        )  # fmt: skip
    return found


def _moment(event: DossierEvent) -> dict[str, Any]:
    return {
        "icon": EVENT_ICONS.get(event.kind, "info"), "title": event.title, "text": event.text, "at": event.at,
        "who": event.actor_name, "place": event.actor_place,
    }  # fmt: skip
