"""The slip of a parcel: what the law wants on it, drawn once."""

from typing import Any

import pytest

from motcua.config.peers.post.office import Office
from motcua.delivery import services
from motcua.documents.models import Document
from motcua.documents.store import local_file
from tests.delivery.acting import COLLECTS, a_parcel, a_pick_up, now_of
from tests.documents.reading import pages, words
from tests.moments import Moments

pytestmark = pytest.mark.django_db


def text_of(document: Document) -> str:
    with local_file(document.blob) as path:
        content = path.read_bytes()
    assert pages(content) == 1
    return words(content)


def test_a_slip_names_both_sides_the_contents_and_the_money(post: Office, clock: Moments, run_jobs: Any) -> None:
    parcel = a_parcel(collects=COLLECTS)
    assert "delivery.make_slip" in run_jobs()
    slip = now_of(parcel).slip
    assert slip is not None
    assert slip.name == f"Phieu-gui-{parcel.number}.pdf"
    said = text_of(slip)
    for wanted in (
        "PHIẾU GỬI KẾT QUẢ", parcel.number, "Nguyễn Thị An", "Số 5 đường Lê Lợi, Phường Hoa Sen", "0900 000 217",
        "Giấy khai sinh", "Giấy chứng sinh", "Bản sao có chứng thực", "150.000 đồng", "20.000 đồng", "170.000 đồng",
        "08:35 ngày 25/11/2026", "1 ngày làm việc",
    ):  # fmt: skip
        assert wanted in said, wanted
    services.make_slip(parcel.pk)
    assert now_of(parcel).slip_id == slip.pk


def test_a_slip_for_papers_that_are_fetched(post: Office, run_jobs: Any) -> None:
    parcel = a_pick_up()
    run_jobs()
    slip = now_of(parcel).slip
    assert slip is not None
    said = text_of(slip)
    assert "PHIẾU GỬI HỒ SƠ" in said
    assert "người gửi:" in said
    assert "Phí, lệ phí thu hộ" not in said
