"""Journey 6.4: everybody sees how dossiers progress, agency by agency; and nobody sees a single person."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.browser import is_fine

pytestmark = pytest.mark.e2e

HEADING = "Công khai tiến độ giải quyết TTHC"


def last_quarter() -> tuple[int, int]:
    """The year and the number of the latest quarter that is over; the sample has figures of all its months."""
    today = timezone.localdate()
    return (today.year, (today.month - 1) // 3) if today.month > 3 else (today.year - 1, 4)


def numbers(page: Page, name: str) -> list[str]:
    """What stands in a line of the table."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
    return row.first.get_by_role("cell").all_inner_texts()


def test_j6_4_everybody_sees_how_dossiers_progress_agency_by_agency(visitor: Page) -> None:
    visitor.goto("/")
    visitor.get_by_role("main").get_by_role("link", name=HEADING).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(HEADING)
    is_fine(visitor)
    shown = [int(text.replace(".", "")) for text in numbers(visitor, "Cộng")[:6]]
    total, came, online, other, carried, settled = shown
    assert came == online + other
    assert total == came + carried >= settled
    year, quarter = last_quarter()
    name = f"Quý {('I', 'II', 'III', 'IV')[quarter - 1]}/{year}"
    visitor.get_by_role("link", name="Quý", exact=True).click()
    visitor.get_by_label("Kỳ", exact=True).select_option(label=name)
    visitor.get_by_role("button", name="Xem").click()
    expect(visitor.get_by_text(f"{name}, cả kỳ.")).to_be_visible()
    visitor.get_by_role("link", name=re.compile("^Chi tiết.*phường Hoa Sen")).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ủy ban nhân dân phường Hoa Sen")
    expect(visitor.get_by_label("Kỳ", exact=True)).to_have_value(f"{year}-quy-{quarter}")
    assert numbers(visitor, "Hộ tịch")[0] != "ẩn"
    is_fine(visitor)


def test_j6_4_no_count_under_five_is_shown_and_the_page_says_why(visitor: Page, tmp_path: Path) -> None:
    visitor.goto("/cong-khai-tien-do/phuong-hoa-sen/")
    cells = visitor.locator("main td").all_inner_texts()
    assert "ẩn" in cells
    assert not {"1", "2", "3", "4"} & set(cells)
    expect(visitor.get_by_text("Ô ghi “ẩn” là số dưới 5")).to_be_visible()
    with visitor.expect_download() as coming:
        visitor.get_by_role("link", name="Tải bảng này (CSV)").click()
    coming.value.save_as(tmp_path / "so-lieu.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "so-lieu.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0]["co_quan"] == "Ủy ban nhân dân phường Hoa Sen"
    assert not {"1", "2", "3", "4"} & {value for row in rows for name, value in row.items() if name[-1].isdigit()}


def test_j6_4_without_scripts_too(plain_visitor: Page) -> None:
    last = timezone.localdate().year - 1
    plain_visitor.goto("/cong-khai-tien-do/")
    plain_visitor.get_by_role("link", name="Năm", exact=True).click()
    plain_visitor.get_by_label("Kỳ", exact=True).select_option(str(last))
    plain_visitor.get_by_role("button", name="Xem").click()
    expect(plain_visitor.get_by_text(f"Năm {last}, cả kỳ.")).to_be_visible()


def test_j1_3_a_procedure_shows_its_statistics(visitor: Page) -> None:
    visitor.goto("/thu-tuc/1.001193/")
    section = visitor.get_by_role("region", name=re.compile(r"Số liệu năm 20\d\d"))
    expect(section.get_by_role("row").filter(has_text="phường Hoa Sen")).to_be_visible()
