"""Conditions as editors read and write them: by the answers to a record's own questions (situations). Pure.

A condition of an e-form may say more than that; what can't be said in these words isn't touched.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from motcua.core.text import fold

Answer = tuple[str, str]  # a question's field, one of its values as the record writes it: "true" for a tick
Situations = Sequence[Mapping[str, Any]]


class Joint(StrEnum):
    """How several answers belong together."""

    ANY = "mot"  # one of them is enough
    ALL = "tat-ca"  # one of them to each question that they are about


@dataclass(frozen=True)
class When:
    """When something holds: always; or only with some answers; but never with others.

    Attributes:
        answers: with these; empty: whatever was answered.
        joint: how `answers` belong together, where they are about several questions.
        unless: with one of these it doesn't hold.
    """

    answers: frozenset[Answer] = frozenset()
    joint: Joint = Joint.ANY
    unless: frozenset[Answer] = frozenset()


ALWAYS = When()


def read_when(condition: Mapping[str, Any] | None, situations: Situations) -> When | None:
    """What a condition says; None: more than editors' words can say, or something about other questions."""
    if not condition:
        return ALWAYS
    parts = condition.get("all", [condition])
    denied = [part["not"] for part in parts if "not" in part]
    wanted = [part for part in parts if "not" not in part]
    unless = [_any_of(part) for part in denied]
    if len(wanted) == 1:
        answers = [_any_of(wanted[0])]
    else:
        answers = [_leaf(part) for part in wanted]
        fields = [field for found in answers if found for field in {field for field, _ in found}]
        if len(fields) != len(set(fields)):
            return None
    if None in answers or None in unless:
        return None
    when = When(_together(answers), Joint.ALL if len(wanted) > 1 else Joint.ANY, _together(unless))
    return when if when.answers | when.unless <= _offered(situations) else None


def write_when(when: When, situations: Situations) -> dict[str, Any]:
    """The condition that says it; {} for always."""
    wanted, denied = _leaves(when.answers, situations), _leaves(when.unless, situations)
    parts = wanted if when.joint is Joint.ALL or len(wanted) < 2 else [{"any": wanted}]
    if denied:
        parts = [*parts, {"not": denied[0] if len(denied) == 1 else {"any": denied}}]
    if len(parts) < 2:
        return parts[0] if parts else {}
    return {"all": parts}


def settled(when: When) -> When:
    """The same with the joint that it has where it makes no difference: two that are alike are equal."""
    return when if len({field for field, _ in when.answers}) > 1 else replace(when, joint=Joint.ANY)


def lost_answers(before: Situations, after: Situations) -> set[Answer]:
    """Answers that one set of questions offers and the other doesn't."""
    return _offered(before) - _offered(after)


def answers_in(condition: Mapping[str, Any] | None) -> set[Answer]:
    """All answers that a condition looks at, however it is made."""
    if not condition:
        return set()
    parts = [*condition.get("all", ()), *condition.get("any", ()), condition.get("not")]
    return set(_leaf(condition) or ()).union(*(answers_in(part) for part in parts if part))


def with_values(labels: Iterable[str], kind: str, before: Mapping[str, Any]) -> list[dict[str, str]]:
    """Choices with these labels; one that was there keeps its value, also when its label is corrected in its place."""
    labels, were = list(dict.fromkeys(labels)), list(before.get("choices", ()))
    value_of = {choice["label"]: choice["value"] for choice in were}
    if len(labels) == len(were):
        value_of |= {
            label: were[place]["value"]
            for place, label in enumerate(labels)
            if label not in value_of and were[place]["label"] not in labels
        }
    if kind == "tick" and not were:
        return [{"value": "true", "label": label} for label in labels[:1]]
    taken = {value_of[label] for label in labels if label in value_of} | {choice["value"] for choice in were}
    found = []
    for label in labels:
        value = value_of.get(label) or _new_value(label, taken)
        taken.add(value)
        found.append({"value": value, "label": label})
    return found


def _offered(situations: Situations) -> set[Answer]:
    return {(one["field"], choice["value"]) for one in situations for choice in one["choices"]}


def _new_value(label: str, taken: set[str]) -> str:
    plain = "-".join("".join(char if char.isalnum() else " " for char in fold(label)).split())[:40].strip("-") or "cau"
    names = (f"{plain}-{number}" if number else plain for number in range(len(taken) + 1))
    return next(name for name in names if name not in taken)


def _leaf(condition: Mapping[str, Any]) -> frozenset[Answer] | None:
    """The answers of a single comparison; None: it is none, or of another kind."""
    if "field" not in condition or not ({"is", "in"} & condition.keys()):
        return None
    values = condition["in"] if "in" in condition else [condition["is"]]
    plain = ["true" if value is True else value for value in values]
    if not all(isinstance(value, str) for value in plain):
        return None
    return frozenset((condition["field"], value) for value in plain)


def _any_of(condition: Mapping[str, Any]) -> frozenset[Answer] | None:
    """The answers of which one is enough; None: the condition is of another kind."""
    if "any" not in condition:
        return _leaf(condition)
    found = [_leaf(part) for part in condition["any"]]
    return None if None in found else _together(found)


def _together(found: Iterable[frozenset[Answer] | None]) -> frozenset[Answer]:
    return frozenset(answer for some in found if some for answer in some)


def _leaves(answers: frozenset[Answer], situations: Situations) -> list[dict[str, Any]]:
    """A comparison for each question, in the record's order."""
    found = []
    for one in situations:
        values = [choice["value"] for choice in one["choices"] if (one["field"], choice["value"]) in answers]
        said = [True if value == "true" else value for value in values]
        if len(said) == 1:
            found.append({"field": one["field"], "is": said[0]})
        elif said:
            found.append({"field": one["field"], "in": said})
    return found
