"""What the panel of a dossier's money shows, and what officers fill in about money."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from motcua.core.words import money as in_figures
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.money import account_of, owes
from motcua.payments.models import Booking
from motcua.payments.queries import left_of
from motcua.payments.rules.states import Method
from motcua.web.components.forms import PortalForm
from motcua.web.desk.forms import reason_field

MOST_DIGITS = 9  # no fee has more; the column ends at 2.147.483.647


@dataclass(frozen=True)
class Row:
    """A payment, with what of it can still be given back."""

    booking: Booking
    left: int


def panel(found: Dossier, acts: Collection[str]) -> dict[str, Any]:
    """The money of a dossier for its page, with the acts that this officer may do."""
    account = account_of(found)
    return {
        "account": account,
        "payments": [Row(booking, left_of(booking)) for booking in account.money.bookings],
        "may_collect": "collect_fee" in acts and owes(found),
        "may_book": "book_transfer" in acts and bool(account.money.orders),
        "may_refund": "refund_fee" in acts,
    }


class AmountField(forms.CharField):
    """An amount in đồng as people type it: 150.000, 150000, 150 000 đồng; gives a number."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label, help_text=help_text, max_length=30,
            widget=forms.TextInput(
                {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"}
            ),
            error_messages={"required": "Nhập số tiền, ví dụ 150.000", "max_length": "Số tiền quá dài"},
        )  # fmt: skip

    def clean(self, value: Any) -> int:
        """
        Raises:
            ValidationError: nothing, or no amount.
        """
        typed = super().clean(value).lower().removesuffix("đồng").removesuffix("đ")
        digits = "".join(typed.split()).replace(".", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS and int(digits) > 0):
            raise ValidationError("Số tiền chỉ gồm chữ số, ví dụ 150.000")
        return int(digits)


class CollectForm(PortalForm):
    """The fee, taken at the counter or from the postman."""

    cach = forms.ChoiceField(
        label="Ai đưa tiền?",
        choices=[(Method.CASH, "Người nộp, tiền mặt tại quầy"), (Method.POSTMAN, "Nhân viên bưu chính nộp lại")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn ai đưa tiền"},
    )
    so_chung_tu = forms.CharField(
        label="Số bảng kê của bưu chính",
        help_text="Chỉ ghi khi bưu chính nộp lại",
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, owed: int, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"cach": Method.CASH})
        super().__init__(*args, **kwargs)
        self.fields["da_thu"] = forms.BooleanField(
            label=f"Đã thu {in_figures(owed)}",
            error_messages={"required": f"Thu {in_figures(owed)} rồi đánh dấu vào đây"},
        )


class TransferForm(PortalForm):
    """A transfer, as it stands on the bank's statement."""

    so_tien = AmountField(label="Số tiền trên sao kê", help_text="Đúng như sao kê, kể cả khi khác số phải nộp")
    so_giao_dich = forms.CharField(
        label="Số giao dịch trên sao kê",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20"}),
    )


class RefundForm(PortalForm):
    """Money to be given back."""

    so_tien = AmountField(label="Số tiền hoàn")
    ly_do = reason_field(500, hint="Người nộp đọc đúng câu này", rows=3)

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["so_tien"].help_text = f"Nhiều nhất {in_figures(left_of(booking))}"
        if booking.method in {Method.TRANSFER, Method.POSTMAN}:
            self.fields["tai_khoan"] = forms.CharField(
                label="Tài khoản nhận",
                help_text="Số tài khoản, ngân hàng, tên chủ tài khoản",
                max_length=200,
                widget=forms.TextInput({"autocomplete": "off"}),
                error_messages={"required": "Nhập tài khoản nhận tiền hoàn"},
            )
