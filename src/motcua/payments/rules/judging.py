"""What a provider's genuine word does to an attempt, and when we ask for one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.payments.rules.states import AttemptState
from motcua.payments.rules.vnpay import OK, Word

EXPIRES_AFTER = timedelta(minutes=15)
GRACE = timedelta(minutes=1)  # the bank's last word may take a moment
LAST_LOOK = timedelta(days=1)  # one more question to what ran out: a bank may have been late
GIVES_UP_AFTER = timedelta(days=30)
PENDING = "01"
NOT_FOUND = "91"


@dataclass(frozen=True)
class Verdict:
    """What follows from a word.

    Attributes:
        becomes: the attempt's next state; None: it stays as it is.
        answer: the RspCode for a notice.
    """

    becomes: AttemptState | None
    answer: str


def judge_notice(state: AttemptState, amount: int, word: Word) -> Verdict:
    """A notice on an attempt of this state and amount. Paid money is booked from every state but its own: once."""
    if state == AttemptState.SUCCEEDED:
        return Verdict(None, "02")
    if word.amount != amount:
        return Verdict(None, "04")
    if word.paid:
        return Verdict(AttemptState.SUCCEEDED, "00")
    becomes = AttemptState.SUSPECT if word.held_back else AttemptState.FAILED
    return Verdict(None, "02") if becomes == state else Verdict(becomes, "00")


def judge_answer(state: AttemptState, amount: int, word: Word, *, expired: bool) -> Verdict:
    """The answer to our question. "Not yet" and "unknown here" mean that nothing was paid once the time is over."""
    if word.code == OK and word.status != PENDING:
        return judge_notice(state, amount, word)
    nothing_yet = word.code == NOT_FOUND or (word.code == OK and word.status == PENDING)
    over = nothing_yet and expired and state == AttemptState.STARTED
    return Verdict(AttemptState.EXPIRED if over else None, "")


def next_question(state: AttemptState, *, started_at: datetime, asked: int, now: datetime) -> datetime | None:
    """When to ask about an attempt (again); None: no need to."""
    over = started_at + EXPIRES_AFTER + GRACE
    if state == AttemptState.EXPIRED:
        return over + LAST_LOOK if now < over + LAST_LOOK else None
    if state not in {AttemptState.STARTED, AttemptState.SUSPECT} or now > started_at + GIVES_UP_AFTER:
        return None
    if now < over and state == AttemptState.STARTED:
        return over
    return now + min(timedelta(minutes=2 << min(asked, 8)), timedelta(hours=6))
