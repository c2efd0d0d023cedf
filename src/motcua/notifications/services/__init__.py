"""The acts of this room: write a message down, hand it over, take what Zalo says."""

from motcua.notifications.services.delivering import (
    check_arrival,
    clear_enclosures,
    deliver,
    letters_too_old,
    note_arrival,
    send_failed_again,
)
from motcua.notifications.services.followers import answer, clear_events, settle_event, take_event
from motcua.notifications.services.keys import keep_keys_fresh
from motcua.notifications.services.writing import DELIVER, ENCLOSURE_LIMIT, QUEUE, Recipient, notify, row_key

__all__ = [
    "DELIVER",
    "ENCLOSURE_LIMIT",
    "QUEUE",
    "Recipient",
    "answer",
    "check_arrival",
    "clear_enclosures",
    "clear_events",
    "deliver",
    "keep_keys_fresh",
    "letters_too_old",
    "note_arrival",
    "notify",
    "row_key",
    "send_failed_again",
    "settle_event",
    "take_event",
]
