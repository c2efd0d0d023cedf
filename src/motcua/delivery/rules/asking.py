"""When we speak to the post again: to place an order or to drop it, and to ask where a parcel is."""

from datetime import datetime, timedelta

# Minutes between tries when the post doesn't answer; the last one again and again. A day of silence is no reason to
# give up: the order is placed within the hour after the post is back.
PAUSES = (1, 2, 5, 10, 20, 30, 60)
FIRST_LOOK = timedelta(hours=6)  # after so long without a word we ask
LONGEST_PAUSE = timedelta(days=1)
GIVES_UP_AFTER = timedelta(days=183)  # complaints to the post end with six months (TT 17/2017 Điều 8)
CLAIMED = timedelta(minutes=5)  # so long a call may take; then it is made again


def next_try(*, called: int, now: datetime) -> datetime:
    """When to call again after so many calls without an answer, the last one just now."""
    return now + timedelta(minutes=PAUSES[min(max(called, 1), len(PAUSES)) - 1])


def next_look(*, called: int, ordered_at: datetime, now: datetime) -> datetime | None:
    """When to ask where a parcel is, if the post says nothing by itself and has been asked so often; None: no more."""
    if now > ordered_at + GIVES_UP_AFTER:
        return None
    return now + min(FIRST_LOOK * (1 << min(called, 4)), LONGEST_PAUSE)
