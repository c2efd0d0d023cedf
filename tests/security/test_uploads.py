"""Files that want more than to be looked at."""

import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, String

from motcua.documents import services, store
from motcua.documents.responses import file_response
from motcua.documents.rules import UploadRefused
from tests.cast import an
from tests.documents.files import pdf, picture, upload
from tests.security.conftest import Things, browser

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def pdf_with_deep_script(depth: int) -> bytes:
    """A harmless action, and after it another, and so on; the last one is a script."""
    document = pikepdf.new()
    document.add_blank_page()
    action = Dictionary(S=Name("/JavaScript"), JS=String("app.alert(1)"))
    for _ in range(depth):
        action = Dictionary(S=Name("/GoTo"), D=Array([0]), Next=action)
    link = Dictionary(Type=Name("/Annot"), Subtype=Name("/Link"), Rect=Array([0, 0, 9, 9]), A=action)
    document.pages[0].Annots = Array([link])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("depth", [1, 18, 30])
def test_a_script_is_found_however_deep_it_lies(depth: int) -> None:
    document = services.take_upload(upload(pdf_with_deep_script(depth), "a.pdf"), by=an())
    assert document.active
    blob, _ = services.ensure_variant(document, "preview")
    with store.open_file(blob) as file:
        assert b"/JavaScript" not in file.read()


def test_what_lies_deeper_than_anybody_looks_is_refused() -> None:
    with pytest.raises(UploadRefused) as refused:
        services.take_upload(upload(pdf_with_deep_script(120), "a.pdf"), by=an())
    assert refused.value.reason == "too_hard"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG, "anh.svg"),
        (SVG, "anh.jpg"),
        (b"<!doctype html>" + SCRIPT, "trang.pdf"),
        (b"GIF89a" + SCRIPT, "anh.gif"),
        (b"MZ" + b"\0" * 200, "anh.png"),
        (b"#!/bin/sh\nrm -rf /", "giay.jpg"),
        (b"PK\x03\x04" + b"\0" * 100, "anh.heic"),
        (b"\xff\xd8\xff" + SCRIPT, "anh.jpg"),
        (b"%PDF-1.7\n" + SCRIPT, "giay.pdf"),
    ],
)
def test_what_is_no_picture_and_no_pdf_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(UploadRefused):
        services.take_upload(upload(content, name), by=an())


@pytest.mark.parametrize("variant", ["original", "preview", "thumbnail"])
@pytest.mark.parametrize("content", [picture() + SCRIPT, pdf() + SCRIPT], ids=["picture", "pdf"])
def test_two_kinds_in_one_file_are_shown_as_the_one_only(content: bytes, variant: str) -> None:
    """A picture with a page of HTML behind it: no browser is asked to guess, none may run anything."""
    name = 'anh"; filename="x.html\r\nSet-Cookie: a=b;.html'
    document = services.take_upload(upload(content, name), by=an())
    answer: Any = file_response(document, variant=variant, download=False)
    assert answer["Content-Type"] in {"image/jpeg", "application/pdf"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    shown = answer["Content-Disposition"].partition(";")
    assert shown[0] == ("attachment" if variant == "original" else "inline")
    assert shown[2].count('"') == 2
    assert "\r" not in answer["Content-Disposition"]
    answer.close()


def test_the_headers_of_a_file_reach_the_browser_as_they_are(draft: Things) -> None:
    """No middleware puts the page's own policy in place of the sandbox."""
    answer = browser(an()).get(f"/ho-so/{draft.dossier.ref}/tep/{draft.ids['document_id']}/")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.jpg", "C:\\Windows\\x.jpg", "/abs.jpg", "\u202egpj.exe", "a\x00.exe"]
)
def test_a_name_is_never_a_path(name: str) -> None:
    file = SimpleUploadedFile("x", picture())
    file._name = name  # type: ignore[attr-defined]  # as a hand-made request may call it
    kept = services.take_upload(file, by=an())
    assert not {"/", "\\", "\x00", "\u202e"} & set(kept.name)
    assert kept.name.endswith((".jpg", ".jpeg"))
    assert kept.blob_id in store.path_of(kept.blob_id)
