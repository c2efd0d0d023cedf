"""Thông báo tạm ngừng: announce, change, end. Nothing is announced that wasn't looked at first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from motcua.agencies.queries import posts_of, working_calendar
from motcua.content import access
from motcua.content.models import Outage
from motcua.content.queries import all_outages
from motcua.content.rules import Plan, PlanTrouble, check_plan, first_planned_day, needs_reason
from motcua.content.services import outages as acts
from motcua.core.errors import BusinessError
from motcua.core.text import whole_number
from motcua.core.worktime import Calendar
from motcua.dossiers.queries.outages import answers_due_between
from motcua.web.components.doors import OfficerRequest, held_post, province_required
from motcua.web.components.forms import PortalForm
from motcua.web.office.forms import FIELDS, OutageForm, said

PUBLISH, EDIT = "dang", "sua"
CHIPS = {
    Outage.Stage.AHEAD: ("going", "calendar"),
    Outage.Stage.ON: ("yours", "warning"),
    Outage.Stage.OVER: ("done", "done"),
    Outage.Stage.CALLED_OFF: ("idle", "close"),
}
ASKS = require_http_methods(["GET", "POST"])


@require_GET
@province_required
def outages(request: OfficerRequest) -> HttpResponse:
    """All notices: on and ahead first."""
    now = timezone.now()
    rows = [(outage, stage, *CHIPS[stage]) for outage in all_outages() for stage in [outage.stage(now)]]
    return render(request, "office/outages.html", {"rows": rows, "open_stages": [Outage.Stage.AHEAD, Outage.Stage.ON]})


@ASKS
@province_required
def new(request: OfficerRequest) -> HttpResponse:
    """A new notice: typed, looked at, announced."""
    return _write(request, None)


@ASKS
@province_required
def change(request: OfficerRequest, outage_id: int) -> HttpResponse:
    """Correct a notice, or move what it is about."""
    return _write(request, access.outage(outage_id))


@ASKS
@province_required
def end(request: OfficerRequest, outage_id: int) -> HttpResponse:
    """Say that everything works again, or that it won't take place; asks first."""
    outage = access.outage(outage_id)
    form = PortalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ended = acts.end(outage, by=request.user, seen=_seen(request))
            called_off = ended.stage(timezone.now()) == Outage.Stage.CALLED_OFF
            messages.success(request, "Đã hủy việc tạm ngừng." if called_off else "Đã báo cổng hoạt động lại.")
            return redirect("office:outages")
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
            outage.refresh_from_db()
    context = {"outage": outage, "form": form, "ahead": outage.stage(timezone.now()) == Outage.Stage.AHEAD}
    return render(request, "office/outage_end.html", context, status=422 if form.errors else 200)


def _write(request: OfficerRequest, outage: Outage | None) -> HttpResponse:
    """Form → preview → act; whatever was typed comes back with every answer."""
    posted = request.POST if request.method == "POST" else None
    form = OutageForm(posted or held_post(request), initial=said(outage) if outage else {"tu_gio": "22:00"})
    act = posted.get("act") if posted else None
    if posted and act != EDIT and form.is_valid():
        try:
            if act != PUBLISH:
                return _preview(request, form, outage)
            _announce(request, form.plan, outage)
            return redirect("office:outages")
        except PlanTrouble as refusal:
            form.add_error(FIELDS[refusal.key], str(refusal))
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
            if outage:
                outage.refresh_from_db()
    refused = bool(posted) and act != EDIT and bool(form.errors)
    context = {
        "form": form, "outage": outage, "first_day": first_planned_day(timezone.now(), _calendar(request)),
    }  # fmt: skip
    return render(request, "office/outage.html", context, status=422 if refused else 200)


def _preview(request: OfficerRequest, form: OutageForm, outage: Outage | None) -> HttpResponse:
    """What people will read, and whom it hits; raises what the act would."""
    plan, calendar, now = form.plan, _calendar(request), timezone.now()
    before = outage.plan if outage else None
    check_plan(plan, before, now=now, calendar=calendar)
    shown = Outage(
        starts_at=plan.starts_at, ends_at=plan.ends_at, affected=list(plan.affected), words=plan.words,
        urgent_reason=plan.urgent_reason if needs_reason(plan, before, now, calendar) else "",
    )  # fmt: skip
    context = {
        "form": form, "outage": outage, "shown": shown, "typed": list(form.typed()), "seen": _seen(request),
        "answers_due": answers_due_between(plan.starts_at, plan.ends_at),
    }  # fmt: skip
    return render(request, "office/outage_preview.html", context)


def _announce(request: OfficerRequest, plan: Plan, outage: Outage | None) -> None:
    if outage is None:
        acts.announce(plan, by=request.user, calendar=_calendar(request))
        messages.success(request, "Đã đăng thông báo. Mọi trang của cổng hiện thông báo này trong ít giây nữa.")
    else:
        acts.change(outage, plan, by=request.user, calendar=_calendar(request), seen=_seen(request))
        messages.success(request, "Đã sửa thông báo.")


def _calendar(request: OfficerRequest) -> Calendar:
    """Whose working days count: those of the administrator's own agency."""
    return working_calendar(posts_of(request.user)[0].unit.agency)


def _seen(request: OfficerRequest) -> int:
    """The revision that the page was drawn from; 0 fits none."""
    return whole_number(request.POST.get("seen", ""))
