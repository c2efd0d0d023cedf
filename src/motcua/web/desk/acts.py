"""What officers do with a dossier: pages that ask, and the acts themselves.

Each form carries the stamp of the page it stood on. Who comes second is told who was first; what was typed stays.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies.queries import posts_of
from motcua.core.errors import BusinessError
from motcua.documents.responses import SANDBOX, disposition
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk_dossier as reads
from motcua.dossiers.queries.drafts import still_to_bring
from motcua.dossiers.queries.money import owed_now
from motcua.dossiers.queries.receipts import limit_words
from motcua.dossiers.queries.results import draft_values, last_draft, last_refusal
from motcua.dossiers.services import reception, results, work
from motcua.web.components.doors import OfficerRequest, held_post, officer_required
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem
from motcua.web.desk.dossier import show
from motcua.web.desk.forms import DraftForm, HandOverForm, ReasonForm

SEEN = "seen"
ASKS = require_http_methods(["GET", "POST"])


def acts_of(request: OfficerRequest, found: Dossier) -> list[str]:
    """What this officer may do with the dossier now."""
    return reads.acts_for(found, posts_of(request.user))


def done(dossier: Dossier) -> HttpResponse:
    """Back to the dossier's page."""
    return redirect("desk:dossier", dossier.ref)


def _at_once(request: OfficerRequest, ref: str, act: Callable[..., Any]) -> HttpResponse:
    """An act of one button, on the page of the dossier."""
    found = access.for_officer(request.user, ref)
    try:
        act(found, by=request.user, seen=request.POST.get(SEEN, ""))
    except BusinessError as refusal:
        return show(request, access.for_officer(request.user, ref), problems=[Problem(str(refusal))])
    return done(found)


@require_POST
@officer_required
def take_up(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Nhận thụ lý."""
    return _at_once(request, ref, work.take_up)


@require_POST
@officer_required
def propose(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Trình lãnh đạo ký."""
    return _at_once(request, ref, work.propose)


@require_POST
@officer_required
def approve(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Ký duyệt."""
    return _at_once(request, ref, work.approve)


@require_POST
@officer_required
def issue(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Vào sổ, cấp số."""
    return _at_once(request, ref, results.issue)


@require_POST
@officer_required
def judge(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Ghi kết quả kiểm tra giấy tờ: all papers of the panel at once."""
    found = access.for_officer(request.user, ref)
    typed = {
        paper.key: (request.POST.get(f"p-{paper.key}", ""), request.POST.get(f"r-{paper.key}", ""))
        for paper in reads.judged_papers(found)
    }
    findings = {key: said for key, said in typed.items() if said[0]}
    try:
        work.judge_papers(found, findings, by=request.user)
    except BusinessError as refusal:
        place = f"r-{refusal.key}" if isinstance(refusal, work.PaperTrouble) else ""
        return show(request, found, problems=[Problem(str(refusal), place)], typed=typed)
    return redirect(f"{done(found)['Location']}#kiem-tra")


@ASKS
@officer_required
def accept(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Tiếp nhận: what the person will be promised, then the act."""
    found = access.for_officer(request.user, ref)
    form = PortalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            reception.accept(found, by=request.user, seen=request.POST.get(SEEN, ""))
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif "accept" not in acts_of(request, found):
        return done(found)
    papers = reads.judged_papers(found)
    facts = {
        "promise": reads.promise(found, timezone.now()),
        "limit": limit_words(found),
        "bring": [paper.bring for paper in papers if paper.bring],
        "papers": papers,
    }
    return ask(request, "desk/accept.html", found, form, **facts)


@ASKS
@officer_required
def send_back(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Trả lại người thụ lý, với lý do."""
    return _with_reason(
        request, ref, "send_back", "desk/send_back.html", work.send_back,
        "Người thụ lý đọc câu này, người dân thì không.",
    )  # fmt: skip


def _with_reason(
    request: OfficerRequest, ref: str, act: str, template: str, do: Callable[..., Any], hint: str
) -> HttpResponse:
    found = access.for_officer(request.user, ref)
    data = request.POST if request.method == "POST" else held_post(request)
    form = ReasonForm(data, hint=hint)
    if request.method == "POST" and form.is_valid():
        try:
            do(found, by=request.user, reason=form.cleaned_data["ly_do"], seen=request.POST.get(SEEN, ""))
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET" and act not in acts_of(request, found):
        return done(found)
    return ask(request, template, found, form)


def ask(request: OfficerRequest, template: str, found: Dossier, form: PortalForm, **more: Any) -> HttpResponse:
    """A page that asks before an act; after a refusal with the dossier as it stands now, and all that was typed."""
    if form.is_bound:
        found = access.for_officer(request.user, found.ref)
    context = {
        "dossier": found, "form": form, "stamp": reads.stamp_of(found),
        "desk_place": found.agency.short_name, **more,
    }  # fmt: skip
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


@ASKS
@officer_required
def draft(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Soạn bản nháp: correct the values; then to the applicant, or to the leader where nobody is asked."""
    found = access.for_officer(request.user, ref)
    asks_person = bool(found.offering_version.confirm_days)
    act = "send_draft" if asks_person else "propose"
    data = request.POST if request.method == "POST" else held_post(request)
    form = DraftForm(draft_values(found), data)
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, found, form.result_values, asks_person=asks_person)
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET" and act not in acts_of(request, found):
        return done(found)
    previous = last_draft(found)
    facts = {"asks_person": asks_person, "previous": previous, "refusal": last_refusal(found)}
    return ask(request, "desk/draft.html", found, form, **facts)


def _send(request: OfficerRequest, found: Dossier, values: dict[str, str], *, asks_person: bool) -> None:
    seen = request.POST.get(SEEN, "")
    if asks_person:
        work.send_draft(found, values, by=request.user, seen=seen)
    else:
        work.propose(found, by=request.user, values=values, seen=seen)


@require_POST
@officer_required
def preview(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Xem trước bản nháp: the PDF of what is typed, in a tab of its own; nothing is kept."""
    found = access.for_officer(request.user, ref)
    form = DraftForm(draft_values(found), request.POST)
    try:
        if not form.is_valid():
            raise BusinessError("Sửa các ô quá dài rồi xem lại.")
        content = work.draft_pdf(found, work.kept_values(found, form.result_values))
    except BusinessError as refusal:
        form.add_error(None, str(refusal))
        facts = {"asks_person": bool(found.offering_version.confirm_days), "previous": last_draft(found)}
        return ask(request, "desk/draft.html", found, form, refusal=last_refusal(found), **facts)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = disposition("ban-nhap.pdf", download=False)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


@ASKS
@officer_required
def hand_over(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Trả kết quả tại quầy: who takes it, what is still owed."""
    found = access.for_officer(request.user, ref)
    owed = owed_now(found)
    first = {
        "nguoi_nhan": found.applicant.get("full_name", ""),
        "so_dinh_danh": found.applicant.get("personal_number", ""),
    }
    data = request.POST if request.method == "POST" else held_post(request)
    form = HandOverForm(data, owed=owed, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            results.hand_over(
                found, by=request.user, receiver_name=form.cleaned_data["nguoi_nhan"],
                receiver_number=form.cleaned_data["so_dinh_danh"], fee_collected=owed, seen=request.POST.get(SEEN, ""),
            )  # fmt: skip
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET" and "hand_over" not in acts_of(request, found):
        return done(found)
    return ask(request, "desk/hand_over.html", found, form, owed=owed, bring=still_to_bring(found))
