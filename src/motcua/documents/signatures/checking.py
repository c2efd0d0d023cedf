"""Looking at the signatures of a file on its way into the store."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from motcua.documents.inspection import Unreadable, inspector
from motcua.documents.models import Signature
from motcua.documents.signatures.keys import revocation_lists, trusted_roots

TOO_HARD = "too_hard"
MARK = b"/ByteRange"  # every signed PDF has it in the open


def signatures_in(path: Path) -> list[Signature]:
    """The signatures of a PDF, not saved yet; a file that the check doesn't understand has one that can't be read.

    Raises:
        Unreadable: it kept the helper busy until its time was over.
    """
    try:
        found = inspector.signatures(path, roots=trusted_roots(), lists=revocation_lists(), now=timezone.now())
    except Unreadable as trouble:
        if trouble.reason == TOO_HARD:
            raise
        return [Signature(position=1, trouble=Signature.Trouble.BROKEN)]
    return [
        Signature(position=position, **{**facts, "signed_at": _moment(facts["signed_at"])})
        for position, facts in enumerate(found, 1)
    ]


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
