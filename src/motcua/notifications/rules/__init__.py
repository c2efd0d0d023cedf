"""What may leave the house, by which way, and when it is tried again: pure decisions."""

from motcua.notifications.rules.words import (
    PAUSES,
    PAUSES_BEFORE_ANOTHER_WAY,
    PAUSES_OF_A_CODE,
    SMS_LENGTH,
    moment,
    moment_in_short,
    pause,
    shortened,
    unaccented,
)

__all__ = [
    "PAUSES",
    "PAUSES_BEFORE_ANOTHER_WAY",
    "PAUSES_OF_A_CODE",
    "SMS_LENGTH",
    "moment",
    "moment_in_short",
    "pause",
    "shortened",
    "unaccented",
]
