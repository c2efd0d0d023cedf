"""What officers do with a dossier on its way: acts of one button, and those whose page asks first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from motcua.core.errors import BusinessError
from motcua.documents.responses import SANDBOX, disposition
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk_dossier as reads
from motcua.dossiers.queries.drafts import still_to_bring, to_sign
from motcua.dossiers.queries.money import owed_now
from motcua.dossiers.queries.receipts import limit_words
from motcua.dossiers.queries.results import draft_values, last_draft, last_refusal
from motcua.dossiers.services import reception, results, work
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem
from motcua.web.desk.asking import ASKS, act_or_ask, ask, done, seen, typed
from motcua.web.desk.dossier import show
from motcua.web.desk.forms import DraftForm, HandOverForm, ReasonForm


def _at_once(request: OfficerRequest, ref: str, act: Callable[..., Any]) -> HttpResponse:
    """An act of one button, on the page of the dossier."""
    found = access.for_officer(request.user, ref)
    try:
        act(found, by=request.user, seen=seen(request))
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
    verdicts = {
        paper.key: (request.POST.get(f"p-{paper.key}", ""), request.POST.get(f"r-{paper.key}", ""))
        for paper in reads.judged_papers(found)
    }
    findings = {key: said for key, said in verdicts.items() if said[0]}
    try:
        work.judge_papers(found, findings, by=request.user)
    except BusinessError as refusal:
        place = f"r-{refusal.key}" if isinstance(refusal, work.PaperTrouble) else ""
        return show(request, found, problems=[Problem(str(refusal), place)], typed=verdicts)
    return redirect(f"{done(found)['Location']}#kiem-tra")


@ASKS
@officer_required
def accept(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Tiếp nhận: what the person will be promised, then the act."""
    found = access.for_officer(request.user, ref)
    form = PortalForm(request.POST if request.method == "POST" else None)
    return act_or_ask(
        request, found, form, act="accept", facts=lambda: _promised(found),
        do=lambda: reception.accept(found, by=request.user, seen=seen(request)),
    )  # fmt: skip


def _promised(found: Dossier) -> dict[str, Any]:
    """What the receipt will say."""
    papers = reads.judged_papers(found)
    return {
        "promise": reads.promise(found, timezone.now()),
        "limit": limit_words(found),
        "bring": [paper.bring for paper in papers if paper.bring],
        "to_sign": to_sign(found),
        "papers": papers,
    }


@ASKS
@officer_required
def send_back(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Trả lại người thụ lý, với lý do."""
    found = access.for_officer(request.user, ref)
    form = ReasonForm(typed(request), hint="Người thụ lý đọc câu này, người dân thì không.")
    return act_or_ask(
        request, found, form, act="send_back",
        do=lambda: work.send_back(found, by=request.user, reason=form.cleaned_data["ly_do"], seen=seen(request)),
    )  # fmt: skip


@ASKS
@officer_required
def draft(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Soạn bản nháp: correct the values; then to the applicant, or to the leader where nobody is asked."""
    found = access.for_officer(request.user, ref)
    asks_person = bool(found.offering_version.confirm_days)
    form = DraftForm(draft_values(found), typed(request))
    return act_or_ask(
        request, found, form, act="send_draft" if asks_person else "propose", template="desk/draft.html",
        do=lambda: _send(request, found, form.result_values, asks_person=asks_person),
        facts=lambda: _drafted(found),
    )  # fmt: skip


def _drafted(found: Dossier) -> dict[str, Any]:
    """What was said about the draft before, and who reads it next."""
    return {
        "asks_person": bool(found.offering_version.confirm_days),
        "previous": last_draft(found),
        "refusal": last_refusal(found),
    }


def _send(request: OfficerRequest, found: Dossier, values: dict[str, str], *, asks_person: bool) -> None:
    if asks_person:
        work.send_draft(found, values, by=request.user, seen=seen(request))
    else:
        work.propose(found, by=request.user, values=values, seen=seen(request))


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
        return ask(request, "desk/draft.html", found, form, **_drafted(found))
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
    form = HandOverForm(typed(request), owed=owed, initial=first)
    return act_or_ask(
        request, found, form, act="hand_over", facts=lambda: {"owed": owed, "bring": still_to_bring(found)},
        do=lambda: results.hand_over(
            found, by=request.user, receiver_name=form.cleaned_data["nguoi_nhan"],
            receiver_number=form.cleaned_data["so_dinh_danh"], fee_collected=owed, seen=seen(request),
        ),
    )  # fmt: skip
