"""Small questions about stored answers, whatever kind of field they belong to.

An answer is JSON: a string, an integer, a truth value, a list of strings, or a small object (a date that can't be
understood, a place). The answers of a form are one object by field id; those of a repeating group a list of these.
"""

from collections.abc import Mapping
from typing import Any

Answer = Any  # JSON
Answers = dict[str, Answer]
Typed = dict[str, list[str]]  # what a browser posted: name -> values
ACT = "act"  # the name of the buttons of a page


def typed(data: Mapping[str, Any]) -> Typed:
    """A posted form as a plain mapping of lists, from a QueryDict or a plain mapping of strings or lists."""
    getlist = getattr(data, "getlist", None)
    if getlist is not None:
        return {name: [str(value) for value in getlist(name)] for name in data}
    return {
        name: [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
        for name, value in data.items()
    }


def is_blank(answer: Answer) -> bool:
    """Whether nothing was answered. No (an unticked box) is blank, zero isn't."""
    if isinstance(answer, dict):
        return all(is_blank(part) for part in answer.values())
    if isinstance(answer, list):
        return all(is_blank(part) for part in answer)
    return answer is None or answer is False or answer == ""


def as_text(answer: Answer) -> str:
    """The answer where a text is expected; nothing for any other shape."""
    if isinstance(answer, str):
        return answer
    return str(answer) if isinstance(answer, int) and not isinstance(answer, bool) else ""


def part_of(answer: Answer, key: str) -> str:
    """One part of a composite answer, as text."""
    return as_text(answer.get(key)) if isinstance(answer, dict) else ""


def changed(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> list[str]:
    """The ids of the fields and groups whose answers differ, in the order of `after`; blank and missing are alike."""
    ids = [*after, *(key for key in before if key not in after)]
    return [key for key in ids if not alike(before.get(key), after.get(key))]


def alike(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same: what is left blank in a row of a group may also be missing from it."""
    return bool(_bare(one) == _bare(other))


def _bare(answer: Answer) -> Answer:
    if is_blank(answer):
        return None
    if isinstance(answer, list):
        return [_bare(part) for part in answer]
    if isinstance(answer, dict):
        return {key: _bare(part) for key, part in answer.items() if not is_blank(part)}
    return answer
