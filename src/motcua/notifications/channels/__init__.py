"""The ways out of the house. Only this room's services come here; what needs a contract has a demo twin."""

from collections.abc import Callable

from django.conf import settings

from motcua.notifications.channels import demo, mail
from motcua.notifications.channels.base import Channel, ChannelError
from motcua.notifications.models import Message

__all__ = ["Channel", "ChannelError", "channel_for", "known"]

CHANNELS: dict[str, dict[str, Callable[[], Channel]]] = {
    Message.Channel.EMAIL: {"smtp": mail.Mail},
    Message.Channel.SMS: {"demo": demo.DemoSms},
    Message.Channel.ZALO: {"demo": demo.DemoZalo},
}


def known(kind: str) -> list[str]:
    """The names that the setting of this kind may have."""
    return sorted(CHANNELS[kind])


def chosen(kind: str) -> str:
    """The name that the settings give to this kind."""
    names = {Message.Channel.SMS: settings.SMS_CHANNEL, Message.Channel.ZALO: settings.ZALO_CHANNEL}
    return names.get(Message.Channel(kind), "smtp")


def channel_for(kind: str) -> Channel:
    """The channel that the settings choose for this kind of message (checked at start: see checks.py)."""
    return CHANNELS[kind][chosen(kind)]()
