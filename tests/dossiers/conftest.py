"""What the acts on a dossier need: a moment of the day that stands still."""

from collections.abc import Iterator

import pytest

from tests.moments import Moments, stopped_clock


@pytest.fixture
def clock() -> Iterator[Moments]:
    """Wednesday 25/11/2026, 8:35, until the test says otherwise."""
    with stopped_clock("25/11/2026 08:35") as moments:
        yield moments
