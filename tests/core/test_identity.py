"""Personal numbers and phone numbers: tables of what is accepted and what is said."""

from datetime import date

import pytest

from motcua.core import identity

AN = "036196004321"  # a woman born in 1996


@pytest.mark.parametrize(
    ("number", "birth_date", "sex"),
    [
        (AN, date(1996, 3, 5), "nu"),
        ("036 196 004 321", date(1996, 3, 5), "nu"),
        ("036.196.004-321", None, None),
        ("036196004321", None, "nu"),
        ("001094000001", date(1994, 12, 31), "nam"),
        ("001200000001", date(2000, 1, 1), "nam"),
        ("001326000001", date(2026, 11, 12), "nu"),
        ("001405000001", date(2105, 1, 1), "nam"),
    ],
)
def test_accepts_a_number_that_agrees(number: str, birth_date: date | None, sex: str | None) -> None:
    assert identity.check_personal_number(number, birth_date=birth_date, sex=sex) is None


@pytest.mark.parametrize(
    ("number", "birth_date", "sex", "words"),
    [
        ("", None, None, "Nhập số định danh"),
        ("   ", None, None, "Nhập số định danh"),
        ("03619600432", None, None, "Số định danh có 12 chữ số, ông/bà mới gõ 11"),
        ("0361960043210", None, None, "Số định danh có 12 chữ số, ông/bà đã gõ 13"),
        ("012345678", None, None, "chứng minh nhân dân cũ"),
        ("03619600432a", None, None, "chỉ gồm chữ số"),
        ("03619600432😀", None, None, "chỉ gồm chữ số"),
        ("٠٣٦١٩٦٠٠٤٣٢١", None, None, "chỉ gồm chữ số"),  # Arabic digits: no card has them
        ("000196004321", None, None, "không thể là 000"),
        (AN, date(1995, 3, 5), "nu", "năm sinh là 1996"),
        (AN, date(2096, 3, 5), "nu", "năm sinh là 1996"),
        (AN, date(1996, 3, 5), "nam", "giới tính là nữ"),
        ("001094000001", None, "nu", "giới tính là nam"),
    ],
)
def test_says_what_is_wrong(number: str, birth_date: date | None, sex: str | None, words: str) -> None:
    assert words in (identity.check_personal_number(number, birth_date=birth_date, sex=sex) or "")


def test_nobody_is_born_after_today() -> None:
    assert "2026" in (identity.check_personal_number("001326000001", today=date(2025, 12, 31)) or "")
    assert identity.check_personal_number("001326000001", today=date(2026, 1, 1)) is None


def test_full_width_digits_of_an_input_method_are_digits() -> None:
    assert identity.check_personal_number("０３６１９６００４３２１") is None


@pytest.mark.parametrize(
    "typed",
    ["0900000217", "0900 000 217", "090.000.0217", "84900000217", "+84 900 000 217", "0084900000217", " 0900-000-217 "],
)
def test_a_phone_number_is_kept_in_one_form(typed: str) -> None:
    assert identity.normalise_phone(typed) == "+84900000217"


@pytest.mark.parametrize(
    "typed", ["", "0900", "090000021", "09000002178", "0243825123", "+1 212 555 0100", "090000o217", "😀", "0" * 400]
)
def test_what_is_no_mobile_number_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="10 chữ số"):
        identity.normalise_phone(typed)


def test_numbers_are_shown_and_masked() -> None:
    assert identity.show_phone("+84900000217") == "0900 000 217"
    assert identity.mask_phone("+84900000217") == "••• ••• 217"
    assert identity.show_number(AN) == "036 196 004 321"
    assert identity.mask_number(AN) == "••• ••• ••• 321"
    assert identity.mask_email("an.nguyen@example.vn") == "a•••@example.vn"
