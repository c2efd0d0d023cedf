"""What every test has."""

from collections.abc import Iterator

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.jobs import run_jobs

__all__ = ["run_jobs"]


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_the_audit_table() -> Iterator[None]:
    """A transactional test ends with TRUNCATE on all tables; the audit table refuses that (audit, migration 0002)."""
    plain = DatabaseOperations.sql_flush

    def flush(self: DatabaseOperations, *args: object, **options: object) -> list[str]:
        statements = plain(self, *args, **options)
        return ["SET LOCAL motcua.allow_audit_reset = 'yes';", *statements] if statements else []

    DatabaseOperations.sql_flush = flush
    yield
    DatabaseOperations.sql_flush = plain
