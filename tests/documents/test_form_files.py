"""Blank forms that everybody is to download: looked into more strictly than what people hand in for themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.documents import queries, rules, services
from motcua.documents.models import Document
from motcua.documents.responses import form_response
from motcua.documents.services import UploadRefused, take_form_file, take_upload
from tests import cast
from tests.documents.files import pdf, pdf_with_script, picture, upload
from tests.documents.office_files import archive, compound, doc, docx, odt, relation, xls, xlsx

TAKEN = [
    ("Mẫu số 01.docx", docx(), rules.DOCX, "Mẫu số 01.docx"),
    ("Mẫu số 01.doc", docx(), rules.DOCX, "Mẫu số 01.docx"),  # the content decides
    ("Mẫu số 01", doc(), rules.DOC, "Mẫu số 01.doc"),
    ("Phụ lục.xlsx", xlsx(), rules.XLSX, "Phụ lục.xlsx"),
    ("Phụ lục.xls", xls(), rules.XLS, "Phụ lục.xls"),
    ("Đơn.odt", odt(), rules.ODT, "Đơn.odt"),
    ("Đơn.pdf", pdf(2), rules.PDF, "Đơn.pdf"),
    ("nhắc đến DDE.docx", docx("Dư lượng DDT, DDE trong rau"), rules.DOCX, "nhắc đến DDE.docx"),
]
LINKS = "word/_rels/document.xml.rels"


FIELD = '<w:p xmlns:w="urn:w"><w:fldChar w:fldCharType="begin"/>{}</w:p>'


def _linked(kind: str, target: str) -> bytes:
    return docx(**{LINKS: relation(kind, target)})


def _named(path: str, text: str) -> bytes:
    return docx(**{path: text})


def _turning() -> bytes:
    """An old file whose table names its first sector 109 times, though it has nine."""
    whole = doc()
    return whole[:76] + bytes(4 * 109) + whole[512:]


REFUSED = [
    ("macros", docx(**{"word__vbaProject.bin": ""})),
    ("macros", docx(main="application/vnd.ms-word.document.macroEnabled.main+xml")),
    ("macros", xlsx(xl__macrosheets__sheet1="")),
    ("macros", doc("Macros")),
    ("macros", xls(macros=True)),
    ("macros", odt(Basic__Standard="")),
    ("macros", odt("<script:event-listener/>")),
    ("embedded", docx(word__embeddings__oleObject1="")),
    ("embedded", docx(word__activeX__one="")),
    ("embedded", doc("\x01Ole10Native")),
    ("embedded", _linked("aFChunk", "x.html")),
    ("linked", _linked("attachedTemplate", "https://example.org/a.dotm")),
    ("linked", _linked("oleObject", r"\\may-chu\a.xlsx")),
    ("linked", docx("</w:t><w:instrText> DDE c:\\a</w:instrText><w:t>")),
    ("linked", doc(field=b"\x13 DDEAUTO c:\\windows")),
    ("linked", doc(field=" \x13ddeauto c:\\windows".encode("utf-16-le"))),
    ("linked", docx("</w:t><w:instrText> ddeauto c:\\a</w:instrText><w:t>")),
    ("linked", _named("word/_rels/a.RELS", relation("attachedTemplate", "https://example.org/a.dotm"))),
    ("linked", _named("khac/header1.xml", FIELD.format("<w:instrText>DD</w:instrText><w:instrText>E a</w:instrText>"))),
    ("linked", _named("word/b.xml", FIELD.format("<w:instrText>&#68;DE a</w:instrText>"))),
    ("linked", _named("word/b.xml", FIELD.format('<w:instrText>INCLUDEPICTURE "https://x.vn/a.png"</w:instrText>'))),
    ("linked", _named("word/b.xml", '<w:fldSimple xmlns:w="urn:w" w:instr="DDEAUTO a"/>')),
    ("linked", odt('<drawing:image xlink:href="https://x.vn/a.png"/>')),
    ("linked", odt('<text:section-source xlink:href="../a.odt"/>')),
    ("macros", odt('<s:event-listener xmlns:s="urn:oasis:names:tc:opendocument:xmlns:script:1.0"/>')),
    ("damaged", docx(**{"word/b.xml": "<\0a\0/\0>\0"})),  # UTF-16
    ("damaged", _turning()),
    ("encrypted", doc(encrypted=True)),
    ("encrypted", xls(encrypted=True)),
    ("encrypted", compound({"EncryptedPackage": bytes(4096)})),
    ("encrypted", odt(manifest="<manifest:encryption-data/>")),
    ("active", pdf_with_script()),
    ("damaged", docx()[:-200]),
    ("damaged", doc()[:600]),
    ("damaged", docx(**{LINKS: "<!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>"})),
    ("resave", b"{\\rtf1\\ansi T\xf4i}"),
    ("resave", b"<html xmlns:w='urn:w'><body>T"),
    ("resave", docx(main="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")),
    ("resave", compound({"Book": bytes(4096)})),
    ("not_office", picture()),
    ("not_office", archive({"a.exe": "MZ"})),
    ("not_office", b"MZ\x90 a program"),
    ("empty", b""),
]


@pytest.mark.parametrize(("name", "content", "kind", "called"), TAKEN)
def test_a_form_that_only_shows_itself_is_taken(db: None, name: str, content: bytes, kind: str, called: str) -> None:
    made = take_form_file(upload(content, name), by=cast.chi())
    assert (made.kind, made.name, made.origin) == (kind, called, Document.Origin.FORM)


@pytest.mark.parametrize(("reason", "content"), REFUSED)
def test_whatever_would_do_more_is_refused_with_a_word_that_helps(db: None, reason: str, content: bytes) -> None:
    with pytest.raises(UploadRefused) as refused:
        take_form_file(upload(content, "Mẫu số 01.docx"), by=cast.chi())
    assert refused.value.reason == reason
    assert "Mẫu số 01.docx" in str(refused.value)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        _linked("hyperlink", "https://dichvucong.gov.vn"),
        _linked("attachedTemplate", "file:///C:\\Normal.dotm"),
        _named("word/b.xml", FIELD.format('<w:instrText>HYPERLINK "https://x.vn" \\o "DDE"</w:instrText>')),
        odt('<text:a xlink:href="https://dichvucong.gov.vn">T</text:a><drawing:image xlink:href="Pictures/1.png"/>'),
    ],
)
def test_a_link_to_click_and_a_template_of_ones_own_disk_do_no_harm(db: None, content: bytes) -> None:
    assert take_form_file(upload(content, "a.docx"), by=cast.chi()).kind in {rules.DOCX, rules.ODT}


def test_a_form_has_a_size_that_a_phone_can_bear(db: None) -> None:
    with pytest.raises(UploadRefused, match="10 MB"):
        take_form_file(upload(b"x" * (rules.FORM_MAX_BYTES + 1), "a.docx"), by=cast.chi())


def test_the_same_bytes_are_the_same_form(db: None) -> None:
    one, other = (take_form_file(upload(docx(), name), by=cast.chi()) for name in ("a.docx", "b.docx"))
    assert one == other


def test_what_a_person_uploaded_for_themselves_is_no_form(db: None) -> None:
    content = pdf()
    mine = take_upload(upload(content, "a.pdf"), by=cast.an())
    assert queries.form_file(mine.blob_id) is None
    assert take_form_file(upload(content, "a.pdf"), by=cast.chi()) != mine


def test_people_still_hand_in_pictures_and_pdf_only(db: None) -> None:
    with pytest.raises(UploadRefused) as refused:
        take_upload(upload(docx(), "a.docx"), by=cast.an())
    assert refused.value.reason == "office"


def test_a_form_that_no_record_holds_is_swept_away(db: None) -> None:
    made = take_form_file(upload(docx(), "a.docx"), by=cast.chi())
    services.sweep(now=timezone.now() + timedelta(days=2))
    assert not Document.objects.filter(pk=made.pk).exists()


def test_a_form_is_for_saving_and_any_cache_may_keep_it(db: None) -> None:
    made = take_form_file(upload(docx(), "a.docx"), by=cast.chi())
    response = form_response(made, "Tờ khai đăng ký khai sinh.doc")
    assert response["Content-Type"] == rules.DOCX
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["Content-Disposition"].endswith("%20khai%20sinh.docx")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "public" in response["Cache-Control"]
    assert made.blob_id in response["ETag"]
