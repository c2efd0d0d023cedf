"""The account with my number isn't mine (guide S1): a complaint, without having an account."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts import services
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit
from motcua.web.citizen.account.forms import NameField, NumberField, PhoneField, refuse
from motcua.web.components.doors import public
from motcua.web.components.human import HumanCheckForm
from motcua.web.components.visitor import visitor_key

SENT_KEY = "complaint"  # in the session: the number of the complaint just sent
SENDS_PER_DAY = 5  # from one visitor


class ComplaintForm(HumanCheckForm):
    """Who complains, how to reach them, what has happened."""

    personal_number = NumberField()
    full_name = NameField()
    phone = PhoneField()
    text = forms.CharField(
        label=_("Điều ông/bà muốn nói"),
        help_text=_("Ví dụ: tôi chưa từng đăng ký, SIM đã đăng ký không phải của tôi"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": _("Nhập điều đã xảy ra, để cán bộ xem xét được"),
            "max_length": _("Nhiều nhất 1.000 ký tự"),
        },
    )


@public
@never_cache
@sensitive_post_parameters()
def complain(request: HttpRequest) -> HttpResponse:
    """The form; nothing that stands in it tells anything about the account."""
    form = ComplaintForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            if not hit("account.complaint", visitor_key(request), limit=SENDS_PER_DAY, seconds=24 * 3600):
                raise BusinessError("Từ máy này đã có quá nhiều khiếu nại trong ngày. Xin gọi tổng đài")
            said = {key: form.cleaned_data[key] for key in ("personal_number", "full_name", "phone", "text")}
            request.session[SENT_KEY] = services.complain(**said).ref
            return redirect("account:complained")
        except BusinessError as refusal:
            refuse(form, refusal, "personal_number")
    return render(request, "mc_account/complain.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """Its number, and what happens now."""
    if SENT_KEY not in request.session:
        return redirect("account:complain")
    return render(request, "mc_account/complained.html", {"ref": request.session[SENT_KEY]})
