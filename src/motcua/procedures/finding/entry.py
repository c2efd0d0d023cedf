"""What the search knows of a record, and what it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """What the index knows of one record.

    Attributes:
        field: the slug of its field (lĩnh vực); `field_name` in words.
        levels: `ProcedureVersion.Level`.
        agency: cơ quan thực hiện, as published; `agencies`: one by one, under their usual names.
        body: all the rest of its text; only while the index is built.
        issuing_body: who published it ("UBND tỉnh Lạng Sơn"); empty for what the national list no longer has.
        short: known only by its line in the catalogue.
    """

    version_id: int
    code: str
    name: str
    short_name: str
    keywords: Sequence[str] = ()
    field: str = ""
    field_name: str = ""
    levels: Sequence[str] = ()
    agency: str = ""
    audience: Sequence[str] = ()
    life_events: Sequence[str] = ()
    results: str = ""
    body: str = ""
    issuing_body: str = ""
    short: bool = False
    agencies: Sequence[str] = ()


@dataclass(frozen=True)
class Why:
    """Why a record was found.

    Attributes:
        words: the words typed (folded) that its name or keywords have.
        synonyms: what people say, with what the record writes for it: "sổ đỏ" → "giấy chứng nhận …".
        mended: words as typed, with what was read: "sinhh" → "sinh".
        pinned: staff have put it on top for this text.
    """

    words: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    pinned: bool = False


def _nothing(place: int) -> Why:
    return Why()


@dataclass(frozen=True)
class Found:
    """The entries for a text, best first, and how the text was read.

    Attributes:
        words: the folded words that were looked for, for marking them in names.
        read_as: the text after a typing error was mended; empty when nothing was mended.
        scores: one for each entry, falling; empty if there is no order of merit (a number, an empty text).
        why: the reason for the entry at a place of the list, worked out when it is asked for.
    """

    entries: list[Entry]
    words: frozenset[str] = frozenset()
    read_as: str = ""
    scores: Sequence[float] = ()
    why: Callable[[int], Why] = field(default=_nothing, compare=False)
