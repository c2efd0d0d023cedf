"""The rule for passwords (guide S1): at least 8 characters with lower case, upper case, digit and special character."""

import unicodedata

from django.core.exceptions import ValidationError

from motcua.core.words import listing, say

LEAST = 8
MOST = 128  # a megabyte of password would only burn time in the hash


def normalise(password: str) -> str:
    """One form for what one person types on two keyboards: "ệ" composed or decomposed is the same password (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def missing(password: str) -> list[str]:
    """What the password still lacks, in Vietnamese; empty if it follows the rule."""
    password = normalise(password)
    rules = [
        (len(password) >= LEAST, say("ít nhất {least} ký tự", least=LEAST)),
        (any(char.islower() for char in password), "một chữ thường"),
        (any(char.isupper() for char in password), "một chữ hoa"),
        (any(char.isdigit() for char in password), "một chữ số"),
        (any(not char.isalnum() and not char.isspace() for char in password), "một ký tự đặc biệt, ví dụ @ # ! ?"),
    ]
    return [words for kept, words in rules if not kept]


class FourKindsValidator:
    """At least 8 characters with lower case, upper case, digit and special character."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse what doesn't follow the rule.

        Raises:
            ValidationError: in Vietnamese, with all that is missing at once.
        """
        if len(password) > MOST:
            raise ValidationError(say("Mật khẩu dài quá {most} ký tự", most=MOST), code="password_too_long")
        lacking = missing(password)
        if lacking:
            raise ValidationError(
                say("Mật khẩu còn thiếu: {lacking}", lacking=listing(lacking, ", ")), code="password_too_weak"
            )

    def get_help_text(self) -> str:
        """What to type."""
        return say("Ít nhất {least} ký tự, có chữ thường, chữ hoa, chữ số và ký tự đặc biệt", least=LEAST)


class KnownPasswordValidator:
    """Not the person's own numbers: they stand on the card that is lost together with the phone."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse a password that contains the personal number or the phone number.

        Raises:
            ValidationError: in Vietnamese.
        """
        number = getattr(user, "personal_number", None) or ""
        phone = (getattr(user, "phone", "") or "").removeprefix("+84")
        typed = normalise(password)
        if (number and number in typed) or (phone and phone in typed):
            raise ValidationError(
                "Mật khẩu không được chứa số định danh hoặc số điện thoại", code="password_has_number"
            )

    def get_help_text(self) -> str:
        """What not to type."""
        return "Không chứa số định danh hoặc số điện thoại"
