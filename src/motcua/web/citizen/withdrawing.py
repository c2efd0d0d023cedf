"""Taking a dossier back, and beginning anew from one that ended without a result."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts.flows.national import stands_for
from motcua.core.errors import BusinessError
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.endings import ending_of, fee_after
from motcua.dossiers.services import endings
from motcua.dossiers.services.again import begin_again
from motcua.web.citizen.dossiers import show
from motcua.web.components.doors import CitizenRequest, citizen_required
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem


class WithdrawForm(PortalForm):
    """Why somebody takes their dossier back."""

    ly_do = forms.CharField(
        label="Vì sao ông/bà rút hồ sơ?",
        help_text="Cán bộ đọc câu này. Một câu ngắn là đủ",
        max_length=endings.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do rút hồ sơ", "max_length": "Ghi nhiều nhất 1.000 ký tự"},
    )


@require_http_methods(["GET", "POST"])
@citizen_required
def withdraw(request: CitizenRequest, ref: str) -> HttpResponse:
    """Rút hồ sơ: what it means, the reason, then the act."""
    found = access.of_applicant(request.user, ref)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            endings.withdraw(found, by=request.user, reason=form.cleaned_data["ly_do"])
            return redirect("citizen:dossier", found.ref)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
            found = access.of_applicant(request.user, ref)
    elif request.method == "GET" and not ending_of(found).may_withdraw:
        return redirect("citizen:dossier", found.ref)
    return _page(request, found, form)


def _page(request: CitizenRequest, found: Dossier, form: WithdrawForm) -> HttpResponse:
    context = {
        "dossier": found,
        "procedure": found.procedure_version,
        "form": form,
        "fee": fee_after(found),
        "may": ending_of(found).may_withdraw,
    }
    return render(request, "citizen/withdraw.html", context, status=422 if form.errors else 200)


@require_POST
@citizen_required
def again(request: CitizenRequest, ref: str) -> HttpResponse:
    """Nộp lại: a new draft with everything that was declared, and on to what is missing in it."""
    found = access.of_applicant(request.user, ref)
    try:
        draft = begin_again(found, by=request.user, organisation=stands_for(request.session))
    except BusinessError as refusal:
        return show(request, found, problems=[Problem(str(refusal))])
    return redirect("citizen:begin", draft.ref)
