"""One case at the counter: everything on one page, saved as it is typed, received by one button."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.agencies.queries import posts_of
from motcua.core.errors import BusinessError, Conflict
from motcua.core.text import whole_number
from motcua.core.words import money
from motcua.documents.rules import megabytes
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import counter as reads
from motcua.dossiers.queries import drafts as draft_reads
from motcua.dossiers.queries.counter import Taken
from motcua.dossiers.queries.drafts import APPLICANT, OWNER, POST, Problem
from motcua.dossiers.queries.money import account_of
from motcua.dossiers.queries.posting import postage_of
from motcua.dossiers.rules import counter as rules
from motcua.dossiers.rules import delivery, person
from motcua.dossiers.rules.fees import fee_total
from motcua.dossiers.services import counter, drafts
from motcua.dossiers.services.drafts import Overwritten
from motcua.dossiers.services.reading import note_reading
from motcua.dossiers.services.submission import NotReady
from motcua.eforms.forms import act as pressed
from motcua.web.components.carried import carry, seen_by
from motcua.web.components.doors import OfficerRequest, held_post, officer_required
from motcua.web.components.templatetags.mc import vi_moment, vi_time
from motcua.web.desk.asking import ASKS
from motcua.web.desk.counter.begin import trouble
from motcua.web.desk.counter.scans import UPLOAD, Refusals, card_of, take_scans

REDRAWN = "HX-Request"  # a part drawn anew while somebody types: the hand has gone on and isn't called back
AUTOSAVE, LATER, RECEIVE = "autosave", "de-tam", "nhan"
ANSWERS = {"bo-sung": "desk:counter:ask", "khong-nhan": "desk:counter:decline"}  # act: the page that asks first
ELSEWHERE = {APPLICANT: "desk:counter:applicant", OWNER: "desk:counter:owner", POST: "desk:counter:post_address"}


@ASKS
@officer_required
def case(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Tiếp nhận tại quầy: answers, papers, ways and fee of one case."""
    try:
        draft = access.counter_case(request.user, ref)
    except Http404:
        return gone(request, ref)
    if request.method != "POST":
        note_reading(draft, by=request.user)
        held = held_post(request)  # what was typed while the session had ended
        if held is not None:
            draft = counter.save_case(draft, held, by=request.user).dossier
        return show(request, draft)
    try:
        return _posted(request, draft)
    except Conflict as refusal:
        if request.POST.get("act") == AUTOSAVE:
            return JsonResponse({"message": str(refusal)}, status=409)
        return gone(request, ref)


def gone(request: OfficerRequest, ref: str) -> HttpResponse:
    """The second press finds what the first one received; another's page is told.

    Raises:
        Http404: there is no such case here.
    """
    dossier = access.for_officer(request.user, ref)
    if dossier.helped_by_id is None:
        raise Http404("Không có hồ sơ này.")
    if request.POST.get("act") == AUTOSAVE:
        return JsonResponse({"message": "Hồ sơ này đã được tiếp nhận, không sửa được nữa."}, status=409)
    return redirect("desk:counter:received", dossier.ref)


def _posted(request: OfficerRequest, draft: Dossier) -> HttpResponse:
    """Save first, whatever it is; then find out what the button wanted."""
    act = request.POST.get("act", "")
    if request.FILES or "X-Paper" in request.headers:
        refusals = take_scans(request, draft)
        if key := request.headers.get("X-Paper"):
            return card_of(request, access.counter_case(request.user, draft.ref), key, refusals)
        if refusals or act == UPLOAD:
            _save(request, draft)
            return show(request, access.counter_case(request.user, draft.ref), refusals=refusals)
    saved = _save(request, draft)
    draft = access.counter_case(request.user, draft.ref)
    if act == AUTOSAVE:
        return _saved_line(request, draft, saved.overwritten)
    if act == LATER:
        return redirect("desk:counter:cases")
    if act == RECEIVE:
        return _receive(request, draft, saved.overwritten)
    if act in ANSWERS and not saved.overwritten:
        return redirect(ANSWERS[act], draft.ref)
    if act and act not in ANSWERS:  # a button inside the form: another member, find a place
        form = rules.on_one_page(draft_reads.form_of(draft))
        focus = pressed(form, rules.ONE_PAGE, request.POST, draft.answers).focus
        return show(request, draft, focus=focus)
    return show(request, draft, problems=reads.problems(draft), overwritten=saved.overwritten)


def _save(request: OfficerRequest, draft: Dossier) -> drafts.Saved:
    at_field = request.POST.get("o", "")
    return counter.save_case(draft, request.POST, by=request.user, seen=seen_by(request), at_field=at_field)


def _receive(request: OfficerRequest, draft: Dossier, overwritten: Sequence[Overwritten]) -> HttpResponse:
    """Tiếp nhận, thu phí: what the button said is what is taken."""
    if overwritten:
        return show(request, draft, overwritten=overwritten)
    try:
        dossier = counter.receive(draft, by=request.user, taken=whole_number(request.POST.get("thu", "")))
    except NotReady as refusal:
        return show(request, draft, problems=refusal.problems)
    except Conflict:
        raise
    except BusinessError as refusal:
        return show(request, draft, problems=[trouble(str(refusal))])
    return redirect("desk:counter:received", dossier.ref)


def _saved_line(request: OfficerRequest, draft: Dossier, overwritten: Sequence[Overwritten]) -> JsonResponse:
    """What the page's script shows after it has saved: the moment, the fee, the receipt, what still lacks."""
    papers = reads.papers(draft)
    slip = _slip(draft, papers)
    due = reads.owes_now(draft)
    return JsonResponse(
        {
            "revision": draft.revision,
            "saved": f"Đã lưu lúc {vi_time(draft.saved_at)}",
            "others": [{"label": one.label, "other": one.other} for one in overwritten],
            "due": due,
            "words": _door_words(due),
            "total": money(slip["total"]) if slip["total"] else "không phải trả",
            "slip": render_to_string("desk/counter/_slip.html", slip, request),
            "lacking": _lacking(draft, reads.problems(draft, papers)),
        }
    )


def _slip(draft: Dossier, papers: Sequence[Taken]) -> dict[str, Any]:
    """The receipt as it would be if the case were received now."""
    quote = draft_reads.quote(draft)
    return {
        "draft": draft, "procedure": draft.procedure_version, "promise": reads.promise(draft, timezone.now()),
        "quote": quote, "total": fee_total(quote), "counts": _totals(papers),
    }  # fmt: skip


def _door_words(due: int) -> str:
    return f"Tiếp nhận, thu {money(due)} và in giấy hẹn" if due else "Tiếp nhận và in giấy hẹn"


def _lacking(draft: Dossier, problems: Sequence[Problem]) -> list[dict[str, str]]:
    """What still lacks, each with the box where it is typed."""
    found = []
    for one in problems:
        page = reverse(ELSEWHERE[one.part], args=[draft.ref]) if one.part in ELSEWHERE else ""
        found.append({"message": one.message, "url": f"{page}#{one.html_id}"})
    return found


def show(
    request: HttpRequest,
    draft: Dossier,
    *,
    problems: Sequence[Problem] = (),
    overwritten: Sequence[Overwritten] = (),
    refusals: Refusals | None = None,
    focus: str = "",
) -> HttpResponse:
    """The page; 422 if something is to be mended."""
    papers = reads.papers(draft)
    form = rules.on_one_page(draft_reads.form_of(draft))
    answers = draft_reads.offered_answers(draft)
    at_field = draft.counter_case.at_field
    told = [trouble(text, f"tep-{key}") for key, texts in (refusals or {}).items() for text in texts]
    lacking = reads.problems(draft, papers)
    context = {
        **_slip(draft, papers), **_people(draft), **_ways(draft), "desk_place": draft.agency.short_name,
        "form_definition": form, "form_page": form.page(rules.ONE_PAGE), "answers": answers,
        "has_form": bool(form.holders), "at_field": focus or at_field,
        "focus": focus or ("" if REDRAWN in request.headers else at_field),
        "problems": [*told, *problems], "overwritten": overwritten,
        "messages_at": {one.field_id: one.message for one in problems if one.field_id},
        "wrong_papers": {one.html_id for one in problems},
        "rows": _rows(papers, refusals or {}), "not_collected": reads.not_collected(draft),
        "can_ask": any(not paper.is_declaration for paper in papers), "now": timezone.now(),
        "limit": rules.limit_words(draft.offering_version),
        "lacking": _lacking(draft, lacking),
        "carried": carry(draft.revision, {**answers, **draft.delivery}),
        "upload_limit": megabytes(settings.UPLOAD_MAX_BYTES),
        "post": next(iter(posts_of(draft.helped_by)), None) if draft.helped_by else None,
    }  # fmt: skip
    status = 422 if context["problems"] else 200
    return render(request, "desk/counter/case.html", context, status=status)


def _people(draft: Dossier) -> dict[str, Any]:
    """Who hands in, and whose matter it is."""
    one, other = draft.applicant, draft.owner
    return {
        "owner_is_other": any(other.get(name) != one.get(name) for name in ("personal_number", "full_name")),
        "applicant_address": person.address(one),
        "owner_address": person.address(other),
    }


def _ways(draft: Dossier) -> dict[str, Any]:
    """How the result can be received and the fee be paid, and what is taken now."""
    due, receive_ways = reads.owes_now(draft), [delivery.Receive(way) for way in reads.receive_ways(draft)]
    return {
        "receive_ways": receive_ways,
        "post_to": delivery.post_in_words(delivery.post_address(draft.delivery, draft.applicant)),
        "postage": postage_of(draft) if delivery.Receive.POST in receive_ways else None,
        "pay_ways": [(way, delivery.in_words("pay", way)) for way in reads.pay_ways(draft)],
        "due": due,
        "door_words": _door_words(due),
    }


def _rows(papers: Sequence[Taken], refusals: Refusals) -> list[dict[str, Any]]:
    """The papers with the boxes in which they are counted."""
    titles = ("bản chính", "bản sao chứng thực", "bản chụp")
    return [
        {
            "paper": paper,
            "refusals": refusals.get(paper.key, ()),
            "boxes": [
                {"name": f"ban-{paper.key}-{kind}", "value": count, "title": title}
                for kind, count, title in zip(rules.KINDS, paper.counts, titles, strict=True)
            ],
        }
        for paper in papers
    ]


def _totals(papers: Sequence[Taken]) -> Mapping[str, Any]:
    there = [paper for paper in papers if paper.is_in]
    sums = [sum(counts) for counts in zip(*(paper.counts for paper in there), strict=True)] or [0, 0, 0]
    return {"kinds": len(there), "words": rules.counted(*sums)}


@ASKS
@officer_required
def discard(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Xóa hồ sơ đang nhập: asks first."""
    draft = access.counter_case(request.user, ref)
    if request.method == "POST":
        try:
            drafts.discard(draft, by=request.user)
        except Conflict:
            return gone(request, ref)
        return redirect("desk:counter:cases")
    context = {"draft": draft, "files": draft.attachments.count(), "desk_place": draft.agency.short_name}
    return render(request, "desk/counter/discard.html", context)


@require_GET
@officer_required
def received(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Đã tiếp nhận: the code, what to print, and on to the next person."""
    dossier = access.for_officer(request.user, ref)
    if dossier.helped_by_id is None or dossier.accepted_at is None:
        return redirect("desk:counter:answered", dossier.ref)
    note_reading(dossier, by=request.user)
    account = account_of(dossier)
    context = {
        "dossier": dossier, "desk_place": dossier.agency.short_name, "due_words": vi_moment(dossier.due_at),
        "receipts": [one for booking in account.money.bookings for one in booking.receipts.all()],
        "taken": sum(booking.amount for booking in account.money.bookings),
        "receive": delivery.in_words("receive", dossier.delivery.get("receive")),
    }  # fmt: skip
    return render(request, "desk/counter/received.html", context)
