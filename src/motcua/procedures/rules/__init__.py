"""Pure decisions about a record: which papers a situation needs, from which day it is in force, what is the same."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from motcua.eforms.rules import holds


class Paper(Protocol):
    """What these rules ask of a paper (thành phần hồ sơ)."""

    is_document: Any
    shown_if: Any
    required_if: Any


P = TypeVar("P", bound=Paper)


@dataclass(frozen=True)
class Needed(Generic[P]):
    """A paper that belongs to a situation, and whether it must be there."""

    requirement: P
    required: bool


def needed(papers: Iterable[P], answers: Mapping[str, Any]) -> list[Needed[P]]:
    """The papers that these answers call for, in the record's order; remarks that were filed as papers are left out.

    `shown_if` empty: always there. `required_if` empty: may be brought, need not; `{}`: must be, always.
    """
    return [
        Needed(paper, required=paper.required_if is not None and holds(paper.required_if, answers))
        for paper in papers
        if paper.is_document and holds(paper.shown_if, answers)
    ]


def starts_on(asked: date, *, today: date, previous: date | None) -> date:
    """From which day a new version is in force, the one before having been in force from `previous` on.

    The first record keeps the day that its decision names. Whatever follows it starts today at the earliest, and not
    before it: what people could read until now was what they had to follow.
    """
    return asked if previous is None else max(asked, today, previous)


def fingerprint(record: Mapping[str, Any]) -> str:
    """The same for the same content, however its keys are ordered: SHA-256, hexadecimal."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
