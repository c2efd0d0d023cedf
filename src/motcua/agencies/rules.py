"""What a working calendar may say."""

from datetime import time
from typing import Any


def check_day(pairs: Any) -> None:
    """The stretches of one working day are in order and don't overlap.

    Raises:
        ValueError: with the stretch that is wrong.
    """
    last = time.min
    for start_text, end_text in pairs:
        start, end = time.fromisoformat(start_text), time.fromisoformat(end_text)
        if not last <= start < end:
            raise ValueError(f"{start_text}–{end_text} does not follow what is before it.")
        last = end


def check_week(week: Any) -> None:
    """A week has seven days, Monday first, and at least one is worked.

    Raises:
        ValueError: it hasn't.
    """
    if len(week) != 7:
        raise ValueError(f"A week has seven days, not {len(week)}.")
    if not any(week):
        raise ValueError("A calendar without one working day would never let a time limit end.")
    for day in week:
        check_day(day)
