"""Blank forms to download: on the record's page and in lists, at an address of their own; nothing of drafts."""

import uuid
from datetime import timedelta
from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.documents.models import Document
from motcua.documents.services import take_form_file
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.queries.forms import as_record
from motcua.procedures.rules.forms import HELD
from motcua.procedures.search.building import is_small
from motcua.procedures.services import drafts, editing
from motcua.procedures.services.holding import hold_forms
from motcua.procedures.services.importing import import_lines
from motcua.web.public.record import forms
from tests import cast
from tests.documents.files import upload
from tests.documents.office_files import docx
from tests.procedures.catalogue import publish_lists
from tests.procedures.importing.lines import as_lines, full, paper

CODE = "9.000001"
URL = f"/thu-tuc/{CODE}/"
FIRST, SECOND = "Mẫu số 01 <a>.docx", "Phụ lục.pdf"


def form(text: str = "Đơn") -> Document:
    return take_form_file(upload(docx(text), "a.docx"), by=None)


class FormFileTests(TestCase):
    procedure: Procedure

    def setUp(self) -> None:
        publish_lists()
        papers = [paper("Đơn đề nghị", form_name=FIRST)]
        import_lines(as_lines(full(components=papers, forms=[FIRST, SECOND])), by=None)
        self.procedure = Procedure.objects.get(code=CODE)

    def hold(self, *names: str) -> ProcedureVersion:
        return hold_forms(self.procedure, {name: form(name) for name in names}, by=None)

    def page(self, url: str = URL) -> str:
        return self.client.get(url, follow=True).content.decode()

    def url(self, version: ProcedureVersion, place: int = 0) -> str:
        return f"{URL}tep-mau/{version.held_forms.all()[place].document_id}/"

    def test_where_no_file_is_held_the_page_says_so(self) -> None:
        page = self.page()
        self.assertIn("mà Cổng này chưa giữ tệp", page)
        self.assertIn("mức độ 1", page)
        self.assertNotIn("tep-mau", page)

    def test_one_of_two_is_there_the_other_isnt(self) -> None:
        version = self.hold(FIRST)
        page = self.page()
        self.assertEqual(page.count(f'href="{self.url(version)}"'), 2)  # beside its paper, and among the forms
        self.assertIn("Mẫu số 01 &lt;a&gt;.docx", page)
        self.assertIn("(Word, 1 KB)", page)
        self.assertIn("mà Cổng này chưa giữ tệp", page)
        self.assertIn("mức độ 1", page)

    def test_all_there_make_level_two_everywhere(self) -> None:
        version = self.hold(FIRST, SECOND)
        page = self.page()
        self.assertNotIn("mà Cổng này chưa giữ tệp", page)
        self.assertIn("Tải biểu mẫu, nộp giấy", page)
        self.assertIn("mức độ 2", page)
        self.assertIn(self.url(version, 1), page)
        self.assertTrue(is_small())
        results = self.page("/thu-tuc/?q=thu+vien&muc-do=bieu-mau")
        self.assertIn(CODE, results)
        self.assertIn("Tải biểu mẫu", results)

    def test_the_sheet_to_print_names_kind_and_size(self) -> None:
        self.hold(FIRST)
        self.assertIn("(Word, ", self.page(f"{URL}in/"))

    def test_the_file_comes_under_the_records_name_for_saving(self) -> None:
        response = self.client.get(self.url(self.hold(FIRST)))
        self.assertEqual(b"".join(response.streaming_content), docx(FIRST))  # type: ignore[attr-defined]
        self.assertIn("attachment", response["Content-Disposition"])
        self.assertIn("_a_.docx", response["Content-Disposition"])
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertIn("public", response["Cache-Control"])
        self.assertNotIn("Cookie", response.get("Vary", ""))
        again = self.client.get(self.url(self.hold(FIRST)), headers={"If-None-Match": response["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_an_old_version_keeps_its_own(self) -> None:
        old = self.hold(FIRST)
        hold_forms(self.procedure, {FIRST: form("Bản mới")}, by=None)
        self.assertNotIn(self.url(old), self.page())
        self.assertEqual(self.client.get(self.url(old)).status_code, 200)
        self.assertIn(self.url(old), self.page(f"{URL}ban/{old.number}/"))

    def test_what_was_taken_back_before_its_day_is_not_to_be_had(self) -> None:
        officer, later = cast.chi(), timezone.localdate() + timedelta(days=5)
        seen = drafts.seen_of(drafts.content_of(self.procedure), [HELD])
        drafts.change_draft(self.procedure, {HELD: [as_record(FIRST, form())]}, seen=seen, by=officer)
        seen = drafts.whole_seen(drafts.content_of(self.procedure))
        version = editing.publish_draft(self.procedure, note="Thêm mẫu", on=later, seen=seen, by=officer)
        self.assertEqual(self.client.get(self.url(version)).status_code, 200)  # announced: anybody may read it
        editing.take_back(self.procedure, seen=version.number, by=officer)
        self.assertEqual(self.client.get(self.url(version)).status_code, 404)

    def test_nothing_else_is_found(self) -> None:
        version, loose = self.hold(FIRST), form("lạ")
        wrong = [
            f"{URL}tep-mau/{loose.pk}/",
            f"{URL}tep-mau/{uuid.uuid4()}/",
            self.url(version).replace(CODE, "9.000002"),
        ]
        for url in wrong:
            self.assertEqual(self.client.get(url).status_code, 404, url)

    def test_who_copies_everything_is_stopped(self) -> None:
        url = self.url(self.hold(FIRST))
        with patch.object(forms, "DOWNLOADS", 2):
            codes = [self.client.get(url).status_code for _ in range(3)]
        self.assertEqual(codes, [200, 200, 429])

    def test_thirty_forms_cost_no_more_queries_than_one(self) -> None:
        self.hold(FIRST)
        self.page()
        with CaptureQueriesContext(connection) as one:
            self.page()
        names = [f"Mẫu {number}.docx" for number in range(30)]
        import_lines(as_lines(full(components=[], forms=[FIRST, SECOND, *names])), by=None)
        self.hold(*names)
        with CaptureQueriesContext(connection) as many:
            self.assertIn("Mẫu 29.docx", self.page())
        self.assertLessEqual(len(many), len(one))
        self.assertLessEqual(len(many), 15)
