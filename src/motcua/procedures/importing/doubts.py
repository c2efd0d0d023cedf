"""What isn't certain in a line, before it is kept."""

from dataclasses import dataclass

from motcua.procedures.models import Doubt as Kept

Kind = Kept.Kind


@dataclass(frozen=True)
class Doubtful:
    """Something that a person should look at.

    Attributes:
        place: where in the record: "methods/2" (counted from 1), "requirements/<key>", "name"; empty: all of it.
        text: the source's own words.
    """

    kind: Kept.Kind
    place: str = ""
    text: str = ""
