"""Calls to Zalo's three addresses; a stand-in answers for all of them at MOTCUA_ZALO_URL."""

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from django.conf import settings

from motcua.notifications.channels.base import ChannelError

TIMEOUT = 7  # seconds; a message takes up to three calls, and its claim lasts 30 (MESSAGE_CLAIM_SECONDS)
LARGEST = 100_000  # bytes of an answer


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
    return _post(url, {"Content-Type": "application/json", **headers}, json.dumps(content).encode())


def post_form(url: str, headers: dict[str, str], fields: dict[str, str]) -> dict[str, Any]:
    """The answer to a call with fields, as a form sends them; raises as `post_json`."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return _post(url, kind | headers, urllib.parse.urlencode(fields).encode())


def _post(url: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 (Zalo's, or the operator's setting)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            answer = json.loads(response.read(LARGEST))
    except urllib.error.HTTPError as refusal:
        again = refusal.code >= 500 or refusal.code in {401, 403, 408, 429}
        raise ChannelError(f"Zalo answered {refusal.code}.", retry=again) from None
    except (OSError, ValueError, http.client.HTTPException) as trouble:
        raise ChannelError(f"Zalo was not reached: {type(trouble).__name__}.", retry=True) from None
    if not isinstance(answer, dict):
        raise ChannelError("Zalo's answer was not understood.", retry=True)
    return answer
