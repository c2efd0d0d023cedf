"""Officers' authenticator apps."""

import time

import pytest
from allauth.mfa.models import Authenticator

from motcua.accounts import services
from motcua.accounts.models import User
from motcua.accounts.queries import authenticator_code, has_authenticator
from motcua.accounts.services.authenticators import matching_period

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def quan() -> User:
    return services.open_officer("quan.dm", "Đỗ Minh Quân", "x", SECRET, by=None)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day, to be set by the test."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def code_at(moment: float) -> str:
    """The code that the app would show."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(SECRET, int(moment) // 30)))


def test_the_present_code_is_right_once(quan: User, clock: list[float]) -> None:
    assert services.check_authenticator(quan, code_at(clock[0]))
    assert not services.check_authenticator(quan, code_at(clock[0]))


def test_a_used_code_does_not_come_back_later(quan: User, clock: list[float]) -> None:
    used = code_at(clock[0])
    assert services.check_authenticator(quan, used)
    clock[0] += 45  # still within the tolerance of the clock
    assert not services.check_authenticator(quan, used)
    assert services.check_authenticator(quan, code_at(clock[0]))


def test_an_earlier_code_is_refused_after_a_later_one(quan: User, clock: list[float]) -> None:
    earlier = code_at(clock[0])
    clock[0] += 30
    assert services.check_authenticator(quan, code_at(clock[0]))
    assert not services.check_authenticator(quan, earlier)


def test_a_phone_that_is_half_a_minute_off_gets_in_and_two_minutes_does_not(quan: User, clock: list[float]) -> None:
    assert not services.check_authenticator(quan, code_at(clock[0] - 120))
    assert services.check_authenticator(quan, code_at(clock[0] - 30))


@pytest.mark.parametrize("typed", ["", "00000", "abcdef", "😀😀😀", "0" * 10_000])
def test_nonsense_is_wrong(quan: User, typed: str) -> None:
    assert not services.check_authenticator(quan, typed)


def test_the_secret_is_not_kept_in_the_clear(quan: User) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept


def test_the_secret_survives_a_new_key_of_the_portal(quan: User, settings: object, clock: list[float]) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another-key-" * 5  # type: ignore[attr-defined]
    assert services.check_authenticator(quan, code_at(clock[0]))


def test_recovery_codes_serve_once(quan: User) -> None:
    codes = services.set_authenticator(quan, SECRET, by=quan)
    assert len(codes) == len(set(codes)) == 10
    assert services.check_recovery_code(quan, f"{codes[0][:4]} {codes[0][4:]}")
    assert not services.check_recovery_code(quan, codes[0])
    assert services.check_recovery_code(quan, codes[1])


def test_the_samples_code_is_good_even_after_one_was_used(quan: User) -> None:
    assert services.check_authenticator(quan, authenticator_code(quan))
    assert services.check_authenticator(quan, authenticator_code(quan))


def test_without_an_authenticator_nothing_is_right() -> None:
    user = services.open_officer("hoa.nt", "Ngô Thị Hoa", "x", by=None)
    assert not has_authenticator(user)
    assert authenticator_code(user) == ""
    assert not services.check_authenticator(user, "000000")
    assert not services.check_recovery_code(user, "00000000")
    assert matching_period(services.new_secret(), "no digits") is None
