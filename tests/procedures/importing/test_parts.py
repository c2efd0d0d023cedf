"""The parts of a line: text tidied, names, time limits, fees, papers, longer texts. Tables; nothing touches a table."""

from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.importing import naming, texts
from motcua.procedures.importing.fees import read_fee
from motcua.procedures.importing.limits import read_limit
from motcua.procedures.importing.papers import file_names, read_papers
from motcua.procedures.importing.tidying import tidy
from motcua.procedures.models import FeeKind
from tests.procedures.importing.lines import paper, way


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("Hộ\u00a0tịch", "Hộ tịch"),
        ("Ho\u0302\u0323 ti\u0323ch", "Hộ tịch"),
        ("tuc\u0323", "tục"),
        ("khai\u200b sinh\u00ad", "khai sinh"),
        ("\uf0fc Đơn\n\uf0a7 Giấy", "- Đơn\n- Giấy"),
        ("a \t b\r\n c\n\n\n\nd", "a b\nc\n\nd"),
        ("một\x00 hai", "một hai"),
        ("\u202fxa\u2003gần", "xa gần"),
    ],
)
def test_text_is_tidied(dirty: str, clean: str) -> None:
    assert tidy(dirty) == clean


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ("1.001193", "1.001193"),
        ("1.001193.000.00.00.H36", "1.001193"),
        ("2.000815.000.00.00.H37.X", "2.000815"),
        ("1.008201.000.00.00. H37", "1.008201"),
        ("2.002123000.00.00.H37", "2.002123"),
        ("2000027", "2.000027"),
        ("1.012001 ", "1.012001"),
        ("CCVC_01", ""),
        ("1.0133611", ""),
        ("2.009182739", ""),
        ("1.014955-Xoa", ""),
        ("2.00223", ""),
        (None, ""),
    ],
)
def test_a_code_is_taken_only_where_it_is_one(given_: str | None, code: str) -> None:
    assert naming.plain_code(given_) == code


@pytest.mark.parametrize(
    ("given_", "name"),
    [
        ("[BQL] - Hoạt động xây dựng", "Hoạt động xây dựng"),
        ("Việc làm (G07-LĐ11)", "Việc làm"),
        ("Báo chí BQP", "Báo chí Bộ Quốc phòng"),
        ("sàn giao dịch  các-bon", "Sàn giao dịch các-bon"),
        ("Đấu thầu (PPP)", "Đấu thầu (PPP)"),
        (None, ""),
    ],
)
def test_a_field_is_named_as_people_would(given_: str | None, name: str) -> None:
    assert naming.field_name(given_) == name
    assert naming.field_name(name) == name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Thủ tục cấp thẻ thư viện.", "Cấp thẻ thư viện"),
        ("Thủ tục hành chính: cấp thẻ", "Cấp thẻ"),
        ("Thủ tục hải quan đối với sách", "Thủ tục hải quan đối với sách"),
        ("Cấp thẻ (thực hiện tại cấp tỉnh).", "Cấp thẻ"),
        ("Cấp thẻ (Cấp xã)", "Cấp thẻ"),
        ("Cấp thẻ (trường hợp cấp lại)", "Cấp thẻ (trường hợp cấp lại)"),
        ("THỦ TỤC CẤP THẺ TẠI UBND CẤP XÃ Ở VIỆT NAM.", "Cấp thẻ tại UBND cấp xã ở Việt Nam"),
        ("1. Công nhận thư viện", "Công nhận thư viện"),
        ("Cấp\nthẻ  thư viện", "Cấp thẻ thư viện"),
    ],
)
def test_the_short_name_is_what_people_look_for(name: str, short: str) -> None:
    assert naming.short_name(name) == short


@given(st.text(min_size=1, max_size=600))
def test_a_short_name_is_there_and_short(text: str) -> None:
    if tidy(text):
        assert 1 <= len(naming.short_name(tidy(text))) <= 200


@pytest.mark.parametrize(
    ("text", "more", "value", "unit", "doubt"),
    [
        ("5 Ngày làm việc", {}, 5, "ngay-lam-viec", None),
        ("7,5 ngày làm việc", {"duration_value": 7.5}, 7.5, "ngay-lam-viec", None),
        ("30 Ngày", {"duration_value": 30, "duration_unit": "day"}, 30, "ngay", None),
        ("2 Tháng", {"duration_value": 2, "duration_unit": "month"}, 2, "thang", None),
        (
            "15 ngày",
            {"duration_value": 15, "duration_unit": "day", "duration_unit_uncertain": True},
            None,
            "",
            "thoi-han-nghi-ngo",
        ),
        ("1", {"duration_value": 1, "duration_unit": None}, None, "", "thoi-han-nghi-ngo"),
        ("8 Giờ", {"duration_value": 8, "duration_unit": "hour"}, None, "", "thoi-han-nghi-ngo"),
        ("0 ngày làm việc", {"duration_value": 0}, None, "", "thoi-han-nghi-ngo"),
        ("3 ngày làm việc", {"duration_value": 5}, None, "", "thoi-han-nghi-ngo"),
        ("5 Ngày làm việc", {"description": "Thời hạn giải quyết: 07 ngày làm việc."}, None, "", "thoi-han-nghi-ngo"),
        ("Không quá 05 ngày kể từ ngày nhận đủ hồ sơ", {"duration_value": None}, None, "", "thoi-han-nghi-ngo"),
        ("Không quy định", {"duration_value": None}, None, "", "thieu-thoi-han"),
        (None, {"duration_value": None, "duration_unit": None}, None, "", "thieu-thoi-han"),
    ],
)
def test_a_time_limit_is_typed_only_where_it_is_certain(
    text: str | None, more: dict[str, Any], value: float | None, unit: str, doubt: str | None
) -> None:
    limit = read_limit(way(duration_text=text, **more))
    assert (limit.value, limit.unit, limit.doubt) == (value, unit, doubt)


def test_a_number_without_unit_or_with_an_uncertain_one_says_so() -> None:
    limit = read_limit(way(duration_text="1", duration_value=1, duration_unit=None))
    assert limit.text == "1 (không ghi là ngày hay giờ)"
    assert read_limit(way(duration_text="120,00", duration_value=120)).text == "120 (không ghi là ngày hay giờ)"
    limit = read_limit(way(duration_text="12 ngày", duration_value=12, duration_unit_uncertain=True))
    assert limit.text == "12 ngày (không rõ ngày làm việc hay ngày thường)"


def vnd(amount: float, note: str = "") -> dict[str, Any]:
    return {"amount": amount, "currency": "VND"} | ({"note": note} if note else {})


@pytest.mark.parametrize(
    ("fees", "kind", "text"),
    [
        ([vnd(0)], "mien-phi", "Miễn phí"),
        ([vnd(0, "Không có.")], "mien-phi", "Miễn phí"),
        ([vnd(0, "Theo Thông tư số 1/2020/TT-BTC")], "mo-ta", "Theo Thông tư số 1/2020/TT-BTC"),
        ([vnd(0, "150.000 đồng/giấy")], "mo-ta", "150.000 đồng/giấy"),
        ([vnd(0, "Chưa quy định")], "mo-ta", "Chưa quy định"),
        ([vnd(150000)], "co-muc", "150.000 đồng"),
        ([vnd(150000, "một lần")], "co-muc", "150.000 đồng (một lần)"),
        ([vnd(20, "20.000 đồng/tờ khai")], "mo-ta", "20.000 đồng/tờ khai"),
        ([vnd(5)], "chua-ro", ""),
        (
            [vnd(50000, "xe con 50.000 đồng, xe tải 90.000 đồng")],
            "mo-ta",
            "50.000 đồng (xe con 50.000 đồng, xe tải 90.000 đồng)",
        ),
        ([vnd(50000, "đến hết ngày 31/12/2026")], "mo-ta", "50.000 đồng (đến hết ngày 31/12/2026)"),
        ([{"amount": 1.5, "currency": "USD"}], "co-muc", "1,5 USD"),
        ([vnd(50000), {"amount": 10, "currency": "USD"}], "co-muc", "50.000 đồng\n10 USD"),
        ([vnd(50), vnd(90000, "cấp lại")], "mo-ta", "90.000 đồng (cấp lại)"),
    ],
)
def test_a_fee_is_typed_only_where_nothing_speaks_against_it(fees: list[Any], kind: str, text: str) -> None:
    fee = read_fee(way(fee_text="…", fees=fees))
    assert (fee.kind, fee.text) == (kind, text)
    assert (fee.doubt is None) == (kind in {"mien-phi", "co-muc"})
    assert bool(fee.fees) == (kind == "co-muc")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (None, "chua-ro"),
        ("Không có thông tin (2)", "chua-ro"),
        ("Miễn phí", "mien-phi"),
        ("Phí : Không Đồng", "mien-phi"),
        ("150.000 đồng", "co-muc"),
        ("20 đồng", "mo-ta"),
        ("Lệ phí :   (Thông tư số 249/2016/TT-BTC)", "mo-ta"),
    ],
)
def test_a_fee_in_words(text: str | None, kind: str) -> None:
    assert read_fee(way(fee_text=text, fees=None)).kind == kind


def test_what_is_free_by_its_column_and_costs_by_its_description_is_not_free() -> None:
    assert read_fee(way(description="Nộp lệ phí 50.000 đồng tại quầy.")).kind == "mo-ta"


@pytest.mark.parametrize("amount", [None, "", "miễn", "NaN", "sNaN", "Infinity", float("inf"), -5, "1e400", "1e999999"])
@pytest.mark.parametrize("currency", ["VND", "USD", ""])
def test_an_amount_that_cannot_be_one_is_neither_believed_nor_free(amount: Any, currency: str) -> None:
    fee = read_fee({"fee_text": "Phí theo biểu", "fees": [{"amount": amount, "currency": currency}]})

    assert (fee.kind, fee.text, fee.fees) == (FeeKind.TEXT, "Phí theo biểu", [])
    assert fee.doubt


def test_a_fee_without_its_amount_keeps_its_note() -> None:
    fee = read_fee({"fees": [{"currency": "USD", "note": "theo biểu"}]})

    assert (fee.kind, fee.text) == (FeeKind.TEXT, "Theo biểu")


@pytest.mark.parametrize(
    "basis",
    ["(" + "1/" * 4000, "(1/1" * 4000, "(" * 9000, "()" * 4000 + "x", "(" + "1" * 9000, "(a1/)" + "-" * 9000 + "x"],
)
def test_a_hostile_legal_basis_takes_no_time(basis: str) -> None:
    began = process_time()

    texts.read_legal_basis([basis])
    read_fee({"fee_text": basis, "fees": [{"amount": 2000, "currency": "VND", "note": basis + "1" * 9000}]})

    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Luật Thư viện (46/2019/QH14).", "46/2019/QH14", "Luật Thư viện"),
        ("Nghị định (sửa đổi) ( 12/2023/NĐ-CP ) ;", "12/2023/NĐ-CP", "Nghị định (sửa đổi)"),
        ("(12/2023/NĐ-CP)", "12/2023/NĐ-CP", "(12/2023/NĐ-CP)"),
        ("Luật (bản 2019)", "", "Luật (bản 2019)"),
        ("Luật ((1/2019/L))", "1/2019/L", "Luật ("),
        ("Luật (1/2019) mới", "", "Luật (1/2019) mới"),
    ],
)
def test_the_number_at_the_end_of_a_legal_basis(line: str, number: str, title: str) -> None:
    assert texts.read_legal_basis([line]) == [{"number": number, "title": title}]


def test_phi_and_le_phi_are_told_apart_as_published() -> None:
    fee = read_fee(way(fee_text="Phí : 50000 Đồng\nLệ phí : 20000 Đồng", fees=[vnd(50000), vnd(20000)]))
    assert fee.text == "Phí 50.000 đồng\nLệ phí 20.000 đồng"


@given(
    st.lists(
        st.fixed_dictionaries(
            {"amount": st.sampled_from([0, 1, 20, 999]), "currency": st.just("VND"), "note": st.text()}
        )
    )
)
def test_no_amount_under_a_thousand_dong_is_ever_believed(fees: list[Any]) -> None:
    assert read_fee(way(fee_text="…", fees=fees)).kind != "co-muc"


NOTES = [
    paper("Lưu ý: cán bộ có trách nhiệm khai thác dữ liệu", originals=0),
    paper("- Giấy tờ phải nộp:", originals=0),
    paper("Số lượng hồ sơ: 01 (một) bộ."),
    paper("Không quy định", originals=0),
    paper("Người nộp phải chịu trách nhiệm trước pháp luật.", originals=0),
    paper("- Bản khai của cán bộ tiếp nhận", originals=0, group="Lưu ý"),
]


@pytest.mark.parametrize("row", NOTES, ids=lambda row: row["name"][:20])
def test_notes_and_headings_are_no_papers(row: dict[str, Any]) -> None:
    papers = read_papers([row], [])
    assert papers.rows[0]["is_document"] is False


@pytest.mark.parametrize(
    ("row", "doubtful"),
    [
        (paper("Đơn đề nghị"), False),
        (paper("Bản sao giấy khai sinh", originals=0, copies=1), False),
        (paper("Đơn đề nghị", originals=0), True),
        (paper("Đơn đề nghị", originals=0, form_name="Mau.docx"), False),
        (paper("Tờ khai theo mẫu", group="Lưu ý"), True),
        (paper("Giấy tờ gồm có:"), True),
    ],
)
def test_what_may_be_a_paper_stays_one_and_is_doubted(row: dict[str, Any], doubtful: bool) -> None:
    papers = read_papers([row], [])
    assert papers.rows[0].get("is_document", True)
    assert bool(papers.doubts) == doubtful


@pytest.mark.parametrize(
    ("name", "left", "files"),
    [
        (
            "Đơn theo Mẫu số 25 Nghị định số 33/2026/NĐ-CPMẫu số 25.docx",
            "Đơn theo Mẫu số 25 Nghị định số 33/2026/NĐ-CP",
            ["Mẫu số 25.docx"],
        ),
        (
            "Đơn theo Thông tư số 15/2022/TT-NHNN.Phụ lục số 03-2130.docx",
            "Đơn theo Thông tư số 15/2022/TT-NHNN.",
            ["Phụ lục số 03-2130.docx"],
        ),
        ("Giấy đề nghị theo mẫuvăn bản đề nghị.docx", "Giấy đề nghị theo mẫu", ["văn bản đề nghị.docx"]),
        (
            "Phụ lục ban hành kèm Nghị định 155/2020/NĐ-CP3 Mẫu số 07.docx",
            "Phụ lục ban hành kèm Nghị định 155/2020/NĐ-CP3 Mẫu số 07.docx",
            [],
        ),
        ("Đơn đề nghị", "Đơn đề nghị", []),
    ],
)
def test_a_file_name_glued_to_a_paper_is_taken_off(name: str, left: str, files: list[str]) -> None:
    row = read_papers([paper(name)], []).rows[0]
    assert (row["name"], row.get("form_files", [])) == (left, files)


def test_a_file_named_among_the_forms_is_taken_off_exactly() -> None:
    row = read_papers([paper("Đơn đề nghị cấp thẻdon.docx")], ["don.docx"]).rows[0]
    assert (row["name"], row["form_files"]) == ("Đơn đề nghị cấp thẻ", ["don.docx"])


def test_several_files_in_a_cell() -> None:
    assert file_names("45.docx; Mau48.docx\nkhac.pdf") == ["45.docx", "Mau48.docx", "khac.pdf"]


def test_a_paper_keeps_its_key_when_others_come_and_go() -> None:
    one, two = paper("Đơn đề nghị"), paper("Ảnh 3x4")
    alone = read_papers([one], []).rows[0]["key"]
    later = {row["name"]: row["key"] for row in read_papers([two, one, one], []).rows[:2]}
    assert later["Đơn đề nghị"] == alone
    keys = [row["key"] for row in read_papers([two, one, one], []).rows]
    assert len(set(keys)) == 3
    assert max(map(len, keys)) <= 60


def test_a_paper_is_required_only_where_nothing_makes_it_depend() -> None:
    rows = read_papers([paper("Đơn"), paper("Ảnh (nếu có)"), paper("Giấy", group="Trường hợp cấp lại")], []).rows
    assert [row.get("required_if") for row in rows] == [{}, None, None]


def test_the_number_of_sets_is_read_from_the_row_that_says_it() -> None:
    assert read_papers([paper("Số lượng hồ sơ: 02 (hai) bộ")], []).sets == 2


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (
            "Bước 1: Nộp hồ sơ\nNộp tại quầy.\nBước 2: Nhận thẻ.",
            [("Bước 1: Nộp hồ sơ", "Nộp tại quầy."), ("Bước 2", "Nhận thẻ.")],
        ),
        ("Trước hết:\n- Bước 1. Nộp.", [("", "Trước hết:"), ("Bước 1", "Nộp.")]),
        ("a) Bước 1: Nộp\n- tại quầy", [("Bước 1: Nộp", "- tại quầy")]),
        ("Nộp rồi chờ.\nNhận.", [("", "Nộp rồi chờ.\nNhận.")]),
        ("", []),
    ],
)
def test_steps_are_told_apart(text: str, steps: list[tuple[str, str]]) -> None:
    assert [(step["title"], step["text"]) for step in texts.read_steps(text)] == steps


def test_results_legal_basis_agencies_audience_keywords() -> None:
    assert [row["name"] for row in texts.read_results("Thẻ (cũ; mới); Văn bản từ chối")] == [
        "Thẻ (cũ; mới)",
        "Văn bản từ chối",
    ]
    assert texts.read_results("Văn bản chấp thuậnMã: KQ.G19.000556") == [
        {"code": "KQ.G19.000556", "name": "Văn bản chấp thuận"}
    ]
    assert texts.read_legal_basis(["Luật Thư viện (46/2019/QH14)", "Luật Thư viện (46/2019/QH14)"]) == [
        {"number": "46/2019/QH14", "title": "Luật Thư viện"}
    ]
    assert texts.read_legal_basis(["Nghị định 93/2020/NĐ-CP và 105/2020/NĐ-CP"])[0]["number"] == ""
    assert texts.read_agencies("UBND cấp xã; Uỷ ban nhân dân cấp xã, Sở Nội vụ - tỉnh Gia Lai") == [
        "Ủy ban nhân dân cấp xã",
        "Sở Nội vụ",
    ]
    assert texts.read_agencies("Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ") == [
        "Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ"
    ]
    assert texts.read_audience("Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức") == [
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Cán bộ, công chức, viên chức",
    ]
    assert texts.read_keywords("thẻ, mượn sách; 1.001193") == ["thẻ", "mượn sách"]
