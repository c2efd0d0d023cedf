"""What a person has begun and not finished, in their session."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from motcua.accounts.rules import FLOW_SECONDS
from motcua.core.errors import BusinessError

LEFTOVER_SECONDS = 3600
PREFIX = "accounts."


class FlowEnded(BusinessError):
    """What was begun is no longer there, or took too long: only a new start helps."""


class WrongCode(BusinessError):
    """A typed code isn't right, or not any more; the person may try again."""


class Pending:
    """One flow in one session.

    Args:
        name: of the flow: "registration".
    """

    def __init__(self, session: SessionBase, name: str) -> None:
        self.session = session
        self.key = PREFIX + name

    def begin(self, **values: Any) -> None:
        """Start anew; what an earlier start left behind goes."""
        now = timezone.now().timestamp()
        self.session[self.key] = {"at": now, "typed_at": now, **values}

    def values(self) -> dict[str, Any]:
        """What is known so far.

        Raises:
            FlowEnded: nothing was begun here, or more than half an hour ago.
        """
        found = self.session.get(self.key)
        if not found or timezone.now().timestamp() - found["at"] > FLOW_SECONDS:
            raise FlowEnded("Đã quá 30 phút, hoặc trang này được mở ở một trình duyệt khác. Xin làm lại từ đầu")
        return dict(found)

    def leftover(self) -> dict[str, Any]:
        """What is known, also after the time has run out: to fill in a form again.

        Not for ever: the next person at a shared computer must not find it.
        """
        found = dict(self.session.get(self.key) or {})
        return found if timezone.now().timestamp() - found.get("typed_at", 0) < LEFTOVER_SECONDS else {}

    def keep(self, **values: Any) -> None:
        """Add to what is known."""
        self.session[self.key] = {**self.session[self.key], **values}

    def stop(self) -> None:
        """No going on, only a new start; what was typed stays a leftover, so that nobody types it twice."""
        self.session[self.key] = {**self.leftover(), "at": 0}

    def end(self) -> None:
        """Forget all of it."""
        self.session.pop(self.key, None)


def forget_all(session: SessionBase) -> None:
    """Forget what anybody has begun in this browser: whoever logs in now may be another person."""
    for key in [key for key in session.keys() if key.startswith(PREFIX)]:  # noqa: SIM118 (a session is no dict)
        del session[key]
