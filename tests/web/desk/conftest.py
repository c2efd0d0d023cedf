"""Officers who have come in, authenticator code and all."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from motcua.accounts.models import User
from tests.moments import Moments, stopped_clock

Come = Callable[[User], Client]


@pytest.fixture
def clock() -> Iterator[Moments]:
    """Wednesday 25/11/2026, 8:35, until the test says otherwise."""
    with stopped_clock("25/11/2026 08:35") as moments:
        yield moments


@pytest.fixture
def come(db: None) -> Come:
    """A browser in which this person has logged in."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in
