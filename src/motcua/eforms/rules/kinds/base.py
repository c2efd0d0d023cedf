"""What every kind of field can do: read what was posted, check it, show it, say what rules may compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from motcua.core.text import clean
from motcua.core.words import named, say
from motcua.eforms.rules.answers import Answer, Typed, as_text
from motcua.eforms.rules.definition import Field, post_name
from motcua.eforms.rules.world import World

LONGEST_TYPED = 20_000  # letters: more than any field may have, so that people see what is too long


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one answer, in Vietnamese, and in which of its inputs."""

    message: str
    part: str = ""


class Kind:
    """A kind of field. Instances keep no state: everything comes from the field and the answer."""

    name: ClassVar[str]
    template: ClassVar[str]  # under templates/eforms/kinds/
    parts: ClassVar[tuple[str, ...]] = ("",)  # the inputs it is made of; the first takes the focus
    chosen: ClassVar[bool] = False  # picked from what is offered, not typed

    def is_posted(self, name: str, typed: Typed) -> bool:
        """Whether the browser sent anything for this field; what wasn't on the page stays as it was."""
        return any(self.input_name(name, part) in typed for part in self.parts)

    def read(self, field: Field, name: str, typed: Typed, before: Answer, world: World) -> Answer:
        """The answer in what was posted. What can't be understood is kept as it was typed."""
        return self.understand(field, clean(self.last(name, typed)))

    def understand(self, field: Field, text: str) -> Answer:
        """The answer in one cleaned text."""
        return text

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        """What is wrong with an answer that isn't blank."""
        return None

    def value(self, answer: Answer) -> Any:
        """The answer as rules compare it (a date, a number, a text); none if blank or not understood."""
        return as_text(answer) or None

    def show(self, field: Field, answer: Answer) -> str:
        """The answer for people, also one that can't be understood."""
        return as_text(answer)

    def echo(self, field: Field, answer: Answer) -> str:
        """How the answer will be written out in words, where papers ask for that."""
        return ""

    def known(self, field: Field, fact: Any, world: World) -> Answer:
        """The answer in a fact that is already known, for filling in beforehand; none if it isn't usable."""
        return self.understand(field, clean(str(fact))) if isinstance(fact, str | int) else None

    def missing(self, field: Field) -> Complaint:
        """What to say when a required answer is left out."""
        title = named(field.label.rstrip("?"))
        words = say("Xin chọn “{title}”", title=title) if self.chosen else say("Xin khai “{title}”", title=title)
        return Complaint(field.missing or words, self.parts[0])

    def box(self, field: Field, answer: Answer) -> str:
        """What stands in the input, so that it reads back as the same answer."""
        return as_text(answer)

    @staticmethod
    def input_name(name: str, part: str) -> str:
        """The name of one input of the field posted under `name`."""
        return post_name(name, part=part)

    def last(self, name: str, typed: Typed, part: str = "") -> str:
        """The last value posted for one input; of one that no person has typed only the beginning."""
        values = typed.get(self.input_name(name, part))
        return values[-1][:LONGEST_TYPED] if values else ""


KINDS: dict[str, Kind] = {}
_K = TypeVar("_K", bound=type[Kind])


def kind(cls: _K) -> _K:
    """Registers a kind under its name."""
    KINDS[cls.name] = cls()
    return cls


def kind_of(field: Field) -> Kind:
    """The kind of a field."""
    return KINDS[field.kind]


def setting(field: Field, key: str, default: Any = None) -> Any:
    """A setting of the field that only its kind understands."""
    settings: Mapping[str, Any] = field.settings
    return settings.get(key, default)
