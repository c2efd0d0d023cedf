"""Kinds that are one line or several lines of text."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from motcua.core.identity import check_personal_number, normalise_phone, show_phone
from motcua.core.text import clean_lines
from motcua.core.words import say
from motcua.eforms.rules.answers import Answer, Typed, as_text
from motcua.eforms.rules.definition import Field
from motcua.eforms.rules.kinds.base import Complaint, Kind, kind, setting
from motcua.eforms.rules.world import World

_BETWEEN_DIGITS = re.compile(r"[\s.\-]")
_IN_NAMES = " .'’ʼ-‐–"


@kind
class Text(Kind):
    """One line."""

    name = "text"
    template = "text"
    longest = 500  # letters, unless the field says otherwise

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        text = as_text(answer)
        if complaint := self.too_long(field, text):
            return complaint
        pattern = setting(field, "pattern")
        if pattern and not re.fullmatch(pattern, text):
            return Complaint(setting(field, "pattern_message"))
        return None

    def too_long(self, field: Field, text: str) -> Complaint | None:
        """A text may have so many letters and no more."""
        most = setting(field, "max_length", self.longest)
        if len(text) <= most:
            return None
        return Complaint(
            say(
                "“{title}” dài nhất {most} ký tự, ông/bà đã gõ {length}", title=field.title, most=most, length=len(text)
            )
        )


@kind
class TextArea(Text):
    """Several lines."""

    name = "textarea"
    template = "textarea"
    longest = 2000

    def read(self, field: Field, name: str, typed: Typed, before: Answer, world: World) -> Answer:
        return clean_lines(self.last(name, typed))

    def known(self, field: Field, fact: Any, world: World) -> Answer:
        return clean_lines(fact) if isinstance(fact, str) else None


@kind
class Name(Text):
    """The name of a person (họ, chữ đệm, tên): letters of any script, spaces, apostrophes, hyphens, dots."""

    name = "name"
    longest = 200

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        text = as_text(answer)
        if complaint := self.too_long(field, text):
            return complaint
        strange = [char for char in text if not (_is_letter(char) or char in _IN_NAMES)]
        if any(char.isdecimal() for char in strange):
            return Complaint(say("“{title}” không có chữ số", title=field.title))
        if strange:
            return Complaint(
                say(
                    "“{title}” chỉ gồm chữ cái, dấu cách, dấu nháy, gạch nối và dấu chấm. Xin bỏ “{strange}”",
                    title=field.title,
                    strange=strange[0],
                )
            )
        if not any(_is_letter(char) for char in text):
            return Complaint(say("“{title}” phải có chữ cái", title=field.title))
        return None


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] == "L" or unicodedata.category(char) in {"Mn", "Mc"}


@kind
class PersonalNumber(Kind):
    """Số định danh cá nhân: 12 digits, typed with or without spaces and dots."""

    name = "personal_number"
    template = "text"

    def understand(self, field: Field, text: str) -> Answer:
        digits = _BETWEEN_DIGITS.sub("", text)
        return digits if digits.isascii() and digits.isdecimal() else text

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        message = check_personal_number(as_text(answer))
        return Complaint(message) if message else None


@kind
class Phone(Kind):
    """A telephone number, kept as +84…"""

    name = "phone"
    template = "text"

    def understand(self, field: Field, text: str) -> Answer:
        try:
            return normalise_phone(text)
        except ValueError:
            return text

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        try:
            normalise_phone(as_text(answer))
        except ValueError:
            return Complaint(say("“{title}” chưa đúng. Ví dụ 0912 345 678", title=field.title))
        return None

    def box(self, field: Field, answer: Answer) -> str:
        return self.show(field, answer)

    def show(self, field: Field, answer: Answer) -> str:
        try:
            return show_phone(normalise_phone(as_text(answer)))
        except ValueError:
            return as_text(answer)


@kind
class Email(Text):
    """An address for electronic mail."""

    name = "email"
    template = "text"
    longest = 254

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        try:
            validate_email(as_text(answer))
        except ValidationError:
            return Complaint("Địa chỉ thư điện tử chưa đúng. Ví dụ ten@example.com")
        return self.too_long(field, as_text(answer))
