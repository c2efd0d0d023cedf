"""Zalo's keys, renewed before they run out: a refresh token that nobody uses for three months is gone."""

from motcua.core.jobs import TryLater
from motcua.notifications.channels import ChannelError, zalo_connected, zalo_keys

PAUSE = 300  # seconds


def keep_keys_fresh() -> None:
    """See to it that there is an access token; the job runs every few hours, whether anything is sent or not.

    Raises:
        TryLater: Zalo doesn't answer just now.
    """
    if not zalo_connected():
        return
    try:
        zalo_keys.access_token()
    except ChannelError as trouble:
        if trouble.retry:
            raise TryLater(PAUSE) from None
