"""How news of dossiers comes: which ways the person chose, and their Zalo."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.accounts import services
from motcua.accounts.models import User
from motcua.accounts.queries import can_reach, ways_of, zalo_code_waits
from motcua.accounts.rules import ZALO_CODE_SECONDS
from motcua.core.errors import BusinessError
from motcua.core.identity import show_phone
from motcua.notifications.queries import follows, zalo_connected
from motcua.web.citizen.account.forms import refuse
from motcua.web.components.codes import qr
from motcua.web.components.doors import CitizenRequest, citizen_required
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem

CODE_KEY = "zalo_code"  # in the session, so that the page can be opened again while the code is good

WAY_NAMES = {"zalo": gettext_lazy("Zalo"), "sms": gettext_lazy("Tin nhắn SMS"), "email": gettext_lazy("Thư điện tử")}


class WaysForm(PortalForm):
    """Which ways; those without an address are shown, with what is lacking, and can't be ticked."""

    ways = forms.MultipleChoiceField(
        label=gettext_lazy("Gửi tin về hồ sơ cho tôi qua"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Chọn ít nhất một cách nhận tin"),
            "invalid_choice": gettext_lazy("Chọn trong các cách nhận tin dưới đây"),
        },
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = WAY_NAMES if zalo_connected() else {way: name for way, name in WAY_NAMES.items() if way != "zalo"}
        field = self.fields["ways"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(way, name) for way, name in names.items() if can_reach(person, way)]


@citizen_required
def notices(request: CitizenRequest) -> HttpResponse:
    """Cách nhận tin."""
    person = request.user
    form = WaysForm(
        request.POST if request.method == "POST" else None, person=person, initial={"ways": ways_of(person)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_ways(person, form.cleaned_data["ways"], by=person)
            messages.success(request, _("Đã lưu cách nhận tin"))
            return redirect("account:notices")
        except BusinessError as refusal:
            refuse(form, refusal, "ways")
    context = {
        "form": form, "person": person, "connected": zalo_connected(), "oa_name": settings.ZALO["oa_name"],
        "by_phone": can_reach(person, "sms"), "by_email": can_reach(person, "email"),
        "follows": bool(person.zalo_user) and follows(person.zalo_user), "phone": show_phone(person.phone),
    }  # fmt: skip
    return render(request, "mc_account/notices.html", context, status=422 if form.errors else 200)


@citizen_required
def zalo(request: CitizenRequest) -> HttpResponse:
    """Liên kết Zalo: follow the account by a QR code, write a code to it."""
    if not zalo_connected():
        return redirect("account:notices")
    problem = ""
    if request.method == "POST":
        try:
            request.session[CODE_KEY] = services.begin_zalo_link(request.user)
            return redirect("account:zalo")
        except BusinessError as refusal:
            problem = str(refusal)
    code = request.session.get(CODE_KEY, "")
    if code and not zalo_code_waits(request.user):
        del request.session[CODE_KEY]
        code = ""
    address = oa_address()
    context = {
        "code": code, "minutes": ZALO_CODE_SECONDS // 60, "address": address, "qr": qr(address),
        "oa_name": settings.ZALO["oa_name"], "person": request.user,
        "problems": [Problem(problem)] if problem else [],
    }  # fmt: skip
    return render(request, "mc_account/zalo.html", context, status=422 if problem else 200)


@require_POST
@citizen_required
def unlink(request: CitizenRequest) -> HttpResponse:
    """Bỏ liên kết."""
    services.unlink_zalo(request.user, by=request.user)
    request.session.pop(CODE_KEY, None)
    messages.success(request, _("Đã bỏ liên kết Zalo"))
    return redirect("account:notices")


def oa_address() -> str:
    """Where the province's Zalo account opens: by Zalo's short address, or at the stand-in."""
    base = settings.ZALO["url"]
    return f"{base}/oa/{settings.ZALO['oa_id']}" if base else f"https://zalo.me/{settings.ZALO['oa_id']}"
