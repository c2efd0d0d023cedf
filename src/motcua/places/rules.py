"""How an administrative unit's name is written, taken apart and typed: pure decisions."""

import re
from collections.abc import Iterator

from motcua.core import text

# What people write for a kind, next to its first letters, which match by themselves ("p hoa sen").
ABBREVIATIONS = {"tp": ["thanh", "pho"], "dk": ["dac", "khu"]}
_WORD = re.compile(r"[0-9a-z]+")


def bare_name(kind_label: str, name: str) -> str:
    """The name without its kind: "Phường Hoa Sen" of kind "Phường" is "Hoa Sen"."""
    prefix = kind_label.casefold() + " "
    return name[len(prefix) :] if name.casefold().startswith(prefix) else name


def typed_words(typed: str) -> list[str]:
    """The words of what was typed, without accents, case and punctuation; kinds written short are written out."""
    return list(_written_out(_WORD.findall(text.fold(typed))))


def _written_out(words: list[str]) -> Iterator[str]:
    for word in words:
        yield from ABBREVIATIONS.get(word, [word])
