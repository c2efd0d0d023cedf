"""By which words the desk finds a dossier."""

from collections.abc import Mapping
from typing import Any

from motcua.core.text import fold

LONGEST = 700


def searchable(subject_name: str, applicant: Mapping[str, Any], owner: Mapping[str, Any]) -> str:
    """The value of `Dossier.folded`: who it is about, who handed it in, whose it is, with their numbers."""
    words = [subject_name]
    for person in (applicant, owner):
        words += [str(person.get("full_name") or ""), str(person.get("personal_number") or "")]
    return fold(" ".join(dict.fromkeys(word for word in words if word)))[:LONGEST]
