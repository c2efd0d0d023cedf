"""An editor cleans a messy record in a browser: the queue, the source's words, a form, a preview, publication."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from motcua.procedures.models import Doubt, ImportRun, SourceRecord
from motcua.procedures.queries.standing import last_standing
from motcua.procedures.services import publish_record
from tests.cast import quan
from tests.e2e.browser import come_in, is_fine
from tests.factories import an_agency
from tests.procedures.catalogue import made_up, publish_lists

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NOTE = "Lưu ý: người nộp mang theo bản chính để đối chiếu"


@pytest.fixture
def messy() -> str:
    """A record with a note among its papers, and a fee that nobody believes; its number."""
    publish_lists()
    paper = {"key": "luu-y", "name": NOTE, "form": "ban-chinh"}
    data = made_up(1)
    procedure = publish_record(data | {"requirements": [*data["requirements"], paper]}, by=None).procedure
    source = SourceRecord.objects.create(
        key=procedure.code, line={"name": "Thủ tục mẫu số 1", "field": "Hộ tịch", "source": "nguon-a"},
        content_hash="x", procedure=procedure, run=ImportRun.objects.create(), version=last_standing(procedure),
    )  # fmt: skip
    for kind, place, text in (
        (Doubt.Kind.PAPER_DOUBTFUL, "requirements/luu-y", NOTE),
        (Doubt.Kind.FEE_DOUBTFUL, "methods/1", "20 VNĐ (20.000 vnđ/tờ khai)"),
    ):
        Doubt.objects.create(source=source, kind=kind, place=place, text=text)
    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    return procedure.code


def test_a_messy_record_is_cleaned_without_touching_code(messy: str, page: Page, live_server: Any) -> None:
    come_in(page, quan(), live_server.url)
    page.goto("/can-bo/quan-tri/")
    page.get_by_role("link", name="Danh mục thủ tục").click()
    is_fine(page)
    page.get_by_role("link", name="Thủ tục mẫu số 1").click()
    page.get_by_text("20 VNĐ (20.000 vnđ/tờ khai)").wait_for()
    is_fine(page)
    page.get_by_role("link", name=re.compile("Sửa.*Không rõ là giấy tờ")).click()
    page.get_by_label("Ghi chú, không phải giấy tờ").check()
    is_fine(page)
    page.get_by_role("button", name="Lưu vào bản nháp").click()
    page.get_by_text("Đã lưu vào bản nháp").wait_for()
    is_fine(page)
    page.goto(f"/can-bo/quan-tri/thu-tuc/{messy}/sua/cach-nop/")
    page.get_by_label("Phí, lệ phí: mức độ chắc chắn").select_option(label="Có mức phí, lệ phí")
    page.get_by_label("Phí, lệ phí, như người dân đọc").fill("20.000 đồng mỗi tờ khai")
    page.get_by_role("button", name="Lưu vào bản nháp").click()
    page.get_by_role("link", name="Nhập ít nhất một mức thu").click()  # the summary leads to the box
    page.get_by_label("Mức thu bằng số").fill("20.000 đồng: mỗi tờ khai")
    is_fine(page)
    page.get_by_role("button", name="Lưu vào bản nháp").click()
    page.get_by_role("link", name="Xem trước như người dân thấy").click()
    page.get_by_text("Bản nháp, chưa công bố").wait_for()
    page.go_back()
    is_fine(page)
    page.get_by_role("button", name="Xem lại và công bố").click()
    page.get_by_label("Có gì mới").fill("Ghi đúng mức phí")
    is_fine(page)
    page.get_by_role("button", name="Công bố", exact=True).click()
    page.get_by_text("Đã công bố. Trang công khai").wait_for()
    assert not Doubt.objects.filter(settled_at=None).exists()
    page.goto(f"/thu-tuc/{messy}/")
    assert "20.000 đồng" in page.get_by_role("main").inner_text()
