"""The declaration on the desk: no line that says nothing."""

from motcua.eforms.rules import DescribedSection, Row
from motcua.web.desk.given import Given, given


def test_what_was_left_blank_takes_one_line() -> None:
    rows = [Row("Điện thoại", "0900 000 217", "phone"), Row("Số fax", "", "fax"), Row("Trang thông tin", "", "site")]
    assert given([DescribedSection("Trụ sở", "tru-so", rows)]) == [
        Given("Trụ sở", [rows[0]], "Số fax, Trang thông tin")
    ]


def test_short_rows_of_a_group_stand_under_one_heading() -> None:
    lines = [
        DescribedSection(
            f"Ngành, nghề {number}",
            "nganh",
            [
                Row("Ngành, nghề", code, f"lines__{number}__line"),
                Row("Chi tiết", "", f"lines__{number}__detail"),
                Row("Ngành, nghề chính", "Có" if number == 1 else "Không", f"lines__{number}__main"),
            ],
        )
        for number, code in ((1, "5610"), (2, "4711"))
    ]
    [one] = given(lines)
    assert (one.title, one.blank) == ("Ngành, nghề", "")
    assert [(row.label, row.text) for row in one.rows] == [
        ("Ngành, nghề 1", "5610\nNgành, nghề chính: Có"),
        ("Ngành, nghề 2", "4711"),
    ]


def test_members_with_much_to_tell_keep_their_own_heading() -> None:
    rows = [Row(f"Câu {key}", "trả lời", f"members__0__{key}") for key in "abcdef"]
    blank = Row("Quốc tịch", "", "members__0__nation")
    assert given([DescribedSection("Thành viên 1", "chu-ho", [*rows, blank])]) == [Given("Thành viên 1", rows)]
