"""What a person types about themselves and their account."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.passwords import MOST
from motcua.accounts.rules import NAME_LENGTH, check_birth_date, check_full_name
from motcua.core.errors import BusinessError
from motcua.core.identity import check_personal_number, normalise_number, normalise_phone, show_phone
from motcua.core.text import clean, fold
from motcua.core.words import Said, say
from motcua.places import queries as places
from motcua.places.models import Unit
from motcua.web.components.forms import CodeField, DateParts, DayField, DigitsInput, PhoneInput, PortalForm

EMAIL_MESSAGES = {
    "required": "Nhập địa chỉ thư điện tử",
    "invalid": "Địa chỉ thư điện tử chưa đúng, ví dụ an@example.vn",
}


def refuse(form: forms.Form, refusal: BusinessError, name: str | None = None) -> None:
    """Show a rule's refusal at the field, or at the form as a whole."""
    form.add_error(name, str(refusal))


class NameField(forms.CharField):
    """Họ, chữ đệm, tên."""

    def __init__(self) -> None:
        super().__init__(
            label="Họ, chữ đệm, tên",
            help_text="Viết có dấu, đúng như trên thẻ căn cước",
            max_length=NAME_LENGTH * 4,  # decomposed accents count as letters of their own until cleaned
            strip=True,
            widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"}),
            error_messages={"required": "Nhập họ, chữ đệm, tên", "max_length": "Họ tên dài quá 200 ký tự"},
        )

    def clean(self, value: Any) -> str:
        name = clean(super().clean(value))
        if trouble := check_full_name(name):
            raise ValidationError(trouble)
        return name


class NumberField(forms.CharField):
    """Số định danh cá nhân, however it is grouped; gives the 12 digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Số định danh cá nhân",
            max_length=60,
            widget=DigitsInput({"autocomplete": "username"}),
            error_messages={"required": "Nhập số định danh", "max_length": "Số định danh có 12 chữ số"},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        number = normalise_number(super().clean(value))
        if trouble := check_personal_number(number, today=timezone.localdate()):
            raise ValidationError(trouble)
        return number


class PhoneField(forms.CharField):
    """Số điện thoại di động; gives it as +84…."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Số điện thoại di động",
            max_length=40,
            widget=PhoneInput(),
            error_messages={"required": "Nhập số điện thoại di động", "max_length": "Số điện thoại có 10 chữ số"},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return normalise_phone(typed)
        except ValueError as trouble:
            raise ValidationError(str(trouble)) from None

    def prepare_value(self, value: Any) -> Any:
        return show_phone(value) if isinstance(value, str) and value.startswith("+84") else value


class BirthField(DayField):
    """Ngày, tháng, năm sinh."""

    def __init__(self) -> None:
        super().__init__(label="Ngày, tháng, năm sinh", help_text="Ví dụ 5 3 1996", widget=DateParts(birthday=True))

    def clean(self, value: Any) -> date | None:
        born = super().clean(value)
        if born and (trouble := check_birth_date(born, timezone.localdate())):
            raise ValidationError(trouble)
        return born


class SexField(forms.ChoiceField):
    """Giới tính."""

    def __init__(self) -> None:
        super().__init__(
            label="Giới tính",
            choices=[(User.Sex.FEMALE, "Nữ"), (User.Sex.MALE, "Nam")],
            widget=forms.RadioSelect,
            error_messages={"required": "Chọn giới tính", "invalid_choice": "Chọn giới tính"},
        )


class PersonForm(PortalForm):
    """Who registers."""

    full_name = NameField()
    personal_number = NumberField(help_text="12 chữ số trên thẻ căn cước hoặc trong ứng dụng VNeID")
    birth_date = BirthField()
    sex = SexField()
    phone = PhoneField(help_text="Cổng gửi mã xác nhận tới số này")
    email = forms.EmailField(
        label="Thư điện tử",
        help_text="Không bắt buộc. Dùng khi không nhận được tin nhắn",
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages=EMAIL_MESSAGES | {"max_length": "Địa chỉ thư điện tử dài quá"},
    )

    def clean(self) -> dict[str, Any]:
        """The number must agree with birth date and sex."""
        found = super().clean() or {}
        number = found.get("personal_number")
        if number:
            trouble = check_personal_number(number, birth_date=found.get("birth_date"), sex=found.get("sex"))
            if trouble:
                self.add_error("personal_number", trouble)
        return found


class CodeForm(PortalForm):
    """A one-time code."""

    code = CodeField(label="Mã xác nhận (OTP)", help_text="6 chữ số trong tin nhắn mới nhất")


class LoginForm(PortalForm):
    """Number and password."""

    number = NumberField(help_text="12 chữ số")
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=MOST * 8,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Nhập mật khẩu", "max_length": say("Mật khẩu dài quá {most} ký tự", most=MOST)},
    )


class NumberForm(PortalForm):
    """The number of an account whose password was forgotten."""

    number = NumberField(help_text="12 chữ số")


RULES = [rule if isinstance(rule, Said) else say(rule) for rule in password_validators_help_texts()[:2]]


class NewPasswordForm(PortalForm):
    """A password, typed twice, by the rule."""

    password = forms.CharField(
        label="Mật khẩu mới",
        help_text=say("{rule}. {other}", rule=RULES[0], other=RULES[1]),
        strip=False,
        max_length=MOST * 8,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Nhập mật khẩu", "max_length": say("Mật khẩu dài quá {most} ký tự", most=MOST)},
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu",
        strip=False,
        max_length=MOST * 8,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Nhập lại mật khẩu", "max_length": "Hai lần nhập chưa giống nhau"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """
        Raises:
            ValidationError: all rules it breaks.
        """
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        found = super().clean() or {}
        if "password" in found and "again" in found and found["password"] != found["again"]:
            self.add_error("again", "Hai lần nhập chưa giống nhau")
        return found


class CurrentPasswordForm(PortalForm):
    """Something that only the person themselves may change: the present password again."""

    current = forms.CharField(
        label="Mật khẩu hiện tại",
        strip=False,
        max_length=MOST * 8,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Nhập mật khẩu hiện tại", "max_length": "Mật khẩu chưa đúng"},
    )


class ChangePasswordForm(CurrentPasswordForm, NewPasswordForm):
    """The present password and a new one."""

    field_order = ("current", "password", "again")


class PhoneForm(CurrentPasswordForm):
    """Another phone."""

    phone = PhoneField(help_text="Cổng gửi mã xác nhận tới số mới")
    field_order = ("phone", "current")


class EmailForm(CurrentPasswordForm):
    """Another email address."""

    email = forms.EmailField(
        label="Địa chỉ thư điện tử mới",
        help_text="Cổng gửi mã xác nhận tới địa chỉ này",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages=EMAIL_MESSAGES,
    )
    field_order = ("email", "current")


class DetailsForm(PortalForm):
    """The person's data; the number stays."""

    full_name = NameField()
    birth_date = BirthField()
    sex = SexField()
    residence = forms.CharField(
        label="Nơi cư trú: xã, phường, đặc khu",
        help_text="Gõ tên xã và tỉnh, có dấu hay không dấu đều được, ví dụ Phường Hoa Sen, tỉnh Minh Giang",
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": "Tên nơi cư trú dài quá"},
    )
    residence_code = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    residence_detail = forms.CharField(
        label="Số nhà, đường, tổ, thôn",
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "street-address"}),
        error_messages={"max_length": "Dài quá 200 ký tự"},
    )

    candidates: list[Unit]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = []

    def clean_residence_detail(self) -> str:
        return clean(self.cleaned_data["residence_detail"])

    def clean(self) -> dict[str, Any]:
        """Find the unit for what was typed; several of the same name are shown to choose from."""
        found = super().clean() or {}
        typed = found.get("residence", "")
        found["unit"] = self._unit(typed, found.get("residence_code", "")) if typed else None
        return found

    def _unit(self, typed: str, code: str) -> Unit | None:
        chosen = places.unit(code) if code else None
        if chosen and chosen.parent and fold(places.full_name(chosen)) == fold(typed):
            return chosen
        units = [unit for unit in places.find(typed, limit=8) if unit.parent]
        exact = [unit for unit in units if fold(places.full_name(unit)) == fold(typed)]
        if len(exact) == 1 or len(units) == 1:
            return (exact or units)[0]
        if code in {unit.pk for unit in units}:
            return places.unit(code)
        self.candidates = units
        words = "Có nhiều nơi tên gần như vậy, xin chọn một nơi" if units else "Không tìm thấy nơi này, xin gõ lại"
        self.add_error("residence", words)
        return None
