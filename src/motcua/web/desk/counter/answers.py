"""What the counter answers where a case can't be received: a page that asks, the act, and the slip to hand over."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.agencies.queries import working_calendar
from motcua.core.errors import BusinessError, Conflict
from motcua.documents.responses import file_response
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import counter as reads
from motcua.dossiers.queries.answers import askable_papers, last_answer
from motcua.dossiers.queries.people import status_of
from motcua.dossiers.rules.supplements import USUAL_GROUND, answer_until
from motcua.dossiers.services import counter_answers, printing
from motcua.dossiers.services.reading import note_reading
from motcua.dossiers.services.submission import NotReady
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.components.forms import PortalForm
from motcua.web.desk.asking import ASKS, typed
from motcua.web.desk.counter.case import gone, show
from motcua.web.desk.endings import THEY_READ, WhyForm
from motcua.web.desk.supplement import AskForm, field_of

REASON = "Hồ sơ còn thiếu những giấy tờ được nêu."


class PapersForm(AskForm):
    """A tick and what to bring, for every paper."""

    what = "Cần mang gì cho “{name}”?"


@ASKS
@officer_required
def ask(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Yêu cầu bổ sung (mẫu 02): the papers that are missing are ticked already."""
    try:
        draft = access.counter_case(request.user, ref)
    except Http404:  # a second press finds what the first one answered
        return gone(request, ref)
    if found := reads.problems_but_papers(draft):  # mended first, while the person is here
        return show(request, draft, problems=found)
    papers = askable_papers(draft)
    if not papers:  # only a declaration, which is mended here
        return redirect("desk:counter:case", draft.ref)
    start = {"ly_do": REASON, "can_cu": USUAL_GROUND}
    form = PapersForm([("Giấy tờ", papers)], typed(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            counter_answers.ask_for_papers(
                draft, form.wanted, reason=form.cleaned_data["ly_do"], ground=form.cleaned_data["can_cu"],
                by=request.user,
            )  # fmt: skip
            return redirect("desk:counter:answered", ref)
        except Conflict:
            return gone(request, ref)
        except NotReady as refusal:
            return show(request, draft, problems=refusal.problems)
        except BusinessError as refusal:
            form.add_error(field_of(refusal), str(refusal))
    days = draft.offering_version.supplement_days
    until = answer_until(timezone.now(), days, working_calendar(draft.agency))
    return _ask_page(request, "desk/counter/ask.html", draft, form, until=until, days=days)


@ASKS
@officer_required
def decline(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Không tiếp nhận (mẫu 03), with the reason."""
    try:
        draft = access.counter_case(request.user, ref)
    except Http404:
        return gone(request, ref)
    form = WhyForm(typed(request), hint=f"{THEY_READ} Ghi đủ một lần: vì sao, cần làm gì.", needs_ground=False)
    if request.method == "POST" and form.is_valid():
        try:
            counter_answers.decline(draft, form.why, by=request.user)
            return redirect("desk:counter:answered", ref)
        except Conflict:
            return gone(request, ref)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    return _ask_page(request, "desk/counter/decline.html", draft, form)


def _ask_page(request: OfficerRequest, template: str, draft: Dossier, form: PortalForm, **facts: Any) -> HttpResponse:
    note_reading(draft, by=request.user)
    context = {"dossier": draft, "form": form, "desk_place": draft.agency.short_name, "stamp": "", **facts}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


@require_GET
@officer_required
def answered(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Đã trả lời: the slip to print and hand over, and on to the next person."""
    dossier = access.for_officer(request.user, ref)
    answer = last_answer(dossier)
    if dossier.helped_by_id is None or answer is None:
        return redirect("desk:dossier", dossier.ref)
    note_reading(dossier, by=request.user)
    _, chip, chip_icon = status_of(dossier)
    context = {
        "dossier": dossier, "desk_place": dossier.agency.short_name, "until": answer.until,
        "reason": answer.reason, "asked": answer.asked,
        "title": "Đã yêu cầu bổ sung" if answer.until else "Không tiếp nhận", "chip": chip, "chip_icon": chip_icon,
    }  # fmt: skip
    return render(request, "desk/counter/answered.html", context)


@require_GET
@officer_required
def slip(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """The slip (mẫu 02, 03) of what was answered; made now if its job hasn't come to it yet: the person is waiting."""
    dossier = access.for_officer(request.user, ref)
    found = printing.answer_slip(dossier)
    if found is None:
        return redirect("desk:dossier", dossier.ref)
    note_reading(dossier, by=request.user)
    return file_response(found, variant="original", download=False)
