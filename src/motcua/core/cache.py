"""The cache that all processes share: Django's database cache, with a counter that loses nothing between two processes."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction


class PostgresCache(DatabaseCache):
    """Django's `incr` reads, adds and writes; between two processes an addition gets lost. Here the row is locked."""

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a counter that exists; it expires when it would have expired anyway.

        Raises:
            ValueError: there is no such key.
        """
        alias = router.db_for_write(self.cache_model_class)
        connection = connections[alias]
        table = connection.ops.quote_name(self._table)
        full_key = self.make_and_validate_key(key, version=version)
        seconds_left = f"SELECT EXTRACT(EPOCH FROM expires - now()) FROM {table} WHERE cache_key = %s FOR UPDATE"  # noqa: S608 (our own quoted name)
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute(seconds_left, [full_key])
            row = cursor.fetchone()
            value: Any = self.get(key, None, version=version)
            if row is None or value is None:
                raise ValueError(f"Key {key!r} not found")
            self.set(key, value + delta, timeout=max(float(row[0]), 0.001), version=version)
        return int(value + delta)
