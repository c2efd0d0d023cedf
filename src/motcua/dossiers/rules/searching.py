"""By which words the desk finds a dossier."""

import re
from collections.abc import Mapping
from typing import Any

from motcua.core.ids import tidy_ref
from motcua.core.text import fold

LONGEST = 700
_KEYS = ("full_name", "personal_number", "organisation_name", "organisation_code")

# NH-7K3F-92XA, also with spaces; H98.21-261121-0001, G09.99.98.001-2611210000-99999.
_NUMBER = re.compile(
    r"\bNH[\s-]*[0-9A-Z]{4}[\s-]*[0-9A-Z]{4}\b|\b[A-Z][0-9]{2}(?:\.[0-9A-Z]{2,3})*(?:-[0-9]{2,12}){2}\b"
)


def number_in(text: str) -> str:
    """The first number of a dossier in what somebody wrote; empty: there is none."""
    found = _NUMBER.search(text[:500].upper())
    return tidy_ref(found[0]) if found else ""


def searchable(subject_name: str, applicant: Mapping[str, Any], owner: Mapping[str, Any]) -> str:
    """The value of `Dossier.folded`: who it is about, who handed it in, whose it is, with their numbers."""
    words = [subject_name]
    for person in (applicant, owner):
        words += [str(person.get(key) or "") for key in _KEYS]
    return fold(" ".join(dict.fromkeys(word for word in words if word)))[:LONGEST]
