"""Text as sources have it, tidied without losing a word: one Unicode form, plain blanks, plain bullets."""

import re
import unicodedata
from typing import Any

# For a class of a pattern; a range such as À-Ỹ would hold small letters, too.
CAPITALS = "A-Z" + "".join(char for char in map(chr, range(0xC0, 0x1EFA)) if char.isupper())

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")  # bullets of Wingdings and its like
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(" ?\n ?")
_MANY_BREAKS = re.compile("\n{3,}")
# A mark on a letter that can't carry it stands one letter too far: "tuc" + dot below is "tụ" + "c".
_LATE_MARK = re.compile(
    "([aăâeêioôơuưyAĂÂEÊIOÔƠUƯY])([bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX]{1,2})([\u0300\u0301\u0303\u0309\u0323])"
)


def tidy(text: str) -> str:
    """The text in NFC, with single blanks and \\n as line break, "-" for private-use bullets, nothing invisible."""
    text = unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = _LINE_ENDS.sub("\n", text)
        text = _PRIVATE.sub("-", _INVISIBLE.sub("", _SURROGATES.sub("", text)))
        if _LATE_MARK.search(text):
            text = unicodedata.normalize("NFC", _LATE_MARK.sub(r"\1\3\2", text))
    elif _INVISIBLE.search(text) or _LINE_ENDS.search(text):
        text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return _MANY_BREAKS.sub("\n\n", _AROUND_BREAKS.sub("\n", _BLANKS.sub(" ", text))).strip()


def tidy_line(value: Any) -> Any:
    """A line of the catalogue with all its texts tidied; keys, numbers and order stay."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, list):
        return [tidy_line(item) for item in value]
    if isinstance(value, dict):
        return {key: tidy_line(item) for key, item in value.items()}
    return value


def one_line(text: str | None) -> str:
    """The tidied text without line breaks."""
    return " ".join((text or "").split())
