"""Names and days of birth."""

from datetime import date

import pytest

from motcua.accounts.rules import check_birth_date, check_full_name, digits_typed

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị An", "Sùng Thị Mỷ", "Lò", "Y'Bia Niê Kdăm", "H’Hen Niê", "Trần Đỗ-Quyên", "Nguye\u0302\u0303n An"],
)
def test_a_name_of_this_country_is_accepted(name: str) -> None:
    assert check_full_name(name) is None


@pytest.mark.parametrize("name", ["", "   ", "An 2", "An😀", "<b>An</b>", "an@example.vn", "A" * 201])
def test_what_is_no_name_is_refused(name: str) -> None:
    assert check_full_name(name)


@pytest.mark.parametrize(
    ("born", "accepted"),
    [
        (date(1996, 3, 5), True),
        (TODAY, True),
        (date(1900, 1, 1), True),
        (date(2026, 11, 22), False),
        (date(9999, 1, 1), False),
        (date(1899, 12, 31), False),
    ],
)
def test_days_of_birth(born: date, accepted: bool) -> None:
    assert (check_birth_date(born, TODAY) is None) is accepted


def test_a_copied_code_keeps_its_digits() -> None:
    assert digits_typed(" 123 456 ") == "123456"
    assert digits_typed("123-456") == "123456"
