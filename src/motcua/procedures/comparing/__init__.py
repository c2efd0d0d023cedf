"""What differs between two records of a procedure, in words that people can read: pure, without the database.

Records are what `publish_record` takes (schema/procedure.schema.json); `queries.history.record_of` reads a version as
one. `differences` compares all of them by section, `marked` two texts word by word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.procedures.comparing.entries import SECTIONS, Names, Section
from motcua.procedures.comparing.matching import Change, Kind, Part, changes
from motcua.procedures.comparing.texts import Mark, Piece, marked, shortened

__all__ = [
    "SECTIONS",
    "Change",
    "Difference",
    "Kind",
    "Mark",
    "Part",
    "Piece",
    "Section",
    "differences",
    "marked",
    "shortened",
]


_MANY, _OPEN = 10, 6  # changes of one section: past the first only so many stand open


@dataclass(frozen=True)
class Difference:
    """All that differs in one section of the record."""

    section: Section
    changes: tuple[Change, ...]

    @property
    def first(self) -> tuple[Change, ...]:
        """What stands open: all, unless there are too many to be read unasked."""
        return self.changes if len(self.changes) <= _MANY else self.changes[:_OPEN]

    @property
    def rest(self) -> tuple[Change, ...]:
        """The others."""
        return self.changes[len(self.first) :]


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], *, names: Mapping[str, str] | None = None
) -> list[Difference]:
    """The sections in which two records differ, in the order of the page; none: they say the same.

    Only blanks, line breaks, or the order of what has none (ways, laws, results) may differ without being told.

    Args:
        names: what slugs of fields and codes of related procedures are called; the slug or code where it isn't named.
    """
    told = Names(names or {})
    found = [
        Difference(section, changes(section.entries(before, told), section.entries(after, told), section.order))
        for section in SECTIONS
    ]
    return [difference for difference in found if difference.changes]
