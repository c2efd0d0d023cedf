"""What a stranger's signed PDF is worth: who, when, and whether anything was changed since."""

import io
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents import services
from motcua.documents.inspection import Unreadable, inspector
from motcua.documents.models import Document, Signature
from motcua.documents.rules import UploadRefused
from motcua.documents.signatures.authority import PASSWORD
from motcua.documents.signatures.keys import authority
from motcua.documents.signatures.signing import sign
from tests.documents.files import pdf, pdf_with_script, picture, upload
from tests.documents.signatures.signed import a_key, a_stranger, signed_by

pytestmark = pytest.mark.django_db
AN = ("Nguyễn Thị An", "098196004217")
Trouble = Signature.Trouble


@pytest.fixture
def an() -> User:
    """Who uploads."""
    return User.objects.create(full_name=AN[0], personal_number=AN[1])


def taken(content: bytes, an: User) -> list[Signature]:
    document = services.take_upload(upload(content, "to-khai.pdf"), by=an)
    return list(document.signatures.all())


def test_says_who_signed_and_when_and_that_it_is_whole(an: User) -> None:
    before = timezone.now() - timedelta(seconds=2)
    (found,) = taken(signed_by(*AN), an)
    assert (found.signer, found.number, found.number_kind) == (*AN, "cccd")
    assert found.signed_at
    assert before <= found.signed_at <= timezone.now()
    assert found.issuer == "Một Cửa, cơ quan chứng thực thử nghiệm"
    assert found.serial
    assert (found.intact, found.trusted, found.in_time, found.trouble) == (True, True, True, "")
    assert found.is_good


def test_an_ordinary_file_has_none(an: User) -> None:
    assert taken(pdf(), an) == []
    document = services.take_upload(upload(picture()), by=an)
    assert not document.signatures.exists()


def test_two_signatures_stand_in_their_order(an: User) -> None:
    both = signed_by("Lê Văn Bình", "098094001552", content=signed_by(*AN))
    assert [(one.signer, one.trouble) for one in taken(both, an)] == [(AN[0], ""), ("Lê Văn Bình", "")]


def test_a_change_of_any_one_byte_is_noticed(an: User) -> None:
    """Refused as damaged, or shown as changed; never as good. Every byte is signed, except the signature itself."""
    content = signed_by(*AN, content=pdf(3))
    start = content.index(b"<", content.rindex(b"/Contents"))
    signed = [*range(start + 1), *range(content.index(b">", start), len(content))]
    dice = random.Random(20261121)
    for place in dice.sample(signed, 80):
        broken = bytearray(content)
        broken[place] ^= 0x01
        try:
            found = taken(bytes(broken), an)
        except UploadRefused:
            continue
        assert not any(one.is_good for one in found), f"byte {place} of {len(content)}"


def test_a_changed_byte_of_what_was_signed_says_so_with_the_name(an: User) -> None:
    content = bytearray(signed_by(*AN))
    place = content.index(b"/MediaBox") + len(b"/MediaBox [ 0 0 59")
    content[place] ^= 0x01
    (found,) = taken(bytes(content), an)
    assert (found.signer, found.intact, found.trouble) == (AN[0], False, Trouble.CHANGED)


def test_what_is_hidden_behind_the_signature_is_noticed(an: User) -> None:
    """The place kept for a signature is larger than it, and isn't covered by it."""
    content = bytearray(signed_by(*AN))
    end = content.index(b">", content.rindex(b"/Contents"))
    assert content[end - 4 : end] == b"0000"
    content[end - 4 : end] = b"4141"
    assert not any(one.is_good for one in taken(bytes(content), an))


def test_a_page_added_after_the_signature_is_noticed(an: User) -> None:
    """The signed bytes are all there: only "intact" would let it pass."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed_by(*AN)))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"][2] = type(page["/MediaBox"][2])(100)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    (found,) = taken(out.getvalue(), an)
    assert (found.intact, found.trouble) == (True, Trouble.CHANGED_AFTER)


def test_a_file_saved_anew_after_signing_is_noticed(an: User) -> None:
    with pikepdf.open(io.BytesIO(signed_by(*AN))) as document:
        out = io.BytesIO()
        document.save(out)
    assert not any(one.is_good for one in taken(out.getvalue(), an))


def test_a_strangers_signature_is_whole_but_not_trusted(an: User, tmp_path: Path) -> None:
    (found,) = taken(signed_by(*AN, by=a_stranger(tmp_path)), an)
    assert (found.intact, found.trusted, found.trouble) == (True, False, Trouble.UNTRUSTED)


def test_an_expired_certificate_does_not_count(an: User) -> None:
    until = datetime(2025, 6, 30, tzinfo=UTC)
    (found,) = taken(signed_by(*AN, until=until), an)
    assert (found.intact, found.trusted, found.in_time, found.trouble) == (True, True, False, Trouble.EXPIRED)


def test_a_certificate_that_is_not_in_force_yet_does_not_count(an: User) -> None:
    (found,) = taken(signed_by(*AN, since=timezone.now() + timedelta(days=5)), an)
    assert found.trouble == Trouble.EXPIRED


def test_an_expired_strangers_certificate_is_a_strangers(an: User, tmp_path: Path) -> None:
    stranger = a_stranger(tmp_path)
    (found,) = taken(signed_by(*AN, by=stranger, until=datetime(2025, 6, 30, tzinfo=UTC)), an)
    assert found.trouble == Trouble.UNTRUSTED


def test_a_withdrawn_certificate_does_not_count(an: User, settings: Any, tmp_path: Path) -> None:
    settings.TRUST_DIR = tmp_path
    key = a_key(*AN)
    _, certificate, _ = pkcs12.load_key_and_certificates(key.path.read_bytes(), PASSWORD.encode())
    assert certificate
    (tmp_path / "withdrawn.crl").write_bytes(authority().revoked(certificate.serial_number))
    (found,) = taken(sign(pdf(), key, reason="x"), an)
    assert (found.intact, found.trouble) == (True, Trouble.REVOKED)


def test_the_operators_roots_count(an: User, settings: Any, tmp_path: Path) -> None:
    stranger = a_stranger(tmp_path)
    settings.TRUST_DIR = tmp_path
    (tmp_path / "nha-cung-cap.pem").write_bytes(stranger.root)
    (found,) = taken(signed_by(*AN, by=stranger), an)
    assert found.is_good


def test_in_production_the_demo_authority_is_a_stranger(an: User, settings: Any) -> None:
    content = signed_by(*AN)
    settings.SIGNING = "none"
    (found,) = taken(content, an)
    assert found.trouble == Trouble.UNTRUSTED


def test_a_nonsense_signature_is_no_signature(an: User) -> None:
    content = bytearray(signed_by(*AN))
    start = content.index(b"<", content.rindex(b"/Contents")) + 1
    content[start : start + 400] = b"41" * 200
    found = taken(bytes(content), an)
    assert [one.trouble for one in found] == [Trouble.BROKEN]
    assert str(found[0]) == "chữ ký không đọc được"


def test_a_mark_without_a_signature_is_an_ordinary_file(an: User) -> None:
    assert taken(pdf() + b"\n% /ByteRange\n%%EOF\n", an) == []


def test_a_file_that_keeps_the_helper_busy_is_refused(an: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it counts against whoever sends such files."""

    def busy(*args: object, **facts: object) -> None:
        raise Unreadable("too_hard")

    monkeypatch.setattr(inspector, "signatures", busy)
    with pytest.raises(UploadRefused) as refused:
        taken(signed_by(*AN), an)
    assert refused.value.reason == "too_hard"


def test_a_signed_file_that_acts_is_kept_as_it_came(an: User) -> None:
    content = signed_by(*AN, content=pdf_with_script())
    document = services.take_upload(upload(content, "to-khai.pdf"), by=an)
    assert document.active
    assert document.signatures.get().intact


def test_the_sweep_takes_an_unused_signed_file(an: User) -> None:
    taken(signed_by(*AN), an)
    assert services.sweep(now=timezone.now() + timedelta(days=2)).documents == 1
    assert not Document.objects.exists()
