"""Dịch vụ công trực tuyến: what each agency offers at which level, what a higher level lacks, publish, close, open."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.errors import BusinessError
from motcua.core.text import whole_number
from motcua.offerings import access, services
from motcua.offerings import queries as reads
from motcua.offerings.models import Offering, OfferingVersion
from motcua.offerings.rules import LevelTrouble
from motcua.web.components.doors import OfficerRequest, administrator_required, held_post
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem

ON_PAPER = [(1, "Mức độ 1: xem thông tin"), (2, "Mức độ 2: tải biểu mẫu, nộp bản giấy")]
ONLINE = [
    (3, "Mức độ 3: điền và gửi trực tuyến"),
    (4, "Mức độ 4: nộp phí trực tuyến, nhận kết quả không phải đến quầy"),
]
# Fields of the version → fields of the form; the same names would be English on an officer's screen.
FIELDS = {
    "old_level": "muc_do", "scope": "pham_vi", "partial_kind": "truong_hop", "partial_reason": "ly_do",
    "hand_in_ways": "cach_nop", "receive_ways": "cach_nhan", "pay_ways": "cach_tra", "sign_on_receipt": "ky_nhan",
}  # fmt: skip


class Ticks(forms.MultipleChoiceField):
    """Several of a list, or none."""

    def __init__(self, label: str, choices: Any, help_text: str = "") -> None:
        super().__init__(
            label=label, choices=choices, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
        )


class OfferingForm(PortalForm):
    """The settings by which a service reaches a level; what it lacks for it is the rules' to say."""

    muc_do = forms.TypedChoiceField(
        label="Mức độ (Thông tư 32/2017/TT-BTTTT)", coerce=int, choices=[*ON_PAPER, *ONLINE], widget=forms.RadioSelect,
        error_messages={"required": "Chọn mức độ"},
    )  # fmt: skip
    pham_vi = forms.ChoiceField(
        label="Phạm vi (Nghị định 224/2026/NĐ-CP)", choices=OfferingVersion.Scope.choices, widget=forms.RadioSelect,
        error_messages={"required": "Chọn phạm vi"},
    )  # fmt: skip
    truong_hop = forms.ChoiceField(
        label="Một phần vì", required=False, widget=forms.RadioSelect,
        choices=[("", "Không phải một phần"), *OfferingVersion.PartialKind.choices],
    )  # fmt: skip
    ly_do = forms.CharField(
        label="Lý do một phần", required=False, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text="Người dân đọc đúng câu này", error_messages={"max_length": "Nhiều nhất 300 ký tự"},
    )  # fmt: skip
    cach_nop = Ticks("Cách nộp hồ sơ", OfferingVersion.HandIn.choices)
    cach_nhan = Ticks("Cách nhận kết quả", OfferingVersion.Receive.choices)
    cach_tra = Ticks("Cách trả phí, lệ phí", OfferingVersion.Pay.choices)
    ky_nhan = forms.CharField(
        label="Ký nhận kết quả vào", required=False, max_length=200,
        help_text="Ví dụ: Sổ đăng ký khai sinh. Không phải ký nhận thì bỏ trống",
        error_messages={"max_length": "Nhiều nhất 200 ký tự"},
    )  # fmt: skip

    def changes(self) -> dict[str, Any]:
        """The fields of the version that this form sets; a reason only stays where it is online in part."""
        said = {field: self.cleaned_data[name] for field, name in FIELDS.items()}
        if said["scope"] != OfferingVersion.Scope.PARTIAL:
            said |= {"partial_kind": "", "partial_reason": ""}
        return said


class CloseForm(PortalForm):
    """Why nothing new is taken in."""

    ly_do_ngung = forms.CharField(
        label="Lý do ngừng tiếp nhận hồ sơ mới", max_length=300, help_text="Lưu vào nhật ký hệ thống",
        error_messages={"required": "Nhập lý do ngừng tiếp nhận", "max_length": "Nhiều nhất 300 ký tự"},
    )  # fmt: skip


@require_GET
@administrator_required
def offerings(request: OfficerRequest) -> HttpResponse:
    """All services of the administrator's agencies."""
    found = reads.managed(access.administered_by(request.user))
    return render(request, "office/offerings.html", {"services": found})


@require_http_methods(["GET", "POST"])
@administrator_required
def offering(request: OfficerRequest, slug: str, code: str) -> HttpResponse:
    """One service: its level, what the next one lacks, and the next version."""
    found = access.offering_for(request.user, slug, code)
    posted = request.POST if request.method == "POST" else None
    version = reads.last_version(found)
    first = {name: getattr(version, field) for field, name in FIELDS.items()}
    form = OfferingForm(posted or held_post(request), initial=first)
    if posted is not None and form.is_valid():
        try:
            services.publish_again(found, by=request.user, seen=_seen(request), **form.changes())
            messages.success(request, "Đã công bố. Hồ sơ đang giải quyết giữ nguyên cách làm cũ.")
            return redirect("office:offering", slug, code)
        except LevelTrouble as trouble:
            for missing in trouble.missing:
                form.add_error(None, f"Chưa công bố được: {missing}")
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, found, publishing=form)


@require_POST
@administrator_required
def close(request: OfficerRequest, slug: str, code: str) -> HttpResponse:
    """Ngừng tiếp nhận, with its reason."""
    found = access.offering_for(request.user, slug, code)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            services.close_offering(found, by=request.user, reason=form.cleaned_data["ly_do_ngung"])
            messages.success(request, "Đã ngừng tiếp nhận hồ sơ mới. Hồ sơ đang giải quyết vẫn tiếp tục.")
            return redirect("office:offering", slug, code)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, found, closing=form)


@require_POST
@administrator_required
def reopen(request: OfficerRequest, slug: str, code: str) -> HttpResponse:
    """Tiếp nhận lại."""
    found = access.offering_for(request.user, slug, code)
    try:
        services.open_offering(found, by=request.user)
    except BusinessError as refusal:
        return _page(request, found, problems=[Problem(str(refusal))])
    messages.success(request, "Đã tiếp nhận lại.")
    return redirect("office:offering", slug, code)


def _page(
    request: OfficerRequest,
    found: Offering,
    *,
    publishing: OfferingForm | None = None,
    closing: CloseForm | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    (shown,) = reads.managed([found.agency_id], offering=found)
    first = {name: getattr(shown.version, field) for field, name in FIELDS.items()}
    form, close_form = publishing or OfferingForm(initial=first), closing or CloseForm()
    troubles = problems or close_form.errors or form.errors
    context = {
        "service": shown, "offering": shown.version.offering, "form": form, "close_form": close_form,
        "summary": problems or (close_form if close_form.errors else form),
    }  # fmt: skip
    return render(request, "office/offering.html", context, status=422 if troubles else 200)


def _seen(request: OfficerRequest) -> int:
    """The version that was on the screen; 0: nobody knows."""
    return whole_number(request.POST.get("seen", ""))
