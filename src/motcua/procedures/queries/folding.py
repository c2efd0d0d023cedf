"""Names found by the words that people type, with accents or without, in the database."""

import re
from typing import Any

from django.db.models import Q, QuerySet

from motcua.core.text import fold


def _letters() -> dict[str, str]:
    """A plain letter → all that fold to it, small and large, whatever the locale of the database."""
    found = {plain: plain + plain.upper() for plain in "abcdefghijklmnopqrstuvwxyz"}
    for letter in map(chr, [*range(0x00C0, 0x0250), *range(0x1EA0, 0x1EFA)]):
        if (plain := fold(letter)) in found:
            found[plain] += letter
    return found


_LETTERS = _letters()


def named(found: QuerySet[Any], text: str, *, name: str, code: str) -> QuerySet[Any]:
    """Those whose name has all of these words, in any order, with accents or without; or whose code begins like this.

    A pattern for each word costs a few microseconds a name; folding every name in the query cost twenty times as much.

    Args:
        name, code: the columns.
    """
    words = Q()
    for word in fold(text).split():
        words &= Q(**{f"{name}__regex": _pattern(word)})
    return found.filter(words | Q(**{f"{code}__startswith": text.strip()}))


def _pattern(word: str) -> str:
    return "".join(f"[{_LETTERS[char]}]" if char in _LETTERS else re.escape(char) for char in word)
