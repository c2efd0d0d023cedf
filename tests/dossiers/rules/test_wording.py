"""What a result says follows from the mapping and the answers, for any procedure."""

from datetime import date

import pytest

from motcua.dossiers.rules.wording import Sources, Told, of_the_day, own_labels, values_of

SOURCES = Sources(
    told={
        "name": Told("Họ, chữ đệm, tên", "Lê Minh Khuê", "", "Trẻ em"),
        "born": Told("Ngày sinh", "12/11/2026", "Ngày mười hai tháng mười một", "Trẻ em"),
        "mother_born": Told("Ngày sinh", "1996", "", "Mẹ"),
        "place": Told("Nơi sinh", "Bệnh viện tỉnh", "", "Trẻ em"),
        "lines": Told("Ngành", "", rows=({"line": "5610", "detail": "phở", "main": "Có"}, {"line": "5630"}, {})),
    },
    answers={"name": "Lê Minh Khuê", "born": "2026-11-12", "mother_born": {"year": "1996"}, "place": {"code": "1"}},
    owner={"full_name": "Lê Văn Bình", "birth_date": "1994-07-20"},
    applicant={"full_name": "Nguyễn Thị An", "personal_number": "098196004217", "address": "Tổ 4, phường Hoa Sen"},
    agency={"name": "Ủy ban nhân dân phường Hoa Sen"},
    today=date(2026, 11, 25),
)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("answers.name", "Lê Minh Khuê"),
        ("answers.born", "12/11/2026"),
        ("answers.born|raw", "2026-11-12"),
        ("answers.born|words", "Ngày mười hai tháng mười một"),
        ("answers.born|year", "2026"),
        ("answers.mother_born|year", "1996"),
        ("answers.place|raw", "Bệnh viện tỉnh"),  # nobody wants to read a code
        ("answers.father", ""),  # hidden by the other answers
        ("owner.full_name", "Lê Văn Bình"),
        ("owner.birth_date|year", "1994"),
        ("applicant.address", "Tổ 4, phường Hoa Sen"),
        ("agency.name", "Ủy ban nhân dân phường Hoa Sen"),
        ("today", "25/11/2026"),
        ("today|raw", "2026-11-25"),
        ("Căn cước số {applicant.personal_number}", "Căn cước số 098196004217"),
        ("{answers.father} {answers.father|year}", ""),
        ("{answers.place}, {answers.father}, {applicant.address}", "Bệnh viện tỉnh, Tổ 4, phường Hoa Sen"),
        ("{answers.father}, {answers.place}", "Bệnh viện tỉnh"),
    ],
)
def test_sources(source: str, text: str) -> None:
    assert [value.text for value in values_of({"x": source}, SOURCES)] == [text]


def test_some_things_are_always_said_the_same() -> None:
    assert [value.text for value in values_of({"x": {"text": "Xác nhận:", "label": "Câu mở đầu"}}, SOURCES)] == [
        "Xác nhận:"
    ]


def test_labels_go_to_the_template_that_has_none_of_its_own() -> None:
    mapping = {"line_01": {"from": "answers.name", "label": "Họ tên"}, "agency": "agency.name"}
    assert own_labels("ket-qua", mapping) == {"labels": {"line_01": "Họ tên"}}
    assert own_labels("giay-khai-sinh", mapping) == {}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("answers.lines", "5610, phở, chính\n5630"),
        ("answers.members", ""),  # hidden by the other answers
    ],
)
def test_a_group_gives_a_line_a_row(source: str, text: str) -> None:
    mapping = {"x": {"from": source, "each": "{line}, {detail}, {main|chính}"}}
    assert [value.text for value in values_of(mapping, SOURCES)] == [text]


def test_the_editor_names_values_as_the_form_does() -> None:
    mapping = {
        "b": "applicant.full_name",
        "c": "today",
        "d": {"from": "agency.name", "label": "Nơi đăng ký"},
        "a": "{answers.father}, {answers.born|words}",
        "e": "answers.born|words",
    }
    named = [(value.label, value.group) for value in values_of(mapping, SOURCES)]
    assert named == [
        ("Ngày sinh", "Trẻ em"),
        ("Ngày sinh, ghi bằng chữ", "Trẻ em"),
        ("Người nộp: họ tên", "Đăng ký"),
        ("Ngày đăng ký", "Đăng ký"),
        ("Nơi đăng ký", "Đăng ký"),
    ]


def test_what_no_form_says_stands_as_it_does_on_the_paper() -> None:
    text = {"text": "…", "label": "x"}
    kept = {"agency": "agency.name", "title": text, "closing": text, "line_09": text, "opening": text}
    assert [value.key for value in values_of(kept, SOURCES)] == ["title", "agency", "opening", "line_09", "closing"]


def test_an_unknown_source_is_a_mistake_of_the_set_up() -> None:
    with pytest.raises(ValueError, match="no source"):
        values_of({"x": "registry.name"}, SOURCES)


def test_the_day_is_that_of_issue() -> None:
    mapping = {"on": "today|raw", "name": "answers.name"}
    assert of_the_day(mapping, {"on": "2026-11-25", "name": "K"}, date(2026, 11, 26)) == {
        "on": "2026-11-26",
        "name": "K",
    }


def test_a_value_without_a_source_is_left_for_the_registrar_to_write() -> None:
    (value,) = values_of({"child_number": {"from": "", "label": "Số định danh của trẻ"}}, SOURCES)
    assert (value.label, value.text) == ("Số định danh của trẻ", "")
