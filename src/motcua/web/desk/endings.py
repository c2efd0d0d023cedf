"""How officers end a dossier without a result, or own up to being late: pages that ask, then the act."""

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone

from motcua.dossiers import access
from motcua.dossiers.queries import endings as reads
from motcua.dossiers.rules.refusing import LONGEST_AGENCY, LONGEST_REASON, Why
from motcua.dossiers.services import endings, lateness, reception
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.components.forms import DayField, PortalForm
from motcua.web.desk.asking import ASKS, act_or_ask, seen, typed
from motcua.web.desk.forms import ground_field, reason_field

THEY_READ = "Người nộp đọc đúng câu này, phiếu gửi họ cũng ghi như vậy."


class WhyForm(PortalForm):
    """Reason, ground, and who is competent instead."""

    ly_do = reason_field(LONGEST_REASON)
    can_cu = ground_field("Điều khoản mà việc này dựa vào, ví dụ: khoản 1 Điều 16 Luật Hộ tịch 2014")
    co_quan = forms.CharField(
        label="Cơ quan có thẩm quyền, nếu là cơ quan khác",
        required=False,
        max_length=LONGEST_AGENCY,
        error_messages={"max_length": "Tên cơ quan dài nhất 300 chữ"},
    )

    def __init__(self, *args: Any, hint: str, needs_ground: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ly_do"].help_text = hint
        if not needs_ground:
            self.fields["can_cu"].required = False
            self.fields["can_cu"].label = "Căn cứ, nếu có"

    @property
    def why(self) -> Why:
        """What was typed; only of a valid form."""
        return Why(self.cleaned_data["ly_do"], self.cleaned_data["can_cu"], self.cleaned_data["co_quan"])


class ApologyForm(PortalForm):
    """Why it takes longer, and until when."""

    ly_do = reason_field(LONGEST_REASON, label="Lý do chậm", hint=THEY_READ, rows=4)
    ngay = DayField(
        label="Ngày hẹn mới",
        help_text="Một ngày làm việc. Kết quả phải có trước giờ đóng cửa của ngày này",
        error_messages={"required": "Nhập ngày hẹn mới"},
    )


@ASKS
@officer_required
def decline(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Không tiếp nhận, với lý do."""
    found = access.for_officer(request.user, ref)
    hint = f"{THEY_READ} Ghi đủ một lần: thiếu gì, sai ở đâu, cần làm gì."
    form = WhyForm(typed(request), hint=hint, needs_ground=False)
    return act_or_ask(
        request, found, form, act="decline",
        do=lambda: reception.decline(found, form.why, by=request.user, seen=seen(request)),
    )  # fmt: skip


@ASKS
@officer_required
def propose_refusal(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Trình từ chối: reason and ground, filled in with what was found wrong with the papers."""
    found = access.for_officer(request.user, ref)
    reason, ground, agency = reads.last_said(found)
    form = WhyForm(typed(request), hint=THEY_READ, initial={"ly_do": reason, "can_cu": ground, "co_quan": agency})
    return act_or_ask(
        request, found, form, act="propose_refusal",
        do=lambda: endings.propose_refusal(found, form.why, by=request.user, seen=seen(request)),
    )  # fmt: skip


@ASKS
@officer_required
def stop(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Dừng giải quyết, với lý do và căn cứ."""
    found = access.for_officer(request.user, ref)
    form = WhyForm(typed(request), hint=THEY_READ)
    return act_or_ask(
        request, found, form, act="stop",
        do=lambda: endings.stop(found, form.why, by=request.user, seen=seen(request)),
    )  # fmt: skip


@ASKS
@officer_required
def refuse(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Ký từ chối: what the person will read, word for word; then the signature."""
    found = access.for_officer(request.user, ref)
    form = PortalForm(request.POST if request.method == "POST" else None)
    return act_or_ask(
        request, found, form, act="refuse",
        facts=lambda: {"refusal": reads.proposed_refusal(found)},
        do=lambda: endings.refuse(found, by=request.user, seen=seen(request)),
    )  # fmt: skip


@ASKS
@officer_required
def apologise(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Xin lỗi, hẹn lại: says first whether the promise still moves."""
    found = access.for_officer(request.user, ref)
    form = ApologyForm(typed(request))
    late = reads.lateness_of(found, timezone.now())
    if late and not late.moves:
        form.fields["ngay"].label = "Ngày dự kiến có kết quả"
    return act_or_ask(
        request, found, form, act="apologise" if late else "", template="desk/apologise.html",
        facts=lambda: {"lateness": late},
        do=lambda: lateness.apologise(
            found, by=request.user, reason=form.cleaned_data["ly_do"], day=form.cleaned_data["ngay"], seen=seen(request)
        ),
    )  # fmt: skip
