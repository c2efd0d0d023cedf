"""The page of papers: a refused file says why beside its paper, and touches nothing else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from motcua.dossiers.models import Attachment, Dossier
from motcua.web.citizen import papers
from tests.cast import an
from tests.factories import a_draft, a_filled_draft, a_picture
from tests.web.citizen.conftest import carried_by

pytestmark = pytest.mark.django_db


def photograph(name: str = "giay.jpg", colour: str = "white") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def film() -> SimpleUploadedFile:
    return SimpleUploadedFile("quay-phim.mov", b"\0\0\0\x14ftypqt  " + b"a" * 500, "video/quicktime")


def files_of(dossier: Dossier, key: str = "chung-sinh") -> list[str]:
    rows = Attachment.objects.filter(dossier=dossier, requirement_key=key).order_by("position")
    return [row.document.name for row in rows]


def test_every_paper_shows_its_rule_and_its_limit_at_the_picker(as_an: Client) -> None:
    text = as_an.get(f"/nop/{a_draft().ref}/giay-to/").content.decode()
    assert "Giấy chứng sinh" in text
    assert "Mỗi tệp đến 20 MB, tối đa 10 tệp" in text
    assert "Đã có 0 trên 1 giấy tờ bắt buộc" in text
    assert "Tờ khai điện tử ông/bà vừa điền thay cho bản giấy" in text


def test_several_files_come_in_without_a_script(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    carried = carried_by(as_an.get(url))
    two = [photograph("truoc.jpg"), photograph("sau.jpg", "grey")]
    response = as_an.post(url, {**carried, "act": "tai", "tep-chung-sinh": two})
    assert response.url == url
    assert files_of(dossier) == ["truoc.jpg", "sau.jpg"]
    text = as_an.get(url).content.decode()
    assert "truoc.jpg" in text
    assert "còn nhận 8 tệp" in text


def test_going_on_takes_the_chosen_files_along(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "tep-chung-sinh": photograph()})
    assert response.url == f"/nop/{dossier.ref}/nhan-ket-qua/"


def test_a_refused_file_says_why_and_the_good_one_stays(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "tep-chung-sinh": [photograph(), film()]})
    text = response.content.decode()
    assert response.status_code == 422
    assert text.count("Tệp quay-phim.mov không phải ảnh hoặc PDF") == 2  # in the summary and beside the paper
    assert files_of(dossier) == ["giay.jpg"]


def test_an_empty_file_is_refused(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    empty = SimpleUploadedFile("trong.jpg", b"", "image/jpeg")
    response = as_an.post(url, {**carried_by(as_an.get(url)), "tep-chung-sinh": empty})
    assert response.status_code == 422
    assert "Tệp trong.jpg không có nội dung" in response.content.decode()


def test_a_file_of_forty_megabytes_is_refused_with_its_size(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    large = SimpleUploadedFile("lon.jpg", b"\xff\xd8\xff" + b"\0" * 40 * 1024 * 1024, "image/jpeg")
    response = as_an.post(url, {**carried_by(as_an.get(url)), "tep-chung-sinh": large})
    assert response.status_code == 422
    assert "quá mức 20 MB" in response.content.decode()


def test_a_missing_paper_keeps_the_person_here(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    response = as_an.post(url, carried_by(as_an.get(url)))
    assert response.status_code == 422
    text = response.content.decode()
    assert "Chưa có tệp nào cho “Giấy chứng sinh”" in text
    assert 'href="#tep-chung-sinh"' in text


def test_a_paper_has_an_end(as_an: Client) -> None:
    dossier = a_draft()
    picture = a_picture()
    for place in range(10):
        Attachment.objects.create(
            dossier=dossier, requirement_key="chung-sinh", document=picture, position=place, added_at=timezone.now()
        )
    url = f"/nop/{dossier.ref}/giay-to/"
    page = as_an.get(url)
    assert 'name="tep-chung-sinh"' not in page.content.decode()
    response = as_an.post(url, {**carried_by(page), "act": "tai", "tep-chung-sinh": photograph("hai.jpg", "grey")})
    assert "Giấy này đã có đủ 10 tệp" in response.content.decode()
    assert len(files_of(dossier)) == 10


def test_nobody_fills_the_disk_in_a_day(as_an: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "FILES_A_DAY", 2)
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    carried = carried_by(as_an.get(url))
    for number, colour in enumerate(("red", "green", "blue")):
        answer = as_an.post(url, {**carried, "act": "tai", "tep-chung-sinh": photograph(f"{number}.jpg", colour)})
    assert answer.status_code == 422
    assert "Hôm nay đã nhận 2 tệp" in answer.content.decode()
    assert files_of(dossier) == ["0.jpg", "1.jpg"]


def test_the_same_file_sent_twice_is_there_once(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    carried = carried_by(as_an.get(url))
    for _ in range(2):
        as_an.post(url, {**carried, "act": "tai", "tep-chung-sinh": photograph()})
    assert files_of(dossier) == ["giay.jpg"]


def test_a_paper_that_is_not_asked_for_is_refused(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    response = as_an.post(url, {**carried_by(as_an.get(url)), "tep-khong-co": photograph()})
    assert response.status_code == 422
    assert not dossier.attachments.exists()


def test_the_script_gets_the_paper_anew(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    carried = carried_by(as_an.get(url))
    response = as_an.post(url, {**carried, "act": "tai", "tep-chung-sinh": photograph()}, HTTP_X_PAPER="chung-sinh")
    text = response.content.decode()
    assert response.status_code == 200
    assert 'id="giay-chung-sinh"' in text
    assert "<html" not in text
    assert "giay.jpg" in text
    refused = as_an.post(url, {**carried, "act": "tai", "tep-chung-sinh": film()}, HTTP_X_PAPER="chung-sinh")
    assert refused.status_code == 422
    assert "quay-phim.mov" in refused.content.decode()


def test_a_file_that_arrives_after_the_session_is_kept(as_an: Client) -> None:
    dossier = a_draft()
    url = f"/nop/{dossier.ref}/giay-to/"
    carried = carried_by(as_an.get(url))
    response = Client().post(url, {**carried, "act": "tai", "tep-chung-sinh": photograph()}, HTTP_X_PAPER="chung-sinh")
    assert response.status_code == 401
    assert files_of(dossier) == ["giay.jpg"]


# ---- Removing ----


def test_removing_asks_first(as_an: Client) -> None:
    dossier = a_filled_draft()
    attachment = dossier.attachments.get()
    url = f"/nop/{dossier.ref}/giay-to/{attachment.pk}/xoa/"
    page = as_an.get(url)
    assert "Xóa tệp này?" in page.content.decode()
    assert dossier.attachments.count() == 1
    assert as_an.post(url, carried_by(page)).url == f"/nop/{dossier.ref}/giay-to/"
    assert dossier.attachments.count() == 0
    assert as_an.post(url, carried_by(page)).status_code == 302  # a second click


# ---- The door to files ----


def test_a_file_comes_sandboxed_and_to_its_owner_only(as_an: Client, as_binh: Client) -> None:
    dossier = a_filled_draft(an())
    document = dossier.attachments.get().document
    url = f"/ho-so/{dossier.ref}/tep/{document.pk}/"
    response = as_an.get(url)
    assert response.status_code == 200
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert as_an.get(f"{url}?co=nho")["Content-Type"] == "image/jpeg"
    assert "attachment" in as_an.get(f"{url}?co=goc")["Content-Disposition"]
    assert as_binh.get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_a_file_of_another_dossier_is_not_there(as_an: Client) -> None:
    one, other = a_filled_draft(an()), a_draft(an())
    document = one.attachments.get().document
    assert as_an.get(f"/ho-so/{other.ref}/tep/{document.pk}/").status_code == 404
