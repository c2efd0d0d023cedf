"""Công khai tiến độ giải quyết TTHC: the pages, the files, and what stands on none of them."""

import csv
import io
import re
from datetime import date
from typing import Any

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from motcua.procedures.models import Field, Procedure
from motcua.reports.rules.counts import Month
from motcua.reports.services import closing
from tests import factories

OVERVIEW, WARD = "/cong-khai-tien-do/", "/cong-khai-tien-do/hoa-sen/"
AS_MUCH = Month(online=1200, other=300, early=900, on_time=560, late=40, within=50, overdue=10)  # in the month after
MUCH = Month(online=1200, other=300, early=900, on_time=500, late=40, within=50, overdue=10)


def close(month: date, **lines: Month) -> None:
    """A month of the ward, a line for each field: `ho_tich=…`."""
    agency, version = factories.an_agency(), factories.a_procedure_version()
    counts = {}
    for name, month_of in lines.items():
        field, _ = Field.objects.get_or_create(slug=name.replace("_", "-"), defaults={"name": name.title()})
        procedure, _ = Procedure.objects.get_or_create(code=version.procedure.code)
        counts[agency.pk, field.pk, procedure.pk] = month_of
    closing.take_over(month, counts)


class ProgressPageTests(TestCase):
    def text(self, url: str) -> str:
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200, url)
        return re.sub(r"\s+", " ", response.content.decode())

    def cells(self, url: str, name: str) -> list[str]:
        """The numbers of a line."""
        row = re.search(rf'<tr[^>]*><th scope="row">(?:<span lang="vi">)?(?:{name}).*?</tr>', self.text(url))
        assert row, name
        return re.findall(r"<td[^>]*>([^<]*)</td>", row[0])

    def test_the_newest_month_stands_there_with_its_form(self) -> None:
        close(date(2026, 10, 1), ho_tich=MUCH)
        html = self.text(OVERVIEW)
        self.assertIn("Công khai tiến độ giải quyết TTHC", html)
        self.assertIn("Tháng 10/2026, cả kỳ", html)
        self.assertIn('href="/cong-khai-tien-do/hoa-sen/?ky=2026-10"', html)
        self.assertEqual(
            self.cells(OVERVIEW, "Cộng"),
            ["1.500", "1.500", "1.200", "300", "0", "1.440", "900", "500", "40", "60", "50", "10", "97,2%"],
        )

    def test_each_agency_has_its_fields_and_procedures(self) -> None:
        close(date(2026, 10, 1), ho_tich=MUCH, chung_thuc=MUCH)
        html = self.text(WARD)
        self.assertIn("Ủy ban nhân dân phường Hoa Sen", html)
        self.assertEqual(self.cells(WARD, "Hộ tịch|Ho_Tich")[0], "1.500")
        self.assertEqual(self.cells(WARD, "Cộng")[0], "3.000")
        self.assertIn("Đăng ký khai sinh", html)

    def test_quarters_and_years_to_date_say_how_far_they_go(self) -> None:
        for month in (9, 10):
            close(date(2026, month, 1), ho_tich=Month(online=60, early=40, on_time=20))
        self.assertIn("Quý IV/2026, đến hết tháng 10/2026", self.text(f"{OVERVIEW}?ky=2026-quy-4"))
        self.assertEqual(self.cells(f"{OVERVIEW}?ky=2026", "Cộng")[0], "120")
        self.assertEqual(self.cells(f"{OVERVIEW}?ky=2026-quy-3", "Cộng")[0], "60")

    def test_few_are_not_shown_and_the_page_says_why(self) -> None:
        close(date(2026, 10, 1), ho_tich=MUCH, chung_thuc=Month(online=1, early=1), xay_dung=MUCH)
        html = self.text(WARD)
        self.assertEqual(set(self.cells(WARD, "Chung_Thuc")), {"ẩn"})
        self.assertIn("là số dưới 5", html)
        self.assertNotRegex(html, r"<td[^>]*>[1-4]</td>")
        hidden = [name for name in ("Hộ tịch|Ho_Tich", "Xay_Dung") if self.cells(WARD, name)[1] == "ẩn"]
        self.assertEqual(len(hidden), 1)  # else it could be subtracted

    def test_the_file_says_what_the_page_says_and_no_more(self) -> None:
        close(date(2026, 10, 1), ho_tich=MUCH, chung_thuc=Month(online=3, early=3), xay_dung=MUCH)
        response = self.client.get(f"{WARD}du-lieu.csv?ky=2026-10")
        self.assertEqual(response["Content-Type"], "text/csv; charset=utf-8")
        self.assertIn('filename="tien-do-hoa-sen-2026-10.csv"', response["Content-Disposition"])
        text = response.content.decode()
        self.assertTrue(text.startswith("\ufeff"))
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        few = next(row for row in rows if row["linh_vuc"] == "Chung_Thuc")
        self.assertEqual(few["truc_tuyen_4"], "")
        self.assertNotIn("3", [value for row in rows for value in row.values()])
        self.assertEqual(rows[0]["tong_nhan_3"], "3003")
        whole = list(csv.DictReader(io.StringIO(self.client.get(f"{OVERVIEW}du-lieu.csv").content.decode())))
        self.assertEqual(whole[0]["tong_nhan_3"], "3003")

    def test_before_the_first_month_is_over_the_page_says_so(self) -> None:
        factories.an_agency()
        for url in (OVERVIEW, WARD):
            self.assertIn("Chưa có số liệu", self.text(url))
        self.assertEqual(self.client.get(f"{OVERVIEW}du-lieu.csv").status_code, 200)

    def test_other_addresses_are_not_there(self) -> None:
        close(date(2026, 10, 1), ho_tich=MUCH)
        for url in (
            f"{OVERVIEW}?ky=2026-11", f"{OVERVIEW}?ky=2027", f"{OVERVIEW}?ky=2026-13", f"{OVERVIEW}?ky=abc",
            f"{OVERVIEW}?ky=0000", f"{OVERVIEW}?ky=2026-quy-5", f"{OVERVIEW}?ky=%00", f"{OVERVIEW}khong-co/",
            f"{OVERVIEW}khong-co/du-lieu.csv",
        ):  # fmt: skip
            with self.subTest(url):
                self.assertEqual(self.client.get(url).status_code, 404)

    def test_it_may_be_kept_by_caches_and_is_only_read(self) -> None:
        close(date(2026, 10, 1), ho_tich=MUCH)
        response = self.client.get(OVERVIEW)
        self.assertIn("public", response["Cache-Control"])
        self.assertFalse(response.cookies)
        self.assertEqual(self.client.get(OVERVIEW, headers={"If-None-Match": response["ETag"]}).status_code, 304)
        self.assertEqual(self.client.post(OVERVIEW).status_code, 405)

    def test_home_and_foot_lead_there(self) -> None:
        self.assertGreaterEqual(self.text("/").count('href="/cong-khai-tien-do/"'), 2)
        self.assertIn('href="/cong-khai-tien-do/"', self.text("/bao-ve-du-lieu/"))

    def test_a_procedure_tells_its_year(self) -> None:
        close(date(2026, 10, 1), ho_tich=MUCH)
        html = self.text("/thu-tuc/1.001193/")
        self.assertIn("Số liệu năm 2026", html)
        self.assertIn("Đến hết tháng 10/2026", html)
        row: Any = re.search(r'href="/cong-khai-tien-do/hoa-sen/" lang="vi">.*?</tr>', html)
        self.assertEqual(re.findall(r"<td[^>]*>([^<]*)</td>", row[0]), ["1.200", "1.500", "1.440", "97,2%"])

    def test_a_hundred_per_cent_is_never_said_while_one_is_late(self) -> None:
        close(date(2026, 10, 1), ho_tich=Month(online=40_000, early=39_995, late=5))
        self.assertEqual(self.cells(OVERVIEW, "Cộng")[-1], "99,9%")

    def test_english_speaks_english(self) -> None:
        close(date(2026, 10, 1), ho_tich=MUCH)
        self.client.cookies["mc_ngon_ngu"] = "en"
        self.assertEqual(self.client.get(OVERVIEW).status_code, 200)


class QueryCountTests(TestCase):
    def queries(self, url: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            self.assertEqual(self.client.get(url).status_code, 200)
        return len(counted)

    def test_it_asks_as_often_for_one_line_as_for_thirty(self) -> None:
        version = factories.a_procedure_version()
        close(date(2026, 9, 1), ho_tich=MUCH)
        few = [self.queries(url) for url in (OVERVIEW, WARD, f"{WARD}du-lieu.csv")]
        counts = {(factories.an_agency().pk, version.field_id, version.procedure_id): AS_MUCH}
        for number in range(30):
            agency = factories.an_agency(f"phuong-{number}", f"H98.{number + 30}", f"phường {number}")
            counts[agency.pk, version.field_id, version.procedure_id] = MUCH
        for number in range(30):
            field = Field.objects.create(slug=f"linh-vuc-{number}", name=f"Lĩnh vực {number}")
            procedure = Procedure.objects.create(code=f"2.{number:06d}")
            counts[factories.an_agency().pk, field.pk, procedure.pk] = MUCH
        closing.take_over(date(2026, 10, 1), counts)
        many = [self.queries(url) for url in (OVERVIEW, WARD, f"{WARD}du-lieu.csv")]
        self.assertEqual(few, many)
        self.assertLessEqual(max(many), 12)
