"""What others want to see of the messages."""

from django.conf import settings
from django.db.models import Count, QuerySet

from motcua.notifications.channels import zalo_connected
from motcua.notifications.models import Message, ZaloAccess, ZaloFollower

__all__ = ["about", "counts", "follows", "sent", "zalo_connected", "zalo_trouble"]

NOT_SENT = (Message.State.HELD, Message.State.SPARED)  # held for the case that another fails


def sent(*, channel: str = "", address: str = "") -> QuerySet[Message]:
    """Messages that went or are to go, newest first.

    Args:
        address: any part of a phone number, as people write it, or of an email address.
    """
    found = Message.objects.defer("enclosure").exclude(state__in=NOT_SENT).order_by("-created_at", "-pk")
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


def follows(zalo_user: str) -> bool:
    """Whether this follower of the province's Zalo account still is one."""
    return ZaloFollower.objects.filter(zalo_user=zalo_user, follows=True).exists()


def zalo_trouble() -> str:
    """Why Zalo's keys couldn't be renewed the last time; empty: they could."""
    row = ZaloAccess.objects.filter(app_id=settings.ZALO["app_id"]).first()
    return row.trouble if row else ""
