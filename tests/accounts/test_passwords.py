"""The rule for passwords, as a table."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from motcua.accounts.models import User
from motcua.accounts.passwords import missing


@pytest.mark.parametrize(
    "password",
    ["Hoa-Sen-2026!", "aB3$aB3$", "Đường1@x", "ộ1A@bbbb", "Mậtkhẩu9#", "x1X xxx_"],
)
def test_follows_the_rule(password: str) -> None:
    assert missing(password) == []
    validate_password(password)


@pytest.mark.parametrize(
    ("password", "lacking"),
    [
        ("", ["ít nhất 8 ký tự", "một chữ thường", "một chữ hoa", "một chữ số", "ký tự đặc biệt"]),
        ("aB3$aB3", ["ít nhất 8 ký tự"]),
        ("AB3$AB3$", ["một chữ thường"]),
        ("ab3$ab3$", ["một chữ hoa"]),
        ("aBc$aBc$", ["một chữ số"]),
        ("aB3daB3d", ["ký tự đặc biệt"]),
        ("aB3d aB3d", ["ký tự đặc biệt"]),  # a space is easily lost in copying; it doesn't count as special
        ("12345678", ["một chữ thường", "một chữ hoa", "ký tự đặc biệt"]),
        ("Ệ1@aa\u0323", ["ít nhất 8 ký tự"]),  # letters are counted, not the marks they are typed with
    ],
)
def test_says_all_that_is_missing_at_once(password: str, lacking: list[str]) -> None:
    found = missing(password)
    assert len(found) == len(lacking)
    for words, part in zip(found, lacking, strict=True):
        assert part in words
    with pytest.raises(ValidationError, match="còn thiếu"):
        validate_password(password)


@pytest.mark.parametrize("password", ["P@ssw0rd", "Aa098196004217@", "Aa900000217@", "aB3$" * 40])
def test_refuses_what_is_common_or_on_the_card_or_endless(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(personal_number="098196004217", phone="+84900000217"))


def test_two_keyboards_type_the_same_password() -> None:
    user = User()
    user.set_password("Vie\u0323\u0302t-Nam-2026")  # ệ as e, dot below, circumflex
    assert user.check_password("Vi\u1ec7t-Nam-2026")  # ệ as one letter
    assert user.check_password("Vi\u1ec7t\uff0dNam-2026")  # a full-width hyphen
    assert not user.check_password("Viet-Nam-2026")
