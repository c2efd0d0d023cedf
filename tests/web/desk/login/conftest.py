"""What the walks through the officers’ login pages share."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_counted_yet(db: None) -> None:
    """Each test begins with empty rate limits."""
    cache.clear()
