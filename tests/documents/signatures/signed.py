"""Signed PDFs as people send them: by the demo authority's people, by a stranger's, and broken in every way."""

import itertools
from datetime import datetime
from pathlib import Path

from motcua.documents.signatures.authority import FROM, PASSWORD, UNTIL, DemoAuthority, Subject
from motcua.documents.signatures.keys import KeyFile, authority
from motcua.documents.signatures.signing import sign
from tests.documents.files import pdf

_count = itertools.count()


def signed_by(
    name: str,
    number: str = "",
    *,
    content: bytes = b"",
    since: datetime = FROM,
    until: datetime = UNTIL,
    by: DemoAuthority | None = None,
) -> bytes:
    """A PDF with one more signature of a person; `by` another authority makes them a stranger."""
    key = a_key(name, number, since=since, until=until, by=by)
    return sign(content or pdf(), key, reason="Tờ khai")


def a_key(
    name: str, number: str = "", *, since: datetime = FROM, until: datetime = UNTIL, by: DemoAuthority | None = None
) -> KeyFile:
    """A key of a person with this name and number (số định danh)."""
    issuer = by or authority()
    subject = Subject(name, f"CCCD:{number}" if number else "")
    path = issuer.folder / f"person-{next(_count)}.p12"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(issuer.issue(subject, since=since, until=until))
    return KeyFile(path, PASSWORD)


def a_stranger(folder: Path) -> DemoAuthority:
    """An authority that nobody here knows, although it calls itself the same."""
    return DemoAuthority(folder / "stranger")
