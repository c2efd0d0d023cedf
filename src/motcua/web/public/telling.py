"""Long names that begin alike, told apart by how they go on."""

from collections.abc import Sequence

ALIKE = 50  # letters at the beginning of two names; whoever has read so many twice needs to be told the difference
BACK = 8  # words before the difference in which the beginning of its piece is looked for
_JOINTS = "cho các của do đối để khi là mà tại theo thuộc trong từ và về với"
JOINTS = frozenset(_JOINTS.split())
FIRST = 5  # words by which a shortened name is still known


def ends(names: Sequence[str]) -> list[str]:
    """For each name the part in which it differs from the one of the others that begins most like it; empty where none
    begins alike for long, or where it only is shorter."""
    split = [name.split() for name in names]
    found = []
    for words in split:
        common = max((_common(words, others) for others in split if others != words), default=0)
        is_long = len(" ".join(words[:common])) >= ALIKE
        found.append(" ".join(words[_begin(words, common) :]) if is_long and common < len(words) else "")
    return found


def shortened(names: Sequence[str]) -> list[str]:
    """The names for a list that cuts long ones: of those that begin alike the beginning is left out, not the end."""
    return [
        f"{' '.join(name.split()[:FIRST])} … {end}" if end else name
        for name, end in zip(names, ends(names), strict=True)
    ]


def _begin(words: Sequence[str], common: int) -> int:
    """Where the piece of a sentence begins in which the difference lies: "nông nghiệp" isn't cut in two."""
    for place in range(common, max(0, common - BACK), -1):
        if words[place].casefold() in JOINTS or words[place].startswith("(") or words[place - 1].endswith((",", ";")):
            return place
    return common


def _common(words: Sequence[str], others: Sequence[str]) -> int:
    """How many words are the same from the beginning on."""
    count = 0
    for one, other in zip(words, others, strict=False):
        if one.casefold() != other.casefold():
            break
        count += 1
    return count
