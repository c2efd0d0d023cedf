"""Keeps personal data out of the logs.

Nothing in the portal logs such data on purpose. This is the net below: a database's error message quotes the row that
it refused, a library logs the address that it was given.
"""

import logging
import re
from typing import Any

# Order matters: a personal number (12 digits) may begin like a phone number. Anybody can have a long line written (an
# address that isn't there), so no pattern may start anew at each letter of a word.
MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    # What PostgreSQL quotes of the statement, of a JSON value and of the row.
    (re.compile(r"^(LINE \d+:|CONTEXT: +JSON data).*$", re.MULTILINE), r"\1 [left out]"),
    (re.compile(r"Failing row contains \(.*"), "Failing row contains [left out]"),
    (re.compile(r"(?<![\w.+%-])[\w.+%-]++@[\w-]+(?:\.[\w-]+)+[\w.+%-]*"), "[email]"),
    (re.compile(r"(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)"), "[12 digits]"),
    (re.compile(r"(?<![\d.])(?:\+84|84|0)(?:[ .-]?\d){9,10}(?!\d)"), "[phone]"),
)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def masked(text: str) -> str:
    """The text without personal numbers, phone numbers and email addresses."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


# A database that went away says all in one line; where the portal was just then tells nothing.
LOST = {"OperationalError", "InterfaceError", "ConnectorException", "PoolTimeout", "PoolClosed"}


class MaskingFormatter(logging.Formatter):
    """Masks a whole entry, its traceback too; a message stays in its line, so nobody can forge an entry."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the library's name)
        """The traceback, unless the database is simply gone."""
        if ei[0] is not None and ei[0].__name__ in LOST:
            cause = ei[1].__cause__ or ei[1]
            return f"{type(cause).__name__}: {CONTROL.sub(' ', str(cause)).strip()}"
        return super().formatException(ei)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the library's name)
        record.message = CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """One entry, ready to be written."""
        return masked(super().format(record))
