"""Complaints about accounts: look at the card, then give the account back, or say why not.

A ward's administrators see those whose card is shown at the ward's desk; the province's see all.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.accounts import queries, services
from motcua.accounts.models import Complaint
from motcua.agencies.queries import administered
from motcua.agencies.queries import desks as agency_desks
from motcua.core.errors import BusinessError
from motcua.core.identity import mask_number, mask_phone, show_number, show_phone
from motcua.web.components.doors import OfficerRequest, administrator_required
from motcua.web.components.forms import DigitsInput, PhoneInput, PortalForm

GIVE_BACK, UNFOUNDED = "tra-lai", "khong-co-can-cu"
BOXES = {"card_number": "so_the", "phone": "dien_thoai"}


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
    so_the = forms.CharField(
        label="Số trên thẻ căn cước đang xem", required=False, max_length=60, widget=DigitsInput(),
        help_text="Chỉ khi trả tài khoản. Đọc trên thẻ của người đứng ở quầy, không chép từ trang này",
        error_messages={"max_length": "Số định danh có 12 chữ số"},
    )  # fmt: skip
    dien_thoai = forms.CharField(
        label="Số điện thoại người ấy nói", required=False, max_length=40, widget=PhoneInput({"autocomplete": "off"}),
        help_text="Chỉ khi trả tài khoản. Phải là số đã ghi khi gửi khiếu nại này",
        error_messages={"max_length": "Số điện thoại có 10 chữ số"},
    )  # fmt: skip
    tra_loi = forms.CharField(
        label="Câu trả lời",
        help_text="Người khiếu nại được đọc câu này khi gọi tổng đài hoặc đến quầy",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Nhập câu trả lời", "max_length": "Nhiều nhất 1.000 ký tự"},
    )

    def clean(self) -> dict[str, Any]:
        """What only the person at the desk has is needed where the account changes hands."""
        said = super().clean() or self.cleaned_data
        if said.get("ket_qua") == GIVE_BACK:
            for name, words in (("so_the", "Nhập số trên thẻ căn cước"), ("dien_thoai", "Nhập số điện thoại")):
                if name not in self.errors and not said.get(name):
                    self.add_error(name, words)
        return said


@require_GET
@administrator_required
def complaints(request: OfficerRequest) -> HttpResponse:
    """The open ones first."""
    desks = administered(request.user)
    names = {agency.code: agency.desk_name for agency in agency_desks()}
    rows = [(one, names.get(one.desk, "Không ghi")) for one in queries.complaints(desks)]
    return render(request, "office/complaints.html", {"rows": rows, "of_province": desks is None})


@require_http_methods(["GET", "POST"])
@administrator_required
def complaint(request: OfficerRequest, ref: str) -> HttpResponse:
    """One complaint; answered once. While it is open, number and phone are shown in part: see `give_account_back`."""
    found = queries.complaint(ref, administered(request.user))
    if found is None:
        raise Http404
    services.note_reading(found, by=request.user)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(found, form, request)
            return redirect("office:complaint", ref)
        except services.NotTheirs as refusal:
            form.add_error(BOXES[refusal.what], str(refusal))
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    open_ = found.outcome == Complaint.Outcome.OPEN
    number = found.user.personal_number or ""
    context = {
        "complaint": found, "form": form, "open": open_, "others": queries.other_open_complaints(found),
        "number": mask_number(number) if open_ else show_number(number),
        "phone": mask_phone(found.phone) if open_ else show_phone(found.phone),
    }  # fmt: skip
    return render(request, "office/complaint.html", context, status=422 if form.errors else 200)


def _answer(found: Complaint, form: AnswerForm, request: OfficerRequest) -> None:
    said = form.cleaned_data
    if said["ket_qua"] == UNFOUNDED:
        services.find_unfounded(found, answer=said["tra_loi"], by=request.user)
        return
    services.give_account_back(
        found, card_number=said["so_the"], phone=said["dien_thoai"], answer=said["tra_loi"], by=request.user
    )
