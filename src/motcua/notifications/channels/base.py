"""What every channel does, and how it says that it couldn't."""

from dataclasses import dataclass
from typing import Protocol

from motcua.notifications.models import Message


class ChannelError(Exception):
    """A message was not taken. The text goes into `Message.trouble`: no addresses, no content.

    Attributes:
        retry: whether the same message may be taken later (server down, busy); False: never (no such number).
    """

    def __init__(self, text: str, *, retry: bool) -> None:
        super().__init__(text)
        self.retry = retry


@dataclass(frozen=True)
class Taken:
    """The other side has taken a message.

    Attributes:
        number: its number over there.
        receipt: whether it will say so when the message has arrived; until then nobody knows.
    """

    number: str
    receipt: bool = False


class Channel(Protocol):
    """One way to hand a message to the outside."""

    def send(self, message: Message) -> Taken:
        """Hand the message over, within 15 seconds.

        A call may come twice for one message (see services.deliver): tell the other side `message.key` wherever it
        can drop a repetition by it.

        Raises:
            ChannelError: it was not taken.
        """
        ...
