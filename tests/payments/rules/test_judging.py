"""What a genuine word does to a try to pay, and when we ask."""

from datetime import timedelta

import pytest

from motcua.payments.rules.judging import judge_answer, judge_notice, next_question
from motcua.payments.rules.states import AttemptState as S
from motcua.payments.rules.vnpay import Word
from tests.cast import at

STARTED = at("25/11/2026 08:35")


def word(code: str, status: str, amount: int | None = 150_000) -> Word:
    return Word("MC01", amount, code, status)


@pytest.mark.parametrize(
    ("state", "code", "status", "becomes", "answer"),
    [
        (S.STARTED, "00", "00", S.SUCCEEDED, "00"),
        (S.EXPIRED, "00", "00", S.SUCCEEDED, "00"),
        (S.FAILED, "00", "00", S.SUCCEEDED, "00"),
        (S.SUSPECT, "00", "00", S.SUCCEEDED, "00"),
        (S.SUCCEEDED, "00", "00", None, "02"),
        (S.SUCCEEDED, "24", "02", None, "02"),
        (S.STARTED, "24", "02", S.FAILED, "00"),
        (S.STARTED, "00", "02", S.FAILED, "00"),
        (S.STARTED, "24", "00", S.FAILED, "00"),
        (S.FAILED, "24", "02", None, "02"),
        (S.STARTED, "07", "07", S.SUSPECT, "00"),
        (S.STARTED, "07", "00", S.SUSPECT, "00"),
        (S.SUSPECT, "07", "07", None, "02"),
        (S.SUSPECT, "99", "02", S.FAILED, "00"),
        (S.STARTED, "", "", S.FAILED, "00"),
    ],
)
def test_a_notice(state: S, code: str, status: str, becomes: S | None, answer: str) -> None:
    verdict = judge_notice(state, 150_000, word(code, status))
    assert (verdict.becomes, verdict.answer) == (becomes, answer)


@pytest.mark.parametrize("amount", [149_999, 150_001, 0, None])
@pytest.mark.parametrize("state", [S.STARTED, S.EXPIRED, S.FAILED, S.SUSPECT])
def test_another_amount_changes_nothing(state: S, amount: int | None) -> None:
    verdict = judge_notice(state, 150_000, word("00", "00", amount))
    assert (verdict.becomes, verdict.answer) == (None, "04")


@pytest.mark.parametrize(
    ("state", "code", "status", "expired", "becomes"),
    [
        (S.STARTED, "00", "00", False, S.SUCCEEDED),
        (S.EXPIRED, "00", "00", True, S.SUCCEEDED),
        (S.STARTED, "00", "02", False, S.FAILED),
        (S.STARTED, "00", "07", False, S.SUSPECT),
        (S.STARTED, "00", "04", True, S.SUSPECT),
        (S.STARTED, "00", "01", False, None),
        (S.STARTED, "00", "01", True, S.EXPIRED),
        (S.STARTED, "91", "", False, None),
        (S.STARTED, "91", "", True, S.EXPIRED),
        (S.SUSPECT, "91", "", True, None),
        (S.STARTED, "94", "", True, None),
        (S.STARTED, "99", "00", True, None),
        (S.STARTED, "97", "", True, None),
    ],
)
def test_an_answer_to_our_question(state: S, code: str, status: str, expired: bool, becomes: S | None) -> None:
    assert judge_answer(state, 150_000, word(code, status), expired=expired).becomes == becomes


def minutes_until_asked(state: S, asked: int, minutes: int) -> float | None:
    now = STARTED + timedelta(minutes=minutes)
    moment = next_question(state, started_at=STARTED, asked=asked, now=now)
    return None if moment is None else (moment - now) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("state", "asked", "minutes", "wait"),
    [
        (S.STARTED, 0, 0, 16),  # once its time is over
        (S.STARTED, 1, 5, 11),
        (S.STARTED, 1, 20, 4),  # then ever more seldom
        (S.STARTED, 3, 40, 16),
        (S.STARTED, 50, 20_000, 360),
        (S.SUSPECT, 0, 1, 2),
        (S.EXPIRED, 1, 16, 24 * 60),  # one last look
        (S.EXPIRED, 2, 2000, None),
        (S.SUCCEEDED, 1, 1, None),
        (S.FAILED, 1, 1, None),
        (S.SUSPECT, 99, 31 * 24 * 60, None),
    ],
)
def test_when_we_ask(state: S, asked: int, minutes: int, wait: float | None) -> None:
    assert minutes_until_asked(state, asked, minutes) == wait
