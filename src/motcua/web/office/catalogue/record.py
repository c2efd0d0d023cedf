"""One procedure for its editors: where it stands, what differs, publish, take back, withdraw."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.errors import BusinessError
from motcua.core.text import whole_number
from motcua.offerings.queries import all_offerings_for
from motcua.procedures.comparing import SECTIONS, differences
from motcua.procedures.doubting import named, section_of
from motcua.procedures.models import Procedure
from motcua.procedures.queries import history, life_events, queue, standing
from motcua.procedures.queries import record as current
from motcua.procedures.rules import completeness
from motcua.procedures.services import drafts, editing, lists
from motcua.web.components.doors import OfficerRequest, editor_required
from motcua.web.components.forms import DayField, PortalForm
from motcua.web.office.catalogue.fields import LineField, TextField, Ticks
from motcua.web.office.catalogue.finding import procedure_or_404

NOW, LATER = "ngay", "hen"
AUDIENCES = {"cong-dan": "Công dân", "doanh-nghiep": "Doanh nghiệp"}
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


class LifeEventsForm(PortalForm):
    """The life events under which people find it."""

    viec = Ticks("Việc trong đời", [], "Có hiệu lực ngay, không phải công bố bản mới")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["viec"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [
            (event.pk, f"{name}: {event.name}") for key, name in AUDIENCES.items() for event in life_events(key)
        ]


@require_GET
@editor_required
def record(request: OfficerRequest, code: str) -> HttpResponse:
    """Where it stands, its sections, what is doubtful, what was published when by whom."""
    return _home(request, procedure_or_404(code))


@require_GET
@editor_required
def changes(request: OfficerRequest, code: str) -> HttpResponse:
    """What differs between the draft and the version that stands."""
    procedure = procedure_or_404(code)
    draft = queue.draft_of(procedure)
    if draft is None:
        raise Http404
    return render(request, "office/catalogue/changes.html", _compared(procedure, draft))


@ASKS
@editor_required
def publish(request: OfficerRequest, code: str) -> HttpResponse:
    """The last look: what is missing, what differs; then publish today or on a day."""
    procedure = procedure_or_404(code)
    draft = queue.draft_of(procedure)
    if draft is None:
        return redirect("office:catalogue_record", code)
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"khi_nao": NOW})
    if request.method == "POST" and form.is_valid():
        try:
            said = {"note": form.cleaned_data["ghi_chu"], "on": form.day, "seen": request.POST.get("seen", "")}
            version = editing.publish_draft(procedure, by=request.user, **said)
            messages.success(request, _published(version.effective_from))
            return redirect("office:catalogue_record", code)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    context = {**_compared(procedure, draft), "form": form}
    return render(request, "office/catalogue/publish.html", context, status=422 if form.errors else 200)


@require_POST
@editor_required
def rebase(request: OfficerRequest, code: str) -> HttpResponse:
    """What was published since the draft was begun has been looked at."""
    keep = partial(editing.rebase_draft, seen=whole_number(request.POST.get("seen", "")))
    return _act(request, procedure_or_404(code), keep, "Đã ghi nhận. Bản nháp sẽ thay bản mới công bố ấy.")


@ASKS
@editor_required
def discard(request: OfficerRequest, code: str) -> HttpResponse:
    """Throw the draft away; asks first."""
    procedure = procedure_or_404(code)
    draft = queue.draft_of(procedure)
    if draft is None:
        return redirect("office:catalogue_record", code)
    form = PortalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.discard_draft(procedure, seen=request.POST.get("seen", ""), by=request.user)
            messages.success(request, "Đã hủy bản nháp. Bản đang công bố giữ nguyên.")
            return redirect("office:catalogue")
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    context = {**_compared(procedure, draft), "form": form}
    return render(request, "office/catalogue/discard.html", context, status=422 if form.errors else 200)


@require_POST
@editor_required
def take_back(request: OfficerRequest, code: str) -> HttpResponse:
    """Take a planned publication back."""
    words = "Đã thu hồi bản hẹn công bố. Nội dung vẫn còn trong bản nháp."
    return _act(request, procedure_or_404(code), editing.take_back, words)


@ASKS
@editor_required
def withdraw(request: OfficerRequest, code: str) -> HttpResponse:
    """Bãi bỏ, from a day on, with its reason."""
    procedure = procedure_or_404(code)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            ending = editing.Ending(said["tu_ngay"], said["ly_do"], said["so_quyet_dinh"])
            editing.withdraw(procedure, ending, by=request.user)
            messages.success(request, f"Đã ghi nhận bãi bỏ từ ngày {ending.day:%d/%m/%Y}.")
            return redirect("office:catalogue_record", code)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "code": code, "form": form, "version": standing.last_standing(procedure),
        "offered": [one for one in all_offerings_for(procedure) if one.takes_online],
    }  # fmt: skip
    return render(request, "office/catalogue/withdraw.html", context, status=422 if form.errors else 200)


@require_POST
@editor_required
def keep(request: OfficerRequest, code: str) -> HttpResponse:
    """Take a withdrawal back whose day is still to come."""
    words = "Đã thu hồi việc bãi bỏ. Thủ tục tiếp tục có hiệu lực."
    return _act(request, procedure_or_404(code), editing.take_back_withdrawal, words)


@ASKS
@editor_required
def arrange(request: OfficerRequest, code: str) -> HttpResponse:
    """The life events of a procedure."""
    procedure = procedure_or_404(code)
    first = {"viec": queue.life_events_of(procedure)}
    form = LifeEventsForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        lists.set_life_events_of(procedure, form.cleaned_data["viec"], by=request.user)
        messages.success(request, "Đã xếp vào việc trong đời. Người dân thấy trong vòng một phút.")
        return redirect("office:catalogue_record", code)
    context = {"code": code, "form": form, "content": drafts.content_of(procedure)}
    return render(request, "office/catalogue/arrange.html", context, status=422 if form.errors else 200)


def _act(request: OfficerRequest, procedure: Procedure, act: Any, words: str) -> HttpResponse:
    """One act without a form; a refusal stands on the procedure's page."""
    try:
        act(procedure, by=request.user)
    except BusinessError as refusal:
        return _home(request, procedure, refusal)
    messages.success(request, words)
    return redirect("office:catalogue_record", procedure.code)


def _home(request: OfficerRequest, procedure: Procedure, refusal: BusinessError | None = None) -> HttpResponse:
    form = PortalForm(request.POST if refusal else None)
    if refusal:
        form.add_error(None, str(refusal))
    draft, content = queue.draft_of(procedure), drafts.content_of(procedure)
    last = standing.last_standing(procedure)
    today = timezone.localdate()
    found = queue.open_doubts(procedure)
    doubtful = {section.key for doubt in found if (section := section_of(doubt.kind, doubt.place))}
    changed = {one.section.key for one in _differing(draft)} if draft else set()
    missing = completeness.lacks(content)
    context = {
        "code": procedure.code, "content": content, "draft": draft, "form": form, "last": last,
        "planned": last if last and last.effective_from > today else None,
        "in_force": current(procedure.code), "withdrawal": standing.withdrawal(procedure.code),
        "today": today, "outdated": draft and draft.base_id != (last.pk if last else None),
        "doubts": [(doubt, named(content, doubt.kind, doubt.place)) for doubt in found],
        "sections": [
            {
                "section": one, "changed": one.key in changed, "doubtful": one.key in doubtful,
                "lacks": [lack.words for lack in missing if lack.section == one.key], "says": _says(content, one.key),
            }
            for one in SECTIONS
        ],
        "events": queue.life_events_of(procedure), "versions": history.published(procedure.code),
        "sources": queue.sources_of(procedure),
    }  # fmt: skip
    return render(request, "office/catalogue/record.html", context, status=422 if refusal else 200)


def _says(content: dict[str, Any], key: str) -> str:
    """How much a section holds, in a word or two."""
    counted = {
        "cac-buoc": ("steps", "bước"), "cach-nop": ("methods", "cách"), "giay-to": ("requirements", "dòng"),
        "phi": ("fee_lines", "khoản"), "ket-qua": ("results", "kết quả"), "luu-y": ("notes", "lưu ý"),
        "can-cu": ("legal_basis", "văn bản"), "doi-tuong": ("audience", "đối tượng"), "tra-loi": ("answers", "câu"),
        "lien-quan": ("related", "thủ tục"), "mau-don": ("forms", "tệp"),
    }  # fmt: skip
    if key not in counted:
        return ""
    name, word = counted[key]
    count = len(content.get(name) or ())
    return f"{count} {word}" if count else ""


def _differing(draft: Any) -> list[Any]:
    before = history.record_of(draft.base) if draft.base else {}
    after = history.record_of(draft.version)
    return differences(before, after, names=history.names_in([one for one in (before, after) if one]))


def _compared(procedure: Procedure, draft: Any) -> dict[str, Any]:
    """What the pages about a draft show of it: what differs from what stands now, what is missing."""
    last = standing.last_standing(procedure)
    before, after = (history.record_of(last) if last else {}), history.record_of(draft.version)
    missing = completeness.lacks(after)
    return {
        "code": procedure.code, "draft": draft, "content": after, "last": last,
        "differences": differences(before, after, names=history.names_in([one for one in (before, after) if one])),
        "stopping": [lack for lack in missing if lack.stops], "missing": [lack for lack in missing if not lack.stops],
        "outdated": draft.base_id != (last.pk if last else None),
        "seen": drafts.whole_seen(after),
    }  # fmt: skip


def _published(day: date) -> str:
    if day > timezone.localdate():
        return f"Đã hẹn công bố: có hiệu lực từ ngày {day:%d/%m/%Y}. Thu hồi được cho đến hôm trước ngày ấy."
    return "Đã công bố. Trang công khai và tìm kiếm dùng bản mới trong vòng một phút."
