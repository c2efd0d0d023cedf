"""One agency under its many spellings."""

import pytest

from motcua.procedures.rules.agency_names import LONGEST_KEY, key_of, named_in, usual_name


@pytest.mark.parametrize(
    "spellings",
    [
        ["Ủy ban nhân dân cấp xã", "UBND cấp xã", "Uỷ ban Nhân dân xã, phường, thị trấn", "UBND Xã/Phường/Thị Trấn",
         "Ủy ban Nhân dân xã, phường, thị trấn.", "Ủy ban nhân dân xã, phường, đặc khu"],
        ["Ủy ban nhân dân cấp tỉnh", "UBND Tỉnh/ Thành phố", "Ủy ban nhân dân tỉnh và thành phố trực thuộc Trung ương"],
        ["Cục Hải quan - Bộ tài chính", "Cục Hải quan", "Cục Hải quan thuộc Bộ Tài chính"],
        ["Sở Tư pháp", "Sở Tư Pháp", "sở tư pháp."],
        ["Công an cấp Xã", "Công an xã", "Công an cấp xã, phường"],
        ["Bảo hiểm xã hội tỉnh", "BHXH cấp Tỉnh"],
        ["Cục Quân y/Tổng cục Hậu cần - Kỹ thuật", "Cục Quân y"],
        ["Sở Xây dựng - TP.HCM", "Sở Xây dựng - Thành phố Hồ Chí Minh"],
    ],
)  # fmt: skip
def test_spellings_of_one_agency_have_one_key(spellings: list[str]) -> None:
    assert len({key_of(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("Ủy ban nhân dân cấp xã", "Ủy ban nhân dân cấp tỉnh"),
        ("Chủ tịch Ủy ban nhân dân cấp xã", "Ủy ban nhân dân cấp xã"),
        ("Sở Nông nghiệp và Môi trường - Tỉnh Đắk Lắk", "Sở Nông nghiệp và Môi trường"),
        ("Chi cục Hải quan khu vực", "Cục Hải quan"),
        ("Bộ Nông nghiệp và Môi trường", "Cục Biến đổi khí hậu - Bộ NN và MT"),
    ],
)
def test_different_agencies_stay_apart(one: str, another: str) -> None:
    assert key_of(one) != key_of(another)


def test_a_name_is_shown_in_full() -> None:
    assert usual_name("UBND  cấp xã.") == "Ủy ban nhân dân cấp xã"
    assert usual_name("uỷ ban nhân dân") == "Ủy ban nhân dân"
    assert usual_name("Sở Xây dựng - TP.HCM") == "Sở Xây dựng - Thành phố Hồ Chí Minh"


def test_keys_are_short_and_never_empty() -> None:
    first, second = (key_of(f"Sở {'rất dài ' * 40} {end}") for end in ("một", "hai"))
    assert first != second
    assert len(first) <= LONGEST_KEY
    assert key_of("…") == key_of("") == "chua-cong-bo"


def test_a_text_that_names_several_is_split_where_one_ends() -> None:
    assert named_in({}, "Sở Tư pháp, Ủy ban nhân dân cấp xã") == ["Sở Tư pháp", "Ủy ban nhân dân cấp xã"]
    assert named_in({}, "Sở Văn hóa, Thể thao và Du lịch") == ["Sở Văn hóa, Thể thao và Du lịch"]
    assert named_in({}, "UBND xã, phường; Công an xã") == ["UBND xã, phường", "Công an xã"]
    assert named_in({"performing": ["Sở Y tế", "Sở Y tế"]}, "Bộ Y tế") == ["Sở Y tế"]
    assert named_in({}) == []
