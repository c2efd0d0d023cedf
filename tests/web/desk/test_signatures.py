"""What the desk sees of signatures: under a paper, under the declaration, on the result."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from motcua.documents.services import take_upload
from motcua.dossiers.models import Attachment, Confirmation, Dossier
from motcua.dossiers.services import confirmations, submission
from tests.cast import AN_NUMBER, an, chi, khanh
from tests.documents.files import upload
from tests.documents.signatures.signed import a_stranger, signed_by
from tests.dossiers.stages import issued
from tests.factories import a_filled_draft, a_submitted_dossier, an_offering

pytestmark = pytest.mark.django_db


def page(dossier: Dossier, who: object, query: str = "") -> str:
    client = Client()
    client.force_login(who)  # type: ignore[arg-type]
    response = client.get(f"/can-bo/ho-so/{dossier.ref}/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def with_paper(content: bytes) -> Dossier:
    dossier = a_submitted_dossier(with_papers=False)
    document = take_upload(upload(content, "giay-chung-sinh.pdf"), by=an())
    Attachment.objects.create(
        dossier=dossier, requirement_key="chung-sinh", document=document, position=1, added_at=timezone.now()
    )
    return dossier


def test_a_signed_paper_shows_who_signed_and_need_not_be_brought() -> None:
    text = page(with_paper(signed_by("Bệnh viện Hoa Sen")), chi())
    assert "Chữ ký số hợp lệ" in text
    assert "Bệnh viện Hoa Sen" in text
    assert "Nơi cấp: Một Cửa, cơ quan chứng thực thử nghiệm" in text
    assert "Bản chính để đối chiếu" not in text


def test_a_strangers_signature_says_so(tmp_path: Path) -> None:
    text = page(with_paper(signed_by("Bệnh viện Hoa Sen", by=a_stranger(tmp_path))), chi())
    assert "Chữ ký số không hợp lệ" in text
    assert "Chưa xác nhận được nơi cấp chứng thư số" in text
    assert "Bản chính để đối chiếu" in text or "Bản sao có chứng thực" in text


def test_the_signed_declaration_lies_among_the_papers() -> None:
    draft = a_filled_draft(version=an_offering(signing="ky-so"))
    content = signed_by("Nguyễn Thị An", AN_NUMBER, content=confirmations.declaration(draft))
    row = confirmations.take_signed_declaration(draft, upload(content, "to-khai.pdf"), by=an())
    dossier = submission.submit(draft, by=an())
    text = page(dossier, chi(), f"?tep={row.document_id}")
    for words in ("Xác nhận tờ khai", "Tờ khai ký số", "Chữ ký số hợp lệ", AN_NUMBER):
        assert words in text
    client = Client()
    client.force_login(chi())
    assert client.get(f"/can-bo/ho-so/{dossier.ref}/tep/{row.document_id}/").status_code == 200


def test_a_confirmation_of_the_national_portal_is_shown() -> None:
    dossier = a_submitted_dossier(version=an_offering(signing="ky-so"))
    Confirmation.objects.create(
        dossier=dossier, kind="national", digest="a" * 64, who="Nguyễn Thị An", at=timezone.now(),
        received_at=timezone.now(), proof="a.b.c", assurance="cao",
    )  # fmt: skip
    text = page(dossier, chi())
    assert "Xác nhận qua VNeID:" in text
    assert "tài khoản định danh mức độ cao" in text


def test_a_supplement_since_then_is_told() -> None:
    draft = a_filled_draft(version=an_offering(signing="ky-so"))
    content = signed_by("Nguyễn Thị An", AN_NUMBER, content=confirmations.declaration(draft))
    confirmations.take_signed_declaration(draft, upload(content, "to-khai.pdf"), by=an())
    dossier = submission.submit(draft, by=an())
    words = "hồ sơ đã được bổ sung sau đó"
    assert words not in page(dossier, chi())
    Dossier.objects.filter(pk=dossier.pk).update(answers={**dossier.answers, "child_name": "Lê Minh Anh"})
    assert words in page(dossier, chi())
    client = Client()
    client.force_login(an())
    assert words in client.get(f"/ho-so/{dossier.ref}/").content.decode()


def test_the_result_shows_both_signatures() -> None:
    text = page(issued(), khanh())
    assert "Võ Hoàng Giang, Chủ tịch" in text
    assert text.count("Chữ ký số hợp lệ") == 2
