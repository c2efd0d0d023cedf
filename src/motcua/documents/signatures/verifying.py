"""What the signatures in a stranger's PDF are worth. Runs in the process that opens files, and imports nothing of ours.

Trusted is what leads to one of the given roots; nothing is fetched from the net. `bottom_line` of pyHanko decides:
"intact" alone would let an unsigned change after the signature pass.
"""

import io
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from asn1crypto import parser, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

MOST = 20  # signatures looked at; more are nobody's paper
TOO_MANY = 100  # of them in one file: somebody wants to keep us busy, and each costs a millisecond only to be read
LONGEST_HEX = re.compile(rb"<[0-9A-Fa-f\s]{8000000}")  # a signature of 4 MB; those with whole lists in them have one
LONGEST_SERIAL = 60  # hexadecimal digits; RFC 5280 allows 40
YEARS = range(1990, 2101)  # a moment outside of them says nothing, and no database takes the last ones
USES = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
NUMBER = re.compile(r"(CCCD|CMND|CC|MST|HC)\s*[:=]?\s*([0-9A-Z]{8,14})", re.IGNORECASE)


@dataclass
class Found:
    """One signature, as `models.Signature` keeps it.

    Attributes:
        number: from the subject, "CCCD:098196004217" as "098196004217"; `number_kind` is "cccd", "mst" …
        signed_at: as the signature says, ISO; "" where it says nothing.
        trouble: "" for a good one, else the first of broken, changed, changed_after, untrusted, revoked, expired.
    """

    signer: str = ""
    organization: str = ""
    title: str = ""
    number: str = ""
    number_kind: str = ""
    serial: str = ""
    issuer: str = ""
    signed_at: str = ""
    intact: bool = False
    trusted: bool = False
    in_time: bool = False
    trouble: str = "broken"


def verify(path: str, roots: list[str], lists: list[str], now: str) -> list[dict[str, Any]]:
    """All signatures in the file, in the order in which they were put in.

    Args:
        roots: certificates to trust, PEM. lists: files of withdrawn ones, DER. now: ISO.

    Raises:
        ValueError: there are too many of them, or one is too large.
    """
    trusted = [x509.Certificate.load(der) for text in roots for _, _, der in pem.unarmor(text.encode(), multiple=True)]
    withdrawn = [_bytes(name) for name in lists]
    with open(path, "rb") as file:
        content = file.read()
    if LONGEST_HEX.search(content):
        raise ValueError("a signature of this size is nobody's")
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if len(list(islice(enumerate_sig_fields(reader, filled_status=True), TOO_MANY + 1))) > TOO_MANY:
        raise ValueError("so many signatures are nobody's")
    embedded = reader.embedded_regular_signatures
    moment = datetime.fromisoformat(now)
    return [asdict(_looked_at(one, content, trusted, withdrawn, moment)) for one in embedded[:MOST]]


def _bytes(name: str) -> bytes:
    with open(name, "rb") as file:
        return file.read()


def _looked_at(
    one: EmbeddedPdfSignature, content: bytes, roots: list[x509.Certificate], lists: list[bytes], now: datetime
) -> Found:
    found = Found()
    try:
        certificate = one.signer_cert
        _name(found, certificate)
        said = one.self_reported_timestamp
        if said and said.year in YEARS:
            found.signed_at = (said if said.tzinfo else said.replace(tzinfo=UTC)).isoformat()
        since, until = certificate.not_valid_before, certificate.not_valid_after
        # Without a time stamp only the present is sure: whoever has an expired key can set a clock back.
        found.in_time = since <= now <= until and (not found.signed_at or since <= _moment(found) <= until)
        # To tell a stranger from one whose certificate has ended, the chain is asked about a day when it still held.
        at = now if since <= now <= until else since
        context = ValidationContext(trust_roots=roots, crls=lists, moment=at, allow_fetching=False)
        status = validate_pdf_signature(one, context, key_usage_settings=USES)
        found.intact = bool(status.intact and status.valid) and _padding_is_empty(one, content)
        found.trusted = bool(status.trusted)
        found.trouble = _trouble(found, revoked=bool(status.revoked), whole=bool(status.docmdp_ok))
        if not found.trouble and not status.bottom_line:
            found.trouble = "changed_after"
    except Exception:  # noqa: BLE001 (the edge: what doesn't parse is broken, and says nothing)
        found.trouble, found.intact = ("changed" if found.signer else "broken"), False
    return found


def _moment(found: Found) -> datetime:
    return datetime.fromisoformat(found.signed_at)


def _trouble(found: Found, *, revoked: bool, whole: bool) -> str:
    if not found.intact:
        return "changed"
    if not whole:
        return "changed_after"
    if revoked:
        return "revoked"
    if not found.trusted:
        return "untrusted"
    return "" if found.in_time else "expired"


def _padding_is_empty(one: EmbeddedPdfSignature, content: bytes) -> bool:
    """The place for the signature is larger than it; what lies behind it isn't signed, and must be nothing."""
    start, length, rest, _ = (int(number) for number in one.byte_range)
    held = bytes.fromhex(content[start + length + 1 : rest - 1].decode("ascii"))
    return not held[parser.peek(held) :].strip(b"\0")


def _name(found: Found, certificate: x509.Certificate) -> None:
    subject = certificate.subject.native
    found.signer = _text(subject.get("common_name"))
    found.organization = _text(subject.get("organization_name"))
    found.title = _text(subject.get("title"))
    found.serial = f"{certificate.serial_number:x}"[:LONGEST_SERIAL]
    issuer = certificate.issuer.native
    found.issuer = _text(issuer.get("common_name") or issuer.get("organization_name"))
    for key in ("user_id", "serial_number"):
        match = NUMBER.search(_text(subject.get(key)))
        if match:
            found.number_kind, found.number = match[1].lower(), match[2]
            return


def _text(value: Any) -> str:
    """As much as can be shown: a name is a stranger's words, and may hold anything."""
    first = value[0] if isinstance(value, list) and value else value
    return "".join(letter for letter in str(first or "")[:300] if letter.isprintable())
