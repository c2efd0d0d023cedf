"""What an officer types to come in."""

from django import forms

from motcua.accounts.passwords import MOST
from motcua.web.components.forms import CodeField, DigitsInput, PortalForm

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


class AuthenticatorForm(PortalForm):
    """The code that the app shows now."""

    code = CodeField(label="Mã trong ứng dụng xác thực", help_text="6 chữ số, đổi sau mỗi 30 giây")


class RecoveryCodeForm(PortalForm):
    """One of the codes on paper."""

    code = CodeField(
        label="Mã dự phòng",
        help_text="8 chữ số, mỗi mã dùng một lần",
        digits=RECOVERY_DIGITS,
        widget=DigitsInput(width=10),
    )
