"""A few questions of a form on a page of their own: drawn, read and checked as everywhere, the rest untouched."""

import pytest

from motcua.eforms.rendering import draw
from motcua.eforms.rules import Definition, Note, Page, Section, check_page, excerpt, heading_of, read, told, whole
from motcua.eforms.rules.definition import Field, Group
from tests.eforms.forms import BIRTH, BUSINESS, HOUSEHOLD, TODAY

PAGE = Page("loi-khai", "Lời khai cần bổ sung", ())
LINES = [{"code": "4711", "line_name": "Bán lẻ", "main": True}, {"code": "4712", "line_name": "Khác"}]


def test_only_the_wanted_questions_stand_there_with_their_notes() -> None:
    form = excerpt(HOUSEHOLD, ["lines", "business_name"], PAGE, {"lines": "Thiếu mã ngành"})
    (section,) = form.page("loi-khai").items
    assert isinstance(section, Section)
    assert section.title == "Ngành, nghề"
    field, note, group = section.items
    assert isinstance(field, Field)
    assert field.id == "business_name"
    assert note == Note("Thiếu mã ngành")
    assert isinstance(group, Group)


def test_reads_and_checks_them_alone() -> None:
    form = excerpt(HOUSEHOLD, ["business_name"], PAGE, {})
    posted = {"business_name": "", "founder": "ho-gia-dinh"}
    after = read(form, "loi-khai", posted, {"business_name": "Hoa Sen", "founder": "ca-nhan"})
    assert after == {"business_name": "", "founder": "ca-nhan"}
    assert [one.field_id for one in check_page(form, "loi-khai", after, today=TODAY)] == ["business_name"]


def test_conditions_see_the_whole_form() -> None:
    form = excerpt(HOUSEHOLD, ["members"], PAGE, {})
    assert check_page(form, "loi-khai", {"founder": "ca-nhan"}, today=TODAY) == []
    assert check_page(form, "loi-khai", {"founder": "ho-gia-dinh"}, today=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("whole_form", [BIRTH, BUSINESS])
def test_every_question_of_a_form_can_be_the_only_one(whole_form: Definition) -> None:
    for key in whole_form.holders:
        form = excerpt(whole_form, [key], PAGE, {key: "Xem lại"})
        page = form.page("loi-khai")
        assert key in {holder.id for holder in page.holders()}, key
        assert heading_of(whole_form, key)
        draw(form, page, {}, [], today=TODAY)


def test_what_an_option_reveals_belongs_to_its_question() -> None:
    revealing = next(
        holder for holder in BIRTH.holders.values()
        if isinstance(holder, Field) and any(option.reveals for option in holder.options)
    )  # fmt: skip
    revealed = next(option.reveals[0] for option in revealing.options if option.reveals)
    assert {revealing.id, revealed.id} <= whole(BIRTH, [revealing.id, "khong-co"])
    page = excerpt(BIRTH, [revealed.id], PAGE, {}).page("loi-khai")
    assert [holder.id for holder in page.holders()] == [revealed.id]


def test_answers_are_told_row_by_row() -> None:
    assert told(HOUSEHOLD, "lines", LINES).splitlines() == [
        "Ngành, nghề 1: Mã ngành cấp 4: 4711; Tên ngành: Bán lẻ; Ngành, nghề chính: Có",
        "Ngành, nghề 2: Mã ngành cấp 4: 4712; Tên ngành: Khác",
    ]
    assert (told(HOUSEHOLD, "lines", None), told(HOUSEHOLD, "khong-co", "x")) == ("", "")
    assert told(HOUSEHOLD, "founder", "ca-nhan") == "Cá nhân"
    assert heading_of(HOUSEHOLD, "lines") == "Ngành, nghề: Ngành, nghề kinh doanh"
