"""By code: "Mã xác nhận", then code and stage. By personal number: a code to that person's phone, then their list.

Nothing that anybody typed here goes into an address or a log. Whether a personal number is known can't be told from
what a page says, nor from how long it takes.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.accounts.flows import codes, lookup
from motcua.accounts.flows.pending import FlowEnded, WrongCode
from motcua.core.errors import BusinessError
from motcua.core.identity import check_personal_number
from motcua.core.ids import tidy_ref
from motcua.core.ratelimit import hit
from motcua.dossiers.queries import people
from motcua.web.components.doors import public
from motcua.web.components.forms import CodeInput, DigitsInput, PortalForm
from motcua.web.components.human import HumanCheckForm
from motcua.web.components.visitor import visitor_key

LOOKS_PER_HOUR = 60  # by code, from one visitor
NO_SUCH_CODE = "Không có hồ sơ nào mang mã này. Xin xem lại từng chữ, từng số"
NUMBER_NOT_CODE = "Đây là số định danh, không phải mã hồ sơ. Xin chọn “tra cứu bằng số định danh” trên trang này"


class CodeForm(HumanCheckForm):
    """The number of a dossier."""

    ma = forms.CharField(
        label="Mã hồ sơ",
        help_text="Mã trên giấy hẹn, ví dụ H98.21-261125-0007; mã nộp, ví dụ NH-7K3F-92XA; hoặc mã của Cổng Quốc gia",
        max_length=60,
        error_messages={"required": "Nhập mã hồ sơ", "max_length": "Mã hồ sơ có nhiều nhất 60 ký tự"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class NumberForm(HumanCheckForm):
    """A personal number."""

    so = forms.CharField(
        label="Số định danh cá nhân",
        help_text="12 chữ số trên căn cước",
        max_length=40,
        error_messages={"required": "Nhập số định danh cá nhân", "max_length": "Số định danh có 12 chữ số"},
        widget=DigitsInput(),
    )

    def clean_so(self) -> str:
        """
        Raises:
            ValidationError: it can't be a personal number.
        """
        number = str(self.cleaned_data["so"])
        trouble = check_personal_number(number)
        if trouble:
            raise forms.ValidationError(trouble)
        return number


class TypedCodeForm(PortalForm):
    """The code that was sent."""

    ma_otp = forms.CharField(
        label="Mã gồm 6 chữ số",
        max_length=12,
        error_messages={"required": "Nhập mã trong tin nhắn"},
        widget=CodeInput(),
    )


@public
@never_cache
def by_code(request: HttpRequest) -> HttpResponse:
    """Tra cứu theo mã. The link of a QR code fills the form in; looking still takes a press on the button."""
    if request.method != "POST":
        asked = tidy_ref(request.GET.get("ma", ""))[:60]
        return _code_page(request, CodeForm(initial={"ma": asked}, request=request))
    form = CodeForm(request.POST, request=request)
    if not form.is_valid():
        return _code_page(request, form)
    if not hit("lookup.code", visitor_key(request), limit=LOOKS_PER_HOUR, seconds=3600):
        form.add_error(None, "Từ máy này đã có quá nhiều lượt tra cứu. Xin thử lại sau một giờ, hoặc gọi tổng đài.")
        return _code_page(request, form)
    stage = people.public_stage(form.cleaned_data["ma"])
    if stage is None:
        form.add_error("ma", NO_SUCH_CODE if check_personal_number(form.cleaned_data["ma"]) else NUMBER_NOT_CODE)
        return _code_page(request, form)
    return _code_page(request, CodeForm(initial={"ma": stage.number}, request=request), stage=stage)


def _code_page(request: HttpRequest, form: CodeForm, stage: people.Stage | None = None) -> HttpResponse:
    context = {"form": form, "stage": stage}
    return render(request, "public/lookup/code.html", context, status=422 if form.errors else 200)


@public
@never_cache
def by_number(request: HttpRequest) -> HttpResponse:
    """Tra cứu theo số định danh: ask for a code to that person's phone."""
    form = NumberForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            lookup.begin(request.session, form.cleaned_data["so"], visitor=visitor_key(request))
            return redirect("public:lookup_code")
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "public/lookup/number.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
def type_code(request: HttpRequest) -> HttpResponse:
    """Type the code that came, or didn't."""
    form = TypedCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            lookup.confirm(request.session, form.cleaned_data["ma_otp"])
            return redirect("public:lookup_mine")
        except WrongCode as wrong:
            form.add_error("ma_otp", str(wrong))
        except FlowEnded as ended:
            return _start_again(request, ended)
    return _typed_page(request, form)


def _typed_page(request: HttpRequest, form: TypedCodeForm, **told: Any) -> HttpResponse:
    try:
        sent = lookup.sent(request.session)
    except FlowEnded as ended:
        return _start_again(request, ended)
    context = {"form": form, "sent": sent, **told}
    return render(request, "public/lookup/typed.html", context, status=422 if form.errors else 200)


@public
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Gửi lại OTP."""
    form = TypedCodeForm()
    try:
        codes.send_again(lookup.pending(request.session))
    except FlowEnded as ended:
        return _start_again(request, ended)
    except BusinessError as refusal:
        return _typed_page(request, form, refused=str(refusal))
    return redirect("public:lookup_code")


def _start_again(request: HttpRequest, ended: FlowEnded) -> HttpResponse:
    form = NumberForm(request=request)
    return render(request, "public/lookup/number.html", {"form": form, "ended": str(ended)}, status=422)


@public
@never_cache
def my_stages(request: HttpRequest) -> HttpResponse:
    """Code, procedure and stage of the dossiers of whoever typed the code, in this browser only."""
    try:
        person = lookup.verified(request.session)
    except FlowEnded as ended:
        return _start_again(request, ended)
    return render(request, "public/lookup/mine.html", {"lines": people.stages_of(person)})
