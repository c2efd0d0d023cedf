"""Conditions as data: when a field is shown, a paper required, a requirement applies.

{"field": "x", "is": "a"}   {"field": "x", "in": ["a", "b"]}   {"field": "x", "filled": true}
{"field": "x", "at_least": 2}   {"field": "x", "at_most": 5}      numbers, and how many rows a group has
{"field": "x", "more_days_ago_than": 60}                          a date, seen from today; for notes and checks only
{"all": [...]}   {"any": [...]}   {"not": {...}}
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.eforms.rules.answers import Answer, is_blank

Condition = Mapping[str, Any]


def holds(condition: Condition | None, answers: Mapping[str, Answer], *, today: date | None = None) -> bool:
    """Whether a condition is met by the answers; no condition always is.

    Raises:
        ValueError: the condition has none of the known forms.
    """
    if not condition:
        return True
    if "all" in condition:
        return all(holds(one, answers, today=today) for one in condition["all"])
    if "any" in condition:
        return any(holds(one, answers, today=today) for one in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers, today=today)
    if "field" not in condition:
        raise ValueError(f"Not a condition: {condition!r}")
    return _compares(condition, answers.get(condition["field"]), today)


def fields_of(condition: Condition | None) -> Iterator[str]:
    """The ids of all fields that a condition looks at."""
    for leaf in leaves(condition):
        yield leaf["field"]


def leaves(condition: Condition | None) -> Iterator[Condition]:
    """The comparisons a condition is made of."""
    if not condition:
        return
    for key in ("all", "any"):
        for one in condition.get(key, ()):
            yield from leaves(one)
    if "not" in condition:
        yield from leaves(condition["not"])
    if "field" in condition:
        yield condition


def plain(answer: Answer) -> Answer:
    """What a comparison looks at: the code of a listed value that was written out, else the answer itself."""
    return answer["code"] if isinstance(answer, dict) and "code" in answer else answer


def _compares(leaf: Condition, answer: Answer, today: date | None) -> bool:
    if "is" in leaf:
        return _equals(answer, leaf["is"])
    if "in" in leaf:
        return any(_equals(answer, value) for value in leaf["in"])
    if "filled" in leaf:
        return bool(leaf["filled"]) != is_blank(answer)
    if "at_least" in leaf:
        return (size := _size(answer)) is not None and size >= leaf["at_least"]
    if "at_most" in leaf:
        return (size := _size(answer)) is not None and size <= leaf["at_most"]
    if "more_days_ago_than" in leaf:
        return _more_days_ago(answer, leaf["more_days_ago_than"], today)
    raise ValueError(f"Not a condition: {leaf!r}")


def _equals(answer: Answer, value: Answer) -> bool:
    """A box never ticked is unticked; of several ticks one is enough."""
    answer = plain(answer)
    if isinstance(value, bool):
        return value is (answer is True)
    if isinstance(answer, bool):
        return False
    if isinstance(answer, list):
        return value in answer
    return bool(answer == value)


def _size(answer: Answer) -> int | None:
    if isinstance(answer, list):
        return len(answer)
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


def _more_days_ago(answer: Answer, days: int, today: date | None) -> bool:
    if today is None or not isinstance(answer, str):
        return False
    try:
        return (today - date.fromisoformat(answer)).days > days
    except ValueError:
        return False
