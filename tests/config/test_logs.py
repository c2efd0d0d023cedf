"""The logs hold no personal data, whoever writes into them."""

import logging
import logging.config
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction

from motcua.config.logs import MaskingFormatter, masked


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Key (personal_number)=(001203004567) exists", "Key (personal_number)=([12 digits]) exists"),
        ("number 001 203 004 567.", "number [12 digits]."),
        ("to +84900000217", "to [phone]"),
        ("to 84900000217, now", "to [phone], now"),
        ("0900 000 217 / 0900.000.217", "[phone] / [phone]"),
        ("call 02438265555", "call [phone]"),
        ("an.nguyen+1@mail.example.vn failed", "[email] failed"),
        ("an@example.vn+binh@example.vn", "[email]@example.vn"),
        ("null value\nDETAIL:  Failing row contains (7, An).", "null value\nDETAIL:  Failing row contains [left out]"),
        ('no\nLINE 1: SET "owner" = \'{"full_name": "An"\n    ^', "no\nLINE 1: [left out]\n    ^"),
        ('CONTEXT:  JSON data, line 1: {"full_name": "An', "CONTEXT:  JSON data [left out]"),
        ("{'email': 'an@example.vn', 'phone': '0900000217'}", "{'email': '[email]', 'phone': '[phone]'}"),
    ],
)
def test_masks_what_is_personal(text: str, clean: str) -> None:
    assert masked(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21 08:15:00,123 ERROR motcua.jobs Job 123456 (notifications.deliver) failed",
        "GET /ho-so/NH-7K3F-92XA/ 200 in 0.034 s",
        "H98.21-261121-0001",
        "worker 4711 took 1732156500123 ns",
        "127.0.0.1:8000",
        "16000 đồng, 1.250.000 đồng",
    ],
)
def test_leaves_the_rest_alone(text: str) -> None:
    assert masked(text) == text


class Written(logging.Handler):
    """Keeps what the portal's own formatter makes of an entry."""

    def __init__(self) -> None:
        super().__init__()
        given: dict[str, Any] = dict(settings.LOGGING["formatters"]["line"])
        assert given.pop("()") == "motcua.config.logs.MaskingFormatter"
        self.setFormatter(MaskingFormatter(**given))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def log(written: Written) -> logging.Logger:
    log = logging.Logger("tests.logs")
    log.addHandler(written)
    return log


def test_arguments_are_masked_too(log: logging.Logger, written: Written) -> None:
    log.warning("sent to %s and %s", "+84900000217", {"to": "an@example.vn"})
    assert written.lines[0].endswith("WARNING tests.logs sent to [phone] and {'to': '[email]'}")


@pytest.mark.django_db
def test_a_traceback_with_the_databases_own_words_is_masked(log: logging.Logger, written: Written) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE people (number text PRIMARY KEY)")
            cursor.execute("INSERT INTO people VALUES ('001203004567'), ('001203004567')")
    except IntegrityError:
        log.exception("An act failed.")
    assert "[12 digits]" in written.lines[0]
    assert "001203004567" not in written.lines[0]
    assert "Traceback" in written.lines[0]


def test_nobody_can_forge_an_entry(log: logging.Logger, written: Written) -> None:
    log.warning("looked for %s", "x\n2026-11-21 ERROR forged\x1b[31m")
    assert "\n" not in written.lines[0]
    assert "\\x0a2026-11-21 ERROR forged\\x1b" in written.lines[0]


def test_the_portal_writes_with_it() -> None:
    formatters = [handler.formatter for handler in logging.getLogger().handlers]
    assert any(isinstance(formatter, MaskingFormatter) for formatter in formatters)


def test_a_database_that_is_gone_takes_one_line_not_a_traceback(log: logging.Logger, written: Written) -> None:
    try:
        raise OperationalError("connection refused\nIs the server running?")
    except OperationalError:
        log.exception("The worker stops.")
    assert "OperationalError: connection refused Is the server running?" in written.lines[0]
    assert "Traceback" not in written.lines[0]
