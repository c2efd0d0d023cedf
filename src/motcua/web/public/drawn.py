"""Parts of pages that are drawn once for everybody: what is asked most is asked again and again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Drawn(Generic[T]):
    """The parts drawn from one state of the catalogue, the latest asked for; with another state it begins anew."""

    def __init__(self, most: int) -> None:
        """`most`: how many parts are kept."""
        self._most = most
        self._lock = Lock()
        self._parts: OrderedDict[Hashable, T] = OrderedDict()
        self._state: tuple[object, ...] = ()

    def get(self, key: Hashable, state: tuple[object, ...], draw: Callable[[], T]) -> T:
        """The part of this key, drawn now if it isn't at hand.

        Args:
            key: everything that the part depends on but the state: the address, the language.
            state: the very objects that it is drawn from.
            draw: makes it.
        """
        with self._lock:
            if not self._is(state):
                self._parts.clear()
                self._state = state
            elif key in self._parts:
                self._parts.move_to_end(key)
                return self._parts[key]
        part = draw()
        with self._lock:
            if self._is(state):
                self._parts[key] = part
                if len(self._parts) > self._most:
                    self._parts.popitem(last=False)
        return part

    def _is(self, state: tuple[object, ...]) -> bool:
        """Whether the parts at hand were drawn from these very objects."""
        same = len(state) == len(self._state)
        return same and all(new is old for new, old in zip(state, self._state, strict=True))
