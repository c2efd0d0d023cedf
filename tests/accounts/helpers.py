"""What the tests of accounts share."""

import re

from motcua.notifications.models import Message


def codes_sent(address: str = "") -> list[str]:
    """The six digits of every code message, oldest first."""
    messages = Message.objects.filter(template="account_code").order_by("pk")
    if address:
        messages = messages.filter(address=address)
    found = [re.search(r"\b\d{6}\b", message.body) for message in messages]
    return [match[0] for match in found if match]


def last_code(address: str = "") -> str:
    """The digits somebody has just received."""
    return codes_sent(address)[-1]


def wrong_code(right: str) -> str:
    """Six digits that aren't these."""
    return f"{(int(right) + 1) % 1_000_000:06d}"
