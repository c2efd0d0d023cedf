"""Signed PDFs by somebody who means harm: what stands in a certificate is a stranger's word, like anything uploaded."""

import http.server
import io
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from motcua.documents import services
from motcua.documents.models import Document, Signature
from motcua.documents.rules import UploadRefused
from motcua.documents.signatures.authority import PASSWORD
from motcua.documents.signatures.keys import KeyFile
from motcua.documents.signatures.signing import sign
from tests import cast
from tests.documents.files import pdf, upload

pytestmark = pytest.mark.django_db
Build = Callable[[x509.CertificateBuilder], x509.CertificateBuilder]


def a_key(
    folder: Path, *, name: str = "Kẻ Xấu", number: str = "CCCD:098196004217", change: Build | None = None
) -> KeyFile:
    """A self-signed certificate that says whatever it likes."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.USER_ID, number)])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now - timedelta(days=9)).not_valid_after(now + timedelta(days=9))
    certificate = (change or (lambda same: same))(built).sign(key, hashes.SHA256())
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    path = folder / "key.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, locked))
    return KeyFile(path, PASSWORD)


def taken(content: bytes) -> list[Signature]:
    document = services.take_upload(upload(content, "to-khai.pdf"), by=cast.an())
    return list(document.signatures.all())


@pytest.mark.parametrize(
    "name", ["An\x00Admin", "\x1b[31mAn\x07", "\u202eAn", "An\r\nX-Evil: 1", "<script>alert(1)</script>"]
)
def test_what_a_certificate_calls_itself_is_kept_as_plain_words(tmp_path: Path, name: str) -> None:
    (found,) = taken(sign(pdf(), a_key(tmp_path, name=name, number="CCCD:\x00098196004217"), reason="x"))
    assert found.trouble == "untrusted"
    assert found.signer.isprintable()
    assert "An" in found.signer or "script" in found.signer


def test_a_certificate_valid_until_the_end_of_time_is_taken(tmp_path: Path) -> None:
    def for_ever(built: x509.CertificateBuilder) -> x509.CertificateBuilder:
        built._not_valid_after = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 (the builder itself wants none)
        return built

    (found,) = taken(sign(pdf(), a_key(tmp_path, change=for_ever), reason="x"))
    assert found.trouble == "untrusted"


@pytest.mark.parametrize("moment", [b"D:00010101000000+14'00", b"D:99991231235959-12'00", b"D:20261301999999Z", b"D:"])
def test_an_odd_moment_of_signing_brings_nothing_down(tmp_path: Path, moment: bytes) -> None:
    content = bytearray(sign(pdf(), a_key(tmp_path), reason="x"))
    start = content.rindex(b"/M (") + 4
    end = content.index(b")", start)
    content[start:end] = moment[: end - start].ljust(end - start)
    try:
        found = taken(bytes(content))
    except UploadRefused:
        return
    assert found[0].trouble


def test_a_number_longer_than_any_serial_is_cut(tmp_path: Path) -> None:
    def long(built: x509.CertificateBuilder) -> x509.CertificateBuilder:
        built._serial_number = 1 << 4000  # the builder itself lets nobody say so
        return built

    try:
        key = a_key(tmp_path, change=long)
    except ValueError:
        pytest.skip("this library writes no such certificate")
    (found,) = taken(sign(pdf(), key, reason="x"))
    assert len(found.serial) <= 60


def test_only_so_many_signatures_are_looked_at(tmp_path: Path) -> None:
    key, content = a_key(tmp_path), pdf()
    for _ in range(24):
        content = sign(content, key, reason="x")
    assert len(taken(content)) == 20


def test_thousands_of_signatures_cost_no_time(tmp_path: Path) -> None:
    """One signature, named by 5.000 fields: a file of half a megabyte that would keep the helper busy for long."""
    with pikepdf.open(io.BytesIO(sign(pdf(), a_key(tmp_path), reason="x"))) as opened:
        fields = opened.Root.AcroForm.Fields
        value = fields[0].V
        for number in range(5000):
            name = pikepdf.String(f"s{number}")
            fields.append(opened.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=name, V=value)))
        out = io.BytesIO()
        opened.save(out)
    (found,) = taken(out.getvalue())
    assert found.trouble == "broken"


def test_a_signature_of_many_megabytes_is_not_read(tmp_path: Path) -> None:
    content = sign(pdf(), a_key(tmp_path), reason="x")
    end = content.index(b">", content.rindex(b"/Contents <"))
    began = time.perf_counter()
    (found,) = taken(content[:end] + b"00" * 9_000_000 + content[end:])
    assert found.trouble == "broken"
    assert time.perf_counter() - began < 8


def test_fields_that_hold_themselves_end(tmp_path: Path) -> None:
    """A form whose fields are children of themselves: no endless walk, in whichever process."""
    signed = sign(pdf(), a_key(tmp_path), reason="x")
    with pikepdf.open(io.BytesIO(signed)) as opened:
        fields = opened.Root.AcroForm.Fields
        field = fields[0]
        loop = opened.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a")))
        loop.Kids = pikepdf.Array([loop, field])
        fields.append(loop)
        out = io.BytesIO()
        opened.save(out)
    try:
        assert not any(one.is_good for one in taken(out.getvalue()))
    except UploadRefused:
        pass
    assert Document.objects.count() <= 1


def test_nothing_is_fetched_for_a_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a certificate says that its list lies is an address of the attacker's choice."""
    asked: list[str] = []

    class Listens(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listens)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    there = x509.UniformResourceIdentifier(f"http://127.0.0.1:{server.server_port}/")

    def calls_home(built: x509.CertificateBuilder) -> x509.CertificateBuilder:
        points = x509.CRLDistributionPoints([x509.DistributionPoint([there], None, None, None)])
        told = x509.AuthorityInformationAccess(
            [
                x509.AccessDescription(x509.AuthorityInformationAccessOID.OCSP, there),
                x509.AccessDescription(x509.AuthorityInformationAccessOID.CA_ISSUERS, there),
            ]
        )
        return built.add_extension(points, critical=False).add_extension(told, critical=False)

    (found,) = taken(sign(pdf(), a_key(tmp_path, change=calls_home), reason="x"))
    server.shutdown()
    server.server_close()
    assert found.trouble == "untrusted"
    assert asked == []
