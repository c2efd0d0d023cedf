"""What an account asks of the data in it, and how codes behave: pure."""

import re
from datetime import date

from motcua.core.ids import ALPHABET
from motcua.core.text import clean
from motcua.core.words import say

CODE_DIGITS = 6
CODE_SECONDS = 5 * 60
CODE_TRIES = 5
RESEND_SECONDS = 60
CODES_PER_HOUR = 5  # to one phone or address, for one purpose
# A code alone opens the account here, without the password: five tries each make 40 guesses a day at a million.
RECOVERIES_PER_DAY = 8
# What is written to the province's Zalo account to link it: drawn from core.ids.ALPHABET, 594 million of them.
ZALO_CODE_LETTERS = 6
ZALO_CODE_SECONDS = 15 * 60
ZALO_CODES_PER_HOUR = 10
WAYS = ("zalo", "sms", "email")  # by which news of dossiers can come, in the order in which one stands in for another
FLOW_SECONDS = 30 * 60  # what was begun (a registration, a login) must be finished within

OLDEST_YEAR = 1900
NAME_LENGTH = 200
# Letters of any script with their marks, spaces, and what stands inside names: hyphen, apostrophe, full stop.
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.\-]+[^\W\d_]+)*\.?")


def check_full_name(name: str) -> str | None:
    """What is wrong with a person's name, in Vietnamese, or None."""
    name = clean(name)
    if not name:
        return "Nhập họ, chữ đệm, tên"
    if len(name) > NAME_LENGTH:
        return say("Họ tên dài quá {most} ký tự", most=NAME_LENGTH)
    if not _NAME.fullmatch(name):
        return "Họ tên chỉ gồm chữ cái, viết đúng như trên thẻ căn cước"
    return None


def check_birth_date(born: date, today: date) -> str | None:
    """What is wrong with a day of birth, in Vietnamese, or None."""
    if born > today:
        return say("Ngày sinh không được sau hôm nay, {today:%d/%m/%Y}", today=today)
    if born.year < OLDEST_YEAR:
        return say("Năm sinh phải từ {year} trở đi", year=OLDEST_YEAR)
    return None


def zalo_code_typed(text: str) -> str:
    """The code in what somebody wrote to the Zalo account, and nothing else; empty: it isn't one."""
    code = re.sub(r"[\s\-.]", "", text).upper()
    return code if len(code) == ZALO_CODE_LETTERS and set(code) <= set(ALPHABET) else ""


def digits_typed(text: str) -> str:
    """The digits of a typed code: people copy spaces and hyphens along."""
    return re.sub(r"[\s\-.]", "", text)
