"""The sample's stand-in for signing software."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.services import take_upload
from motcua.documents.signatures.authority import PASSWORD
from motcua.sample import signing
from motcua.sample.models import SampleMark
from tests.documents.files import pdf, picture, upload

pytestmark = pytest.mark.django_db
URL = "/ban-mau/ky-so/"


@pytest.fixture
def sample() -> None:
    SampleMark.objects.create(name="thử", loaded_at=timezone.now())


def send(content: bytes | None, who: str = "0") -> Any:
    data: dict[str, Any] = {"nguoi": who}
    if content is not None:
        data["tep"] = SimpleUploadedFile("to-khai.pdf", content)
    return Client().post(URL, data)


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("who", "signer", "trouble"),
    [("0", "Nguyễn Thị An", ""), ("1", "Lê Văn Bình", ""), ("2", "Nguyễn Thị An", "expired"),
     ("3", "Nguyễn Thị An", "untrusted")],
)  # fmt: skip
def test_signs_as_whoever_was_chosen(who: str, signer: str, trouble: str) -> None:
    response = send(pdf(), who)
    assert response["Content-Disposition"].startswith('attachment; filename="da-ky-to-khai.pdf"')
    by = User.objects.create(full_name="x", personal_number="098196004217")
    found = take_upload(upload(response.content, "x.pdf"), by=by).signatures.get()
    assert (found.signer, found.trouble) == (signer, trouble)


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("content", "words"), [(None, "Chọn tệp PDF cần ký"), (picture(), "không phải PDF"), (b"", "không có nội dung")]
)
def test_what_cannot_be_signed_says_so(content: bytes | None, words: str) -> None:
    response = send(content)
    assert response.status_code == 422
    assert words in response.content.decode() or "rỗng" in response.content.decode()


@pytest.mark.usefixtures("sample")
def test_a_certificate_can_be_downloaded() -> None:
    response = Client().get("/ban-mau/chung-thu/2.p12")
    _, certificate, _ = pkcs12.load_key_and_certificates(response.content, PASSWORD.encode())
    assert certificate
    assert "CCCD:098094001552" in certificate.subject.rfc4514_string()
    assert Client().get("/ban-mau/chung-thu/9.p12").status_code == 404
    assert PASSWORD in Client().get(URL).content.decode()


@pytest.mark.parametrize("url", [URL, "/ban-mau/chung-thu/1.p12"])
def test_a_real_portal_has_no_such_page(url: str) -> None:
    assert Client().get(url).status_code == 404


@pytest.mark.usefixtures("sample")
def test_a_visitor_signs_so_often_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "SIGNS_PER_HOUR", 1)
    assert send(pdf()).status_code == 200
    refused = send(pdf())
    assert refused.status_code == 422
    assert "quá nhiều lần" in refused.content.decode()
