"""The blank forms of a record (mẫu đơn, tờ khai): which it names, which the portal holds, what that makes of its level.

A source only names files. The portal holds the file itself where an editor or an operator has put it there; the record
then says so under "held_forms": [{"name", "kind", "size", "sha256"}].
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from motcua.core.text import fold

Record = Mapping[str, Any]
HELD = "held_forms"
_ENDING = re.compile(r"\.(?:docx?|xlsx?|odt|pdf|rtf)$", re.IGNORECASE)


def named(record: Record) -> list[str]:
    """The names of all files of forms that a record mentions, each once: those of its papers, then the others."""
    of_papers = [name for paper in record.get("requirements", ()) for name in paper.get("form_files", ())]
    return list(dict.fromkeys([*of_papers, *record.get("forms", ())]))


def to_show(names: Iterable[str], held: Iterable[str]) -> list[str]:
    """All forms of a record in their order; behind those that it names, those that are held although it doesn't."""
    return list(dict.fromkeys([*names, *held]))


def all_held(names: Sequence[str], held: Iterable[str]) -> bool:
    """Whether people can take home every form that they need.

    That makes level 2 of level 1 (Thông tư 32/2017/TT-BTTTT Điều 5): the record can be read, and its forms downloaded.
    A record that names no form and holds none offers nothing to download.
    """
    there = set(held)
    return there.issuperset(names) and bool(there)


def same_form(name: str) -> str:
    """The same for names of one form: without accents and signs, and without the ending: it may be saved anew."""
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(_ENDING.sub("", name)))
    return " ".join(letters.split()) or name


def matched(names: Iterable[str], there: Iterable[str]) -> dict[str, str]:
    """Which of these names stands for which of those that are there: first the very same, else the same form.

    One that could stand for several isn't guessed.
    """
    there = list(there)
    forms: dict[str, list[str]] = {}
    for one in there:
        forms.setdefault(same_form(one), []).append(one)
    found = {}
    for name in names:
        alike = forms.get(same_form(name), [])
        if name in there:
            found[name] = name
        elif len(alike) == 1:
            found[name] = alike[0]
    return found


def kept(names: Iterable[str], held: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What of the held forms a next record keeps that has these names: the file of each form that it names again."""
    by_name = {one["name"]: one for one in held}
    return [{**by_name[old], "name": new} for new, old in matched(names, by_name).items()]
