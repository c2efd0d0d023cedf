"""What the database keeps for itself: its log quotes nobody, and the proof stays."""

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.audit.models import Event
from motcua.audit.services import record, seal_pending, verify

pytestmark = pytest.mark.django_db


def test_the_embedded_servers_log_quotes_no_statement_and_no_row() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('log_min_error_statement'), current_setting('log_error_verbosity')")
        assert cursor.fetchone() == ("panic", "terse")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit_event SET actor_name = 'x'",
        "UPDATE audit_event SET seal = repeat('0', 64), position = 7",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "SELECT audit_reset()",
        "INSERT INTO audit_event (at, act, actor_name, subject_kind, subject_ref, data, position, seal)"
        " VALUES (now(), 'x', 'x', 'x', 'x', '{}', 99, repeat('0', 64))",
    ],
)
def test_what_was_proved_is_neither_changed_nor_removed(attack: str) -> None:
    record("account.changed", subject_kind="account", subject_ref="7", actor=None)
    seal_pending()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert Event.objects.count() == 1


def test_a_hand_that_switches_the_guard_off_is_seen() -> None:
    for number in range(3):
        record("account.changed", subject_kind="account", subject_ref=str(number), actor=None)
    seal_pending()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_event SET actor_name = 'Ai đó' WHERE position = 2")
        cursor.execute("SET session_replication_role = origin")
    found = verify()
    assert found.broken_at == 2
