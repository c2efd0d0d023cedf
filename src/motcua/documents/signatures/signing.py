"""Putting a signature under a PDF: PAdES, added after its end, so that what was there stays byte for byte.

The signature itself isn't drawn: what people see of it stands in the template (`common.typ`), which keeps PDF/A.
"""

import io
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from motcua.core.worktime import local
from motcua.documents.signatures import NotSignable
from motcua.documents.signatures.keys import KeyFile


class KeyUnreadable(RuntimeError):
    """The key's file doesn't open: damaged, or its password is another. For the operator."""


def sign(content: bytes, key: KeyFile, *, reason: str, location: str = "") -> bytes:
    """The PDF with one signature more.

    Raises:
        NotSignable: it is no PDF, or one that can't be added to.
        KeyUnreadable: see there.
    """
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        number = len(PdfFileReader(io.BytesIO(content)).embedded_signatures) + 1
    except (PdfError, ValueError):
        raise NotSignable from None
    facts = PdfSignatureMetadata(
        field_name=f"ChuKySo{number}", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
        reason=reason, location=location or None,
    )  # fmt: skip
    out = _SignerAt(facts, _signer(key.path, key.password, key.path.stat().st_mtime_ns)).sign_pdf(writer)
    signed: bytes = out.getvalue()
    return signed


class _SignerAt(PdfSigner):
    """Signs at our clock's moment, like everything else that an act writes down."""

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        moment: datetime = local(timezone.now())
        session.system_time = moment
        return session


@lru_cache(maxsize=64)
def _signer(path: Path, password: str, changed: int) -> SimpleSigner:
    """The key, opened once: that takes ten times as long as signing. A replaced file is opened anew (`changed`)."""
    opened: Callable[..., SimpleSigner | None] = SimpleSigner.load_pkcs12
    found = opened(str(path), passphrase=password.encode())
    if found is None:
        raise KeyUnreadable(f"{path} does not open with MOTCUA_KEYS_PASSWORD.")
    return found
