"""The slips that end or put off a dossier (mẫu 03, 04, 05): to the standards, on A5, whatever was typed."""

import io
from typing import Any

import pikepdf
import pytest

from motcua.documents.pdf import TemplateError, make_pdf
from tests.documents.reading import AT, pages, words

LETTERHEAD: dict[str, Any] = {
    "agency": "Ủy ban nhân dân phường Hoa Sen",
    "desk": "Trung tâm Phục vụ hành chính công phường Hoa Sen",
    "place": "Hoa Sen",
    "date": AT.date(),
    "code": "H98.21-261121-0001",
    "procedure": "Thủ tục đăng ký khai sinh",
    "phone": "0298 3800 217",
    "link": "https://motcua.example/tra-cuu/?ma=H98.21-261121-0001",
}
REFUSAL: dict[str, Any] = {
    **LETTERHEAD,
    "ref": "NH-7K3F-92XA",
    "stage": "processing",
    "applicant": {
        "full_name": "Nguyễn Văn An",
        "whose": "Nguyễn Văn An",
        "address": "12 ngõ 5, phường Hoa Sen",
        "number": "001090000017",
    },
    "owner": {"full_name": "Nguyễn Hoàng Linh", "whose": "Nguyễn Hoàng Linh"},
    "submitted_at": AT,
    "accepted_at": AT,
    "reason": "Trẻ đã được đăng ký khai sinh.\nXin xem số 210/2026.",
    "ground": "khoản 2 Điều 12 Luật Hộ tịch 2014",
    "right_agency": "Ủy ban nhân dân phường Bến Đò",
    "fee_note": "Phí, lệ phí chưa nộp thì không phải nộp nữa.",
    "again": True,
    "complain_days": 90,
    "decided_at": AT,
    "signer": "Phạm Văn Giang",
    "signer_title": "Chủ tịch",
}
APOLOGY: dict[str, Any] = {
    **LETTERHEAD,
    "to": "Nguyễn Văn An",
    "accepted_at": AT,
    "old_due_at": AT.replace(hour=17, day=26),
    "new_due_at": AT.replace(hour=17, day=30),
    "extends": True,
    "reason": "Chờ phường Bến Đò trả lời.",
    "at": AT,
    "signer": "Phạm Văn Dũng",
}
ALL = [("slip-refusal", REFUSAL), ("slip-apology", APOLOGY)]


@pytest.mark.parametrize(("template", "values"), ALL)
def test_keep_both_standards_on_one_a5_page(template: str, values: dict[str, Any]) -> None:
    content = make_pdf(template, values, title="Phiếu thử Ỗ", at=AT)
    assert content == make_pdf(template, values, title="Phiếu thử Ỗ", at=AT)
    with pikepdf.open(io.BytesIO(content)) as document:
        meta = document.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        (page,) = document.pages
        assert [round(float(side)) for side in page.mediabox[2:]] == [420, 595]


@pytest.mark.parametrize(
    ("stage", "title"),
    [
        ("reception", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
        ("processing", "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ"),
        ("stopped", "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
    ],
)
def test_each_ending_has_its_title_and_all_fields(stage: str, title: str) -> None:
    text = words(make_pdf("slip-refusal", {**REFUSAL, "stage": stage}, title="x"))
    said = [
        title, "H98.21-261121-0001", "NH-7K3F-92XA", "Nguyễn Văn An", "001090000017", "Nguyễn Hoàng Linh",
        "Xin xem số 210/2026.", "khoản 2 Điều 12", "phường Bến Đò", "không phải nộp nữa", "90 ngày", "CHỦ TỊCH",
        "Phạm Văn Giang", "0298 3800 217",
    ]  # fmt: skip
    assert [one for one in said if one not in text] == []


def test_a_reason_of_2000_letters_goes_on_to_a_second_page() -> None:
    long = make_pdf("slip-refusal", {**REFUSAL, "reason": "Lý do dài. " * 180 + "Hết."}, title="x")
    assert pages(long) == 2
    assert "Hết." in words(long)


def test_what_was_typed_never_becomes_source() -> None:
    text = words(make_pdf("slip-apology", {**APOLOGY, "reason": "#panic() *đậm* $x$ \\ [a] <b>"}, title="x"))
    assert "#panic() *đậm* $x$ \\ [a] <b>" in text


def test_a_slip_without_a_reason_is_none() -> None:
    with pytest.raises(TemplateError, match="reason"):
        make_pdf("slip-refusal", {**REFUSAL, "reason": ""}, title="x")
