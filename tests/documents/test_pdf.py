"""Our own PDFs: to the standards, with every Vietnamese letter, whatever a person typed."""

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from jsonschema import Draft202012Validator

from motcua.documents import pdf
from motcua.documents.pdf import TemplateError, make_pdf, qr_svg
from motcua.documents.pdf.glyphs import coverage, printable
from tests.documents.reading import AT, HANOI, last_page, pages, words

RECEIPT: dict[str, Any] = {
    "agency": "Ủy ban nhân dân phường Hoa Sen",
    "desk": "Trung tâm Phục vụ hành chính công phường Hoa Sen",
    "place": "Hoa Sen",
    "date": AT.date(),
    "code": "H98.21-261121-0001",
    "ref": "NH-7K3F-92XA",
    "applicant": {
        "full_name": "Nguyễn Văn An",
        "whose": "Nguyễn Văn An",
        "address": "12 ngõ 5, phường Hoa Sen, tỉnh Minh Giang",
        "phone": "0900 000 217",
        "email": "an@example.vn",
        "number": "001090000017",
    },
    "owner": {"full_name": "Nguyễn Hoàng Linh", "whose": "Nguyễn Hoàng Linh", "address": "phường Hoa Sen"},
    "procedure": "Thủ tục đăng ký khai sinh",
    "papers": [
        {"name": "Giấy chứng sinh", "originals": 1, "copies": 2},
        {"name": "Văn bản ủy quyền", "certified": 1, "note": "nếu ủy quyền"},
    ],
    "limit": "Ngay trong ngày làm việc",
    "received_at": AT,
    "due_at": datetime.datetime(2026, 11, 26, 10, 0, tzinfo=datetime.UTC),
    "receive": "Bản giấy, nhận tại Bộ phận Một cửa",
    "fees": [{"name": "Phí cấp bản sao trích lục", "unit_amount": 8000, "count": 2, "amount": 16000}],
    "fee_note": "Trả khi nhận kết quả",
    "phone": "0298 3800 217",
    "link": "https://motcua.example/tra-cuu/?ma=H98.21-261121-0001",
    "officer": "Trần Thị Chi",
}
BIRTH: dict[str, Any] = {
    "agency": "Ủy ban nhân dân phường Hoa Sen",
    "number": "45/2026",
    "child_name": "Nguyễn Hoàng Ỗ Ệ Ữ Đặng",
    "child_birth_date": "2026-11-12",
    "mother_name": "Lê Thị Bình",
    "mother_birth_year": 1994,
    "signer_name": "Phạm Văn Giang",
    "signed_at": AT,
}
DECLARATION: dict[str, Any] = {
    "heading": "Tờ khai đăng ký khai sinh",
    "sections": [
        {"title": "Người mẹ", "rows": [{"label": "Họ, chữ đệm, tên", "text": "Lê Thị Bình"}, {"label": "Năm sinh"}]}
    ],
    "signer": "Nguyễn Văn An",
    "submitted_at": AT,
}
SLIP: dict[str, Any] = {
    **{key: RECEIPT[key] for key in ("agency", "desk", "place", "date", "code", "applicant", "procedure", "phone")},
    "items": [
        {"name": "Mẹ: Họ, chữ đệm, tên", "need": "Thiếu chữ đệm so với Giấy chứng sinh"},
        {"name": "Giấy chứng sinh", "need": "Ảnh mờ, không đọc được số giấy"},
    ],
    "reason": "Tờ khai chưa khớp với Giấy chứng sinh",
    "ground": "Nghị định số 118/2025/NĐ-CP",
    "answer_by": datetime.datetime(2026, 12, 21, 23, 59, tzinfo=HANOI),
    "link": "https://motcua.example/ho-so/NH-7K3F-92XA/bo-sung/",
    "officer": "Phạm Văn Dũng",
    "title": "Công chức tư pháp – hộ tịch",
    "asked_at": AT,
}
CERTIFICATE: dict[str, Any] = {
    "agency": RECEIPT["agency"],
    "business_number": "098201006034",
    "business_name": "Quán cơm Hoa Sen",
    "seat": "Số 45 đường Trần Phú, phường Hoa Sen, tỉnh Minh Giang",
    "lines": "5610 – Nhà hàng, ngành, nghề chính\n5630 – Dịch vụ phục vụ đồ uống",
    "capital": "80.000.000 đồng",
    "capital_words": "Tám mươi triệu đồng",
    "owner_name": "Đặng Quốc Việt",
    "founder": "Các thành viên hộ gia đình",
    "members": "\n".join(f"Nguyễn Thị {serial}" for serial in range(300)),
    "registered_on": "24/11/2026",
}
FEE: dict[str, Any] = {
    "kind": "le-phi",
    "agency": "Ủy ban nhân dân phường Hoa Sen",
    "tax_code": "0312345678",
    "place": "Hoa Sen",
    "form": "01BLP0-001",
    "series": "HS-26E",
    "number": "00000031",
    "payer": "Nguyễn Văn An",
    "lines": [{"name": "Lệ phí đăng ký hộ kinh doanh", "amount": 150000}],
    "amount": 150000,
    "words": "Một trăm năm mươi nghìn đồng",
    "method": "Trực tuyến qua VNPAY",
    "reference": None,
    "issued_at": AT,
    "issued_by": "Lập tự động khi nhận tiền",
}
ANY_RESULT: dict[str, Any] = {
    "agency": RECEIPT["agency"],
    "title": "Trích lục khai tử",
    "opening": "Xét đề nghị của người yêu cầu:",
    "line_01": "Nguyễn Văn Cả",
    "line_02": "",
    "line_10": "Một câu đứng riêng.",
    "labels": {"line_01": "Họ, chữ đệm, tên", "line_02": "Giờ mất", "title": "Tên văn bản"},
    "closing": "Trích từ Sổ đăng ký khai tử.",
    "number": "3/2026",
}
ALL = [
    ("ket-qua", ANY_RESULT),
    ("fee-receipt", FEE),
    ("giay-chung-nhan-ho-kinh-doanh", CERTIFICATE),
    ("slip-supplement", SLIP),
    ("receipt", RECEIPT),
    ("giay-khai-sinh", BIRTH),
    ("declaration", DECLARATION),
]


@pytest.mark.parametrize(("template", "values"), ALL)
def test_says_that_it_keeps_both_standards_and_what_it_is(template: str, values: dict[str, Any]) -> None:
    with pikepdf.open(io.BytesIO(make_pdf(template, values, title="Giấy thử Ỗ"))) as document:
        meta = document.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert meta["dc:title"] == "Giấy thử Ỗ"
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).lower() == "vi-vn"
        fonts = {
            str(font.BaseFont)
            for font in document.objects
            if isinstance(font, pikepdf.Dictionary) and "/BaseFont" in font
        }
        assert fonts
        assert all("Tinos" in font for font in fonts)


@pytest.mark.parametrize(("template", "values"), ALL)
def test_the_same_values_at_the_same_time_give_the_same_bytes(template: str, values: dict[str, Any]) -> None:
    assert make_pdf(template, values, title="x", at=AT) == make_pdf(template, values, title="x", at=AT)


def test_the_receipt_says_everything_that_template_01_asks_for() -> None:
    text = words(make_pdf("receipt", RECEIPT, title="Giấy tiếp nhận hồ sơ và hẹn trả kết quả"))
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập – Tự do – Hạnh phúc",
        "H98.21-261121-0001",
        "NH-7K3F-92XA",
        "Hoa Sen, ngày 21 tháng 11 năm 2026",
        "Tiếp nhận hồ sơ của: Nguyễn Văn An",
        "0900 000 217",
        "an@example.vn",
        "001090000017",
        "Thủ tục đăng ký khai sinh",
        "Chủ hồ sơ: Nguyễn Hoàng Linh",
        "Giấy chứng sinh",
        "(nếu ủy quyền)",
        "1 (bộ)",
        "Ngay trong ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 12 phút, ngày 21 tháng 11 năm 2026",
        "17 giờ 00 phút, ngày 26 tháng 11 năm 2026",  # 10:00 in UTC
        "8.000 đồng × 2 = 16.000 đồng",
        "Trả khi nhận kết quả",
        "0298 3800 217",
        "Trần Thị Chi",
    ):
        assert said in text, said


def test_the_receipt_is_one_sheet_of_a5() -> None:
    with pikepdf.open(io.BytesIO(make_pdf("receipt", RECEIPT, title="x"))) as document:
        assert len(document.pages) == 1
        assert [round(float(side)) for side in document.pages[0].MediaBox] == [0, 0, 420, 595]


def test_a_free_procedure_owes_nothing() -> None:
    text = words(make_pdf("receipt", {**RECEIPT, "fees": [], "fee_note": None}, title="x"))
    assert "Phí, lệ phí: Không phải trả" in text


def test_a_birth_certificate_with_every_mark_and_dots_for_what_is_missing() -> None:
    text = words(make_pdf("giay-khai-sinh", BIRTH, title="Giấy khai sinh"))
    for said in ("GIẤY KHAI SINH", "NGUYỄN HOÀNG Ỗ Ệ Ữ ĐẶNG", "12/11/2026", "45/2026", "LÊ THỊ BÌNH", "1994"):
        assert said in text, said
    assert "tên người cha: ...." in text
    assert "BẢN NHÁP" not in text


def test_a_sealed_paper_says_whose_seal_and_when() -> None:
    sealed = words(make_pdf("giay-khai-sinh", BIRTH, title="x", at=AT, sealed_by="Ủy ban nhân dân phường Hoa Sen"))
    assert "Cơ quan: Ủy ban nhân dân phường Hoa Sen. Thời gian ký: 21/11/2026 09:12:00 +07:00" in sealed
    assert "Ký số, theo duyệt ký lúc 09:12 ngày 21/11/2026" in sealed
    unsealed = words(make_pdf("giay-khai-sinh", BIRTH, title="x", at=AT))
    assert "Duyệt ký trên hệ thống, 09:12 ngày 21/11/2026" in unsealed
    assert "Thời gian ký" not in unsealed


def test_a_result_without_a_form_of_its_own_has_labelled_lines_in_order() -> None:
    text = words(make_pdf("ket-qua", ANY_RESULT, title="x"))
    assert "TRÍCH LỤC KHAI TỬ" in text
    assert "Họ, chữ đệm, tên: Nguyễn Văn Cả" in text
    assert "Giờ mất" not in text  # nothing that is issued leaves room to write into
    places = [text.index(said) for said in ("Xét đề nghị", "Nguyễn Văn Cả", "Một câu", "Trích từ Sổ")]
    assert places == sorted(places)
    assert "Tên văn bản" not in text
    assert "Giờ mất: ...." in words(make_pdf("ket-qua", {**ANY_RESULT, "draft": True}, title="x"))


def test_a_declaration_signed_by_hand_has_what_is_signed_for_above_the_name() -> None:
    rows = [{"label": f"Dòng {number}", "text": "đã khai"} for number in range(40)]
    for count in range(28, 36):  # wherever the page ends
        values = {
            "sections": [{"rows": rows[:count]}],
            "statement": "Tôi xin chịu trách nhiệm.",
            "signer": "Lê Văn Bình",
        }
        last = last_page(make_pdf("declaration", values, title="x"))
        assert "Lê Văn Bình" in last
        assert "Tôi xin chịu trách nhiệm" in last


def test_a_draft_says_so() -> None:
    text = words(make_pdf("giay-khai-sinh", {**BIRTH, "draft": True, "number": None}, title="Bản nháp"))
    assert "Bản nháp để ông/bà xem lại, chưa có giá trị sử dụng" in text


def test_a_declaration_prints_any_form() -> None:
    text = words(make_pdf("declaration", DECLARATION, title="x"))
    assert "TỜ KHAI ĐĂNG KÝ KHAI SINH" in text
    assert "Họ, chữ đệm, tên: Lê Thị Bình" in text
    assert "Năm sinh: ...." in text


@pytest.mark.parametrize(
    "typed",
    [
        '#eval("1") $x$ *b* \\ <a> @b // c',
        '](#panic()) #read("/etc/passwd")',
        '"}{"draft": true}',
        "📷 👩‍👩‍👧 中文 \u0000\u0007\u200b\u202e",
        "dòng một\ndòng hai",
        "Nguyễn " * 40,
        "X" * 200,
        "№ 5",
    ],
)
def test_nothing_typed_becomes_source_or_breaks_a_page(typed: str) -> None:
    content = make_pdf("giay-khai-sinh", {**BIRTH, "child_hometown": typed}, title=typed)
    assert pages(content) == 1
    text = words(content)
    assert "GIẤY KHAI SINH" in text
    assert "PANIC" not in text.upper() or "#panic()" in text


def test_two_hundred_papers_run_over_pages_with_the_head_repeated() -> None:
    papers = [{"name": f"Giấy tờ số {n} " + "rất dài " * (n % 30), "originals": 1} for n in range(224)]
    content = make_pdf("receipt", {**RECEIPT, "papers": papers}, title="x")
    text = words(content)
    assert pages(content) > 5
    assert "Giấy tờ số 223" in text
    assert text.count("Tên giấy tờ") == pages(content) - 1 or text.count("Tên giấy tờ") == pages(content)
    assert f"Trang 1 / {pages(content)}" in text


def test_names_what_does_not_fit_and_never_shows_it() -> None:
    with pytest.raises(TemplateError) as refused:
        make_pdf("receipt", {**RECEIPT, "agency": 5, "extra": "001090000017", "code": None}, title="x")
    assert "$.agency" in str(refused.value)
    assert "extra unknown" in str(refused.value)
    assert "001090000017" not in str(refused.value)


@pytest.mark.parametrize("name", ["khong-co", "../common", "common", ""])
def test_an_unknown_template_is_named(name: str) -> None:
    with pytest.raises(TemplateError, match="no PDF template"):
        make_pdf(name, {}, title="x")


def test_every_template_has_a_schema_that_is_one() -> None:
    folder = Path(pdf.__file__).parent
    templates = {path.stem for path in folder.glob("*.typ")} - {"common"}
    assert templates >= {"receipt", "giay-khai-sinh", "declaration"}
    for name in templates:
        Draft202012Validator.check_schema(json.loads((folder / f"{name}.schema.json").read_text()))


def test_missing_faces_are_named(settings: Any, tmp_path: Path) -> None:
    settings.PDF_FONTS_DIR = tmp_path
    assert pdf.missing_faces() == list(pdf.FACES)
    pdf._covered.cache_clear()
    with pytest.raises(TemplateError, match=r"Tinos-Regular\.ttf"):
        make_pdf("declaration", DECLARATION, title="x")
    pdf._covered.cache_clear()


def test_the_faces_have_every_vietnamese_letter() -> None:
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz0123456789.,;:–()/%\"'“”‘’…×°"
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    wanted = set(letters) | {printable(v + t, frozenset(range(0x110000))) for v in vowels for t in tones}
    for face in pdf.FACES:
        covered = coverage(pdf.fonts_dir() / face)
        assert not {letter for letter in wanted if ord(letter) not in covered}, face


def test_a_qr_code_is_an_svg_and_nothing_for_no_text() -> None:
    assert qr_svg("https://motcua.example/tra-cuu/").startswith("<svg")
    assert qr_svg("") == ""
