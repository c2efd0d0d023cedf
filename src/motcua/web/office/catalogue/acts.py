"""The acts on a record: publish, take back, throw away, withdraw. Each shows what it is about to do."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.text import whole_number
from motcua.offerings.queries import all_offerings_for
from motcua.procedures.models import Procedure
from motcua.procedures.queries import queue, standing
from motcua.procedures.services import drafts, editing
from motcua.web.components.doors import OfficerRequest, editor_required
from motcua.web.components.forms import DayField, PortalForm
from motcua.web.office.acting import form_page, posted, tried
from motcua.web.office.catalogue.fields import LineField, TextField
from motcua.web.office.catalogue.finding import procedure_or_404
from motcua.web.office.catalogue.record import compared, home

NOW, LATER = "ngay", "hen"
ASKS = require_http_methods(["GET", "POST"])


class PublishForm(PortalForm):
    """When it counts from, and what is new in it."""

    khi_nao = forms.ChoiceField(
        label="Có hiệu lực", choices=[(NOW, "Ngay hôm nay"), (LATER, "Từ ngày")], widget=forms.RadioSelect,
        error_messages={"required": "Chọn ngay hôm nay hay từ một ngày"},
    )  # fmt: skip
    ngay = DayField(
        label="Từ ngày", required=False, help_text="Chỉ khi hẹn ngày. Đến ngày ấy bản mới tự thay bản đang có"
    )
    ghi_chu = TextField(
        "Có gì mới", 3, required=True, longest=2000,
        help_text="Người dân đọc câu này ở trang các phiên bản. Ví dụ: Giảm thời hạn còn 3 ngày, Quyết định 12/QĐ-UBND",
        error_messages={"required": "Nhập điều mới so với bản đang có hiệu lực"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A planned publication has its day, and that is still to come."""
        said = super().clean() or self.cleaned_data
        if said.get("khi_nao") == LATER and "ngay" not in self.errors:
            if not said.get("ngay"):
                self.add_error("ngay", "Nhập ngày có hiệu lực")
            elif said["ngay"] <= timezone.localdate():
                self.add_error("ngay", "Ngày hẹn phải sau hôm nay; muốn công bố luôn thì chọn Ngay hôm nay")
        return said

    @property
    def day(self) -> date | None:
        """The first day; None: today."""
        return self.cleaned_data["ngay"] if self.cleaned_data["khi_nao"] == LATER else None


class WithdrawForm(PortalForm):
    """From when on, why, by which decision."""

    tu_ngay = DayField(label="Không còn từ ngày", error_messages={"required": "Nhập ngày bãi bỏ"})
    ly_do = TextField(
        "Lý do", 3, required=True, longest=2000, help_text="Người dân đọc đúng câu này trên trang của thủ tục",
        error_messages={"required": "Nhập lý do bãi bỏ"},
    )  # fmt: skip
    so_quyet_dinh = LineField("Số quyết định bãi bỏ", 100, width="govuk-input--width-20")

    @property
    def ending(self) -> editing.Ending:
        """What was typed; only of a valid form."""
        said = self.cleaned_data
        return editing.Ending(said["tu_ngay"], said["ly_do"], said["so_quyet_dinh"])


@ASKS
@editor_required
def publish(request: OfficerRequest, code: str) -> HttpResponse:
    """The last look: what is missing, what differs; then publish today or on a day."""
    procedure = procedure_or_404(code)
    draft = queue.draft_of(procedure)
    if draft is None:
        return redirect("office:catalogue_record", code)
    form = PublishForm(posted(request), initial={"khi_nao": NOW})

    def act() -> None:
        said = {"note": form.cleaned_data["ghi_chu"], "on": form.day, "seen": _seen(request)}
        version = editing.publish_draft(procedure, by=request.user, **said)
        messages.success(request, _published(version.effective_from))

    if tried(form, act):
        return redirect("office:catalogue_record", code)
    return form_page(request, "office/catalogue/publish.html", compared(procedure, draft), form)


@ASKS
@editor_required
def discard(request: OfficerRequest, code: str) -> HttpResponse:
    """Throw the draft away; asks first."""
    procedure = procedure_or_404(code)
    draft = queue.draft_of(procedure)
    if draft is None:
        return redirect("office:catalogue_record", code)
    form = PortalForm(posted(request))
    if tried(form, lambda: drafts.discard_draft(procedure, seen=_seen(request), by=request.user)):
        messages.success(request, "Đã hủy bản nháp. Bản đang công bố giữ nguyên.")
        return redirect("office:catalogue")
    return form_page(request, "office/catalogue/discard.html", compared(procedure, draft), form)


@ASKS
@editor_required
def withdraw(request: OfficerRequest, code: str) -> HttpResponse:
    """Bãi bỏ, from a day on, with its reason."""
    procedure = procedure_or_404(code)
    form = WithdrawForm(posted(request))
    if tried(form, lambda: editing.withdraw(procedure, form.ending, by=request.user)):
        messages.success(request, f"Đã ghi nhận bãi bỏ từ ngày {form.ending.day:%d/%m/%Y}.")
        return redirect("office:catalogue_record", code)
    context = {
        "code": code, "version": standing.last_standing(procedure),
        "offered": [one for one in all_offerings_for(procedure) if one.takes_online],
    }  # fmt: skip
    return form_page(request, "office/catalogue/withdraw.html", context, form)


@require_POST
@editor_required
def rebase(request: OfficerRequest, code: str) -> HttpResponse:
    """What was published since the draft was begun has been looked at."""
    return _at_once(request, code, editing.rebase_draft, "Đã ghi nhận. Bản nháp sẽ thay bản mới công bố ấy.")


@require_POST
@editor_required
def take_back(request: OfficerRequest, code: str) -> HttpResponse:
    """Take a planned publication back."""
    return _at_once(request, code, editing.take_back, "Đã thu hồi bản hẹn công bố. Nội dung vẫn còn trong bản nháp.")


@require_POST
@editor_required
def keep(request: OfficerRequest, code: str) -> HttpResponse:
    """Take a withdrawal back whose day is still to come."""
    words = "Đã thu hồi việc bãi bỏ. Thủ tục tiếp tục có hiệu lực."
    return _at_once(request, code, editing.take_back_withdrawal, words)


def _at_once(request: OfficerRequest, code: str, act: Callable[..., object], words: str) -> HttpResponse:
    """An act without a page of its own, on what the button stood beside; a refusal stands on the procedure's page."""
    procedure: Procedure = procedure_or_404(code)
    form, seen = PortalForm(request.POST), whole_number(_seen(request))
    if tried(form, lambda: act(procedure, seen=seen, by=request.user)):
        messages.success(request, words)
        return redirect("office:catalogue_record", code)
    return home(request, procedure, form)


def _seen(request: OfficerRequest) -> str:
    """What the page showed of the state that the act is about."""
    return request.POST.get("seen", "")


def _published(day: date) -> str:
    if day > timezone.localdate():
        return f"Đã hẹn công bố: có hiệu lực từ ngày {day:%d/%m/%Y}. Thu hồi được cho đến hôm trước ngày ấy."
    return "Đã công bố. Trang công khai và tìm kiếm dùng bản mới trong vòng một phút."
