"""Long names that begin alike, told apart by how they go on."""

from collections.abc import Sequence

ALIKE = 50  # letters at the beginning of two names; whoever has read so many twice needs to be told the difference
FIRST = 5  # words by which a shortened name is still known


def ends(names: Sequence[str]) -> list[str]:
    """For each name the part in which it differs from the one of the others that begins most like it; empty where none
    begins alike for long, or where it only is shorter."""
    split = [name.split() for name in names]
    found = []
    for words in split:
        common = max((_common(words, others) for others in split if others != words), default=0)
        is_long = len(" ".join(words[:common])) >= ALIKE
        found.append(" ".join(words[common:]) if is_long else "")
    return found


def shortened(names: Sequence[str]) -> list[str]:
    """The names for a list that cuts long ones: of those that begin alike the beginning is left out, not the end."""
    return [
        f"{' '.join(name.split()[:FIRST])} … {end}" if end else name
        for name, end in zip(names, ends(names), strict=True)
    ]


def _common(words: Sequence[str], others: Sequence[str]) -> int:
    """How many words are the same from the beginning on."""
    count = 0
    for one, other in zip(words, others, strict=False):
        if one.casefold() != other.casefold():
            break
        count += 1
    return count
