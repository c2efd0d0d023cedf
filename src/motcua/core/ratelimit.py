"""How often something may be tried, counted in the cache that all processes share.

The counters are fixed windows: the first hit opens one, and it closes `seconds` later whatever happens in between. Keys
are hashed with the portal's secret, so that a copy of the cache tells no numbers, phones or addresses. Call this
outside a transaction: a hit that is rolled back was never counted.
"""

from django.core.cache import caches
from django.utils.crypto import salted_hmac

from motcua.core.cache import PostgresCache

DAY = 24 * 3600  # seconds: the longest window there is


def hit(bucket: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one try, and say whether it is still allowed (True) or one too many.

    Args:
        bucket: what is counted, e.g. "login.number".
        key: for whom; may be personal data, it is hashed.
        limit: so many tries are allowed in a window.
        seconds: the length of the window.
    """
    return _counters().count(_name(bucket, key), seconds) <= limit


def left(bucket: str, key: str, *, limit: int) -> int:
    """How many tries are left in the present window, without counting one."""
    return max(0, limit - _counters().counted(_name(bucket, key)))


def forget(bucket: str, key: str) -> None:
    """Close the window: the person has proved who they are."""
    _counters().delete(_name(bucket, key))


def clear_old() -> int:
    """Delete the counters (and whatever else in the cache) that have run out; how many."""
    return _counters().clear_expired()


def _counters() -> PostgresCache:
    found = caches["default"]
    assert isinstance(found, PostgresCache)
    return found


def _name(bucket: str, key: str) -> str:
    return "rate:" + salted_hmac("motcua.core.ratelimit", f"{bucket}\n{key}", algorithm="sha256").hexdigest()
