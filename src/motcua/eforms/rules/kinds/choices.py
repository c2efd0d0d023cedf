"""Choosing one, choosing several, saying yes."""

from typing import Any

from motcua.core.text import clean
from motcua.core.words import say
from motcua.eforms.rules.answers import Answer, Typed, as_text
from motcua.eforms.rules.definition import Field, Option
from motcua.eforms.rules.kinds.base import Complaint, Kind, kind, setting
from motcua.eforms.rules.world import World


@kind
class Choice(Kind):
    """One of the options: radio buttons, cards, or a list to pull down (`style`)."""

    name = "choice"
    template = "choice"
    chosen = True

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        return None if _option(field, answer) else self.missing(field)

    def show(self, field: Field, answer: Answer) -> str:
        option = _option(field, answer)
        return option.label if option else as_text(answer)

    def style(self, field: Field) -> str:
        """How it is offered: as the field says; else a list from five options on, and two short ones in one line."""
        if style := setting(field, "style"):
            return str(style)
        if len(field.options) > 4:
            return "select"
        short = len(field.options) == 2 and all(len(option.label) <= 12 for option in field.options)
        return "inline" if short and not any(option.reveals for option in field.options) else "radios"


@kind
class Choices(Kind):
    """Any number of the options."""

    name = "choices"
    template = "choices"
    chosen = True

    def read(self, field: Field, name: str, typed: Typed, before: Answer, world: World) -> Answer:
        values = [clean(value) for value in typed.get(name, [])]
        return list(dict.fromkeys(value for value in values if value))

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        known = isinstance(answer, list) and all(_option(field, value) for value in answer)
        return None if known else self.missing(field)

    def value(self, answer: Answer) -> Any:
        return answer if isinstance(answer, list) and answer else None

    def show(self, field: Field, answer: Answer) -> str:
        if not isinstance(answer, list):
            return as_text(answer)
        options = [_option(field, value) for value in answer]
        return "; ".join(one.label if one else as_text(value) for one, value in zip(options, answer, strict=True))

    def known(self, field: Field, fact: Any, world: World) -> Answer:
        return [str(one) for one in fact] if isinstance(fact, list | tuple) else None


@kind
class Tick(Kind):
    """Yes or not. A required one must be ticked (a statement)."""

    name = "tick"
    template = "tick"
    chosen = True

    def read(self, field: Field, name: str, typed: Typed, before: Answer, world: World) -> Answer:
        return any(value not in {"", "0", "false"} for value in typed.get(name, []))

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        return None if isinstance(answer, bool) else self.missing(field)

    def missing(self, field: Field) -> Complaint:
        return Complaint(field.missing or say("Xin đánh dấu “{title}”", title=field.title))

    def value(self, answer: Answer) -> Any:
        return answer if isinstance(answer, bool) else None

    def show(self, field: Field, answer: Answer) -> str:
        if answer is None or answer == "":
            return ""
        return "Có" if answer is True else "Không"

    def known(self, field: Field, fact: Any, world: World) -> Answer:
        return fact if isinstance(fact, bool) else None


def _option(field: Field, answer: Answer) -> Option | None:
    return next((option for option in field.options if option.value == answer), None)
