"""Ghi cuộc gọi: an officer has telephoned, and says so."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.utils import timezone

from motcua.core.identity import normalise_phone, show_phone
from motcua.core.worktime import local
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.calls import LONGEST_SAID, TIME
from motcua.dossiers.services import calls
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.components.forms import DayField, PhoneInput, PortalForm
from motcua.web.desk.asking import ASKS, act_or_ask, typed
from motcua.web.desk.forms import reason_field

ANSWERED = (("co", "Có người nghe"), ("khong", "Không có người nghe"))


class CallForm(PortalForm):
    """Whom, when, what."""

    so = forms.CharField(
        label="Số đã gọi", max_length=40, widget=PhoneInput(),
        error_messages={"required": "Nhập số đã gọi", "max_length": "Số điện thoại có 10 chữ số"},
    )  # fmt: skip
    ngay = DayField(label="Ngày gọi", error_messages={"required": "Nhập ngày gọi"})
    gio = forms.CharField(
        label="Giờ gọi", max_length=5, help_text="Ví dụ 14:05",
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"required": "Nhập giờ gọi", "max_length": "Nhập giờ gọi như 14:05"},
    )  # fmt: skip
    nghe = forms.ChoiceField(
        label="Kết quả", choices=ANSWERED, widget=forms.RadioSelect,
        error_messages={"required": "Chọn có người nghe hay không", "invalid_choice": "Chọn một trong hai"},
    )  # fmt: skip
    trao_doi = reason_field(
        LONGEST_SAID, label="Nội dung cuộc gọi", rows=4,
        hint="Người nộp đọc được trong hồ sơ. Ghi điều đã thống nhất, ví dụ mang giấy gì đến, trước ngày nào.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trao_doi"].error_messages["required"] = "Nhập nội dung cuộc gọi"

    def clean_so(self) -> str:
        """
        Raises:
            ValidationError: it is no mobile number.
        """
        try:
            return normalise_phone(self.cleaned_data["so"])
        except ValueError as trouble:
            raise ValidationError(str(trouble)) from None

    def clean_gio(self) -> time:
        """
        Raises:
            ValidationError: it is no time of the day.
        """
        try:
            return time.fromisoformat(self.cleaned_data["gio"].replace("h", ":").strip().zfill(5))
        except ValueError:
            raise ValidationError("Nhập giờ gọi như 14:05") from None

    @property
    def at(self) -> datetime:
        """The moment, in Việt Nam's time; only of a valid form."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["ngay"], self.cleaned_data["gio"]))


@ASKS
@officer_required
def note_call(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Ghi cuộc gọi."""
    found = access.for_officer(request.user, ref)
    now = local(timezone.now())
    first = {"so": _phone_of(found), "ngay": now.date(), "gio": now.strftime(TIME), "nghe": "co"}
    form = CallForm(typed(request), initial=first)
    return act_or_ask(
        request, found, form, act="note_call", facts=lambda: {"phone": _phone_of(found)},
        do=lambda: calls.note_call(
            found, by=request.user, phone=form.cleaned_data["so"], at=form.at,
            answered=form.cleaned_data["nghe"] == "co", said=form.cleaned_data["trao_doi"],
        ),
    )  # fmt: skip


def _phone_of(found: Dossier) -> str:
    """As the dossier says, else as the account does."""
    return show_phone(str(found.applicant.get("phone") or found.user.phone or ""))
