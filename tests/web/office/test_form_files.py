"""Editors put files behind the forms of a record, replace them, take them away; nothing that was typed is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.documents.models import Document
from motcua.procedures.models import HeldForm, Procedure, ProcedureVersion
from motcua.procedures.queries import in_force
from motcua.procedures.services import drafts, editing
from motcua.procedures.services.importing import import_lines
from motcua.web.office.catalogue.form_files import rows_of
from tests.cast import chi, quan
from tests.documents.office_files import docx
from tests.factories import an_agency
from tests.procedures.catalogue import publish_lists
from tests.procedures.importing.lines import as_lines, full, paper

pytestmark = pytest.mark.django_db
CODE, NAME = "9.000001", "Mẫu 01/ĐK.docx"
ONE = f"/can-bo/quan-tri/thu-tuc/{CODE}/"
LIST = f"{ONE}sua/mau-don/"
NEW = f"{LIST}them/"


@pytest.fixture
def office(client: Client) -> Client:
    publish_lists()
    papers = [paper("Đơn đề nghị", form_name=NAME)]
    import_lines(as_lines(full(components=papers, forms=[NAME])), by=None)
    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    client.force_login(quan())
    return client


def content() -> dict[str, Any]:
    return drafts.content_of(Procedure.objects.get(code=CODE))


def page_of(name: str = NAME) -> str:
    return next(f"{LIST}{row.key}/" for row in rows_of(content()) if row.name == name)


def send(office: Client, where: str, file: bytes | None = None, *, called: str = "tep.docx", **typed: str) -> Any:
    said: dict[str, Any] = {"seen": office.get(where).context["seen"], "act": "luu", **typed}
    if file is not None:
        said["tep"] = SimpleUploadedFile(called, file)
    return office.post(where, said)


def held() -> list[str]:
    return [one["name"] for one in content()["held_forms"]]


def publish() -> ProcedureVersion:
    procedure = Procedure.objects.get(code=CODE)
    seen = drafts.whole_seen(content())
    return editing.publish_draft(procedure, note="Thêm tệp mẫu", on=None, seen=seen, by=quan())


def test_a_file_goes_into_the_draft_and_out_with_its_publication(office: Client, client: Client) -> None:
    assert "Chưa có tệp" in office.get(LIST).content.decode()
    assert send(office, page_of(), docx()).status_code == 302
    assert "docx, 1 KB" in office.get(LIST).content.decode()
    document = Document.objects.get(origin="form")
    public = f"/thu-tuc/{CODE}/tep-mau/{document.pk}/"
    assert office.get(public).status_code == 404
    kept = office.get(f"{ONE}tep-mau/{document.blob_id}/")
    assert b"".join(kept.streaming_content) == docx()  # type: ignore[attr-defined]
    assert publish().forms_held
    assert office.get(public).status_code == 200
    assert in_force().get(procedure__code=CODE).origin == ProcedureVersion.Origin.IMPORTED


def test_another_takes_its_place_and_it_can_be_taken_away(office: Client) -> None:
    send(office, page_of(), docx())
    first = content()["held_forms"]
    assert send(office, page_of(), docx("Bản mới")).status_code == 302
    assert held() == [NAME]
    assert content()["held_forms"] != first
    assert send(office, page_of(), act="go").status_code == 302
    assert held() == []
    assert content()["requirements"][0]["form_files"] == [NAME]  # the record still names it


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "Chọn tệp mẫu"),
        (b"", "không có nội dung"),
        (b"MZ\x90", "không phải tài liệu Word"),
        (docx(**{"word__vbaProject.bin": ""}), "có macro"),
    ],
)
def test_what_cannot_be_taken_is_said_at_the_field(office: Client, file: bytes | None, words: str) -> None:
    page = send(office, page_of(), file)
    assert page.status_code == 422
    assert words in str(page.context["form"].errors["tep"])
    assert 'href="#tep"' in page.content.decode()
    assert not HeldForm.objects.exists()


def test_a_new_form_has_the_name_of_its_file_or_its_own(office: Client) -> None:
    send(office, NEW, docx(), called="Tờ khai bổ sung.docx")
    send(office, NEW, docx("khác"), ten="Giấy ủy quyền")
    assert held() == ["Tờ khai bổ sung.docx", "Giấy ủy quyền"]
    assert content()["forms"] == ["Tờ khai bổ sung.docx", "Giấy ủy quyền"]


def test_neither_name_nor_file_is_lost_where_the_other_is_wrong(office: Client) -> None:
    twice = send(office, NEW, docx(), ten=NAME)
    assert twice.status_code == 422
    assert "đã có mẫu tên này" in str(twice.context["form"].errors["ten"])
    assert "Không phải chọn lại" in twice.content.decode()
    again = send(office, NEW, ten="Tên khác", da_nhan=twice.context["form"].taken)
    assert again.status_code == 302
    assert held() == ["Tên khác"]
    wrong = send(office, NEW, b"MZ", ten="Tên thứ ba")
    assert 'value="Tên thứ ba"' in wrong.content.decode()


def test_what_the_form_carries_cannot_be_made_up(office: Client) -> None:
    page = send(office, NEW, ten="Tên", da_nhan="bịa:đặt:ra")
    assert page.status_code == 422
    assert held() == []


def test_who_comes_second_overwrites_nothing_unknowingly(office: Client) -> None:
    where = page_of()
    seen = office.get(where).context["seen"]
    send(office, where, docx("của đồng nghiệp"))
    theirs = content()["held_forms"]
    late = office.post(where, {"seen": seen, "act": "luu", "tep": SimpleUploadedFile("a.docx", docx("của tôi"))})
    assert late.status_code == 422
    assert content()["held_forms"] == theirs
    said = {"seen": late.context["seen"], "act": "luu", "da_nhan": late.context["form"].taken}
    assert office.post(where, said).status_code == 302
    assert content()["held_forms"] != theirs


def test_names_are_saved_without_touching_the_files(office: Client) -> None:
    send(office, page_of(), docx())
    office.post(LIST, {"seen": office.get(LIST).context["seen"], "tep_mau": "Hướng dẫn.pdf"})
    assert (held(), content()["forms"]) == ([NAME], ["Hướng dẫn.pdf"])


def test_the_page_costs_the_same_for_one_form_and_thirty(office: Client) -> None:
    office.get(LIST)
    with CaptureQueriesContext(connection) as one:
        office.get(LIST)
    office.post(LIST, {"seen": office.get(LIST).context["seen"], "tep_mau": "\n".join(f"Mẫu {n}" for n in range(30))})
    with CaptureQueriesContext(connection) as many:
        assert "Mẫu 29" in office.get(LIST).content.decode()
    assert len(many) <= len(one) <= 15


def test_only_editors_come_in(office: Client) -> None:
    where = page_of()
    office.force_login(chi())
    assert office.get(where).status_code in {403, 404}
    assert office.get(f"{ONE}tep-mau/{'0' * 64}/").status_code in {403, 404}
    office.force_login(quan())
    assert office.get(f"{LIST}khong-co/").status_code == 404
    assert office.get(f"{ONE}tep-mau/{'0' * 64}/").status_code == 404
