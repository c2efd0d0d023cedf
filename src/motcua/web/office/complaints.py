"""Complaints about accounts: look at the card, then give the account back, or say why not."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.accounts import queries, services
from motcua.accounts.models import Complaint
from motcua.core.errors import BusinessError
from motcua.web.components.doors import OfficerRequest, administrator_required
from motcua.web.components.forms import PortalForm

GIVE_BACK, UNFOUNDED = "tra-lai", "khong-co-can-cu"


class AnswerForm(PortalForm):
    """What was found, and what the person is told when they ask."""

    ket_qua = forms.ChoiceField(
        label="Kết quả",
        choices=[
            (GIVE_BACK, "Đã xem thẻ căn cước: trả tài khoản cho người khiếu nại, hủy mọi cách đăng nhập cũ"),
            (UNFOUNDED, "Khiếu nại không có căn cứ: giữ nguyên tài khoản"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn kết quả"},
    )
    tra_loi = forms.CharField(
        label="Câu trả lời",
        help_text="Người khiếu nại được đọc câu này khi gọi tổng đài hoặc đến quầy",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Nhập câu trả lời", "max_length": "Nhiều nhất 1.000 ký tự"},
    )


@require_GET
@administrator_required
def complaints(request: OfficerRequest) -> HttpResponse:
    """The open ones first."""
    return render(request, "office/complaints.html", {"complaints": queries.complaints()})


@require_http_methods(["GET", "POST"])
@administrator_required
def complaint(request: OfficerRequest, ref: str) -> HttpResponse:
    """One complaint; answered once."""
    found = queries.complaint(ref)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(found, form, request)
            return redirect("office:complaint", ref)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    open_ = found.outcome == Complaint.Outcome.OPEN
    context = {"complaint": found, "form": form, "open": open_}
    return render(request, "office/complaint.html", context, status=422 if form.errors else 200)


def _answer(found: Complaint, form: AnswerForm, request: OfficerRequest) -> None:
    act = services.give_account_back if form.cleaned_data["ket_qua"] == GIVE_BACK else services.find_unfounded
    act(found, answer=form.cleaned_data["tra_loi"], by=request.user)
