"""/.well-known/security.txt (RFC 9116)."""

from datetime import UTC, datetime

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_finder_learns_whom_to_tell_and_until_when_it_holds() -> None:
    answer = Client().get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"].startswith("mailto:")
    assert datetime.fromisoformat(fields["Expires"]) > datetime.now(UTC)
