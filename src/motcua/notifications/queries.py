"""What others want to see of the messages."""

from django.db.models import Count, QuerySet

from motcua.notifications.models import Message


def sent(*, channel: str = "", address: str = "") -> QuerySet[Message]:
    """Messages, newest first; `address` is any part of a phone number, as people write it, or of an email address."""
    found = Message.objects.defer("enclosure").order_by("-created_at", "-pk")
    if channel:
        found = found.filter(channel=channel)
    part = "".join(address.split())
    if part.startswith("0"):
        part = "+84" + part[1:]
    if part:
        found = found.filter(address__icontains=part)
    return found


def about(kind: str, ref: str) -> QuerySet[Message]:
    """All messages that told of one thing, newest first."""
    return Message.objects.defer("enclosure").filter(about_kind=kind, about_ref=ref).order_by("-created_at", "-pk")


def counts() -> dict[str, int]:
    """How many wait, were sent, failed."""
    found = dict(Message.objects.values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in Message.State.values}
