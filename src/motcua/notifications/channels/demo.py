"""Demo SMS: the JSON over HTTP that such gateways speak, against the process `motcua demo-peers`.

Where a contract exists, a module beside this one speaks that provider's dialect; nothing else changes.
The protocol is described in docs/integrator/demo-peers.md and kept by motcua.config.peers.gateways.
"""

from typing import Any

from django.conf import settings

from motcua.core.calls import NoAnswer, post_json
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
    try:
        answer = post_json(settings.DEMO_PEERS_URL + path, content, headers, timeout=TIMEOUT)
    except NoAnswer as trouble:
        raise ChannelError(f"The gateway {trouble}.", retry=trouble.may_come_again) from None
    code = answer.get("code")
    if code != OK:
        raise ChannelError(f"The gateway refused: {code}.", retry=not isinstance(code, int) or code in COMES_AGAIN)
    return Taken(str(answer.get("message_id", "")))
