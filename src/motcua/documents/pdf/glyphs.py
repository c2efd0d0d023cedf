"""Which letters the faces have. PDF/A allows none without a glyph: what Tinos lacks is shown as a question mark."""

import struct
import unicodedata
from collections.abc import Iterable
from pathlib import Path

MISSING = "?"
SPELT = {"\u2116": "N°"}  # №, the one sign of Vietnamese offices that Tinos lacks
KEPT = {"\n", "\t"}


def coverage(face: Path) -> frozenset[int]:
    """The code points of a TrueType face, from its `cmap` table (OpenType 1.9, formats 4 and 12)."""
    data = face.read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for index in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * index)
        if platform in {0, 3}:  # Unicode, Windows
            found.update(_points(data, cmap + offset))
    return frozenset(found)


def _points(data: bytes, at: int) -> Iterable[int]:
    form = struct.unpack_from(">H", data, at)[0]
    if form == 12:
        for group in range(struct.unpack_from(">I", data, at + 12)[0]):
            first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * group)
            yield from range(first, last + 1)
    elif form == 4:
        segments = struct.unpack_from(">H", data, at + 6)[0] // 2
        lasts = struct.unpack_from(f">{segments}H", data, at + 14)
        firsts = struct.unpack_from(f">{segments}H", data, at + 16 + 2 * segments)
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)


def printable(text: str, covered: frozenset[int]) -> str:
    """The text in letters that the faces have: composed, unseen letters left out, the rest as question marks."""
    shown = []
    for letter in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(letter)
        if letter in KEPT:
            shown.append(letter)
        elif kind in {"Cc", "Cf"}:  # some faces have glyphs for these, PDF/A forbids them
            continue
        elif ord(letter) in covered and kind not in {"Co", "Cs"}:
            shown.append(letter)
        elif letter in SPELT:
            shown.append(SPELT[letter])
        elif kind[0] == "Z":
            shown.append(" ")
        elif kind[0] != "M" and shown[-1:] != [MISSING]:
            shown.append(MISSING)
    return "".join(shown)
