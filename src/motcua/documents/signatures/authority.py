"""The demo authority: a certification authority of one's own, for a local start and for tests. Nobody else trusts it.

Keys and certificates are made when first wanted, into `MOTCUA_KEYS_DIR`, and never leave the machine. Subjects are
written as Vietnamese authorities write them: UID=CCCD:<number> for a person, O and T for an officer.
"""

import contextlib
import fcntl
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from motcua.core.text import fold

NAME = "Một Cửa, cơ quan chứng thực thử nghiệm"
PASSWORD = "Hoa-Sen-2026!"  # noqa: S105 (no secret: of every file made here, and shown on the demo page)
FROM, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Subject:
    """Whom a certificate names.

    Attributes:
        number: "CCCD:098196004217" or "MST:0100112437"; empty for an officer.
        organization, title: an officer's agency and post; a seal has only its own name.
    """

    name: str
    number: str = ""
    organization: str = ""
    title: str = ""


class DemoAuthority:
    """Issues certificates out of one folder; several processes may ask at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def root(self) -> bytes:
        """The authority's own certificate, PEM: what one trusts who trusts it."""
        with self._alone():
            return self._root()[1].public_bytes(serialization.Encoding.PEM)

    def file_of(self, key_id: str, subject: Subject) -> Path:
        """The PKCS#12 file of a key (password `PASSWORD`), made at the first call."""
        path = self.folder / f"{file_name(key_id)}.p12"
        if not path.exists():
            with self._alone():
                if not path.exists():
                    self._write(path, self._issue(subject))
        return path

    def issue(self, subject: Subject, *, since: datetime = FROM, until: datetime = UNTIL) -> bytes:
        """A new key with its certificate as PKCS#12; nothing is kept of it."""
        with self._alone():
            return self._issue(subject, since, until)

    def revoked(self, *serials: int) -> bytes:
        """A list of withdrawn certificates (CRL), DER."""
        with self._alone():
            key, certificate = self._root()
        made = x509.CertificateRevocationListBuilder().issuer_name(certificate.subject)
        made = made.last_update(FROM).next_update(UNTIL)
        for serial in serials:
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(FROM).build()
            made = made.add_revoked_certificate(one)
        return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time: two authorities of one name would make each other's signatures worthless."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _root(self) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        path = self.folder / "authority.pem"
        if path.exists():
            content = path.read_bytes()
            key = serialization.load_pem_private_key(content, None)
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            return key, x509.load_pem_x509_certificate(content)
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _self_signed(key)
        form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        pem = serialization.Encoding.PEM
        self._write(path, key.private_bytes(pem, form, plain) + certificate.public_bytes(pem))
        return key, certificate

    def _issue(self, subject: Subject, since: datetime = FROM, until: datetime = UNTIL) -> bytes:
        root_key, root = self._root()
        key = ec.generate_private_key(ec.SECP256R1())
        built = _builder(name_of(subject), root.subject, key.public_key(), since, until)
        built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        built = built.add_extension(_usage(signs=True), critical=True)
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        built = built.add_extension(x509.CRLDistributionPoints([_list_place()]), critical=False)
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
        certificate = built.add_extension(identifier, critical=False).sign(root_key, hashes.SHA256())
        locked = serialization.BestAvailableEncryption(PASSWORD.encode())
        return pkcs12.serialize_key_and_certificates(b"motcua", key, certificate, None, locked)

    def _write(self, path: Path, content: bytes) -> None:
        """Whole or not at all, and for nobody else's eyes."""
        half = path.with_suffix(".half")
        half.touch(mode=0o600)
        half.write_bytes(content)
        half.replace(path)


def file_name(key_id: str) -> str:
    """A key's name as a file's: plain letters."""
    return re.sub(r"[^a-z0-9.]+", "-", fold(key_id)).strip("-.")


def name_of(subject: Subject) -> x509.Name:
    """The subject as it stands in a certificate."""
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, _short(subject.organization)),
        (NameOID.TITLE, _short(subject.title)),
        (NameOID.COMMON_NAME, _short(subject.name)),
        (NameOID.USER_ID, subject.number),
    ]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts if text])


def _list_place() -> x509.DistributionPoint:
    """Where such certificates say that their list of withdrawn ones lies; nobody fetches it."""
    place = x509.UniformResourceIdentifier("http://crl.motcua.example/thu-nghiem.crl")
    return x509.DistributionPoint([place], None, None, None)


def _short(text: str) -> str:
    """At most 64 bytes, which is as much as a certificate's name may have."""
    return text.encode()[:64].decode(errors="ignore")


def _self_signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = name_of(Subject(NAME))
    built = _builder(name, name, key.public_key(), FROM, UNTIL)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return built.add_extension(_usage(signs=False), critical=True).sign(key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    built = built.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)
    return built.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=not signs, crl_sign=not signs, encipher_only=False, decipher_only=False,
    )  # fmt: skip
