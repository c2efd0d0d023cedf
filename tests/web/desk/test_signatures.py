"""What the desk sees of signatures: under a paper, under the declaration, on the result."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from motcua.documents.services import take_upload
from motcua.dossiers.models import Attachment, Confirmation, Dossier
from motcua.dossiers.services import supplementing
from tests.cast import AN_NUMBER, an, chi, khanh
from tests.documents.files import upload
from tests.documents.signatures.signed import a_stranger, signed_by
from tests.dossiers.confirming import a_confirmed_dossier, sign
from tests.dossiers.stages import issued
from tests.dossiers.supplements import MOTHER, asked, type_
from tests.factories import a_submitted_dossier, an_offering

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
    dossier = a_confirmed_dossier()
    row = dossier.confirmations.get()
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


def test_both_sides_see_what_each_confirmation_covered() -> None:
    dossier = a_confirmed_dossier()
    first, after = "Xác nhận nội dung nộp lần đầu", "Xác nhận nội dung sau khi bổ sung"
    assert first in page(dossier, chi())
    assert after not in page(dossier, chi())
    dossier = asked(dossier, MOTHER)
    type_(dossier, "mother_name=Trần Thị Thu Hà")
    row = sign(dossier)
    officer, person = Client(), Client()
    officer.force_login(chi())
    person.force_login(an())
    url = f"/ho-so/{dossier.ref}/tep/{row.document_id}/"
    assert after not in page(dossier, chi())  # it isn't sent yet, so it is the person's own
    assert officer.get(f"/can-bo{url}").status_code == 404
    assert person.get(url).status_code == 200
    supplementing.send(dossier, by=an())
    for text in (page(dossier, chi()), person.get(f"/ho-so/{dossier.ref}/").content.decode()):
        assert text.count(first) == text.count(after) == 1
    assert officer.get(f"/can-bo{url}").status_code == 200


def test_the_result_shows_both_signatures() -> None:
    text = page(issued(), khanh())
    assert "Võ Hoàng Giang, Chủ tịch" in text
    assert text.count("Chữ ký số hợp lệ") == 2
