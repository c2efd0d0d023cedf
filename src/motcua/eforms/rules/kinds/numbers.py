"""Whole numbers and money."""

import re
from typing import Any

from motcua.core.words import amount_in_words, grouped, money, say
from motcua.eforms.rules.answers import Answer, as_text
from motcua.eforms.rules.definition import Field
from motcua.eforms.rules.kinds.base import Complaint, Kind, kind, setting
from motcua.eforms.rules.world import World

_PLAIN = re.compile(r"-?\d{1,15}", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:([., ])\d{3})(?:\1\d{3}){0,4}", re.ASCII)
_CURRENCY = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)


@kind
class Number(Kind):
    """A whole number; 1.200 and 1 200 are 1200."""

    name = "number"
    template = "text"

    def understand(self, field: Field, text: str) -> Answer:
        if _PLAIN.fullmatch(text):
            return int(text)
        return int(re.sub(r"[., ]", "", text)) if _GROUPED.fullmatch(text) else text

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        number = self.value(answer)
        if number is None:
            return Complaint(
                say("“{title}” là một số, ví dụ {example}", title=field.title, example=self.example(field))
            )
        least, most = setting(field, "least"), setting(field, "most")
        if least is not None and most is not None and not least <= number <= most:
            return Complaint(
                say(
                    "“{title}” phải từ {least} đến {most}",
                    title=field.title,
                    least=self._say(field, least),
                    most=self._say(field, most),
                )
            )
        if least is not None and number < least:
            return Complaint(say("“{title}” ít nhất là {least}", title=field.title, least=self._say(field, least)))
        if most is not None and number > most:
            return Complaint(say("“{title}” nhiều nhất là {most}", title=field.title, most=self._say(field, most)))
        return None

    def example(self, field: Field) -> str:
        """A number that would do."""
        return str(max(setting(field, "least", 1), 1))

    def value(self, answer: Answer) -> Any:
        return answer if isinstance(answer, int) and not isinstance(answer, bool) else None

    def show(self, field: Field, answer: Answer) -> str:
        number = self.value(answer)
        return as_text(answer) if number is None else self._say(field, number)

    def _say(self, field: Field, number: int) -> str:
        return grouped(number)


@kind
class Money(Number):
    """An amount in whole đồng."""

    name = "money"

    def understand(self, field: Field, text: str) -> Answer:
        amount = super().understand(field, _CURRENCY.sub("", text))
        return amount if isinstance(amount, int) else text

    def example(self, field: Field) -> str:
        return "50.000.000"

    def box(self, field: Field, answer: Answer) -> str:
        amount = self.value(answer)
        return as_text(answer) if amount is None else grouped(amount)

    def echo(self, field: Field, answer: Answer) -> str:
        amount = self.value(answer)
        return amount_in_words(amount) if amount is not None and amount >= 0 else ""

    def _say(self, field: Field, number: int) -> str:
        return money(number)
