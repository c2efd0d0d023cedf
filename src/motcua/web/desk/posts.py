"""What the panel of a dossier's post shows, and what officers fill in about parcels."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from motcua.core.words import money as in_figures
from motcua.delivery.models import Parcel
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.posting import Mail
from motcua.dossiers.rules import delivery as rules
from motcua.dossiers.rules.papers import MOST_SHEETS
from motcua.web.components.forms import DigitsInput, PortalForm
from motcua.web.desk.fees import AmountField
from motcua.web.desk.forms import reason_field

KINDS = (("originals", "Bản chính"), ("certified", "Bản sao có chứng thực"), ("copies", "Bản chụp"))


@dataclass(frozen=True)
class Row:
    """A parcel in the panel, with what this officer may do with it."""

    parcel: Parcel
    may_take_in: bool
    may_remit: bool
    cash_differs: bool
    last: Any  # the post's newest word


def post_panel(mail: Mail, acts: Collection[str]) -> dict[str, Any]:
    """The parcels of a dossier for its page."""
    return {
        "posted": [_row(mail, parcel, acts) for parcel in mail.parcels],
        "post_to": _post_to(mail.dossier),
        "may_hand_to_post": "hand_to_post" in acts,
        "waiting_parcel": mail.waits_for_handing_over if "give_to_postman" in acts else None,
    }


def _post_to(found: Dossier) -> str:
    if not rules.needs_address(found.delivery):
        return ""
    return rules.post_in_words(rules.post_address(found.delivery, found.applicant))


def _row(mail: Mail, parcel: Parcel, acts: Collection[str]) -> Row:
    collected = parcel.fee_collected
    return Row(
        parcel,
        may_take_in="take_in_papers" in acts and parcel in mail.coming,
        may_remit="book_transfer" in acts and bool(collected) and parcel.remitted_at is None,
        cash_differs=collected is not None and collected != parcel.fee_due,
        last=next(reversed(parcel.events.all()), None),
    )


class GiveForm(PortalForm):
    """The postman takes it; the code is asked for only where the post's system hasn't given one."""

    def __init__(self, *args: Any, parcel: Parcel | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parcel is not None and not parcel.item_code:
            self.fields["ma_buu_gui"] = forms.CharField(
                label="Mã bưu gửi trên phiếu giấy của bưu chính", max_length=30,
                help_text="Chữ và số dưới mã vạch, ví dụ EB123456789VN",
                widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20"}),
                error_messages={"required": "Nhập mã bưu gửi in trên phiếu của bưu chính"},
            )  # fmt: skip
        self.fields["da_ky"] = forms.BooleanField(
            label="Nhân viên bưu chính đã đếm, ký nhận",
            error_messages={"required": "Cùng nhân viên bưu chính đếm và ký biên bản giao nhận, rồi đánh dấu vào đây"},
        )


class KeepForm(PortalForm):
    """Why an order to the post is dropped."""

    ly_do = reason_field(300, hint="Giữ trong nhật ký hệ thống, người dân không đọc", rows=3)


class TakeInForm(PortalForm):
    """How many sheets of each paper came, as the minutes with the postman say."""

    def __init__(self, *args: Any, lines: Iterable[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            for kind, label in KINDS:
                self.fields[f"{kind}-{line['key']}"] = forms.IntegerField(
                    label=label, required=False, min_value=0, max_value=MOST_SHEETS,
                    widget=DigitsInput(width=3),
                    error_messages={
                        "invalid": "Nhập số bản bằng chữ số", "min_value": "Số bản không âm",
                        "max_value": f"Nhiều nhất {MOST_SHEETS} bản",
                    },
                )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Mapping[str, Any], list[Any]]]:
        """Each paper with its three boxes."""
        return [(line, [self[f"{kind}-{line['key']}"] for kind, _ in KINDS]) for line in self.lines]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """What was counted, by key of the paper; only of a valid form."""
        data = self.cleaned_data
        return {line["key"]: {kind: data.get(f"{kind}-{line['key']}") or 0 for kind, _ in KINDS} for line in self.lines}

    @property
    def sheets(self) -> dict[str, tuple[int, int, int]]:
        """The same as originals, certified copies, plain copies."""
        return {key: (n["originals"], n["certified"], n["copies"]) for key, n in self.counts.items()}


class RemittanceForm(PortalForm):
    """What the post has passed on to the agency's account."""

    so_tien = AmountField(label="Số tiền bưu chính đã chuyển")
    so_chung_tu = forms.CharField(
        label="Số chứng từ chuyển tiền", max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": "Nhập số chứng từ chuyển tiền của bưu chính"},
    )  # fmt: skip

    def __init__(self, *args: Any, parcel: Parcel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["so_tien"].help_text = f"Bưu chính báo đã thu {in_figures(parcel.fee_collected or 0)} phí, lệ phí"
