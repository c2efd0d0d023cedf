"""What officers fill in."""

from collections.abc import Iterable
from typing import Any

from django import forms

from motcua.core.words import grouped, money
from motcua.dossiers.rules.refusing import LONGEST_GROUND
from motcua.dossiers.rules.wording import Value
from motcua.web.components.forms import DigitsInput, PortalForm

LONG = 80  # letters, from which on a value gets several lines
MOST_ROWS = 12  # of a box; a longer list is scrolled


def reason_field(longest: int, *, label: str = "Lý do", hint: str = "", rows: int = 5) -> forms.CharField:
    """A reason that somebody else will read, at most `longest` letters."""
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, widget=forms.Textarea({"rows": f"{rows}"}),
        error_messages={
            "required": "Nhập lý do", "max_length": f"Lý do dài nhất {grouped(longest)} chữ"
        },
    )  # fmt: skip


def ground_field(hint: str) -> forms.CharField:
    """The rule that an answer rests on (căn cứ)."""
    return forms.CharField(
        label="Căn cứ", help_text=hint, max_length=LONGEST_GROUND,
        error_messages={"required": "Nhập căn cứ", "max_length": f"Căn cứ dài nhất {LONGEST_GROUND} chữ"},
    )  # fmt: skip


class ReasonForm(PortalForm):
    """A reason that somebody else will read."""

    ly_do = reason_field(1000)

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ly_do"].help_text = hint


class DraftForm(PortalForm):
    """The values of a result, as the offering's mapping names them."""

    def __init__(self, values: Iterable[Value], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups: dict[str, list[str]] = {}
        for value in values:
            name = f"v_{value.key}"
            rows = min(max(len(value.text.splitlines()), 2), MOST_ROWS)
            is_long = len(value.text) > LONG or "\n" in value.text
            widget = forms.Textarea({"rows": f"{rows}"}) if is_long else forms.TextInput({"autocomplete": "off"})
            most = max(500, 2 * len(value.text))
            self.fields[name] = forms.CharField(
                label=value.label[:1].upper() + value.label[1:], required=False, max_length=most, initial=value.text,
                widget=widget, error_messages={"max_length": f"Dài nhất {most} chữ"},
            )  # fmt: skip
            self.groups.setdefault(value.group, []).append(name)

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields under the headings of the form they come from."""
        return [(title, [self[name] for name in names]) for title, names in self.groups.items()]

    @property
    def result_values(self) -> dict[str, str]:
        """What was typed, by the keys of the mapping; only of a valid form."""
        return {name.removeprefix("v_"): text for name, text in self.cleaned_data.items()}


class HandOverForm(PortalForm):
    """Who takes the result, and the fee."""

    nguoi_nhan = forms.CharField(
        label="Họ tên người nhận", max_length=200, widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Nhập họ tên người nhận"},
    )  # fmt: skip
    so_dinh_danh = forms.CharField(
        label="Số định danh cá nhân của người nhận", max_length=20, widget=DigitsInput(),
        help_text="12 chữ số, xem trên thẻ căn cước hoặc VNeID",
        error_messages={"required": "Nhập số định danh của người nhận"},
    )  # fmt: skip

    def __init__(self, *args: Any, owed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owed = owed
        if owed:
            self.fields["da_thu"] = forms.BooleanField(
                label=f"Đã thu {money(owed)}",
                error_messages={"required": f"Thu {money(owed)} rồi đánh dấu vào đây"},
            )
