"""A National portal of its own for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.accounts.national import peers
from tests.accounts.national.peers import National


@pytest.fixture
def national(settings: Any, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[National]:
    """The demo National portal, which knows An and Nam; this portal is connected to it."""
    keys = tmp_path_factory.getbasetemp() / "national"  # one key for all: it takes a while to make
    with peers.running(tmp_path, keys, peers.a_person(), peers.stranger()) as found:
        settings.BASE_URL = peers.HOME
        settings.NATIONAL = {**settings.NATIONAL, "issuer": found.url}
        yield found
