"""The time of day in tests: one moment that stands still until the test moves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from tests.cast import at


class Moments:
    """`clock.at("25/11/2026 15:10")`, `clock.forward(minutes=5)`; every act in between happens at that moment."""

    def __init__(self, text: str) -> None:
        self.moment = at(text)

    def __call__(self) -> datetime:
        return self.moment.astimezone(UTC)

    def at(self, text: str) -> datetime:
        self.moment = at(text)
        return self.moment

    def forward(self, **amount: float) -> datetime:
        self.moment += timedelta(**amount)
        return self.moment


@contextmanager
def stopped_clock(text: str) -> Iterator[Moments]:
    """Let `django.utils.timezone.now` say this moment."""
    moments = Moments(text)
    with patch("django.utils.timezone.now", moments):
        yield moments
