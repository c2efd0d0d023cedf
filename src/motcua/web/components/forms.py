"""The base of every form, and the fields that Django lacks. `{{ form }}` and `{% field form.name %}` give our markup.

Controls never carry the browser's own `required`: its bubble speaks the browser's language, one field at a time.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

from motcua.accounts.rules import CODE_DIGITS, digits_typed
from motcua.core.words import say, translated


class PortalRenderer(DjangoTemplates):
    """Our templates, with our tags, and Django's for the bare controls."""

    form_template_name = "mc/form.html"
    field_template_name = "mc/field.html"

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(forms.__file__).parent / "templates"],
                "NAME": "portalforms",
                "OPTIONS": {"builtins": ["django.templatetags.i18n", "motcua.web.components.templatetags.mc"]},
            }
        )


class PortalBoundField(forms.BoundField):
    """A field on a page: knows its kind, its ids and what describes it."""

    @property
    def auto_id(self) -> str:
        """`full_name` → "full-name", as in the e-forms."""
        return self.html_name.replace("_", "-")

    @property
    def kind(self) -> str:
        """Which markup it takes."""
        widget = self.field.widget
        named = getattr(widget, "kind", "")
        if named:
            return str(named)
        for base, kind in (
            (forms.CheckboxSelectMultiple, "ticks"),  # a RadioSelect too, in Django
            (forms.RadioSelect, "radios"),
            (forms.CheckboxInput, "tick"),
            (forms.FileInput, "file"),
            (forms.PasswordInput, "password"),
            (forms.Select, "select"),
            (forms.Textarea, "textarea"),
        ):
            if isinstance(widget, base):
                return kind
        return "text"

    @property
    def is_group(self) -> bool:
        """Whether several controls share a legend."""
        return self.kind in {"radios", "cards", "ticks", "date"}

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-goi-y"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-loi"

    @property
    def described_by(self) -> str:
        """The ids that a screen reader reads with the control: hint first, then the message."""
        ids = [self.hint_id] if self.help_text else []
        if self.errors:
            ids.append(self.error_id)
        return " ".join(ids)

    @property
    def focus_id(self) -> str:
        """Where the link of the error summary leads: the first control."""
        return f"{self.auto_id}_0" if self.is_group else self.auto_id

    @property
    def aria_describedby(self) -> str | None:
        return self.described_by or None

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Our classes, and what a screen reader must know."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(dict(attrs), widget)
        if widget.is_hidden or self.is_group:
            built.pop("aria-describedby", None)
            return built
        classes = [_control_class(self.kind), str(widget.attrs.get("class", ""))]
        if self.errors and self.kind in {"text", "password", "select", "textarea"}:
            classes.append(f"{_control_class(self.kind)}--error")
        built["class"] = " ".join(part for part in classes if part)
        if self.field.required:
            built["aria-required"] = "true"
        return built


def _control_class(kind: str) -> str:
    known = {
        "select": "govuk-select",
        "textarea": "govuk-textarea",
        "file": "mc-pick__input",
        "tick": "govuk-checkboxes__input",
    }
    return known.get(kind, "govuk-input")


class PortalForm(forms.Form):
    """The base of the portal's forms."""

    default_renderer = PortalRenderer
    use_required_attribute = False
    bound_field_class = PortalBoundField
    summary_shown = False  # `{% error_summary form %}` sets it, so that `{{ form }}` doesn't say it twice

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak_plainly(field)


def _speak_plainly(field: forms.Field) -> None:
    """Our words in place of Django's own ones; what a form says itself stays."""
    label = translated(field.label or "")
    what = f"{label[:1].lower()}{label[1:]}" if label[1:2].islower() or label[1:2] == "" else label
    if isinstance(field, forms.BooleanField):
        required = translated(say("Đánh dấu vào ô “{label}”", label=label))
    elif isinstance(field, forms.ChoiceField | forms.FileField):
        required = translated(say("Chọn {what}", what=what))
    else:
        required = translated(say("Nhập {what}", what=what))
    not_listed = translated(say("Chọn {what} trong danh sách", what=what))
    ours = {
        "required": required,
        "invalid_choice": not_listed,
        "invalid_list": not_listed,
    }
    if isinstance(field, forms.EmailField):
        ours["invalid"] = "Địa chỉ thư điện tử chưa đúng, ví dụ ten@example.com"
    elif isinstance(field, forms.IntegerField):
        ours["invalid"] = "Chỉ nhập chữ số, ví dụ 12"
    for code, words in ours.items():
        if code in field.error_messages and _is_django_s(field, code):
            field.error_messages[code] = words
    for validator in field.validators:
        if isinstance(validator, validators.MaxLengthValidator):
            validator.message = translated(
                say("{label}: nhiều nhất %(limit_value)d ký tự, hiện có %(show_value)d", label=label)
            )
        elif isinstance(validator, validators.ProhibitNullCharactersValidator):
            validator.message = translated(say("{label}: có ký tự không dùng được", label=label))


def _is_django_s(field: forms.Field, code: str) -> bool:
    """Whether a message is the one Django brings along, not one that a form or a field of ours chose."""
    for kind in type(field).__mro__:
        told = getattr(kind, "default_error_messages", {}).get(code)
        if told is not None:
            return kind.__module__.startswith("django.") and field.error_messages[code] == told
    return False


# ---- Controls ----


class ChoiceCards(forms.RadioSelect):
    """Two to four weighty choices, each a card with a hint."""

    kind = "cards"

    def __init__(self, hints: Mapping[str, str] | None = None, *, columns: int = 2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = dict(hints or {})
        self.columns = columns

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


class PhoneInput(forms.TextInput):
    """A telephone number, with the keys for it."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "class": "govuk-input--width-20"} | (attrs or {}))


class DigitsInput(forms.TextInput):
    """A row of digits that is not a quantity: a personal number, a code."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, width: int = 20) -> None:
        base = {"inputmode": "numeric", "autocomplete": "off", "class": f"govuk-input--width-{width}"}
        super().__init__(base | (attrs or {}))


class CodeInput(DigitsInput):
    """A one-time code; a phone offers to fill in what came by SMS."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "one-time-code", "maxlength": "12"} | (attrs or {}), width=10)


class CodeField(forms.CharField):
    """A code of so many digits, however it is grouped; gives the bare digits. A slip here doesn't count as a try."""

    def __init__(
        self, *, label: str, help_text: str, digits: int = CODE_DIGITS, widget: forms.Widget | None = None
    ) -> None:
        self.digits = digits
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=40,
            widget=widget or CodeInput(),
            error_messages={
                "required": say("Nhập mã gồm {digits} chữ số", digits=digits),
                "max_length": say("Mã gồm {digits} chữ số", digits=digits),
            },
        )

    def clean(self, value: Any) -> str:
        """
        Raises:
            ValidationError: nothing, or not so many digits.
        """
        typed = digits_typed(super().clean(value))
        if not (typed.isascii() and typed.isdigit() and len(typed) == self.digits):
            raise ValidationError(say("Mã gồm {digits} chữ số", digits=self.digits))
        return typed


class DateParts(forms.MultiWidget):
    """Day, month and year in three boxes, kept as typed."""

    kind = "date"
    use_fieldset = True
    template_name = "mc/widgets/date.html"

    def __init__(self, *, birthday: bool = False) -> None:
        tokens = ("bday-day", "bday-month", "bday-year") if birthday else ("off", "off", "off")
        super().__init__(
            {
                part: forms.TextInput({"inputmode": "numeric", "autocomplete": token, "maxlength": "10"})
                for part, token in zip(("ngay", "thang", "nam"), tokens, strict=True)
            }
        )

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DayField(forms.Field):
    """A day of the calendar, typed in three boxes; gives a `date` or None."""

    widget = DateParts
    default_error_messages = {
        "required": "Nhập ngày, tháng, năm",
        "incomplete": "Nhập đủ ngày, tháng và năm",
        "digits": "Ngày, tháng, năm chỉ gồm chữ số",
        "year": "Năm gồm 4 chữ số, ví dụ 1996",
        "nonexistent": "Không có ngày %(day)s/%(month)s/%(year)s",
    }

    def clean(self, value: Sequence[str] | None) -> date | None:
        """
        Raises:
            ValidationError: in words that say which part is wrong.
        """
        parts = [str(part or "").strip() for part in value or ["", "", ""]]
        if not any(parts):
            if self.required:
                raise self._trouble("required")
            return None
        if not all(parts):
            raise self._trouble("incomplete")
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise self._trouble("digits")
        day, month, year = parts
        if len(year) != 4:
            raise self._trouble("year")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise self._trouble("nonexistent", day=day, month=month, year=year) from None

    def has_changed(self, initial: date | None, data: Sequence[str] | None) -> bool:
        before = DateParts().decompress(initial)
        return before != [str(part or "").strip() for part in data or ["", "", ""]]

    def _trouble(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)
