"""A record as the ranking sees it: its name taken apart, what stands around it, what kind of record it is."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from motcua.procedures.finding.entry import Entry
from motcua.procedures.finding.reading import LESS, SMALL, SPECIAL
from motcua.procedures.finding.spelling import pairs, spelled, words

ASIDE_WEIGHS = 0.3  # what stands in brackets in a name: "(thực hiện tại cấp tỉnh)"
LONG_NAME = 60  # words

LEVELS = ("cap tinh", "cap xa", "cap huyen", "trung uong")
DISTRICT = "cap huyen"  # there are no districts since 1/7/2025: such a record is of the past

_ASIDE = re.compile(r"\([^)]*\)")
_START = re.compile(r"^\W*(thủ tục|tthc)( hành chính)?:?\s+", re.IGNORECASE)
_PART = re.compile(r"[;/,]")
_PROVINCIAL = ("UBND", "Ủy ban", "Sở", "Trung tâm")

Rarity = Callable[[str], float]


@dataclass(frozen=True)
class Profile:
    """One record.

    Attributes:
        words: of the name, folded, in order, without what stands in brackets.
        places: all words of the name, with how much each tells; `weight` is their sum.
        pairs: neighbouring words of the name.
        accents: how the words of name, keywords and field are spelled.
        around: words of keywords, field, result and agency.
        parts: of the name, between its commas: their words and how much these tell.
        keywords: each as its words.
        special, levels: which of `SPECIAL` and `LEVELS` the name says.
        standing: the features that no question changes, in the order of `STANDING`.
    """

    words: tuple[str, ...]
    places: dict[str, float]
    weight: float
    pairs: frozenset[str]
    accents: dict[str, set[str]]
    around: frozenset[str]
    parts: tuple[tuple[frozenset[str], float], ...]
    keywords: tuple[frozenset[str], ...]
    special: frozenset[str]
    levels: frozenset[str]
    standing: tuple[float, ...]
    is_military: bool
    is_abroad: bool


STANDING = ("commune", "province", "ministry", "citizen", "short", "local", "stale", "life", "length", "district")


def weigh(word: str, rarity: Rarity) -> float:
    """How much a word tells in a name or in a question."""
    return rarity(word) * (LESS if word in SMALL else 1)


def profile(entry: Entry, rarity: Rarity) -> Profile:
    """A record's profile, in a catalogue where words are as rare as `rarity` says."""
    name = _START.sub("", entry.name)
    bare = _ASIDE.sub(" ", name)
    main = words(bare) or words(name)
    aside = words(" ".join(_ASIDE.findall(name)))
    heading = [word for word in words(entry.short_name) if word not in main]
    places = {word: weigh(word, rarity) * ASIDE_WEIGHS for word in aside}
    places |= {word: weigh(word, rarity) for word in [*main, *heading]}
    said = f" {' '.join(main)} {' '.join(aside)} "
    levels = _said(said, LEVELS)
    return Profile(
        words=tuple(main),
        places=places,
        weight=sum(places.values()) or 1.0,
        pairs=frozenset([*pairs(main), *pairs(aside), *(pairs(words(entry.short_name)) if heading else ())]),
        accents=_accents([entry.name, entry.short_name, *entry.keywords, entry.field_name]),
        around=frozenset(words(" ".join([*entry.keywords, entry.field_name, entry.results, entry.agency]))),
        parts=tuple(_parts(f"{bare}; {entry.short_name}" if heading else bare, rarity)),
        keywords=tuple(frozenset(those) for keyword in entry.keywords if (those := words(keyword))),
        special=_said(said, SPECIAL),
        levels=levels,
        standing=_standing(entry, len(main), is_district=DISTRICT in levels),
        is_military=entry.issuing_body == "Bộ Quốc phòng",
        is_abroad=entry.issuing_body == "Bộ Ngoại giao",
    )


def said_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Which of `SPECIAL` and of `LEVELS` a folded text says."""
    padded = f" {text} "
    return _said(padded, SPECIAL), _said(padded, LEVELS)


def _said(padded: str, phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase for phrase in phrases if f" {phrase} " in padded)


def _accents(texts: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text in texts:
        for word, accents in spelled(text):
            found.setdefault(word, set()).add(accents)
    return found


def _parts(name: str, rarity: Rarity) -> Iterable[tuple[frozenset[str], float]]:
    for part in _PART.split(name):
        those = frozenset(words(part))
        if len(those) > 1:
            yield those, sum(weigh(word, rarity) for word in those) or 1.0


def _standing(entry: Entry, length: int, *, is_district: bool) -> tuple[float, ...]:
    return (
        float("xa" in entry.levels),
        float("tinh" in entry.levels),
        float("bo" in entry.levels),
        float(any("ông dân" in audience for audience in entry.audience)),
        float(entry.short),
        float(entry.issuing_body.startswith(_PROVINCIAL)),
        float(not entry.issuing_body),
        float(bool(entry.life_events)),
        min(length, LONG_NAME) / LONG_NAME,
        float(is_district),
    )
