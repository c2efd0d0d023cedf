"""Calls to Zalo's three addresses; a stand-in answers for all of them at MOTCUA_ZALO_URL."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from motcua.core import calls
from motcua.notifications.channels.base import ChannelError

TIMEOUT = 7  # seconds; a message takes up to three calls, and its claim lasts 30 (MESSAGE_CLAIM_SECONDS)


def oauth() -> str:
    """Where tokens come from."""
    return settings.ZALO["url"] or "https://oauth.zaloapp.com"


def business() -> str:
    """Where messages by template go."""
    return settings.ZALO["url"] or "https://business.openapi.zalo.me"


def official() -> str:
    """Where chat messages of the Official Account go."""
    return settings.ZALO["url"] or "https://openapi.zalo.me"


def post_json(url: str, headers: dict[str, str], content: dict[str, Any]) -> dict[str, Any]:
    """The answer to a call with a JSON body.

    Raises:
        ChannelError: nobody answered, or nothing that can be read.
    """
    return _told(lambda: calls.post_json(url, content, headers, timeout=TIMEOUT))


def post_form(url: str, headers: dict[str, str], fields: dict[str, str]) -> dict[str, Any]:
    """The answer to a call with fields, as a form sends them; raises as `post_json`."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return _told(lambda: calls.post(url, urlencode(fields).encode(), kind | headers, timeout=TIMEOUT))


def _told(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return call()
    except calls.NoAnswer as trouble:
        raise ChannelError(f"Zalo {trouble}.", retry=trouble.may_come_again) from None
