"""The ways out of the house. Only this room's services come here; what needs a contract has a demo twin."""

from collections.abc import Callable

from django.conf import settings

from motcua.notifications.channels import demo, mail, zalo
from motcua.notifications.channels.base import Channel, ChannelError, Taken
from motcua.notifications.models import Message

__all__ = ["Channel", "ChannelError", "Taken", "channel_for", "known", "zalo_connected", "zalo_template_id"]

CHANNELS: dict[str, dict[str, Callable[[], Channel]]] = {
    Message.Channel.EMAIL: {"smtp": mail.Mail},
    Message.Channel.SMS: {"demo": demo.DemoSms},
    Message.Channel.ZALO: {"none": zalo.NotConnected, "zns": zalo.Zalo},
}


def known(kind: str) -> list[str]:
    """The names that the setting of this kind may have."""
    return sorted(CHANNELS[kind])


def chosen(kind: str) -> str:
    """The name that the settings give to this kind."""
    names = {Message.Channel.SMS: settings.SMS_CHANNEL, Message.Channel.ZALO: settings.ZALO_CHANNEL}
    return names.get(Message.Channel(kind), "smtp")


def zalo_connected() -> bool:
    """Whether anything may go by Zalo."""
    return chosen(Message.Channel.ZALO) != "none"


def zalo_template_id(template: str) -> str:
    """The number under which Zalo approved this message; empty: it can't go by template."""
    return zalo.template_id(template)


def channel_for(kind: str) -> Channel:
    """The channel that the settings choose for this kind of message (checked at start: see checks.py)."""
    return CHANNELS[kind][chosen(kind)]()
