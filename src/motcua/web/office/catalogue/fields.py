"""Boxes of the editors' forms: lists with a line each, days, amounts. Nothing that a source says is lost in them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from motcua.core.text import clean, clean_lines
from motcua.core.words import grouped

LONG = 60_000  # letters: the longest conditions of the national catalogue have 45,000
_AMOUNT = re.compile(
    r"([0-9][0-9.]*(?:,[0-9]+)?)\s*(đồng|đ|vnđ|vnd|usd|đô la mỹ)?\s*(?:[:(]\s*(.*?)\)?)?", re.IGNORECASE
)
_DOLLARS = {"usd", "đô la mỹ"}


class LineField(forms.CharField):
    """One line."""

    def __init__(
        self, label: str, longest: int = 300, *, required: bool = False, width: str = "", **kwargs: Any
    ) -> None:
        widget = kwargs.pop("widget", None) or forms.TextInput({"autocomplete": "off", "class": width})
        super().__init__(label=label, max_length=longest, required=required, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """Composed, with single blanks."""
        return clean(super().clean(value))


class TextField(forms.CharField):
    """A text of several lines; they stay."""

    def __init__(
        self, label: str, rows: int = 4, *, required: bool = False, longest: int = LONG, **kwargs: Any
    ) -> None:
        widget = forms.Textarea({"rows": rows})
        super().__init__(label=label, max_length=longest, required=required, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """Composed, with single blanks within a line."""
        return clean_lines(super().clean(value))


class ListField(TextField):
    """A list, one thing in each line; gives a list of texts."""

    def __init__(self, label: str, rows: int = 4, *, longest_line: int = 300, **kwargs: Any) -> None:
        self.longest_line = longest_line
        super().__init__(label, rows, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """One thing in each line."""
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """
        Raises:
            ValidationError: a line is too long.
        """
        lines = [line for line in super().clean(value).split("\n") if line]
        if any(len(line) > self.longest_line for line in lines):
            raise ValidationError(f"Mỗi dòng nhiều nhất {grouped(self.longest_line)} ký tự")
        return list(dict.fromkeys(lines))


class DateLineField(forms.CharField):
    """A day as 26/11/2026; gives what the record keeps, "2026-11-26", or nothing."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        widget = forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-10"})
        super().__init__(label=label, required=False, max_length=20, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        try:
            return f"{date.fromisoformat(value):%d/%m/%Y}" if value else ""
        except ValueError:
            return value

    def clean(self, value: Any) -> str:
        """
        Raises:
            ValidationError: it is no day.
        """
        typed = clean(super().clean(value))
        if not typed:
            return ""
        try:
            day, month, year = map(int, typed.split("/"))
            return date(year, month, day).isoformat()
        except ValueError:
            raise ValidationError("Ngày viết như 26/11/2026") from None


class NumberField(forms.CharField):
    """A number with a comma: 7,5; gives int, float or None."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        widget = forms.TextInput({"autocomplete": "off", "inputmode": "decimal", "class": "govuk-input--width-5"})
        super().__init__(label=label, required=False, max_length=12, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """With a comma."""
        return f"{value:g}".replace(".", ",") if isinstance(value, int | float) else value

    def clean(self, value: Any) -> int | float | None:
        """
        Raises:
            ValidationError: it is no number, or too large.
        """
        typed = clean(super().clean(value)).replace(",", ".")
        if not typed:
            return None
        if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,2})?", typed) or float(typed) == 0:
            raise ValidationError("Nhập số lớn hơn 0, ví dụ 15 hoặc 7,5")
        return int(float(typed)) if float(typed).is_integer() else float(typed)


class AmountsField(TextField):
    """Amounts, one in each line: "150.000 đồng: hồ sơ nộp trực tiếp"; gives the record's `fees`."""

    def prepare_value(self, value: Any) -> Any:
        """One in each line."""
        return value if isinstance(value, str) or value is None else "\n".join(map(said_amount, value))

    def clean(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        """
        Raises:
            ValidationError: a line begins with no amount.
        """
        return [_amount(line) for line in super().clean(value).split("\n") if line]


def said_amount(fee: dict[str, str]) -> str:
    """An amount as the box shows it."""
    amount, currency = str(fee["amount"]), fee.get("currency", "VND")
    whole, _, part = amount.partition(".")
    number = grouped(int(whole)) + (f",{part}" if part else "")
    said = f"{number} {'USD' if currency == 'USD' else 'đồng'}"
    return f"{said}: {fee['note']}" if fee.get("note") else said


def _amount(line: str) -> dict[str, str]:
    found = _AMOUNT.fullmatch(line)
    if not found:
        raise ValidationError(f"Viết mức thu như “150.000 đồng: ghi chú”, không đọc được “{line[:60]}”")
    number = found[1].replace(".", "").replace(",", ".")
    currency = "USD" if (found[2] or "").lower() in _DOLLARS else "VND"
    fee = {"amount": number, "currency": currency}
    return {**fee, "note": found[3]} if found[3] else fee


class Ticks(forms.MultipleChoiceField):
    """Several of a list, or none."""

    def __init__(self, label: str, choices: Any, help_text: str = "") -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, choices=choices, help_text=help_text, required=False, widget=widget)


def choices_with(empty: str, choices: Iterable[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """A list of choices that begins with none."""
    return [("", empty), *choices]
