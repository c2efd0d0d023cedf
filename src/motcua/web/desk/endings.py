"""How officers end a dossier without a result, or own up to being late: pages that ask, then the act."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.core.errors import BusinessError
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import endings as reads
from motcua.dossiers.rules.refusing import LONGEST_AGENCY, LONGEST_GROUND, LONGEST_REASON, Why
from motcua.dossiers.services import endings, lateness, reception
from motcua.web.components.doors import OfficerRequest, held_post, officer_required
from motcua.web.components.forms import DayField, PortalForm
from motcua.web.desk.acts import SEEN, acts_of, ask, done

ASKS = require_http_methods(["GET", "POST"])
THEY_READ = "Người nộp đọc đúng câu này, phiếu gửi họ cũng ghi như vậy."


class WhyForm(PortalForm):
    """Reason, ground, and who is competent instead."""

    ly_do = forms.CharField(
        label="Lý do",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": "5"}),
        error_messages={"required": "Nhập lý do", "max_length": "Lý do dài nhất 2.000 chữ"},
    )
    can_cu = forms.CharField(
        label="Căn cứ",
        help_text="Điều khoản mà việc này dựa vào, ví dụ: khoản 1 Điều 16 Luật Hộ tịch 2014",
        max_length=LONGEST_GROUND,
        error_messages={"required": "Nhập căn cứ", "max_length": "Căn cứ dài nhất 500 chữ"},
    )
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

    ly_do = forms.CharField(
        label="Lý do chậm",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": "4"}),
        help_text=THEY_READ,
        error_messages={"required": "Nhập lý do chậm", "max_length": "Lý do dài nhất 2.000 chữ"},
    )
    ngay = DayField(
        label="Ngày hẹn mới",
        help_text="Một ngày làm việc. Kết quả phải có trước giờ đóng cửa của ngày này",
        error_messages={"required": "Nhập ngày hẹn mới"},
    )


Do = Callable[[Dossier, Why], Any]


def _why(request: OfficerRequest, ref: str, act: str, do: Do, **form: Any) -> HttpResponse:
    """A page that asks why, and the act."""
    found = access.for_officer(request.user, ref)
    asked = WhyForm(request.POST if request.method == "POST" else held_post(request), **form)
    if request.method == "POST" and asked.is_valid():
        try:
            do(found, asked.why)
            return done(found)
        except BusinessError as refusal:
            asked.add_error(None, str(refusal))
    elif request.method == "GET" and act not in acts_of(request, found):
        return done(found)
    return ask(request, f"desk/{act}.html", found, asked)


@ASKS
@officer_required
def decline(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Không tiếp nhận, với lý do."""
    seen = request.POST.get(SEEN, "")
    return _why(
        request, ref, "decline", lambda found, why: reception.decline(found, why, by=request.user, seen=seen),
        hint=f"{THEY_READ} Ghi đủ một lần: thiếu gì, sai ở đâu, cần làm gì.", needs_ground=False,
    )  # fmt: skip


@ASKS
@officer_required
def propose_refusal(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Trình từ chối: reason and ground, filled in with what was found wrong with the papers."""
    seen = request.POST.get(SEEN, "")
    reason, ground, agency = reads.last_said(access.for_officer(request.user, ref))
    return _why(
        request, ref, "propose_refusal",
        lambda found, why: endings.propose_refusal(found, why, by=request.user, seen=seen),
        hint=THEY_READ, initial={"ly_do": reason, "can_cu": ground, "co_quan": agency},
    )  # fmt: skip


@ASKS
@officer_required
def stop(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Dừng giải quyết, với lý do và căn cứ."""
    seen = request.POST.get(SEEN, "")
    return _why(
        request, ref, "stop", lambda found, why: endings.stop(found, why, by=request.user, seen=seen), hint=THEY_READ
    )  # fmt: skip


@ASKS
@officer_required
def refuse(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Ký từ chối: what the person will read, word for word; then the signature."""
    found = access.for_officer(request.user, ref)
    form = PortalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            endings.refuse(found, by=request.user, seen=request.POST.get(SEEN, ""))
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif "refuse" not in acts_of(request, found):
        return done(found)
    return ask(request, "desk/refuse.html", found, form, refusal=reads.proposed_refusal(found))


@ASKS
@officer_required
def apologise(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Xin lỗi, hẹn lại: says first whether the promise still moves."""
    found = access.for_officer(request.user, ref)
    form = ApologyForm(request.POST if request.method == "POST" else held_post(request))
    late = reads.lateness_of(found, timezone.now())
    if late and not late.moves:
        form.fields["ngay"].label = "Ngày dự kiến có kết quả"
    if request.method == "POST" and form.is_valid():
        try:
            lateness.apologise(
                found, by=request.user, reason=form.cleaned_data["ly_do"], day=form.cleaned_data["ngay"],
                seen=request.POST.get(SEEN, ""),
            )  # fmt: skip
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET" and (late is None or "apologise" not in acts_of(request, found)):
        return done(found)
    return ask(request, "desk/apologise.html", found, form, lateness=late)
