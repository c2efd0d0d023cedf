"""What was declared, as the desk reads it: nothing takes a line that says nothing."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from motcua.eforms.rules import DescribedSection, Row

YES, NO = "Có", "Không"  # how a box is told
SHORT = 3  # answers that a row of a group may have to stand in one line of the page


@dataclass(frozen=True)
class Given:
    """Answers under one heading; `blank` names what was asked and not answered, in one line."""

    title: str
    rows: Sequence[Row]
    blank: str = ""


def given(sections: Iterable[DescribedSection]) -> list[Given]:
    """The declaration without its empty rows.

    Short rows of a repeating group stand under one heading, a line each; what they leave blank isn't told.
    """
    found: list[Given] = []
    for title, alike in groupby(sections, key=_group_title):
        if title:
            found.append(Given(title, _lines(list(alike))))
        else:
            found += [_section(section) for section in alike]
    return [one for one in found if one.rows or one.blank]


def _section(section: DescribedSection) -> Given:
    blank = [] if _in_group(section) else [row.label for row in section.rows if not row.text]
    return Given(section.title, [row for row in section.rows if row.text], ", ".join(blank))


def _in_group(section: DescribedSection) -> bool:
    """Whether these are the answers of one row of a repeating group (`lines__0__line`)."""
    return any("__" in row.field_id for row in section.rows)


def _group_title(section: DescribedSection) -> str:
    """The group's name, if this is a short row of it: “Ngành, nghề” of “Ngành, nghề 3”; else empty."""
    name, _, number = section.title.rpartition(" ")
    filled = sum(bool(row.text) for row in section.rows)
    return name if number.isdecimal() and _in_group(section) and filled <= SHORT else ""


def _lines(sections: Sequence[DescribedSection]) -> list[Row]:
    """A line for each row of a group; a box that marks just one of them isn't denied in the others."""
    ticked = Counter(row.label for section in sections for row in section.rows if row.text == YES)
    marks = {label for label, times in ticked.items() if times == 1} if len(sections) > 1 else set()
    return [_line(section, marks) for section in sections]


def _line(section: DescribedSection, marks: Collection[str]) -> Row:
    told = [row for row in section.rows if row.text and not (row.label in marks and row.text == NO)]
    first, *more = told or section.rows
    texts = [first.text, *(f"{row.label}: {row.text}" for row in more if row.text)]
    return replace(first, label=section.title, text="\n".join(texts))
