"""Demo SMS: the JSON over HTTP that such gateways speak, against the process `motcua demo-peers`.

Where a contract exists, a module beside this one speaks that provider's dialect; nothing else changes.
The protocol is described in docs/integrator/demo-peers.md and kept by motcua.config.peers.gateways.
"""

import http.client
import json
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from motcua.notifications.channels.base import ChannelError, Taken
from motcua.notifications.models import Message

TIMEOUT = 10  # seconds
API_KEY = "demo"
BRANDNAME = "MOTCUA"
OK = 0
COMES_AGAIN = {101, 429}  # our key is wrong (somebody will mend the settings) · busy; all else stays refused


class DemoSms:
    """SMS with a registered sender's name (brandname)."""

    def send(self, message: Message) -> Taken:
        return post(
            "/sms/send",
            {"X-Api-Key": API_KEY},
            {
                "brandname": BRANDNAME,
                "phone": message.address.removeprefix("+"),
                "content": message.body,
                "tracking_id": message.key,
            },
        )


def post(path: str, headers: dict[str, str], content: dict[str, Any]) -> Taken:
    """Ask the gateway, and read its answer: {"code": 0, "message_id": "…"}.

    Raises:
        ChannelError: not reached, not understood, or refused.
    """
    request = urllib.request.Request(  # noqa: S310 (the address is the operator's setting)
        settings.DEMO_PEERS_URL + path,
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json", **headers},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            answer = json.load(response)
    except urllib.error.HTTPError as refusal:
        again = refusal.code >= 500 or refusal.code in {401, 403, 408, 429}
        raise ChannelError(f"The gateway answered {refusal.code}.", retry=again) from None
    except (OSError, ValueError, http.client.HTTPException) as trouble:
        raise ChannelError(f"The gateway was not reached: {type(trouble).__name__}.", retry=True) from None
    code = answer.get("code") if isinstance(answer, dict) else None
    if code != OK:
        raise ChannelError(f"The gateway refused: {code}.", retry=not isinstance(code, int) or code in COMES_AGAIN)
    return Taken(str(answer.get("message_id", "")))
