"""What we give out carries the agency's signature, and stays the paper that it was."""

import io
import stat
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from motcua.accounts.models import User
from motcua.documents.services import NoKey, make_pdf, seal_pdf, sign_pdf, store_generated
from motcua.documents.signatures.authority import PASSWORD, DemoAuthority, Subject
from motcua.documents.signatures.keys import authority
from motcua.documents.signatures.signing import KeyUnreadable

AGENCY = "Ủy ban nhân dân phường Hoa Sen"
GIANG = User(handle="giang.vh", full_name="Võ Hoàng Giang")


def paper() -> bytes:
    return make_pdf("declaration", {"sections": []}, title="Giấy thử Ỗ")


def signed(content: bytes) -> bytes:
    return sign_pdf(content, signer=GIANG, title="Chủ tịch", organization=AGENCY, reason="Ký duyệt")


@pytest.mark.django_db
def test_the_leader_signs_and_the_agency_seals() -> None:
    document = store_generated(seal_pdf(signed(paper()), agency_name=AGENCY, reason="Phát hành"), "giay.pdf")
    leader, seal = document.signatures.all()
    assert (leader.signer, leader.title, leader.organization) == ("Võ Hoàng Giang", "Chủ tịch", AGENCY)
    assert seal.signer == AGENCY
    assert leader.is_good
    assert seal.is_good


def test_signing_changes_nothing_of_what_was_there() -> None:
    content = paper()
    whole = seal_pdf(signed(content), agency_name=AGENCY, reason="Phát hành")
    assert whole.startswith(content)
    with pikepdf.open(io.BytesIO(whole)) as document:
        meta = document.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert meta["dc:title"] == "Giấy thử Ỗ"
        assert document.Root.MarkInfo.Marked


def test_the_keys_are_made_once_and_for_nobody_elses_eyes() -> None:
    seal_pdf(paper(), agency_name=AGENCY, reason="x")
    path = authority().folder / "con-dau.uy-ban-nhan-dan-phuong-hoa-sen.p12"
    before = path.read_bytes()
    seal_pdf(paper(), agency_name=AGENCY, reason="x")
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((authority().folder / "authority.pem").stat().st_mode) == 0o600


def test_a_portal_without_keys_gives_out_unsigned_papers(settings: Any) -> None:
    settings.SIGNING = "none"
    content = paper()
    assert seal_pdf(signed(content), agency_name=AGENCY, reason="x") == content


def test_the_operators_key_signs(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING, settings.KEYS_DIR, settings.KEYS_PASSWORD = "folder", tmp_path, PASSWORD
    with pytest.raises(NoKey, match="Chưa có chứng thư số của Ủy ban nhân dân phường Hoa Sen"):
        seal_pdf(paper(), agency_name=AGENCY, reason="x")
    issued = DemoAuthority(tmp_path / "ca").issue(Subject(AGENCY))
    path = tmp_path / "con-dau.uy-ban-nhan-dan-phuong-hoa-sen.p12"
    path.write_bytes(issued)
    assert b"/ByteRange" in seal_pdf(paper(), agency_name=AGENCY, reason="x")
    path.touch()
    settings.KEYS_PASSWORD = "khác"
    with pytest.raises(KeyUnreadable, match="MOTCUA_KEYS_PASSWORD"):
        seal_pdf(paper(), agency_name=AGENCY, reason="x")


def test_a_person_signs_with_a_name_of_any_length() -> None:
    long = User(handle="dai", full_name="Nguyễn " * 20)
    assert b"/ByteRange" in sign_pdf(paper(), signer=long, title="Chủ tịch", organization=AGENCY, reason="x")
