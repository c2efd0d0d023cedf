"""A wrong name of a channel stops the start."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from motcua.notifications import channels


@register()
def channels_exist(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """MOTCUA_SMS_CHANNEL and MOTCUA_ZALO_CHANNEL name channels that are there."""
    return [
        Error(
            f"MOTCUA_{kind.upper()}_CHANNEL={channels.chosen(kind)}: there is no such channel.",
            hint=f"Use one of: {', '.join(channels.known(kind))}.",
            id="notifications.E001",
        )
        for kind in ("sms", "zalo")
        if channels.chosen(kind) not in channels.known(kind)
    ]
