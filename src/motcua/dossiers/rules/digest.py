"""What exactly a person stands by when they confirm or sign: one number for everything that they hand in.

The digest is the SHA-256 of one canonical text (JSON, keys in order, no blanks, UTF-8), so that anybody who has the
facts can work it out again, and any change of any of them gives another.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FORMAT = 1  # of the canonical text; another one gets another number
STATEMENT = "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên."


@dataclass(frozen=True)
class HandedIn:
    """Everything that is handed in, and under which rules.

    Attributes:
        versions: of the procedure's record, the service and the form, with the agency.
        answers: only those that the situation shows.
        files: (key of the paper, SHA-256 of the file) in the order of the dossier.
    """

    ref: str
    versions: Mapping[str, Any]
    applicant: Mapping[str, Any]
    owner: Mapping[str, Any]
    answers: Mapping[str, Any]
    delivery: Mapping[str, Any]
    files: Sequence[tuple[str, str]]


def digest_of(handed_in: HandedIn) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(canonical(handed_in)).hexdigest()


def canonical(handed_in: HandedIn) -> bytes:
    """The text whose digest it is. How the fee is paid isn't part of it: that may change without a new signature."""
    facts = {
        "format": FORMAT,
        "statement": STATEMENT,
        "ref": handed_in.ref,
        "versions": dict(handed_in.versions),
        "applicant": _bare(handed_in.applicant),
        "owner": _bare(handed_in.owner),
        "answers": _bare(handed_in.answers),
        "delivery": {key: handed_in.delivery.get(key) or "" for key in ("hand_in", "receive")},
        "files": [list(file) for file in handed_in.files],
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _bare(value: Any) -> Any:
    """Without what says nothing: a page that was only looked at leaves blanks behind."""
    if isinstance(value, Mapping):
        kept = {str(key): _bare(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    return [_bare(item) for item in value] if isinstance(value, list | tuple) else value


def spoken(digest: str) -> str:
    """The digest as it is printed and compared by eye: in groups of eight."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
