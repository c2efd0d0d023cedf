"""Vietnamese alphabetical order within the database, as `core.text.sort_key` has it: a ă â b c d đ e ê …"""

import string
import unicodedata

from django.db.models import CharField, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate, Left

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
OTHERS = "khac"  # the slug of what begins with none of them
# As one types them with Telex, so that an address has no accents.
SLUGS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
FAR_ENOUGH = 100  # letters; names that differ only behind them stand beside each other in any order
_COMMON = " nhtciguđpaoấyưà,mvádkrệslạụôủậTbộảềCqịốếớứêổơợâGxNựăểờửởýóầ"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng
_VOWELS = "aăâeêioôơuưy"
_PUNCTUATION = string.punctuation + " “”‘’«»–—…·"


def slug_of(letter: str) -> str:
    """ "ơ" → "ow"; a sign that is no letter → "khac"."""
    return SLUGS.get(letter, letter) if letter in LETTERS else OTHERS


def letter_of(text: str) -> str:
    """The letter under which a text stands: "Ấp" → "â"; empty for what begins with none."""
    return _LETTER_OF.get(text[:1], "")


def signs_of(letter: str) -> list[str]:
    """Every sign that begins a text under this letter: "â" → â ầ ẩ … Ậ."""
    return [sign for sign, known in _LETTER_OF.items() if known == letter]


def in_order(column: str) -> list[Combinable]:
    """What to order by so that this column is in alphabetical order."""
    return [
        Collate(_translated(column, _RANKS), "C"),
        Collate(_translated(column, _TONE_RANKS), "C"),
    ]


def _translated(column: str, ranks: str) -> Func:
    beginning = Left(column, FAR_ENOUGH)
    return Func(beginning, Value(_ALL), Value(ranks), function="translate", output_field=CharField())


def _signs() -> dict[str, tuple[str, int]]:
    """Every letter with every tone, small and capital → the letter and the number of its tone."""
    found: dict[str, tuple[str, int]] = {}
    for letter in LETTERS:
        for number, tone in enumerate(_TONES if letter in _VOWELS else _TONES[:1]):
            sign = unicodedata.normalize("NFC", letter + tone)
            found[sign] = found[sign.upper()] = (letter, number)
    return found


_SIGNS = _signs()
_LETTER_OF = {sign: letter for sign, (letter, _) in _SIGNS.items()}
# The database looks each letter of a name up in these from left to right: what names have most of stands first.
_ALL = "".join(dict.fromkeys([*_COMMON, *_SIGNS, *_PUNCTUATION]))
# Digits stay as they are: they sort before letters, whose ranks begin at "A", and after everything else, "-".
_RANKS = "".join(chr(ord("A") + LETTERS.index(_LETTER_OF[sign])) if sign in _SIGNS else "-" for sign in _ALL)
_TONE_RANKS = "".join(str(_SIGNS[sign][1]) if sign in _SIGNS else "-" for sign in _ALL)
