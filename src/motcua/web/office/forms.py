"""What administrators fill in about an outage."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from motcua.content.models import Outage
from motcua.content.rules import LONGEST_REASON, LONGEST_WORDS, Plan
from motcua.core.words import grouped
from motcua.core.worktime import VIETNAM, local
from motcua.web.components.forms import DayField, PortalForm

CLOCK = re.compile(r"([0-9]{1,2})\s*(?:(?:[:.hg]|giờ)\s*([0-9]{2})?)?\s*(?:phút)?")
DATES = ("tu_ngay_", "den_ngay_")  # the three boxes of each
WRONG_CLOCK = "Nhập giờ và phút, ví dụ 22:00"
# Parts of a plan (`PlanTrouble.key`) → the field that says them.
FIELDS = {
    "affected": "anh_huong", "starts_at": "tu_ngay", "ends_at": "den_ngay", "words": "loi_bao",
    "urgent_reason": "ly_do_gap",
}  # fmt: skip


class ClockField(forms.CharField):
    """A time of day: 22:00, 22h, 22h30, 7; gives a `time`."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label, help_text=help_text, max_length=20,
            widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-5"}),
            error_messages=dict.fromkeys(("required", "max_length"), WRONG_CLOCK),
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        """
        Raises:
            ValidationError: it is no time of day.
        """
        typed = super().clean(value)
        found = CLOCK.fullmatch(typed.strip().lower())
        try:
            if found:
                return time(int(found[1]), int(found[2] or 0))
        except ValueError:
            pass
        raise ValidationError(WRONG_CLOCK)


class OutageForm(PortalForm):
    """When, what, in which words."""

    anh_huong = forms.MultipleChoiceField(
        label="Phần bị ảnh hưởng", choices=Outage.Part.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một phần bị ảnh hưởng"},
    )  # fmt: skip
    tu_ngay = DayField(label="Bắt đầu: ngày", error_messages={"required": "Nhập ngày bắt đầu"})
    tu_gio = ClockField(label="Bắt đầu: giờ", help_text="Ví dụ 22:00")
    den_ngay = DayField(label="Kết thúc: ngày", error_messages={"required": "Nhập ngày kết thúc"})
    den_gio = ClockField(label="Kết thúc: giờ", help_text="Ví dụ 04:00")
    loi_bao = forms.CharField(
        label="Nội dung", max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": "4"}),
        help_text="Người dân đọc đúng câu này: vì sao tạm ngừng, trong lúc đó làm thế nào, gọi ai",
        error_messages={
            "required": "Nhập nội dung thông báo", "max_length": f"Nội dung dài nhất {grouped(LONGEST_WORDS)} chữ",
        },
    )  # fmt: skip
    ly_do_gap = forms.CharField(
        label="Lý do không báo trước đủ 7 ngày làm việc", required=False, max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": "2"}),
        error_messages={"max_length": f"Lý do dài nhất {LONGEST_REASON} chữ"},
    )  # fmt: skip

    @property
    def plan(self) -> Plan:
        """What was typed; only of a valid form."""
        data = self.cleaned_data
        return Plan(
            datetime.combine(data["tu_ngay"], data["tu_gio"], VIETNAM),
            datetime.combine(data["den_ngay"], data["den_gio"], VIETNAM),
            tuple(data["anh_huong"]), data["loi_bao"], data["ly_do_gap"],
        )  # fmt: skip

    def typed(self) -> Iterator[tuple[str, str]]:
        """All that was sent for its fields, to be carried through the preview."""
        sent = self.data if isinstance(self.data, QueryDict) else QueryDict()
        for name, values in sent.lists():
            if name in self.fields or name.startswith(DATES):
                yield from ((name, str(value)) for value in values)


def said(outage: Outage) -> dict[str, object]:
    """A notice as the form shows it."""
    start, end = local(outage.starts_at), local(outage.ends_at)
    return {
        "anh_huong": outage.affected, "tu_ngay": start.date(), "tu_gio": f"{start:%H:%M}", "den_ngay": end.date(),
        "den_gio": f"{end:%H:%M}", "loi_bao": outage.words, "ly_do_gap": outage.urgent_reason,
    }  # fmt: skip
