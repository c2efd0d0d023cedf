"""Text that comes in is cleaned without losing what was meant; search and order are Vietnamese."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.text import clean, clean_lines, fold, sort_key, whole_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lê   Minh\tKhuê ", "Lê Minh Khuê"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ước"), "Nguyễn Thị Ước"),
        ("Hoa\u200bSen\ufeff", "HoaSen"),
        ("Hoa\u00a0Sen", "Hoa Sen"),
        ("a\x00b\x1bc\ud800", "abc"),
        ("dòng\nmới", "dòng mới"),
        ("👨\u200d👩\u200d👧 nhà", "👨\u200d👩\u200d👧 nhà"),
        ("👍🏽 ☀️", "👍🏽 ☀️"),
        ("\u200d\u200dAn", "An"),
        ("", ""),
        ("\u200b \u00ad", ""),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" một \r\n  hai\rba ", "một\nhai\nba"),
        ("\n\nmột\n\nhai\n", "một\n\nhai"),
        ("một\u2028hai", "một\nhai"),
    ],
)
def test_clean_lines_keeps_lines(typed: str, kept: str) -> None:
    assert clean_lines(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký Khai Sinh", "dang ky khai sinh"),
        ("PHƯỜNG  Hoa Sen", "phuong hoa sen"),
        (unicodedata.normalize("NFD", "ỷ Ỗ Ệ ư đ Đ"), "y o e u d d"),
        ("Đắk Lắk, số 12/3", "dak lak, so 12/3"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "in_order",
    [
        ["An", "Ăn", "Ân", "Bà", "Bả", "Bã", "Bá", "Bạ", "Ca", "Da", "Đa", "E", "Ê", "Oa", "Ô", "Ơ", "U", "Ư", "Y"],
        ["Hoa", "Hoa Sen", "Hòa Sen", "Hoa Sơn", "Hòa Sơn", "Hoàng"],
        ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mà An"],
        ["Phường 1", "Phường 2", "Phường An", "Phường Ân"],
        ["Đà Lạt", "Đạ Lạt", "Ea Súp"],
    ],
)
def test_vietnamese_order(in_order: list[str]) -> None:
    assert sorted(set(in_order), key=sort_key) == in_order


def test_composed_and_decomposed_sort_alike() -> None:
    assert sort_key("Bến Đò") == sort_key(unicodedata.normalize("NFD", "BẾN ĐÒ"))


@given(st.text())
def test_sort_key_fits_its_column(text: str) -> None:
    assert len(sort_key(text)) <= 2 * len(clean(text).lower()) + 1


@pytest.mark.parametrize(
    ("said", "number"),
    [("0", 0), ("12", 12), ("999999999", 999_999_999),
     ("1234567890", -1), ("", -1), ("-1", -1), ("1,5", -1), ("١٢", -1), ("²", -1)],
)  # fmt: skip
def test_a_whole_number_is_plain_digits_and_not_too_many(said: str, number: int) -> None:
    assert whole_number(said, otherwise=-1) == number
