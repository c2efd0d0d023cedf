"""Each kind of field: what is typed, what is kept, what is said about it, how it is shown."""

import unicodedata
from typing import Any

import pytest

from motcua.eforms.rules import check_page, describe, read
from tests.eforms.forms import TODAY, WARD, one_field

OPTIONS = [{"value": "a", "label": "Cái A"}, {"value": "b", "label": "Cái B"}]


def typed_into(field: dict[str, Any], posted: dict[str, Any]) -> tuple[Any, str, str]:
    """The stored answer, what is said about it (nothing if content), and how it is shown."""
    form = one_field(**field)
    answers = read(form, "trang", posted, {}, known=WARD)
    problems = check_page(form, "trang", answers, today=TODAY, known=WARD)
    shown = describe(form, answers)[0].rows[0]
    return answers.get("x"), problems[0].message if problems else "", shown.text


def day(d: str, m: str, y: str) -> dict[str, str]:
    return {"x__day": d, "x__month": m, "x__year": y}


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        ("text", "  Bệnh   viện\tA ", "Bệnh viện A", "Bệnh viện A"),
        ("text", unicodedata.normalize("NFD", "Hoà Bình"), "Hoà Bình", "Hoà Bình"),
        ("textarea", "một\r\n hai ", "một\nhai", "một\nhai"),
        ("name", unicodedata.normalize("NFD", "Nguyễn Thị Ước"), "Nguyễn Thị Ước", "Nguyễn Thị Ước"),
        ("name", "H'Hen Niê", "H'Hen Niê", "H'Hen Niê"),
        ("name", "Jean-Pierre O’Connor Jr.", "Jean-Pierre O’Connor Jr.", "Jean-Pierre O’Connor Jr."),
        ("name", "Søren Ångström", "Søren Ångström", "Søren Ångström"),
        ("name", "あい", "あい", "あい"),
        ("personal_number", "098 196 001 552", "098196001552", "098196001552"),
        ("personal_number", "098.196.001-552", "098196001552", "098196001552"),
        ("phone", "0900 000 217", "+84900000217", "0900 000 217"),
        ("phone", "+84 900000217", "+84900000217", "0900 000 217"),
        ("email", " An@Example.com ", "An@Example.com", "An@Example.com"),
        ("year", "1996", 1996, "1996"),
        ("number", "12", 12, "12"),
        ("number", "1.200", 1200, "1.200"),
        ("number", "1 200", 1200, "1.200"),
        ("money", "50.000.000 đ", 50_000_000, "50.000.000 đồng"),
        ("money", "16,000 VND", 16_000, "16.000 đồng"),
        ("country", "VN", "VN", "Việt Nam"),
        ("ethnicity", "08", "08", "Mông"),
    ],
)
def test_what_is_understood(kind: str, typed: str, kept: Any, shown: str) -> None:
    assert typed_into({"kind": kind}, {"x": typed}) == (kept, "", shown)


@pytest.mark.parametrize(
    ("field", "typed", "kept", "said"),
    [
        ({"kind": "text", "max_length": 5}, "sáu chữ", "sáu chữ", "“Ô này” dài nhất 5 ký tự, ông/bà đã gõ 7"),
        (
            {"kind": "text", "pattern": "[0-9]{4}", "pattern_message": "Có đúng 4 chữ số"},
            "12345",
            "12345",
            "Có đúng 4 chữ số",
        ),
        ({"kind": "name"}, "Lê " + "A" * 198, "Lê " + "A" * 198, "“Ô này” dài nhất 200 ký tự, ông/bà đã gõ 201"),
        ({"kind": "name"}, "Lê Minh 😀", "Lê Minh 😀", "Xin bỏ “😀”"),
        ({"kind": "name"}, "Lê Minh 2", "Lê Minh 2", "“Ô này” không có chữ số"),
        ({"kind": "name"}, "<b>Lê</b>", "<b>Lê</b>", "Xin bỏ “<”"),
        ({"kind": "name"}, "-.'", "-.'", "phải có chữ cái"),
        ({"kind": "personal_number"}, "09819600155", "09819600155", "Số định danh có 12 chữ số, ông/bà mới gõ 11"),
        ({"kind": "personal_number"}, "không nhớ", "không nhớ", "Số định danh chỉ gồm chữ số"),
        ({"kind": "phone"}, "12345", "12345", "Ví dụ 0912 345 678"),
        ({"kind": "email"}, "an@", "an@", "Địa chỉ thư điện tử chưa đúng"),
        ({"kind": "year"}, "96", "96", "có 4 chữ số"),
        ({"kind": "year"}, "1850", 1850, "Năm phải từ 1900 đến 2100, ông/bà đã gõ 1850"),
        ({"kind": "year"}, "9999", 9999, "Năm phải từ 1900 đến 2100, ông/bà đã gõ 9999"),
        ({"kind": "number"}, "hai", "hai", "là một số"),
        ({"kind": "number"}, "1.5", "1.5", "là một số"),
        ({"kind": "number", "least": 1, "most": 20}, "21", 21, "phải từ 1 đến 20"),
        ({"kind": "number", "least": 1, "most": 20}, "0", 0, "phải từ 1 đến 20"),
        ({"kind": "number", "least": 3}, "-5", -5, "ít nhất là 3"),
        ({"kind": "money", "most": 5000}, "6000", 6000, "nhiều nhất là 5.000 đồng"),
        ({"kind": "country"}, "ZZ", "ZZ", "Xin chọn “Ô này”"),
        ({"kind": "choice", "options": OPTIONS}, "c", "c", "Xin chọn “Ô này”"),
    ],
)
def test_what_is_not_understood_is_kept_and_told(field: dict[str, Any], typed: str, kept: Any, said: str) -> None:
    answer, message, _ = typed_into(field, {"x": typed})
    assert answer == kept
    assert said in message
    assert said


@pytest.mark.parametrize(
    ("typed", "kept", "said", "shown"),
    [
        (day("5", "3", "2026"), "2026-03-05", "", "05/03/2026"),
        (day("05", " 03 ", "2026"), "2026-03-05", "", "05/03/2026"),
        (day("29", "2", "2024"), "2024-02-29", "", "29/02/2024"),
        (day("12/11/2026", "", ""), "2026-11-12", "", "12/11/2026"),
        (day("", "", ""), "", "", ""),
        (day("30", "2", "2026"), None, "Tháng 2 năm 2026 chỉ có 28 ngày", "30/2/2026"),
        (day("29", "2", "2026"), None, "Tháng 2 năm 2026 chỉ có 28 ngày", "29/2/2026"),
        (day("31", "4", "2026"), None, "Tháng 4 năm 2026 chỉ có 30 ngày", "31/4/2026"),
        (day("32", "1", "2026"), None, "Ngày là số từ 1 đến 31", "32/1/2026"),
        (day("0", "1", "2026"), None, "Ngày là số từ 1 đến 31", "0/1/2026"),
        (day("1", "13", "2026"), None, "Tháng là số từ 1 đến 12", "1/13/2026"),
        (day("1", "1", "26"), None, "Năm có 4 chữ số, ví dụ 2026", "1/1/26"),
        (day("1", "1", "0000"), None, "Năm có 4 chữ số, ví dụ 2026", "1/1/0000"),
        (day("mồng 1", "giêng", "2026"), None, "Tháng là số từ 1 đến 12", "mồng 1/giêng/2026"),
        (day("1", "", "2026"), None, "còn thiếu tháng", "1/…/2026"),
        (day("1", "", ""), None, "còn thiếu tháng và năm", "1/…/…"),
        (day("1", "1", "9999"), "9999-01-01", "Năm phải từ 1900 đến 2100, ông/bà đã gõ 9999", "01/01/9999"),
        (day("1", "1", "1899"), "1899-01-01", "Năm phải từ 1900 đến 2100", "01/01/1899"),
    ],
)
def test_dates(typed: dict[str, str], kept: str | None, said: str, shown: str) -> None:
    answer, message, text = typed_into({"kind": "date"}, typed)
    expected = {part: " ".join(typed[f"x__{part}"].split()) for part in ("day", "month", "year")}
    assert answer == (expected if kept is None else kept)
    assert said in message
    assert bool(said) == bool(message)
    assert text == shown


def test_a_date_may_be_shown_in_words() -> None:
    form = one_field(kind="date", in_words=True)
    row = describe(form, {"x": "2026-11-12"})[0].rows[0]
    assert row.words == "Ngày mười hai tháng mười một năm hai nghìn không trăm hai mươi sáu"


def test_a_message_points_at_the_wrong_box() -> None:
    form = one_field(kind="date")
    answers = read(form, "trang", day("1", "13", "2026"), {})
    assert check_page(form, "trang", answers, today=TODAY)[0].html_id == "x--month"
    answers = read(form, "trang", day("30", "2", "2026"), {})
    assert check_page(form, "trang", answers, today=TODAY)[0].html_id == "x"


@pytest.mark.parametrize(
    ("posted", "kept", "shown"),
    [
        ({"x": ["", "1"]}, True, "Có"),
        ({"x": [""]}, False, "Không"),
        ({}, None, ""),
    ],
)
def test_ticks(posted: dict[str, Any], kept: Any, shown: str) -> None:
    answer, message, text = typed_into({"kind": "tick"}, posted)
    assert (answer, message, text) == (kept, "", shown)


def test_a_required_tick_must_be_ticked() -> None:
    field = {"kind": "tick", "required": True, "missing": "Xin đánh dấu lời cam đoan"}
    assert typed_into(field, {"x": [""]})[1] == "Xin đánh dấu lời cam đoan"
    assert typed_into(field, {"x": ["", "1"]})[1] == ""


def test_several_choices() -> None:
    field = {"kind": "choices", "options": OPTIONS, "required": True}
    assert typed_into(field, {"x": ["", "b", "a", "b"]}) == (["b", "a"], "", "Cái B; Cái A")
    assert typed_into(field, {"x": [""]})[1] == "Xin chọn “Ô này”"
    answer, message, shown = typed_into(field, {"x": ["", "c"]})
    assert (answer, shown) == (["c"], "c")
    assert message


def test_what_a_list_does_not_have_is_written_out() -> None:
    field = {"kind": "country"}
    kept = {"code": "khac", "name": "Bu-tan"}
    assert typed_into(field, {"x": "khac", "x__other": " Bu-tan "}) == (kept, "", "Bu-tan")
    answer, message, shown = typed_into(field, {"x": "khac", "x__other": ""})
    assert answer == {"code": "khac", "name": ""}
    assert "Xin ghi tên" in message
    assert shown == "Nước khác"


PLACE = {"x__province": "98", "x__commune": "98001", "x__detail": "Số 12 đường Trần Phú"}


@pytest.mark.parametrize(
    ("posted", "said", "shown"),
    [
        (PLACE, "", "Số 12 đường Trần Phú, phường Hoa Sen, tỉnh Minh Giang"),
        (PLACE | {"x__detail": ""}, "", "Phường Hoa Sen, tỉnh Minh Giang"),
        (PLACE | {"x__commune": ""}, "Xin chọn xã, phường", "Số 12 đường Trần Phú, tỉnh Minh Giang"),
        (PLACE | {"x__province": "", "x__commune": ""}, "Xin chọn tỉnh", "Số 12 đường Trần Phú"),
        (PLACE | {"x__detail": "a" * 201}, "dài nhất 200 ký tự", "a" * 201 + ", phường Hoa Sen, tỉnh Minh Giang"),
        ({"x__province": "98001", "x__commune": "98001"}, "chọn lại tỉnh", "Phường Hoa Sen, phường Hoa Sen"),
    ],
)
def test_places(posted: dict[str, str], said: str, shown: str) -> None:
    _, message, text = typed_into({"kind": "place"}, posted)
    assert said in message
    assert bool(said) == bool(message)
    assert text == shown


def test_a_place_keeps_the_names_it_was_answered_with() -> None:
    form = one_field(kind="place")
    answers = read(form, "trang", PLACE, {}, known=WARD)
    assert describe(form, answers)[0].rows[0].text == "Số 12 đường Trần Phú, phường Hoa Sen, tỉnh Minh Giang"
    unknown_now = read(form, "trang", PLACE, answers)  # the units are no longer known
    assert unknown_now == answers


def test_a_found_place_fills_both_lists() -> None:
    form = one_field(kind="place")
    answers = read(form, "trang", PLACE | {"x__found": "00004"}, {}, known=WARD)
    assert (answers["x"]["province"], answers["x"]["commune"]) == ("01", "00004")


def test_another_province_empties_the_commune() -> None:
    form = one_field(kind="place")
    before = read(form, "trang", PLACE, {}, known=WARD)
    after = read(form, "trang", PLACE | {"x__province": "01"}, before, known=WARD)
    assert (after["x"]["province"], after["x"]["commune"]) == ("01", "")
    assert after["x"]["detail"] == PLACE["x__detail"]


def test_a_commune_elsewhere_is_told() -> None:
    form = one_field(kind="place")
    answers = {"x": {"province": "98", "commune": "00004", "detail": ""}}
    problems = check_page(form, "trang", answers, today=TODAY, known=WARD)
    assert [(one.html_id, one.message) for one in problems] == [
        ("x--commune", "Xã, phường này không thuộc tỉnh đã chọn. Xin chọn lại")
    ]
