"""Giấy đề nghị đăng ký hộ kinh doanh as a table of situations, and with as many members as it may have."""

import time
from typing import Any

import pytest

from motcua.eforms.rendering import draw
from motcua.eforms.rules import check_all, check_page, describe, prefill, prune, read, subject_of, visible_pages
from tests.eforms.business import DRINK, FAMILY, FOOD, WHOLE, member
from tests.eforms.forms import BUSINESS, TODAY, WARD


def told(answers: dict[str, Any]) -> list[tuple[str, str]]:
    """Where something is wrong, and what is said."""
    return [(one.field_id, one.message) for one in check_all(BUSINESS, WHOLE | answers, today=TODAY, known=WARD)]


def test_eight_pages() -> None:
    assert [page.title for page in visible_pages(BUSINESS, WHOLE)] == [
        "Hình thức đăng ký", "Địa chỉ trụ sở", "Ngành, nghề kinh doanh", "Tên hộ kinh doanh", "Chủ hộ kinh doanh",
        "Vốn kinh doanh", "Thông tin đăng ký thuế", "Người nộp và cam kết",
    ]  # fmt: skip


SAME = "Ngành, nghề này đã có ở trên. Xin chọn ngành, nghề khác hoặc xóa ô này"
ONE_MAIN = "Xin đánh dấu đúng một ngành, nghề chính"


@pytest.mark.parametrize(
    ("situation", "answers", "problems"),
    [
        ("everything is right", {}, []),
        ("a family", FAMILY | {"members": [member()]}, []),
        ("a family without members", FAMILY, [("members", "“Thành viên hộ gia đình” cần ít nhất 1 thành viên")]),
        ("members of somebody alone are hidden", {"members": [{"member_name": "1"}]}, []),
        ("no line", {"lines": []}, [("lines", "“Danh sách ngành, nghề” cần ít nhất 1 ngành, nghề")]),
        ("no main line", {"lines": [{"line": FOOD, "main": False}]}, [("lines__0__main", ONE_MAIN)]),
        (
            "two main lines",
            {"lines": [{"line": FOOD, "main": True}, {"line": DRINK, "main": True}]},
            [("lines__1__main", ONE_MAIN)],
        ),
        (
            "a line twice, once under its older name",
            {"lines": [{"line": FOOD, "main": True}, {"line": {"code": "5610", "name": "Nhà hàng"}}]},
            [("lines__1__line", SAME)],
        ),
        (
            "a line that doesn't exist",
            {"lines": [{"line": "4799", "main": True}]},
            [("lines__0__line", "Không có ngành, nghề nào mang mã 4799. Xin gõ tên để tìm")],
        ),
        (
            "a line of the State's",
            {"lines": [{"line": {"code": "6411", "name": "Hoạt động ngân hàng trung ương"}, "main": True}]},
            [
                (
                    "lines__0__line",
                    "Hộ kinh doanh không đăng ký được ngành, nghề này: đây là việc của cơ quan, tổ chức hoặc việc tự "
                    "làm tự dùng",
                )
            ],
        ),
        (
            "a company's name",
            {"business_name": "Công ty Hoa Sen"},
            [
                (
                    "business_name",
                    "Tên riêng không gồm các từ “công ty”, “doanh nghiệp” và không gõ lại “Hộ kinh doanh”",
                )
            ],
        ),
        ("a child", {"owner_birth": "2008-11-22", "owner_number": "098208006034"}, [
            ("owner_birth", "Chủ hộ kinh doanh phải từ đủ 18 tuổi"),
        ]),
        ("eighteen today", {"owner_birth": "2008-11-21", "owner_number": "098208006034"}, []),
        (
            "another's number",
            {"owner_sex": "nu"},
            [("owner_number", "Số định danh không khớp với giới tính: theo số này thì giới tính là nam")],
        ),
        ("no capital", {"capital": 0}, [("capital", "“Vốn kinh doanh” phải từ 1 đồng đến 999.999.999.999 đồng")]),
        (
            "begun yesterday",
            {"starts_kind": "ngay-khac", "starts_on": "2026-11-20"},
            [("starts_on", "Bắt đầu hoạt động từ ngày không được trước hôm nay, 21/11/2026")],
        ),
        (
            "the owner among the members",
            FAMILY | {"members": [member(member_number="098201006034", member_sex="nam", member_birth="2001-07-08")]},
            [("members__0__member_number", "Đây là số của chủ hộ. Chủ hộ không ghi lại ở danh sách này")],
        ),
        (
            "a member twice",
            FAMILY | {"members": [member(), member()]},
            [("members__1__member_number", "Số định danh này đã có ở thành viên khác. Xin xem lại")],
        ),
        ("no promise", {"promise": False}, [("promise", "Xin đánh dấu lời cam kết")]),
        (
            "a foreign passport",
            {
                "owner_document": "ho-chieu", "owner_passport": "B1234567", "owner_passport_issued_on": "2020-01-01",
                "owner_passport_issued_by": "Lào", "owner_ethnicity": "01", "owner_nationality": "LA",
            },
            [("owner_nationality", "Chủ hộ kinh doanh phải là công dân Việt Nam")],
        ),
    ],
)  # fmt: skip
def test_situations(situation: str, answers: dict[str, Any], problems: list[tuple[str, str]]) -> None:
    assert told(answers) == problems


@pytest.mark.parametrize("name", ["Hộ kinh doanh Hoa Sen", "HỘ KINH DOANH Hoa Sen", "Doanh nghiệp tư nhân Sen", "…"])
def test_names_that_are_none(name: str) -> None:
    assert [field for field, _ in told({"business_name": name})] == ["business_name"]


@pytest.mark.parametrize("name", ["Sen", "Quán cơm 24/7", "Tạp hóa Bà Ỗ & con", "7-Mười"])
def test_names_that_are_some(name: str) -> None:
    assert told({"business_name": name}) == []


def test_everything_said_at_once_on_an_empty_form() -> None:
    problems = check_all(BUSINESS, {}, today=TODAY, known=WARD)
    assert {one.page for one in problems} == {page.slug for page in BUSINESS.pages}
    assert all(one.message and one.html_id for one in problems)


def test_an_agent_says_who_they_are() -> None:
    fields = [field for field, _ in told({"submitter": "to-chuc"})]
    assert fields == [
        "agent_organisation", "agent_name", "agent_birth", "agent_sex", "agent_number", "agent_home",
    ]  # fmt: skip


def test_a_licence_is_asked_only_where_the_law_wants_one() -> None:
    posted = {"lines__0": "1", "lines__0__line": "9623", "lines__1": "1", "lines__1__line": "5610"}
    answers = read(BUSINESS, "nganh-nghe", posted, {})
    rows = {row.field_id for section in describe(BUSINESS, answers) for row in section.rows}
    assert "lines__0__licence" in rows
    assert "lines__1__licence" not in rows


def test_what_is_known_is_filled_in() -> None:
    person = {
        "full_name": "Đặng Quốc Việt", "birth_date": "2001-07-08", "sex": "nam", "personal_number": "098201006034",
        "phone": "+84900000221", "residence": "98001", "residence_detail": "Tổ 4",
    }  # fmt: skip
    known = prefill(BUSINESS, {}, {"owner": person, "applicant": person}, known=WARD)
    assert known["owner_name"] == "Đặng Quốc Việt"
    assert known["owner_number"] == "098201006034"
    assert known["owner_home"]["detail"] == "Tổ 4"
    assert known["seat_phone"] == "+84900000221"
    assert "agent_name" not in known


def test_a_heading_stands_once_where_what_was_between_is_hidden() -> None:
    alone = [section.title for section in describe(BUSINESS, WHOLE)]
    assert alone.count("Người nộp và cam kết") == 1
    last = describe(BUSINESS, WHOLE)[-1]
    assert [row.label for row in last.rows] == ["Người nộp hồ sơ", "Cam kết"]


def test_capital_is_also_said_in_words() -> None:
    rows = {row.field_id: row for section in describe(BUSINESS, WHOLE) for row in section.rows}
    assert (rows["capital"].text, rows["capital"].words) == ("80.000.000 đồng", "Tám mươi triệu đồng")
    assert subject_of(BUSINESS, WHOLE) == "Quán cơm Hoa Sen"


class TestThreeHundredMembers:
    """Read, judged, shown and drawn in one go, in a time that nobody minds."""

    MANY = WHOLE | FAMILY | {"members": [member(serial) for serial in range(300)]}

    def test_are_taken(self) -> None:
        assert check_all(BUSINESS, self.MANY, today=TODAY, known=WARD) == []
        assert len(prune(BUSINESS, self.MANY)["members"]) == 300

    def test_come_in_one_post(self) -> None:
        posted = {"members": "1"}
        for row in range(301):
            posted |= {f"members__{row}": "1", f"members__{row}__member_name": f"Người {row}"}
        answers = read(BUSINESS, "chu-ho", posted, {"founder": "ho-gia-dinh"})
        assert len(answers["members"]) == 300  # the page has no more; nothing that it shows is lost

    def test_one_more_is_told(self) -> None:
        many = self.MANY | {"members": [member(serial) for serial in range(301)]}
        assert told(many) == [("members", "“Thành viên hộ gia đình” có nhiều nhất 300 thành viên")]

    def test_the_last_of_them_is_judged(self) -> None:
        wrong = [*self.MANY["members"][:-1], member(299, member_number="1")]
        (problem,) = check_page(BUSINESS, "chu-ho", self.MANY | {"members": wrong}, today=TODAY, known=WARD)
        assert problem.html_id == "members--299--member-number"

    def test_nobody_waits_for_them(self) -> None:
        began = time.process_time()
        check_all(BUSINESS, self.MANY, today=TODAY, known=WARD)
        describe(BUSINESS, self.MANY)
        assert time.process_time() - began < 1

    def test_no_further_one_is_offered(self) -> None:
        page = BUSINESS.page("chu-ho")
        blocks = draw(BUSINESS, page, self.MANY, [], today=TODAY, known=_NoPlaces())  # type: ignore[arg-type]
        (group,) = (block for block in blocks if block.kind == "group")
        assert len(group.rows) == 300
        assert not group.can_add


class _NoPlaces:
    """A picker without places, without a database."""

    def provinces(self) -> list[Any]:
        return []

    def communes(self, code: str) -> list[Any]:
        return []

    def find(self, text: str) -> list[Any]:
        return []
