"""Asking the provider what became of an attempt: when no notice came, or money is held back."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.payments.models import Attempt, Notice
from motcua.payments.providers import ProviderError, vnpay
from motcua.payments.rules import vnpay as protocol
from motcua.payments.rules.judging import judge_answer, next_question
from motcua.payments.rules.states import AttemptState, NoticeKind
from motcua.payments.services.attempts import ASK, apply, keep
from motcua.payments.services.orders import QUEUE, lock

CLAIMED = timedelta(minutes=5)  # so long a question may take; then it is asked again
MOST_AT_ONCE = 200
SETTLED = frozenset({AttemptState.SUCCEEDED, AttemptState.FAILED})


def ask_provider(attempt_id: int) -> None:
    """Ask what became of an attempt and do what the answer says. Safe to run twice; a settled one is left alone."""
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.state in SETTLED:
        return
    try:
        answer = vnpay.query(attempt, secrets.token_hex(16))
    except ProviderError:
        _settle(attempt, None)
        return
    _settle(attempt, keep(NoticeKind.QUERY, answer, genuine=True), answer)


@transaction.atomic
def _settle(attempt: Attempt, notice: Notice | None, answer: dict[str, Any] | None = None) -> None:
    order, now = lock(attempt.order), timezone.now()
    attempt = Attempt.objects.get(pk=attempt.pk)
    if attempt.state in SETTLED:
        return
    attempt.asked += 1
    state = AttemptState(attempt.state)
    attempt.ask_at = next_question(state, started_at=attempt.started_at, asked=attempt.asked, now=now)
    attempt.save(update_fields=["asked", "ask_at"])
    if notice is None or answer is None:
        return
    word = protocol.word_from(answer)
    verdict = judge_answer(state, attempt.amount, word, expired=now >= attempt.expires_at)
    apply(verdict, order, attempt, word)
    notice.attempt, notice.answer = attempt, verdict.answer
    notice.save(update_fields=["attempt", "answer"])


@transaction.atomic
def ask_due() -> int:
    """Queue a question for every attempt whose time has come; how many. Two at once never take the same one."""
    now = timezone.now()
    due = Attempt.objects.select_for_update(skip_locked=True, no_key=True).filter(ask_at__lte=now)
    attempts = list(due.order_by("ask_at")[:MOST_AT_ONCE])
    for attempt in attempts:
        attempt.ask_at = now + CLAIMED
        attempt.save(update_fields=["ask_at"])
        app.configure_task(ASK, queue=QUEUE).defer(attempt_id=attempt.pk)
    return len(attempts)
