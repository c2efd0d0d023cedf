"""What an officer types to come in."""

from django import forms
from django.core.exceptions import ValidationError

from motcua.accounts.passwords import MOST
from motcua.accounts.rules import CODE_DIGITS, digits_typed
from motcua.web.components.forms import CodeInput, DigitsInput, PortalForm

RECOVERY_DIGITS = 8


class OfficerForm(PortalForm):
    """Handle and password."""

    handle = forms.CharField(
        label="Tên đăng nhập",
        help_text="Ví dụ chi.tt",
        max_length=60,
        widget=forms.TextInput(
            {
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "govuk-input--width-20",
            }
        ),
        error_messages={"required": "Nhập tên đăng nhập", "max_length": "Tên đăng nhập dài quá"},
    )
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=MOST * 8,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Nhập mật khẩu", "max_length": f"Mật khẩu dài quá {MOST} ký tự"},
    )


def _digits(typed: str, length: int) -> str:
    digits = digits_typed(typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) == length):
        raise ValidationError(f"Mã gồm {length} chữ số")
    return digits


class AuthenticatorForm(PortalForm):
    """The code that the app shows now."""

    code = forms.CharField(
        label="Mã trong ứng dụng xác thực",
        help_text="6 chữ số, đổi sau mỗi 30 giây",
        max_length=40,
        widget=CodeInput(),
        error_messages={"required": "Nhập mã gồm 6 chữ số", "max_length": "Mã gồm 6 chữ số"},
    )

    def clean_code(self) -> str:
        """
        Raises:
            ValidationError: not six digits; such a slip doesn't count as a try.
        """
        return _digits(self.cleaned_data["code"], CODE_DIGITS)


class RecoveryCodeForm(PortalForm):
    """One of the codes on paper."""

    code = forms.CharField(
        label="Mã dự phòng",
        help_text="8 chữ số, mỗi mã dùng một lần",
        max_length=40,
        widget=DigitsInput(width=10),
        error_messages={"required": "Nhập mã gồm 8 chữ số", "max_length": "Mã gồm 8 chữ số"},
    )

    def clean_code(self) -> str:
        """
        Raises:
            ValidationError: not eight digits.
        """
        return _digits(self.cleaned_data["code"], RECOVERY_DIGITS)
