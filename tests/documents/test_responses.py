"""How a file leaves the house."""

import pytest
from django.http import HttpResponseBase

from motcua.accounts.models import User
from motcua.documents import services
from motcua.documents.responses import disposition, file_response, page_response
from motcua.documents.services import take_upload
from tests.documents.files import pdf, picture, upload


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_an_upload_is_sandboxed_unsniffed_unstored_and_named(an: User) -> None:
    content = picture()
    document = take_upload(upload(content, "Giấy chứng sinh.jpg"), by=an)
    response = file_response(document, variant="original", download=False)
    assert body(response) == content
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("attachment;")  # only previews are for looking at
    assert "filename*=UTF-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh.jpg" in response["Content-Disposition"]


def test_a_heic_is_shown_as_a_jpeg(an: User) -> None:
    document = take_upload(upload(picture("HEIF"), "a.heic"), by=an)
    response = file_response(document, variant="preview", download=False)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith('inline; filename="a.jpg"')
    assert body(response)[:3] == b"\xff\xd8\xff"


@pytest.mark.django_db
def test_a_pdf_that_we_made_may_open_in_the_browser() -> None:
    document = services.store_generated(pdf(), "ket-qua.pdf")
    response = file_response(document, variant="original", download=False)
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Disposition"].startswith("inline;")
    saved = file_response(document, variant="original", download=True)
    assert saved["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_page_comes_as_a_picture(an: User) -> None:
    document = take_upload(upload(pdf(), "a.pdf"), by=an)
    response = page_response(document, 1, 800)
    assert (response["Content-Type"], body(response)[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_a_proxy_may_send_the_file_itself(an: User, settings: object) -> None:
    document = take_upload(upload(picture()), by=an)
    settings.DOCUMENTS_ACCEL_PREFIX = "/_documents/"  # type: ignore[attr-defined]
    response = file_response(document)
    sha = document.blob_id
    assert response["X-Accel-Redirect"] == f"/_documents/{sha[:2]}/{sha[2:4]}/{sha}"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("name", ['a"b.pdf', "a\\b.pdf", "a\r\nSet-Cookie: x.pdf", "a%20b.pdf", "Ổ.pdf"])
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    header = disposition(name, download=True)
    plain = header.split("; ")[1]
    assert plain.count('"') == 2
    assert not any(letter in header for letter in "\r\n\\")
    header.encode("ascii")


def test_old_programs_save_under_a_name_that_can_be_read() -> None:
    assert 'filename="Don de nghi.docx"' in disposition("Đơn đề nghị.docx", download=True)
