"""The account with my number isn't mine (guide S1): a complaint, without having an account."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from motcua.accounts import services
from motcua.accounts.flows import registration
from motcua.agencies.queries import desks
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import DAY, hit
from motcua.web.citizen.account.forms import NameField, NumberField, PhoneField, refuse
from motcua.web.components.doors import public
from motcua.web.components.human import HumanCheckForm
from motcua.web.components.visitor import visitor_key

SENT_KEY = "complaint_sent"  # in the session: the number of the complaint just sent, and the desk it waits at
SENDS_PER_DAY = 5  # from one visitor
SENDS_TO_ONE_PHONE = 3  # a day: whoever types somebody else's number makes it ring


class VietnameseSelect(forms.Select):
    """Options that are names in Vietnamese, and are read out so on an English page too."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        return option | {"attrs": option["attrs"] | ({"lang": "vi"} if option["value"] else {})}


class ComplaintForm(HumanCheckForm):
    """Who complains, how to reach them, what has happened."""

    personal_number = NumberField()
    full_name = NameField()
    phone = PhoneField()
    desk = forms.ChoiceField(
        label=_("Nơi ông/bà mang thẻ căn cước đến"),
        help_text=_("Cán bộ ở đó xem thẻ rồi trả lại tài khoản. Đến được bất cứ nơi nào trong tỉnh"),
        error_messages={"required": _("Chọn nơi ông/bà mang thẻ căn cước đến")},
        widget=VietnameseSelect,
    )
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(agency.code, agency.desk_name) for agency in desks()]
        cast(forms.ChoiceField, self.fields["desk"]).choices = [("", _("Chọn")), *places]


@public
@never_cache
@sensitive_post_parameters()
def complain(request: HttpRequest) -> HttpResponse:
    """The form. That a number has an account it does say, as registering must (docs/decisions/0009-accounts.md):
    behind the human check, five times a day, and whoever learns it so leaves a complaint behind."""
    typed = registration.typed_before(request.session)  # into the form that led here
    form = ComplaintForm(request.POST if request.method == "POST" else None, request=request, initial=typed)
    if request.method == "POST" and form.is_valid():
        try:
            _count(request, form.cleaned_data["phone"])
            said = {key: form.cleaned_data[key] for key in ("personal_number", "full_name", "phone", "text", "desk")}
            request.session[SENT_KEY] = [services.complain(**said).ref, said["desk"]]
            registration.pending(request.session).end()
            return redirect("account:complained")
        except BusinessError as refusal:
            refuse(form, refusal, "personal_number")
    return render(request, "mc_account/complain.html", {"form": form}, status=422 if form.errors else 200)


def _count(request: HttpRequest, phone: str) -> None:
    """
    Raises:
        BusinessError: too many in a day, from this visitor or to this phone; nothing of the account was looked at.
    """
    of_visitor = hit("account.complaint", visitor_key(request), limit=SENDS_PER_DAY, seconds=DAY)
    if not (of_visitor and hit("account.complaint.phone", phone, limit=SENDS_TO_ONE_PHONE, seconds=DAY)):
        raise BusinessError("Từ máy này đã có quá nhiều khiếu nại trong ngày. Xin gọi tổng đài")


@public
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """Its number, and what happens now."""
    if SENT_KEY not in request.session:
        return redirect("account:complain")
    ref, code = request.session[SENT_KEY]
    desk = next((agency for agency in desks() if agency.code == code), None)
    return render(request, "mc_account/complained.html", {"ref": ref, "desk": desk})
