"""Whether vectors can be put together from others: exact linear algebra on very short vectors."""

from collections.abc import Iterable, Sequence

# Arithmetic modulo a large prime is exact and quick; the vectors hold only 0 and 1, so that no true dependence is
# missed, and one that isn't there would be an accident of one in 10^18.
PRIME = (1 << 61) - 1


class Span:
    """All that can be made of some vectors of one length by adding and multiplying."""

    def __init__(self, length: int, vectors: Iterable[Sequence[int]] = ()) -> None:
        self.length = length
        self._rows: dict[int, list[int]] = {}  # by the place of the leading one
        for vector in vectors:
            if self.full:
                break
            self._add(vector)

    @property
    def full(self) -> bool:
        """Whether it holds every vector of this length."""
        return len(self._rows) == self.length

    def holds(self, vector: Sequence[int]) -> bool:
        """Whether a vector can be made of them."""
        return self.full or not any(self._rest(vector))

    def _add(self, vector: Sequence[int]) -> None:
        rest = self._rest(vector)
        lead = next((place for place, number in enumerate(rest) if number), None)
        if lead is not None:
            inverse = pow(rest[lead], -1, PRIME)
            self._rows[lead] = [number * inverse % PRIME for number in rest]

    def _rest(self, vector: Sequence[int]) -> list[int]:
        rest = list(vector)
        for place in range(self.length):
            row = self._rows.get(place)
            if row is not None and rest[place]:
                times = rest[place]
                rest = [(number - times * one) % PRIME for number, one in zip(rest, row, strict=True)]
        return rest
