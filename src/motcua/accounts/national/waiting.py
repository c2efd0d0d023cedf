"""Who has been sent to the National portal and may come back, in their session: once, within half an hour.

Several may be under way in one browser (two tabs): each is known by its `state`.
"""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from motcua.accounts.flows.pending import PREFIX
from motcua.accounts.national.errors import Ended
from motcua.accounts.rules import FLOW_SECONDS

KEY = PREFIX + "national"  # so that a login forgets it, as all that was begun
MOST = 6


def remember(session: SessionBase, state: str, **values: Any) -> None:
    """Keep what the return must fit; the oldest is dropped when there are too many."""
    kept = sorted(session.get(KEY, {}).items(), key=lambda item: float(item[1]["at"]))[-(MOST - 1) :]
    session[KEY] = dict(kept) | {state: {**values, "at": timezone.now().timestamp()}}


def look(session: SessionBase, state: str) -> dict[str, Any]:
    """What was kept.

    Raises:
        Ended: nothing was, or it took too long.
    """
    found = session.get(KEY, {}).get(state)
    if not found or timezone.now().timestamp() - found["at"] > FLOW_SECONDS:
        raise Ended
    return dict(found)


def take(session: SessionBase, state: str, purpose: str) -> dict[str, Any]:
    """What was kept, once.

    Raises:
        Ended: nothing was, it took too long, or it was begun for something else.
    """
    found = look(session, state)
    session[KEY] = {name: kept for name, kept in session[KEY].items() if name != state}
    if found["purpose"] != purpose:
        raise Ended
    return found
