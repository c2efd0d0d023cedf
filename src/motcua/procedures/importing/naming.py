"""What a name and a number tell: the short name for lists, the level, the code without its local suffix."""

import hashlib
import re
from collections.abc import Iterable

from motcua.core.text import fold
from motcua.procedures.importing.tidying import one_line
from motcua.procedures.models import ProcedureVersion

Level = ProcedureVersion.Level

SHORT = 200  # characters of a short name, as the table holds them
SLUG = 50

# Provinces hang their own tail on a code: "1.001193.000.00.00.H36"; some lose its dot.
_CODE = re.compile(r"^(\d)\.?(\d{6})(?=\s*$|\s*\.|0{3})")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]\s+")
_PROCEDURE = re.compile(r"^thủ tục(?: hành chính)?(?!\s+(?:hải quan|hành chính|phá sản))[\s:,-]*(?:về\s+)?", re.I)
_LEVEL = (
    r"cấp (?:bộ|tw|t\.?ư|trung ương|tỉnh|tinh|huyện|xã|phường|địa phương|cơ sở)"
    r"(?:[,/]? (?:và )?(?:cấp )?(?:bộ|tỉnh|huyện|xã|phường))*"
)
_LEVEL_TAIL = re.compile(
    rf"[\s,-]*\(\s*(?:(?:được )?(?:thực hiện|giải quyết) (?:tại|ở) |(?:thuộc )?thẩm quyền (?:của )?)?"
    rf"(?:ubnd |u[ỷy] ban nhân dân |ủy ban nhân dân )?{_LEVEL}\s*\)[\s.]*$",
    re.I,
)
_SAYS_LEVEL = {
    Level.MINISTRY: re.compile(r"cấp (?:bộ|tw|t\.?ư|trung ương)\b", re.I),
    Level.PROVINCE: re.compile(r"(?:cấp |[/,] ?)(?:tỉnh|tinh)\b", re.I),
    Level.COMMUNE: re.compile(r"(?:cấp |[/,] ?)(?:xã|phường)\b", re.I),
}
_AGENCY_LEVEL = {
    Level.PROVINCE: re.compile(r"^(?:Sở [A-ZĐĂÂÊÔƠƯ]|Ủy ban nhân dân (?:cấp )?tỉnh\b|Công an (?:cấp )?tỉnh\b)"),
    Level.COMMUNE: re.compile(r"^(?:Ủy ban nhân dân (?:cấp )?(?:xã|phường)\b|Công an (?:cấp )?(?:xã|phường)\b)"),
    Level.MINISTRY: re.compile(r"^Bộ [A-ZĐĂÂÊÔƠƯ]"),
}
# Words that keep their capitals when a name was written in capitals only.
_CAPITALS = re.split(
    ", ",
    "UBND, HĐND, BHXH, BHYT, BHTN, ODA, FDI, HTX, PPP, CFS, C/O, ATTP, VSATTP, KH&CN, CNTT, GPLX, PCCC, TTHC, QSDĐ, "
    "Việt Nam, Nhà nước, Bộ Quốc phòng, Bộ Công an, Bộ Y tế, Hà Nội, Quốc hội, Chính phủ, Campuchia, Lào, Trung Quốc, "
    "ASEAN, EU",
)
# What a source's clerks hang on a field's name for themselves: "[BQL] - …" before it, "(G07-LĐ06)" behind it.
_FIELD_MARKS = re.compile(r"^(?:\[[^\]]*\][\s–-]*)+|(?:\s*\([A-Z]\d+-[A-ZĐ]+\d+\))+$")
_FIELD_WORDS = {"HĐMBĐ": "hợp đồng mua bán điện", "BQP": "Bộ Quốc phòng"}
_ROMAN = re.compile(r"\b(?=[ivx]+\b)(?:x{0,3}(?:i[xv]|v?i{0,3}))\b")


def plain_code(code: str | None) -> str:
    """The code of the national catalogue in what a source calls one ("1.001193"); empty: it isn't one."""
    found = _CODE.match(one_line(code))
    return f"{found[1]}.{found[2]}" if found else ""


def short_name(name: str) -> str:
    """A name for headings and lists, at most 200 characters: without "Thủ tục", the level, capitals throughout."""
    text = _PROCEDURE.sub("", _NUMBERED.sub("", one_line(name))).strip(" .;:,-")
    text = _LEVEL_TAIL.sub("", text).strip(" .;:,-") or text
    if _is_shouted(text):
        text = _sentence_case(text)
    text = (text or one_line(name))[:1].upper() + (text or one_line(name))[1:]
    if len(text) <= SHORT:
        return text
    cut = text[: SHORT - 1]
    return cut[: cut.rfind(" ")].rstrip(" ,;:(-") + "…" if " " in cut else cut + "…"


def is_doubtful(name: str) -> bool:
    """Whether a name looks like something else: steps, a decision's title, a number in front, a bracket left open."""
    return bool(
        re.search(r"Bước \d", name)
        or re.match(r"\W*(?:Quyết định số|Quyết định công bố|QĐ|Về việc|V/v|\d)", name, re.I)
        or re.search(r"công bố (?:danh mục )?thủ tục hành chính", name, re.I)
        or name.count("(") != name.count(")")
        or len(one_line(name)) > 1000
    )


def levels_said(name: str, agencies: Iterable[str]) -> list[str]:
    """The levels that a name says at its end, or else all its agencies; empty where that isn't certain."""
    tail = _LEVEL_TAIL.search(one_line(name))
    if tail:
        return [level for level, pattern in _SAYS_LEVEL.items() if pattern.search(tail[0])]
    found = [
        next((level for level, pattern in _AGENCY_LEVEL.items() if pattern.search(agency)), None) for agency in agencies
    ]
    if not found or None in found:
        return []
    return [level for level in (Level.MINISTRY, Level.PROVINCE, Level.COMMUNE) if level in found]


def slug(text: str, *, longest: int = SLUG) -> str:
    """The text as part of an address: letters without accents, digits, hyphens, cut at a word."""
    # What is far behind the cut needn't be folded: papers have names of 5,000 characters.
    words = "-".join(re.findall(r"[a-z0-9]+", fold(text[: 4 * longest])))
    if len(words) <= longest:
        return words
    return words[:longest].rsplit("-", 1)[0]


def field_name(text: str | None) -> str:
    """A field's name for people: without a clerk's marks, abbreviations few know in full, a capital first."""
    name = _FIELD_MARKS.sub("", one_line(text))
    for short, full in _FIELD_WORDS.items():
        name = re.sub(rf"\b{short}\b", full, name)
    return name[:1].upper() + name[1:]


def field_slug(name: str) -> str:
    """The slug of a field: a long one ends in a sum of its name, so that two never meet."""
    whole = slug(name, longest=500)
    if len(whole) <= SLUG:
        return whole
    return f"{slug(name, longest=SLUG - 7)}-{hashlib.sha256(whole.encode()).hexdigest()[:6]}"


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 10 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _sentence_case(text: str) -> str:
    lowered = _ROMAN.sub(lambda found: found[0].upper(), text.lower())
    for word in _CAPITALS:
        lowered = re.sub(rf"(?<!\w){re.escape(word.lower())}(?!\w)", word, lowered)
    return lowered
