"""Reads that every page needs and that seldom change: each process asks the database once in a while, not per page."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.conf import settings

T = TypeVar("T")


class Remembered(Generic[T]):
    """The answer of a read, kept for `settings.CONTENT_SECONDS`; 0 asks each time."""

    def __init__(self, read: Callable[[], T]) -> None:
        self.read = read
        self._lock = threading.Lock()
        self._kept: tuple[float, T] | None = None

    def __call__(self) -> T:
        """The answer, at most so many seconds old."""
        kept = self._kept
        if kept is not None and time.monotonic() - kept[0] < settings.CONTENT_SECONDS:
            return kept[1]
        answer = self.read()
        with self._lock:
            self._kept = (time.monotonic(), answer)
        return answer

    def forget(self) -> None:
        """Ask anew next time: something was just changed in this process."""
        with self._lock:
            self._kept = None
