"""Parts of pages that are drawn once for everybody: what is asked most is asked again and again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Drawn(Generic[T]):
    """The parts drawn from one state of the catalogue, the latest asked for; with another state it begins anew."""

    def __init__(self, most: int) -> None:
        """`most`: how many parts are kept."""
        self._most = most
        self._lock = Lock()
        self._parts: OrderedDict[Hashable, T] = OrderedDict()
        self._state: tuple[object, ...] = ()

    def get(self, key: Hashable, state: tuple[object, ...], draw: Callable[[], T]) -> T:
        """The part of this key, drawn now if it isn't at hand; see `all_of`."""
        return self.all_of([key], state, lambda _: {key: draw()})[key]

    def all_of(
        self, keys: Sequence[K], state: tuple[object, ...], draw: Callable[[Sequence[K]], Mapping[K, T]]
    ) -> dict[K, T]:
        """The parts of these keys, in their order; those that aren't at hand are drawn together.

        Args:
            keys: everything that a part depends on but the state: the address, the language.
            state: the very objects that they are drawn from.
            draw: makes those that are lacking; what it leaves out is left out.
        """
        with self._lock:
            if not self._is(state):
                self._parts.clear()
                self._state = state
            at_hand = {key: self._parts[key] for key in keys if key in self._parts}
            for key in at_hand:
                self._parts.move_to_end(key)
        lacking = [key for key in keys if key not in at_hand]
        if lacking:
            drawn = draw(lacking)
            at_hand |= drawn
            self._keep(drawn, state)
        return {key: at_hand[key] for key in keys if key in at_hand}

    def _keep(self, drawn: Mapping[K, T], state: tuple[object, ...]) -> None:
        with self._lock:
            if self._is(state):  # else they are out of date already
                for key, part in drawn.items():
                    self._parts[key] = part
                while len(self._parts) > self._most:
                    self._parts.popitem(last=False)

    def _is(self, state: tuple[object, ...]) -> bool:
        """Whether the parts at hand were drawn from these very objects."""
        same = len(state) == len(self._state)
        return same and all(new is old for new, old in zip(state, self._state, strict=True))
