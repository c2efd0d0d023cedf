"""The declaration of birth (tờ khai đăng ký khai sinh) as a table of situations."""

import unicodedata
from typing import Any

import pytest

from motcua.eforms.rules import check_all, describe, prune, read, visible
from tests.eforms.forms import BIRTH, TODAY, WARD

HOME = {"province": "98", "commune": "98001", "detail": "Tổ 4"}
REQUESTER: dict[str, Any] = {
    "requester_name": "Lê Văn Bình",
    "requester_birth": "1994-05-17",
    "requester_number": "098094001552",
    "requester_document_kind": "can-cuoc",
    "requester_residence_kind": "thuong-tru",
    "requester_residence": HOME,
    "relation": "cha",
}
CHILD: dict[str, Any] = {
    "child_name": "Lê Minh Khuê",
    "child_birth": "2026-11-12",
    "registration_kind": "dung-han",
    "child_sex": "nu",
    "child_ethnicity": "01",
    "child_nationality": "VN",
    "birth_place_kind": "co-so-y-te",
    "birth_facility": "Bệnh viện Đa khoa tỉnh Minh Giang",
    "birth_address": HOME,
    "child_hometown": {"province": "98", "commune": "98003"},
    "birth_notice": "ban-giay",
}
MOTHER: dict[str, Any] = {
    "mother_known": "co",
    "mother_name": "Trần Thu Hà",
    "mother_birth_year": 1996,
    "mother_ethnicity": "01",
    "mother_nationality": "VN",
    "mother_document_kind": "can-cuoc",
    "mother_number": "098196001552",
    "mother_residence_kind": "thuong-tru",
    "mother_residence": HOME,
}
FATHER: dict[str, Any] = {
    "father_known": "co",
    "father_name": "Lê Văn Bình",
    "father_birth_year": 1994,
    "father_ethnicity": "01",
    "father_nationality": "VN",
    "father_document_kind": "can-cuoc",
    "father_number": "098094001552",
    "father_residence_kind": "thuong-tru",
    "father_residence": HOME,
    "parents_married": "roi",
    "marriage_number": "45/2022",
}
END: dict[str, Any] = {"wants_copies": "co", "copies": 2, "made_at": "Phường Hoa Sen", "promise": True}
WHOLE = REQUESTER | CHILD | MOTHER | FATHER | END
NO_MOTHER = {key: value for key, value in WHOLE.items() if not key.startswith("mother")} | {"mother_known": "khong"}
NO_FATHER = {key: value for key, value in WHOLE.items() if not key.startswith("father")} | {"father_known": "khong"}


@pytest.mark.parametrize(
    ("situation", "answers", "told"),
    [
        ("everything is right", {}, []),
        ("father unknown", {"father_known": "khong"}, []),
        ("mother unknown", {"mother_known": "khong"}, []),
        (
            "both unknown",
            {"mother_known": "khong", "father_known": "khong"},
            [("father_known", "Cần khai ít nhất mẹ hoặc cha")],
        ),
        ("both unknown, but found", {"mother_known": "khong", "father_known": "khong", "abandoned": True}, []),
        (
            "born abroad, nothing said",
            {"birth_place_kind": "nuoc-ngoai"},
            [("birth_country", "Xin chọn nước nơi sinh"), ("birth_place_abroad", "Xin ghi địa chỉ nơi sinh")],
        ),
        (
            "born abroad",
            {"birth_place_kind": "nuoc-ngoai", "birth_country": "LA", "birth_place_abroad": "Viêng Chăn"},
            [],
        ),
        (
            "born abroad in Vietnam",
            {"birth_place_kind": "nuoc-ngoai", "birth_country": "VN", "birth_place_abroad": "Hà Nội"},
            [("birth_country", "Sinh tại Việt Nam thì")],
        ),
        (
            "born abroad in a country not listed",
            {
                "birth_place_kind": "nuoc-ngoai",
                "birth_country": {"code": "khac", "name": "Bu-tan"},
                "birth_place_abroad": "Thim-phu",
            },
            [],
        ),
        ("born at home", {"birth_place_kind": "noi-khac", "birth_facility": ""}, []),
        ("no hospital named", {"birth_facility": ""}, [("birth_facility", "Xin ghi tên cơ sở y tế")]),
        (
            "older than its mother",
            {"mother_birth_year": 2026, "mother_number": "098326001552"},
            [("mother_birth_year", "Mẹ phải nhiều tuổi hơn con")],
        ),
        (
            "a mother of nine",
            {"mother_birth_year": 2017, "mother_number": "098317001552"},
            [("mother_birth_year", "Mẹ phải nhiều tuổi hơn con ít nhất 10 tuổi")],
        ),
        (
            "a mother of ninety",
            {"mother_birth_year": 1936, "mother_number": "098136001552"},
            [("mother_birth_year", "Mẹ hơn con quá 70 tuổi")],
        ),
        ("born tomorrow", {"child_birth": "2026-11-22"}, [("child_birth", "không được sau hôm nay, 21/11/2026")]),
        ("born in 9999", {"child_birth": "9999-01-01"}, [("child_birth", "Năm phải từ 1900 đến 2100")]),
        (
            "born on 30 February",
            {"child_birth": {"day": "30", "month": "2", "year": "2026"}},
            [("child_birth", "Tháng 2 năm 2026 chỉ có 28 ngày")],
        ),
        ("a name of 200 letters", {"child_name": "Lê " + "A" * 197}, []),
        ("a name of 201 letters", {"child_name": "Lê " + "A" * 198}, [("child_name", "dài nhất 200 ký tự")]),
        ("a picture in a name", {"child_name": "Lê 😀"}, [("child_name", "Xin bỏ “😀”")]),
        ("late, said to be in time", {"child_birth": "2026-09-21"}, [("registration_kind", "quá 60 ngày tuổi")]),
        ("sixty days old, in time", {"child_birth": "2026-09-22"}, []),
        ("late", {"child_birth": "2020-09-21", "registration_kind": "qua-han"}, []),
        ("in time, said to be late", {"registration_kind": "qua-han"}, [("registration_kind", "chưa quá 60 ngày")]),
        (
            "a number of another year",
            {"mother_birth_year": 1995},
            [("mother_number", "theo số này thì năm sinh là 1996")],
        ),
        (
            "a man's number for the mother",
            {"mother_number": "098096001552"},
            [("mother_number", "không khớp với giới tính")],
        ),
        ("eleven digits", {"mother_number": "09819600155"}, [("mother_number", "ông/bà mới gõ 11")]),
        ("a mother with a passport", {"mother_document_kind": "ho-chieu", "mother_document_number": "B1234567"}, []),
        (
            "a mother abroad",
            {"mother_residence_kind": "nuoc-ngoai", "mother_residence_abroad": "Viêng Chăn, Lào"},
            [],
        ),
        ("a mother without papers", {"mother_document_kind": "khong-co"}, []),
        ("no copies", {"wants_copies": "khong", "copies": None}, []),
        ("how many copies?", {"copies": None}, [("copies", "Xin ghi số bản sao")]),
        ("too many copies", {"copies": 21}, [("copies", "phải từ 1 đến 20")]),
        ("no copy", {"copies": 0}, [("copies", "phải từ 1 đến 20")]),
        ("no promise", {"promise": False}, [("promise", "Xin đọc và đánh dấu lời cam đoan")]),
        ("not married", {"parents_married": "chua", "marriage_number": ""}, []),
        (
            "an electronic notice of birth",
            {"birth_notice": "dien-tu", "birth_notice_code": "GCS.2026/0012"},
            [],
        ),
        (
            "a notice before the birth",
            {"birth_notice": "dien-tu", "birth_notice_code": "GCS1", "birth_notice_date": "2026-11-11"},
            [("birth_notice_date", "không được trước ngày sinh")],
        ),
        ("a found child needs no notice of birth", {"abandoned": True, "birth_notice": None}, []),
        (
            "another paper",
            {"requester_document_kind": "ho-chieu"},
            [("requester_document_number", "Xin ghi số giấy tờ")],
        ),
    ],
)
def test_situations(situation: str, answers: dict[str, Any], told: list[tuple[str, str]]) -> None:
    problems = check_all(BIRTH, WHOLE | answers, today=TODAY, known=WARD)
    assert [problem.field_id for problem in problems] == [field for field, _ in told], situation
    for problem, (_, words) in zip(problems, told, strict=True):
        assert words in problem.message


def test_hidden_answers_are_not_kept() -> None:
    kept = prune(BIRTH, WHOLE | {"mother_known": "khong", "birth_place_kind": "nuoc-ngoai"})
    assert not [key for key in kept if key.startswith("mother_") and key != "mother_known"]
    assert not {"birth_facility", "birth_address", "parents_married", "marriage_number"} & set(kept)
    assert kept["father_name"] == "Lê Văn Bình"


def test_an_unknown_parent_is_not_asked_about() -> None:
    names = visible(BIRTH, NO_MOTHER)
    assert not [name for name in names if name.startswith("mother_") and name != "mother_known"]
    assert "parents_married" not in names
    assert "mother_name" in visible(BIRTH, NO_FATHER)


def test_decomposed_accents_are_the_same_name() -> None:
    composed = read(BIRTH, "nguoi-duoc-khai-sinh", {"child_name": "Lê Thị Ước"}, {})
    decomposed = read(BIRTH, "nguoi-duoc-khai-sinh", {"child_name": unicodedata.normalize("NFD", "Lê Thị Ước")}, {})
    assert composed == decomposed


def test_the_answers_read_as_a_declaration() -> None:
    sections = describe(BIRTH, prune(BIRTH, WHOLE))
    texts = {row.field_id: row for section in sections for row in section.rows}
    assert texts["child_birth"].text == "12/11/2026"
    assert texts["child_birth"].words == "Ngày mười hai tháng mười một năm hai nghìn không trăm hai mươi sáu"
    assert texts["child_sex"].text == "Nữ"
    assert texts["child_ethnicity"].text == "Kinh"
    assert texts["birth_place_kind"].label == "Nơi sinh"
    assert texts["promise"].label == "Cam đoan"
    assert [section.title for section in sections][:4] == [
        "Người yêu cầu",
        "Giấy tờ tùy thân",
        "Nơi cư trú",
        "Người được khai sinh",
    ]
