"""Receipts: numbered without a gap when the money comes, one for fees and one for charges."""

from collections.abc import Callable

import pypdfium2
import pytest

from motcua.documents.store import local_file
from motcua.payments import services
from motcua.payments.models import FeeReceipt
from tests import cast
from tests.moments import Moments
from tests.payments.acting import CHARGE, FEE, a_payee, an_order

pytestmark = pytest.mark.django_db
Run = Callable[..., list[str]]


def paid(*lines: dict[str, object], ref: str = "NH-7K3F-92XA") -> list[FeeReceipt]:
    order = an_order(*lines, about=("dossier", ref))
    return list(services.collect(order, method="cash", amount=order.amount, by=cast.chi()).receipts.all())


def test_fees_and_charges_have_a_receipt_each(clock: Moments) -> None:
    a_payee()
    charge, fee = sorted(paid(FEE, CHARGE), key=lambda receipt: receipt.kind)
    assert (fee.kind, fee.amount, fee.series) == ("phi", 16_000, "HS-26E")
    assert (charge.kind, charge.amount) == ("le-phi", 150_000)
    assert {fee.shown_number, charge.shown_number} == {"00000001", "00000002"}
    assert [line["name"] for line in charge.lines] == ["Lệ phí đăng ký hộ kinh doanh"]


def test_free_lines_are_on_no_receipt() -> None:
    [receipt] = paid(CHARGE, {**FEE, "amount": 0})
    assert receipt.kind == "le-phi"


def test_numbers_begin_again_on_the_first_of_january(clock: Moments) -> None:
    clock.at("31/12/2026 23:59")
    numbers = [paid(ref=f"NH-{n}")[0] for n in range(3)]
    clock.at("01/01/2027 00:00")
    numbers += [paid(ref=f"NH-{n}")[0] for n in range(3, 5)]
    assert [(one.year, one.number) for one in numbers] == [(2026, 1), (2026, 2), (2026, 3), (2027, 1), (2027, 2)]


def test_the_file_is_made_once_and_says_all_that_the_law_wants(clock: Moments, run_jobs: Run) -> None:
    a_payee()
    [receipt] = paid()
    assert run_jobs().count("payments.make_fee_receipt") == 1
    receipt.refresh_from_db()
    assert receipt.document is not None
    first = receipt.document_id
    services.make_fee_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.document_id == first
    with local_file(receipt.document.blob) as path:
        text = " ".join(pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().split())
    for wanted in (
        "BIÊN LAI THU LỆ PHÍ", "01BLP0-001", "HS-26E", "00000001", "ỦY BAN NHÂN DÂN PHƯỜNG HOA SEN", "0312345678",
        "Nguyễn Thị An", "Lệ phí đăng ký hộ kinh doanh", "150.000 đồng", "Một trăm năm mươi nghìn đồng",
        "ngày 25 tháng 11 năm 2026", "Tiền mặt tại quầy", "Trần Thị Chi",
    ):  # fmt: skip
        assert wanted in text


def test_without_an_account_set_up_the_receipt_still_stands(run_jobs: Run) -> None:
    [receipt] = paid()
    run_jobs()
    receipt.refresh_from_db()
    assert receipt.document is not None
    assert receipt.series == ""
