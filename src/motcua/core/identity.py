"""Numbers that tell who somebody is: the personal number (số định danh cá nhân) and the mobile phone number."""

import re
import unicodedata
from datetime import date

import phonenumbers

from motcua.core.words import say

NUMBER_LENGTH = 12
OLD_NUMBER_LENGTH = 9  # chứng minh nhân dân, no longer issued
PHONE_MESSAGE = "Số điện thoại di động có 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09"

MALE, FEMALE = "nam", "nu"
_SEX_WORDS = {MALE: say("nam"), FEMALE: say("nữ")}
_SEPARATORS = re.compile(r"[\s.\-‐-―]+")


def normalise_number(text: str) -> str:
    """What was typed, without the spaces, dots and hyphens people group digits with; "001 096 …" → "001096…"."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def year_and_sex(number: str) -> tuple[int, str]:
    """The year of birth and the sex ("nam", "nu") inside a well-formed personal number.

    The fourth digit carries century and sex (0 and 1 for 1900-1999, 2 and 3 for 2000-2099, …; even for men), the next
    two the year within the century (NĐ 137/2015/NĐ-CP Điều 13).
    """
    century, year = int(number[3]), int(number[4:6])
    return 1900 + 100 * (century // 2) + year, FEMALE if century % 2 else MALE


def check_personal_number(
    number: str, *, birth_date: date | None = None, sex: str | None = None, today: date | None = None
) -> str | None:
    """What is wrong with a personal number, in Vietnamese, or None.

    There is no check digit: only the form, and what the number itself says of birth and sex, can be checked (NĐ
    137/2015/NĐ-CP Điều 13). The first three digits are the place of birth registration by the codes of before 2025 or
    a country; which ones exist isn't checked here. Spaces, dots and hyphens are ignored.

    Args:
        birth_date: compared by its year, if given.
        sex: "nam" or "nu", compared if given.
        today: if given, a year of birth after it is refused.
    """
    digits = normalise_number(number)
    if trouble := _form_trouble(digits):
        return trouble
    year, its_sex = year_and_sex(digits)
    if birth_date and birth_date.year != year:
        return say(
            "Số định danh không khớp với ngày sinh: theo số này thì năm sinh là {year}. Xin xem lại cả hai ô",
            year=year,
        )
    if sex and sex != its_sex:
        return say(
            "Số định danh không khớp với giới tính: theo số này thì giới tính là {sex}",
            sex=_SEX_WORDS[its_sex],
        )
    if today and year > today.year:
        return say("Số định danh chưa đúng: theo số này thì năm sinh là {year}", year=year)
    return None


def _form_trouble(digits: str) -> str | None:
    if not digits:
        return "Nhập số định danh"
    if not (digits.isascii() and digits.isdigit()):
        return "Số định danh chỉ gồm chữ số"
    if len(digits) == OLD_NUMBER_LENGTH:
        return (
            "Số định danh có 12 chữ số. Số 9 chữ số là số chứng minh nhân dân cũ, không còn dùng. Xem số định danh "
            "trên căn cước hoặc trong VNeID"
        )
    if len(digits) < NUMBER_LENGTH:
        return say("Số định danh có 12 chữ số, ông/bà mới gõ {typed}", typed=len(digits))
    if len(digits) > NUMBER_LENGTH:
        return say("Số định danh có 12 chữ số, ông/bà đã gõ {typed}", typed=len(digits))
    if digits.startswith("000"):
        return "Số định danh chưa đúng: ba chữ số đầu là mã nơi đăng ký khai sinh, không thể là 000"
    return None


def show_number(number: str) -> str:
    """In groups of three, as people read it out: "036196004321" → "036 196 004 321"."""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))


def mask_number(number: str) -> str:
    """Only the end: "036196004321" → "••• ••• ••• 321"."""
    return f"••• ••• ••• {number[-3:]}"


def normalise_phone(text: str) -> str:
    """A Vietnamese mobile number as "+84…" (E.164), from 09…, 84…, 0084… or +84…, grouped in any way.

    Raises:
        ValueError: it isn't one; the text is Vietnamese, for the person.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"\+?[0-9 ().\-]{8,24}", typed):
        raise ValueError(PHONE_MESSAGE)
    try:
        number = phonenumbers.parse(typed, "VN")
    except phonenumbers.NumberParseException:
        raise ValueError(PHONE_MESSAGE) from None
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    if number.country_code != 84 or not mobile:
        raise ValueError(PHONE_MESSAGE)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def show_phone(phone: str) -> str:
    """As people write it: "+84900000217" → "0900 000 217"; anything else unchanged."""
    national = "0" + phone[3:] if phone.startswith("+84") else phone
    if len(national) != 10:
        return national
    return f"{national[:4]} {national[4:7]} {national[7:]}"


def mask_phone(phone: str) -> str:
    """Only the end: "+84900000217" → "••• ••• 217"."""
    return f"••• ••• {phone[-3:]}"


def mask_email(email: str) -> str:
    """The first letter and the domain: "an.nguyen@example.vn" → "a•••@example.vn"."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
