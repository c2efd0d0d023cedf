"""One-time codes."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from motcua.accounts import services
from motcua.accounts.models import Code
from motcua.accounts.rules import RECOVERIES_PER_DAY
from motcua.accounts.services import Verdict, codes
from motcua.accounts.services.codes import TooManyCodes
from motcua.core.errors import BusinessError
from motcua.notifications.models import Message
from tests.accounts.helpers import codes_sent, last_code, wrong_code

pytestmark = pytest.mark.django_db
PHONE = "+84900000217"


def send(**facts: str) -> Code:
    return services.send_code(Code.Purpose.LOGIN, phone=PHONE, **facts)


def age(code: Code, seconds: int) -> None:
    """Let time pass for a code."""
    past = timedelta(seconds=seconds)
    Code.objects.filter(pk=code.pk).update(sent_at=code.sent_at - past, expires_at=code.expires_at - past)


def test_the_right_code_is_right_once() -> None:
    code = send()
    digits = last_code(PHONE)
    assert services.check_code(code.pk, digits) is Verdict.RIGHT
    assert services.check_code(code.pk, digits) is Verdict.SPENT


def test_spaces_copied_along_do_no_harm() -> None:
    code = send()
    digits = last_code()
    assert services.check_code(code.pk, f" {digits[:3]} {digits[3:]} ") is Verdict.RIGHT


def test_five_wrong_tries_spend_it() -> None:
    code = send()
    digits = last_code()
    verdicts = [services.check_code(code.pk, wrong_code(digits)) for _ in range(5)]
    assert verdicts == [Verdict.WRONG] * 4 + [Verdict.SPENT]
    assert services.check_code(code.pk, digits) is Verdict.SPENT


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "😀", "٠٠٠٠٠٠", "0" * 100_000])
def test_nonsense_is_wrong(typed: str) -> None:
    assert services.check_code(send().pk, typed) is Verdict.WRONG


def test_it_runs_out_after_five_minutes() -> None:
    code = send()
    age(code, 299)
    digits = last_code()
    assert services.check_code(code.pk, wrong_code(digits)) is Verdict.WRONG
    age(code, 301)
    assert services.check_code(code.pk, digits) is Verdict.EXPIRED


def test_somebody_elses_code_does_not_serve() -> None:
    mine, theirs = send(), services.send_code(Code.Purpose.LOGIN, phone="+84900000318")
    assert last_code(PHONE) != last_code("+84900000318") or mine.digest != theirs.digest
    assert services.check_code(mine.pk, last_code("+84900000318")) in {Verdict.WRONG, Verdict.RIGHT}
    Code.objects.filter(pk=mine.pk).update(digest=theirs.digest)  # even a copied hash belongs to its own row
    assert services.check_code(mine.pk, last_code("+84900000318")) is not Verdict.RIGHT


def test_only_a_hash_is_kept() -> None:
    code = send()
    assert last_code() not in str(Code.objects.filter(pk=code.pk).values().get())
    assert Message.objects.get(template="account_code").secret


def test_another_comes_after_a_minute_and_ends_the_first() -> None:
    code = send()
    first = last_code()
    with pytest.raises(BusinessError, match="chờ"):
        services.send_again(code.pk)
    age(code, 61)
    services.send_again(code.pk)
    second = last_code()
    assert len(codes_sent()) == 2
    if first != second:
        assert services.check_code(code.pk, first) is Verdict.WRONG
    assert services.check_code(code.pk, second) is Verdict.RIGHT


def test_the_email_is_another_way_at_once() -> None:
    code = send(email="an@example.org")
    services.send_again(code.pk, channel="email")
    assert services.check_code(code.pk, last_code("an@example.org")) is Verdict.RIGHT


def test_without_an_email_there_is_no_other_way() -> None:
    with pytest.raises(BusinessError, match="thư điện tử"):
        services.send_again(send().pk, channel="email")


def test_no_more_than_five_in_an_hour_go_to_one_phone() -> None:
    for _ in range(5):
        send()
    with pytest.raises(TooManyCodes, match="một giờ"):
        send()
    assert len(codes_sent()) == 5
    services.send_code(Code.Purpose.REGISTER, phone=PHONE)  # a stranger's registering doesn't use up logins
    services.send_code(Code.Purpose.LOGIN, phone="+84900000318")


def test_the_same_request_twice_gets_the_same_answer() -> None:
    code = send()
    digits = last_code()
    assert services.check_code(code.pk, digits, used_for="one form") is Verdict.RIGHT
    assert services.check_code(code.pk, digits, used_for="one form") is Verdict.RIGHT
    assert services.check_code(code.pk, digits, used_for="another") is Verdict.SPENT
    Code.objects.filter(pk=code.pk).update(used_at=timezone.now() - timedelta(minutes=2))
    assert services.check_code(code.pk, digits, used_for="one form") is Verdict.SPENT


def test_old_ones_are_cleared() -> None:
    code = send()
    send()
    age(code, 2 * 24 * 3600)
    assert services.clear_codes() == 1
    assert Code.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_burst_of_guesses_gets_five_tries() -> None:
    code = send()
    digits = last_code()
    guesses = [f"{number:06d}" for number in range(20) if f"{number:06d}" != digits]
    gate = threading.Barrier(4)
    verdicts: list[Verdict] = []

    def burst(mine: list[str]) -> None:
        gate.wait()
        verdicts.extend(services.check_code(code.pk, guess) for guess in mine)
        connections.close_all()

    threads = [threading.Thread(target=burst, args=(guesses[part::4],)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdicts.count(Verdict.WRONG) == 4
    assert Code.objects.get(pk=code.pk).tries == 5


@pytest.mark.django_db(transaction=True)
def test_the_right_code_lets_in_only_one_of_two_at_once() -> None:
    code = send()
    digits = last_code()
    gate = threading.Barrier(2)
    verdicts: list[Verdict] = []

    def race() -> None:
        gate.wait()
        verdicts.append(services.check_code(code.pk, digits))
        connections.close_all()

    threads = [threading.Thread(target=race) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(verdict.value for verdict in verdicts) == ["right", "spent"]


def test_guesses_at_a_forgotten_password_are_few_in_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "CODES_PER_HOUR", 100)  # as if the hours between had passed
    for _ in range(RECOVERIES_PER_DAY):
        services.request_recovery_code("098162004217", None)
    with pytest.raises(TooManyCodes, match="ngày mai"):
        services.request_recovery_code("098162004217", None)
    services.request_recovery_code("098094001552", None)
