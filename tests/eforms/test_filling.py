"""Answers in: one page at a time, nothing typed gets lost, garbage does no harm, hidden answers go when it is sent."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.eforms.rules import changed, check_all, describe, post_name, prefill, prune, read, subject_of
from motcua.eforms.rules.definition import Group
from motcua.eforms.rules.kinds import KINDS as ALL_KINDS
from motcua.eforms.rules.kinds import kind_of
from tests.eforms.forms import BIRTH, HOUSEHOLD, KINDS, TODAY, WARD, one_field


def test_other_pages_and_what_was_not_posted_stay() -> None:
    before = {"business_name": "Cũ", "founder": "ca-nhan", "capital": 5}
    after = read(HOUSEHOLD, "nganh-nghe", {"business_name": "Mới", "capital": "9"}, before)
    assert after == {"business_name": "Mới", "founder": "ca-nhan", "capital": 5}
    assert before["business_name"] == "Cũ"


def test_unknown_fields_are_ignored() -> None:
    assert read(HOUSEHOLD, "nganh-nghe", {"csrfmiddlewaretoken": "x", "hack": "1"}, {}) == {}
    assert prune(HOUSEHOLD, {"hack": "1", "business_name": "Hoa Sen"}) == {"business_name": "Hoa Sen"}


def test_a_query_dict_reads_like_a_mapping() -> None:
    posted = QueryDict("several=&several=mot&several=hai&a_tick=&a_tick=1")
    assert read(KINDS, "tat-ca", posted, {}) == {"several": ["mot", "hai"], "a_tick": True}


def test_there_must_be_such_a_page() -> None:
    with pytest.raises(KeyError):
        read(HOUSEHOLD, "khong-co", {}, {})


ROWS = {"lines": "1", "lines__0": "1", "lines__0__code": "4711", "lines__1": "1", "lines__1__code": "4712"}


@pytest.mark.parametrize(
    ("posted", "codes"),
    [
        (ROWS, ["4711", "4712"]),
        (ROWS | {"act": "add:lines"}, ["4711", "4712", None]),
        (ROWS | {"act": "remove:lines:0"}, ["4712"]),
        (ROWS | {"act": "remove:lines:7"}, ["4711", "4712"]),
        (ROWS | {"act": "remove:members:0"}, ["4711", "4712"]),
        (ROWS | {"act": "remove:lines:-1"}, ["4711", "4712"]),
        ({"lines": "1", "act": "add:lines"}, [None]),
        ({"lines": "1"}, []),
        ({"lines__9999__code": "4713"}, ["4713"]),
    ],
)
def test_rows_come_and_go(posted: dict[str, str], codes: list[str | None]) -> None:
    after = read(HOUSEHOLD, "nganh-nghe", posted, {})
    assert [row.get("code") for row in after["lines"]] == codes


def test_a_group_that_was_not_on_the_page_stays() -> None:
    before = {"lines": [{"code": "4711"}]}
    assert read(HOUSEHOLD, "nganh-nghe", {"business_name": "x"}, before)["lines"] == before["lines"]


def test_a_row_keeps_what_was_not_posted() -> None:
    before = {"lines": [{"code": "4711", "license": "12"}]}
    after = read(HOUSEHOLD, "nganh-nghe", {"lines__0__code": "4712"}, before)
    assert after["lines"] == [{"code": "4712", "license": "12"}]


def test_no_more_rows_than_the_form_allows() -> None:
    posted = {f"lines__{n}__code": "4711" for n in range(500)} | {"act": "add:lines"}
    assert len(read(HOUSEHOLD, "nganh-nghe", posted, {})["lines"]) == 20


def test_what_is_known_is_filled_in_once() -> None:
    facts = {"applicant": {"full_name": "Trần Thu Hà", "birth_date": "1996-12-30", "residence": "98001"}}
    facts["applicant"]["residence_detail"] = "Tổ 4"
    answers = prefill(BIRTH, {}, facts, known=WARD)
    assert answers["requester_name"] == "Trần Thu Hà"
    assert answers["requester_birth"] == "1996-12-30"
    assert answers["requester_residence"]["commune_name"] == "Phường Hoa Sen"
    assert answers["requester_residence"]["detail"] == "Tổ 4"
    assert "mother_name" not in answers
    as_mother = prefill(BIRTH, answers | {"relation": "me"}, facts, known=WARD)
    assert as_mother["mother_name"] == "Trần Thu Hà"
    assert as_mother["mother_birth_year"] == 1996
    assert as_mother["father_residence"]["commune"] == "98001"
    assert "father_name" not in as_mother
    emptied = prefill(BIRTH, answers | {"requester_name": ""}, facts, known=WARD)
    assert emptied["requester_name"] == ""


def test_the_subject_and_the_changes() -> None:
    assert subject_of(BIRTH, {"child_name": "Lê Minh Khuê"}) == "Lê Minh Khuê"
    assert subject_of(BIRTH, {}) == ""
    assert subject_of(one_field(kind="text"), {"x": "y"}) == ""
    assert changed({"a": "1", "b": "", "c": None}, {"a": "2", "c": "", "d": "x"}) == ["a", "d"]


def test_a_row_that_was_only_looked_at_has_not_changed() -> None:
    """The form posts every box of a row, also those that were never filled in."""
    before = {"lines": [{"line": "5610", "main": True}, {"line": "4711"}]}
    after = {"lines": [{"line": "5610", "detail": "", "main": True}, {"line": "4711", "detail": "", "main": False}]}
    assert changed(before, after) == []
    assert changed(before, {"lines": after["lines"][::-1]}) == ["lines"]


# ---- Whatever is posted ----

TEXT = st.text(max_size=30) | st.sampled_from(
    ["1", "30", "2", "2026", "khac", "VN", "98", "98001", "mot", "+84900000217"]
)
FORMS = [(KINDS, "tat-ca"), (HOUSEHOLD, "nganh-nghe"), (HOUSEHOLD, "thanh-vien"), (BIRTH, "nguoi-duoc-khai-sinh")]


def names_of(form: Any, slug: str) -> list[str]:
    """Every name that this page may be posted with."""
    names = ["act"]
    for holder in form.page(slug).holders():
        if isinstance(holder, Group):
            fields = [(post_name(one.id, group=holder.id, row=row), one) for one in holder.fields for row in (0, 1)]
        else:
            fields = [(holder.id, holder)]
        for name, field in fields:
            names.extend(post_name(name, part=part) for part in (*kind_of(field).parts, "found"))
    return names


@pytest.mark.parametrize(("form", "slug"), FORMS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_garbage_never_crashes(form: Any, slug: str, data: st.DataObject) -> None:
    names = st.sampled_from(names_of(form, slug)) | st.text(max_size=12)
    posted = data.draw(st.dictionaries(names, st.lists(TEXT, min_size=1, max_size=3), max_size=25))
    answers = read(form, slug, posted, {}, known=WARD)
    check_all(form, answers, today=TODAY, known=WARD)
    describe(form, answers)
    kept = prune(form, answers)
    assert prune(form, kept) == kept


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("form", [KINDS, HOUSEHOLD, BIRTH], ids=["kinds", "household", "birth"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_stored_garbage_never_crashes(form: Any, data: st.DataObject) -> None:
    answers = data.draw(st.dictionaries(st.sampled_from(sorted(form.holders)), JSON, max_size=12))
    check_all(form, answers, today=TODAY, known=WARD)
    describe(form, answers)
    kept = prune(form, answers)
    assert prune(form, kept) == kept
    read(form, form.pages[0].slug, {}, answers)


@pytest.mark.parametrize(
    "kind", [name for name in sorted(ALL_KINDS) if name not in {"choice", "choices", "tick", "place"}]
)
@given(text=st.text(max_size=40) | st.from_regex(r"[0-9. /-]{1,14}", fullmatch=True))
@settings(max_examples=60, deadline=None)
def test_what_is_shown_reads_back_as_the_same_answer(kind: str, text: str) -> None:
    """The page shows again what was typed, and posting it unchanged changes nothing."""
    form = one_field(kind=kind)
    field, what = form.holders["x"], ALL_KINDS[kind]
    parts = {post_name("x", part=part): text for part in what.parts}
    answer = read(form, "trang", parts, {})["x"]
    if kind == "date":
        again = {f"x__{part}": value for part, value in what.boxes(answer).items()}  # type: ignore[attr-defined]
    elif kind in {"country", "ethnicity"}:
        again = {"x": what.code(answer), "x__other": answer["name"] if isinstance(answer, dict) else ""}  # type: ignore[attr-defined]
    else:
        again = {"x": what.box(field, answer)}  # type: ignore[arg-type]
    assert read(form, "trang", again, {})["x"] == answer
