"""Vietnamese text: cleaned as it comes in, folded for searching, keyed for sorting."""

import re
import unicodedata

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_SHAPES = "\u0302\u0306\u031b"  # the marks that make another letter: â ă ơ
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_ALPHABET)}

# A joiner between two pictures makes one picture of them; anywhere else it is invisible dirt.
_STRAY_JOINER = re.compile(
    "(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_MOST_DIGITS = 9  # such a number fits every column, and no page has so many
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text composed (NFC), without control and invisible characters, with single spaces and none at the ends."""
    return " ".join(_without_invisible(" ".join(text.split())).split())


def clean_lines(text: str) -> str:
    """As `clean`, but the line breaks stay (as \\n); empty lines at both ends go."""
    return "\n".join(clean(line) for line in _LINE_ENDS.split(text)).strip("\n")


def whole_number(text: str, *, otherwise: int = 0) -> int:
    """The number that a form or an address says in plain digits; `otherwise` for anything else, or past 999,999,999."""
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if plain else otherwise


def fold(text: str) -> str:
    """The text as people search it: lower case, no accents, đ as d, single spaces."""
    return without_accents(clean(text).lower())


def without_accents(text: str) -> str:
    """The text with a plain letter for each Vietnamese one, in its case."""
    plain = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in plain if not unicodedata.combining(char))


def sort_key(text: str) -> str:
    """A key that sorts byte by byte in Vietnamese order, at most twice as long as the text and a space.

    The alphabet first (a ă â b c d đ e ê …), over the whole text; where all letters are equal, the tones in the order
    ngang, huyền, hỏi, ngã, sắc, nặng.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in clean(text).lower():
        letter, tone = _letter_and_tone(char)
        letters.append(_rank(letter))
        tones.append(tone)
    return f"{''.join(letters)} {''.join(tones).rstrip('0')}".rstrip()


def _without_invisible(text: str) -> str:
    kept = "".join(char for char in text if char == "\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", kept))


def _letter_and_tone(char: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", char)
    base, marks = parts[0], parts[1:]
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    shape = "".join(mark for mark in marks if mark in _SHAPES)
    return unicodedata.normalize("NFC", base + shape), tone


def _rank(letter: str) -> str:
    """Digits before letters, everything that is neither before digits, letters of other scripts last."""
    if letter in _RANKS:
        return _RANKS[letter]
    if letter.isascii():
        return letter if letter.isdigit() else "-"
    return letter if letter.isalpha() else "-"
