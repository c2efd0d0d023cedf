"""Names as people type them, compared in the database: without accents, in small letters, word by word."""

from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField, Value

from motcua.core.text import fold

# Every letter that Vietnamese writes with marks, in one step each; `lower` alone depends on the database's locale.
_LETTERS = {
    letter: plain
    for letter in map(chr, [*range(0x00C0, 0x0250), *range(0x1EA0, 0x1EFA)])
    if len(plain := fold(letter)) == 1 and plain.isascii()
}


class Folded(Func):
    """A composed text as `core.text.fold` has it, but for its blanks."""

    template = "lower(translate(%(expressions)s))"
    output_field = TextField()

    def __init__(self, name: str) -> None:
        super().__init__(F(name), Value("".join(_LETTERS)), Value("".join(_LETTERS.values())))


def named(found: QuerySet[Any], text: str, *, name: str, code: str) -> QuerySet[Any]:
    """Those whose name has all of these words, in any order, with accents or without; or whose code begins like this.

    Args:
        name, code: the columns.
    """
    words = Q()
    for word in fold(text).split():
        words &= Q(folded_name__contains=word)
    with_folded: QuerySet[Any] = found.alias(folded_name=Folded(name))
    return with_folded.filter(words | Q(**{f"{code}__startswith": text.strip()}))
