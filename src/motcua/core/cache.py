"""The cache that all processes share: Django's database cache, with a counter that two processes can't both miss."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction


class PostgresCache(DatabaseCache):
    """Django's `incr` reads, adds and writes; between two processes an addition gets lost. Here the row is locked first."""

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a counter that exists.

        Raises:
            ValueError: there is no such key.
        """
        alias = router.db_for_write(self.cache_model_class)
        connection = connections[alias]
        table = connection.ops.quote_name(self._table)
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT 1 FROM {table} WHERE cache_key = %s FOR UPDATE",
                [self.make_and_validate_key(key, version=version)],
            )  # noqa: S608 (a quoted name of ours)
            value: Any = self.get(key, None, version=version)
            if value is None:
                raise ValueError(f"Key {key!r} not found")
            expires = self._expiry(cursor, table, key, version)
            self.set(key, value + delta, timeout=expires, version=version)
        return int(value + delta)

    def _expiry(self, cursor: Any, table: str, key: str, version: int | None) -> float | None:
        """The seconds this key has left, so that counting doesn't make it live longer."""
        cursor.execute(
            f"SELECT EXTRACT(EPOCH FROM expires - now()) FROM {table} WHERE cache_key = %s",
            [self.make_and_validate_key(key, version=version)],
        )  # noqa: S608
        row = cursor.fetchone()
        return max(float(row[0]), 0.001) if row else None
