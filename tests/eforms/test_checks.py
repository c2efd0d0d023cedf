"""Rules between answers, each as data; and the rules over the rows of a group."""

from typing import Any

import pytest

from motcua.eforms.rules import check_all, check_page
from tests.eforms.forms import HOUSEHOLD, TODAY, one_field

DAY = {"field": "d", "kind": "date", "label": "Ngày kia"}
YEAR = {"field": "y", "kind": "year", "label": "Năm kia"}
SEX = {
    "field": "s", "kind": "choice", "label": "Giới tính",
    "options": [{"value": "nu", "label": "Nữ"}, {"value": "nam", "label": "Nam"}],
}  # fmt: skip


def said(kind: str, check: dict[str, Any], answers: dict[str, Any]) -> str:
    form = one_field(kind=kind, checks=[check], others=[DAY, YEAR, SEX])
    problems = [one for one in check_page(form, "trang", answers, today=TODAY) if one.field_id == "x"]
    assert len(problems) < 2
    return problems[0].message if problems else ""


def after(**more: Any) -> dict[str, Any]:
    return {"check": "years_after", **more}


@pytest.mark.parametrize(
    ("kind", "check", "answers", "message"),
    [
        ("date", {"check": "not_after_today"}, {"x": "2026-11-21"}, ""),
        ("date", {"check": "not_after_today"}, {"x": "2026-11-22"}, "Ô này không được sau hôm nay, 21/11/2026"),
        ("year", {"check": "not_after_today"}, {"x": 2026}, ""),
        ("year", {"check": "not_after_today"}, {"x": 2027}, "Ô này không được sau hôm nay, 21/11/2026"),
        ("date", {"check": "not_before_today"}, {"x": "2026-11-21"}, ""),
        ("date", {"check": "not_before_today"}, {"x": "2026-11-20"}, "Ô này không được trước hôm nay, 21/11/2026"),
        ("date", {"check": "not_before", "date": "2000-01-01"}, {"x": "2000-01-01"}, ""),
        (
            "date",
            {"check": "not_before", "date": "2000-01-01"},
            {"x": "1999-12-31"},
            "không được trước ngày 01/01/2000",
        ),
        ("date", {"check": "not_before", "field": "d"}, {"x": "2026-01-01", "d": "2026-01-02"}, "trước “Ngày kia”"),
        ("date", {"check": "not_before", "field": "d"}, {"x": "2026-01-02", "d": "2026-01-02"}, ""),
        ("date", {"check": "not_before", "field": "d"}, {"x": "2026-01-01"}, ""),
        ("date", {"check": "not_after", "field": "d"}, {"x": "2026-01-03", "d": "2026-01-02"}, "sau “Ngày kia”"),
        ("year", {"check": "not_after", "field": "d"}, {"x": 2026, "d": "2026-01-02"}, ""),
        ("year", {"check": "not_after", "field": "d"}, {"x": 2027, "d": "2026-01-02"}, "sau “Ngày kia”"),
        ("date", after(field="d", least=18), {"x": "2026-01-01", "d": "2008-01-01"}, ""),
        ("date", after(field="d", least=18), {"x": "2025-12-31", "d": "2008-01-01"}, "ít nhất 18 năm"),
        ("date", after(field="d", most=60), {"x": "2026-01-02", "d": "1965-01-01"}, "nhiều nhất 60 năm"),
        ("date", after(field="y", least=10), {"x": "2026-01-01", "y": 2016}, ""),  # may have been born on 1 January
        ("date", after(field="y", least=10), {"x": "2026-01-01", "y": 2017}, "ít nhất 10 năm"),
        ("date", after(field="y", most=60), {"x": "2026-01-01", "y": 1965}, ""),
        ("date", after(field="y", most=60), {"x": "2026-12-30", "y": 1965}, ""),
        ("date", after(field="y", most=60), {"x": "2026-12-31", "y": 1964}, "nhiều nhất 60 năm"),
        ("year", {"check": "years_before", "field": "d", "least": 10}, {"x": 2027, "d": "2026-01-01"}, "ít nhất 10"),
        ("text", {"check": "differs_from", "field": "d"}, {"x": "a"}, ""),
        (
            "personal_number",
            {"check": "personal_number_agrees", "birth": "d", "sex": "s"},
            {"x": "098196001552", "d": "1996-12-30", "s": "nu"},
            "",
        ),
        (
            "personal_number",
            {"check": "personal_number_agrees", "birth": "d", "sex": "s"},
            {"x": "098196001552", "d": "1995-12-30", "s": "nu"},
            "không khớp với ngày sinh",
        ),
        (
            "personal_number",
            {"check": "personal_number_agrees", "birth": "d", "sex": "s"},
            {"x": "098196001552", "d": "1996-12-30", "s": "nam"},
            "không khớp với giới tính",
        ),
        (
            "personal_number",
            {"check": "personal_number_agrees", "birth": "y", "sex_is": "nu"},
            {"x": "098196001552", "y": 1996},
            "",
        ),
        ("personal_number", {"check": "personal_number_agrees", "birth": "y"}, {"x": "098196001552"}, ""),
        (
            "personal_number",
            {"check": "personal_number_agrees", "birth": "d"},
            {"x": "098196001552", "d": {"day": "30", "month": "2", "year": "1996"}},
            "",
        ),
        (
            "text",
            {"check": "at_least_one", "fields": ["x", "d"], "message": "Xin khai một trong hai"},
            {},
            "Xin khai một trong hai",
        ),
        ("text", {"check": "at_least_one", "fields": ["x", "d"], "message": "Một"}, {"d": "2026-01-01"}, ""),
        (
            "text",
            {"check": "refuse_if", "if": {"field": "s", "is": "nam"}, "message": "Không được"},
            {"s": "nam"},
            "Không được",
        ),
        ("text", {"check": "refuse_if", "if": {"field": "s", "is": "nam"}, "message": "Không"}, {"s": "nu"}, ""),
    ],
)
def test_checks(kind: str, check: dict[str, Any], answers: dict[str, Any], message: str) -> None:
    found = said(kind, check, answers)
    assert message in found
    assert bool(message) == bool(found)


def test_the_forms_own_words_go_first() -> None:
    assert said("date", {"check": "not_after_today", "message": "Chưa tới"}, {"x": "2030-01-01"}) == "Chưa tới"


def test_a_hidden_field_is_not_checked_and_not_compared() -> None:
    hidden = {**DAY, "shown_if": {"field": "s", "is": "nu"}, "required": True, "checks": [{"check": "not_after_today"}]}
    form = one_field(kind="date", checks=[{"check": "not_after", "field": "d"}], others=[SEX, hidden])
    answers = {"s": "nam", "d": "2025-01-01", "x": "2026-01-01"}
    assert check_page(form, "trang", answers, today=TODAY) == []
    assert check_page(form, "trang", answers | {"s": "nu"}, today=TODAY)[0].field_id == "x"


def test_required_may_depend_on_answers() -> None:
    form = one_field(kind="text", others=[SEX], required={"field": "s", "is": "nu"})
    assert check_page(form, "trang", {"s": "nam"}, today=TODAY) == []
    assert [one.field_id for one in check_page(form, "trang", {"s": "nu"}, today=TODAY)] == ["x"]


LINE = {"code": "4711", "line_name": "Bán lẻ", "main": True}
BASE = {"business_name": "Hoa Sen", "founder": "ca-nhan", "capital": 1000}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([LINE], []),
        ([], [("lines", "cần ít nhất 1 ngành, nghề")]),
        (None, [("lines", "cần ít nhất 1 ngành, nghề")]),
        ([LINE, {**LINE, "code": "4712"}], [("lines--1--main", "đúng một ngành, nghề chính")]),
        ([{**LINE, "main": False}], [("lines--0--main", "đúng một ngành, nghề chính")]),
        ([LINE, {**LINE, "main": False}], [("lines--1--code", "đã có ở trên")]),
        ([LINE, {"code": "92", "line_name": "Xổ số"}], [("lines--1--code", "đúng 4 chữ số")]),
        ([LINE, {"code": "9200", "line_name": "Xổ số"}], [("lines--1--license", "Giấy phép")]),
        ([{**LINE, "code": str(4000 + n), "main": n == 0} for n in range(21)], [("lines", "nhiều nhất 20")]),
        ("garbage", [("lines", "cần ít nhất 1 ngành, nghề")]),
        ([LINE, "garbage"], [("lines--1--code", "Mã ngành cấp 4"), ("lines--1--line-name", "Tên ngành")]),
    ],
)
def test_rows(lines: Any, told: list[tuple[str, str]]) -> None:
    problems = check_all(HOUSEHOLD, BASE | {"lines": lines}, today=TODAY)
    assert [one.html_id for one in problems] == [html_id for html_id, _ in told]
    for problem, (_, words) in zip(problems, told, strict=True):
        assert words in problem.message
        assert problem.page == "nganh-nghe"


def test_rows_are_compared_within_themselves() -> None:
    members = [
        {"name": "An", "birth": "1996-12-30", "number": "098196001552"},
        {"name": "Bình", "birth": "1996-12-30", "number": "098094001552"},
    ]
    answers = BASE | {"founder": "ho-gia-dinh", "lines": [LINE], "members": members}
    assert [one.field_id for one in check_all(HOUSEHOLD, answers, today=TODAY)] == ["members__1__number"]


def test_three_hundred_members_are_checked() -> None:
    members = [{"name": f"Người {'A' * (n % 7 + 1)}"} for n in range(300)]
    answers = BASE | {"founder": "ho-gia-dinh", "lines": [LINE], "members": members}
    assert check_all(HOUSEHOLD, answers, today=TODAY) == []
    answers["members"] = [*members, {"name": "Thừa"}]
    assert [one.field_id for one in check_all(HOUSEHOLD, answers, today=TODAY)] == ["members"]
