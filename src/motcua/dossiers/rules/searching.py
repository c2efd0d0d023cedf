"""By which words the desk finds a dossier."""

from collections.abc import Mapping
from typing import Any

from motcua.core.text import fold

LONGEST = 700
_KEYS = ("full_name", "personal_number", "organisation_name", "organisation_code")


def searchable(subject_name: str, applicant: Mapping[str, Any], owner: Mapping[str, Any]) -> str:
    """The value of `Dossier.folded`: who it is about, who handed it in, whose it is, with their numbers."""
    words = [subject_name]
    for person in (applicant, owner):
        words += [str(person.get(key) or "") for key in _KEYS]
    return fold(" ".join(dict.fromkeys(word for word in words if word)))[:LONGEST]
