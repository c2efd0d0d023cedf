"""Codes of the official list of business lines: found by code or words, kept with their names."""

from typing import Any

import pytest

from motcua.eforms import forms
from motcua.eforms.rendering import draw
from motcua.eforms.rules import DefinitionError, check_all, describe, holds, parse, read
from motcua.eforms.rules.kinds.codes import code_list
from tests.eforms.forms import BUSINESS, TODAY, WARD, one_field

LINES = code_list("business_lines")
FIELD = one_field(kind="code", required=True)
FOOD = {"code": "5610", "name": "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động"}
LINES_PAGE = "nganh-nghe"


class TestList:
    def test_has_all_lines_of_level_four(self) -> None:
        assert len(LINES.entries) == 495  # Phụ lục I, QĐ 36/2025/QĐ-TTg
        assert all(len(code) == LINES.digits == 4 and code.isdecimal() for code in LINES.entries)
        assert list(LINES.entries) == sorted(LINES.entries)

    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("quán phở", "5610"),
            ("quan pho bo", "5610"),
            ("QUÁN CÀ PHÊ", "5630"),
            ("tạp hóa", "4711"),
            ("tạp hoá", "4711"),  # the other place for the accent
            ("cat toc", "9621"),
            ("sửa xe máy", "9532"),
            ("ban quan ao", "4771"),
            ("trồng lú", "0111"),  # a word half typed
            ("nha tro sinh vien", "5520"),
            ("Bán lẻ hàng may mặc, giày, dép, hàng da và giả da", "4771"),
            ("96", "9610"),
            ("5630", "5630"),
        ],
    )
    def test_is_searched_as_people_type(self, typed: str, first: str) -> None:
        assert LINES.find(typed)[0].code == first

    def test_whatever_is_meant_by_a_few_words_is_offered(self) -> None:
        assert {"9529", "9531", "9532"} <= {entry.code for entry in LINES.find("sua xe")}
        assert {"0126", "1077", "5630"} <= {entry.code for entry in LINES.find("cà phê")}

    @pytest.mark.parametrize("typed", ["zzzz", "9999", "…", "", "\x00", "12345"])
    def test_finds_nothing_where_nothing_is(self, typed: str) -> None:
        assert LINES.find(typed) == []

    def test_offers_only_so_many(self) -> None:
        assert len(LINES.find("sản xuất")) == 8
        assert len(LINES.find("quán " * 5000)) <= 8


class TestReading:
    @pytest.mark.parametrize("typed", ["5610", " 5610 ", "5610 – Nhà hàng", "5610. Nhà hàng", "5610:", FOOD["name"]])
    def test_a_code_or_a_whole_name_is_understood(self, typed: str) -> None:
        assert read(FIELD, "trang", {"x": typed}, {})["x"] == FOOD

    def test_anything_else_stays_as_typed(self) -> None:
        assert read(FIELD, "trang", {"x": "quán  ăn"}, {})["x"] == "quán ăn"

    def test_a_name_stays_as_it_was_when_it_was_answered(self) -> None:
        old = {"code": "5610", "name": "Nhà hàng và các dịch vụ ăn uống"}
        assert read(FIELD, "trang", {"x": "5610"}, {"x": old})["x"] == old

    def test_a_line_that_was_found_is_taken_by_its_button(self) -> None:
        posted = {"x": "quán ăn", "act": "take-code:x:5610"}
        assert read(FIELD, "trang", posted, {})["x"] == FOOD

    def test_another_field_s_button_takes_nothing(self) -> None:
        assert read(FIELD, "trang", {"x": "quán ăn", "act": "take-code:xx:5610"}, {})["x"] == "quán ăn"

    def test_a_forged_code_is_no_line(self) -> None:
        assert read(FIELD, "trang", {"act": "take-code:x:0000"}, {})["x"] == "0000"
        assert read(FIELD, "trang", {"act": "take-code:x:\x00<b>"}, {})["x"] == "<b>"

    def test_buttons_stay_on_the_page_at_the_box(self) -> None:
        for act in ("find-code:lines__0__line", "take-code:lines__0__line:5610"):
            result = forms.act(BUSINESS, LINES_PAGE, {"lines__0": "1", "lines__0__line": "quán", "act": act}, {})
            assert result.stay
            assert result.focus == "lines--0--line"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Xin chọn “Ô này”"),
        ("4799", "Không có ngành, nghề nào mang mã 4799. Xin gõ tên để tìm"),
        ("561", "Mã ngành, nghề có đúng 4 chữ số, ông/bà gõ 3"),
        ("56101", "Mã ngành, nghề có đúng 4 chữ số, ông/bà gõ 5"),
        ("quán ăn", "Xin chọn một ngành, nghề trong số tìm thấy"),
        ("xyzt", "Không tìm thấy ngành, nghề nào như đã gõ. Xin gõ từ khác hoặc gõ mã"),
        ("5610", None),
    ],
)
def test_what_is_said(typed: str, told: str | None) -> None:
    answers = read(FIELD, "trang", {"x": typed}, {})
    assert [problem.message for problem in check_all(FIELD, answers, today=TODAY)] == ([told] if told else [])


def test_it_is_shown_with_its_name() -> None:
    (section,) = describe(FIELD, {"x": FOOD})
    assert section.rows[0].text == f"5610 – {FOOD['name']}"


def test_conditions_look_at_the_code() -> None:
    assert holds({"field": "x", "in": ["5610", "5630"]}, {"x": FOOD})
    assert not holds({"field": "x", "is": "5630"}, {"x": FOOD})


def test_what_is_sought_is_offered_and_what_is_chosen_is_named() -> None:
    def box(answer: Any) -> Any:
        (block,) = draw(FIELD, FIELD.pages[0], {"x": answer}, [], today=TODAY, known=WARD)  # type: ignore[arg-type]
        assert block.control
        return block.control.codes

    assert [entry.code for entry in box("quán phở").found] == ["5610"]
    assert (box(FOOD).name, box(FOOD).found) == (FOOD["name"], [])
    assert box("x").was_sought is False


@pytest.mark.parametrize(
    ("field", "trouble"),
    [
        ({"kind": "code", "list": "nowhere"}, "there is no list nowhere"),
        ({"kind": "code", "list": "countries"}, "there is no list countries"),
        ({"kind": "text", "list": "business_lines"}, "should not be valid"),
    ],
)
def test_a_list_must_exist(field: dict[str, Any], trouble: str) -> None:
    with pytest.raises(DefinitionError, match=trouble):
        one_field(**field)


def test_a_code_needs_its_list_and_conditions_name_known_codes() -> None:
    item = {"field": "x", "kind": "code", "label": "Ô này"}
    form = {"key": "thu", "version": 1, "title": "Thử", "pages": [{"slug": "t", "title": "T", "items": [item]}]}
    with pytest.raises(DefinitionError, match="'list' is a required property"):
        parse(form)
    item["list"] = "business_lines"
    form["pages"][0]["items"].append({"note": "Lạ", "shown_if": {"field": "x", "is": "0000"}})  # type: ignore[index]
    with pytest.raises(DefinitionError, match="x has no value 0000"):
        parse(form)
