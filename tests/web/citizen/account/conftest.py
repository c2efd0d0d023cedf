"""What the walks through the account pages share."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_counted_yet(db: None) -> None:
    """Each test begins with empty rate limits."""
    cache.clear()


@pytest.fixture(autouse=True)
def _codes_stay_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a sample: a code that was delivered can still be read by the test."""
    monkeypatch.setattr("motcua.notifications.services.delivering.is_sample", lambda: True)
