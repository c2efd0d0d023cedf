"""The cache that all processes share: a table, written in single statements, that throws nothing away before its time.

Django's database cache counts all rows at each write, deletes a third of them once there are more than 300, and reads
before it writes. For rate limits, used puzzles and used codes that is wrong: what is counted there must not get lost.
"""

import base64
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router

NEVER = datetime(9999, 12, 31, tzinfo=UTC)


class PostgresCache(DatabaseCache):
    """Django's table and reading; our writing. Rows that ran out are deleted by a job (`clear_expired`)."""

    _table: str

    def count(self, key: str, timeout: float) -> int:
        """Add one to a counter, begun if there is none or it has run out, and return it; one statement.

        Such a key holds plain digits: read it with `counted`, not with `get`.

        Args:
            timeout: seconds from the first hit on; later ones don't prolong it.
        """
        rows = self._run(
            """INSERT INTO {table} AS old (cache_key, value, expires)
               VALUES (%s, '1', clock_timestamp() + %s)
               ON CONFLICT (cache_key) DO UPDATE SET
                 value = CASE WHEN old.expires <= clock_timestamp() THEN '1' ELSE (old.value::bigint + 1)::text END,
                 expires = CASE WHEN old.expires <= clock_timestamp() THEN excluded.expires ELSE old.expires END
               RETURNING value""",
            [self.make_and_validate_key(key), timedelta(seconds=timeout)],
        )
        return int(rows[0][0])

    def counted(self, key: str) -> int:
        """How far a counter is; 0 if there is none or it has run out."""
        rows = self._run(
            "SELECT value FROM {table} WHERE cache_key = %s AND expires > clock_timestamp()",
            [self.make_and_validate_key(key)],
        )
        return int(rows[0][0]) if rows else 0

    def clear_expired(self) -> int:
        """Delete what has run out; how many rows."""
        return len(self._run("DELETE FROM {table} WHERE expires <= clock_timestamp() RETURNING 1", []))

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """What `set`, `add` and `touch` of Django's cache do, each in one statement; the key is made already."""
        seconds = self.get_backend_timeout(timeout)
        expires = NEVER if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
        if mode == "touch":
            touched = self._run(
                "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires > clock_timestamp() RETURNING 1",
                [expires, key],
            )
            return bool(touched)
        written = self._run(
            """INSERT INTO {table} AS old (cache_key, value, expires) VALUES (%s, %s, %s)
               ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
               WHERE %s OR old.expires <= clock_timestamp() RETURNING 1""",
            [key, base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii"), expires, mode == "set"],
        )
        return bool(written)

    def _run(self, sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
        connection = connections[router.db_for_write(self.cache_model_class)]
        with connection.cursor() as cursor:
            cursor.execute(sql.format(table=connection.ops.quote_name(self._table)), params)
            return list(cursor.fetchall())
