"""The catalogue's own words, against which typing errors are seen and mended."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import log
from typing import Any

from motcua.core.text import clean, fold
from motcua.procedures.finding.spelling import (
    accented,
    is_syllable,
    one_slip,
    pairs,
    plain,
    sound_alikes,
    typed_words,
    without_keys,
    words,
)

LONG = 5  # letters; shorter words are one slip away from too many others
FEW = 4  # words; in a longer text a word that the catalogue knows is taken as meant
LONGEST_SYLLABLE = 7  # letters: "nghieng"
SEVERAL = 3  # long texts that have a word: it isn't their typing error
LEAST_HEARD = 2  # letters of a word that may be another one by its sound
WELL_TOGETHER = 5  # how much company it must have, where there is the word as it was typed
PIECE_COSTS = 4.0  # how much company each piece of words run together must have


@dataclass
class Vocabulary:
    """Words and pairs of words with how many names have them, and how they are spelled.

    Attributes:
        names: how many names these are.
        others: words known from elsewhere: what people say, what the long texts write. They aren't errors.
        said: pairs of words that people say.
    """

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, Counter[str]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    names: int = 0
    _bodies: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Iterable[list[Any]]) -> "Vocabulary":
        """The vocabulary of which these are the rows."""
        found = cls()
        for kind, key, value in rows:
            if kind == "spellings":
                found.spellings[key] = Counter(value)
            elif kind in ("others", "said"):
                getattr(found, kind).add(key)
            elif kind == "names":
                found.names = value
            else:
                getattr(found, kind)[key] = value
        return found

    def rows(self) -> Iterator[list[Any]]:
        """All that it knows, for a file."""
        yield ["names", "", self.names]
        for kind in ("words", "pairs", "spellings"):
            for key, value in getattr(self, kind).items():
                yield [kind, key, value]
        for kind in ("others", "said"):
            for key in sorted(getattr(self, kind)):
                yield [kind, key, 1]

    def add(self, name: str, keywords: Sequence[str] = (), body: Sequence[str] = ()) -> None:
        """Take in a record: its name, keywords, and the words of its long texts."""
        self.names += 1
        pieces = [words(text) for text in (name, *keywords)]
        self.words.update({word for piece in pieces for word in piece})
        self.pairs.update({pair for piece in pieces for pair in pairs(piece)})
        for text in (name, *keywords):
            for spelling in typed_words(text.lower()):
                self.spellings.setdefault(fold(spelling), Counter())[spelling] += 1
        self._bodies.update(set(body))

    def close(self, said: Iterable[Sequence[str]]) -> None:
        """All records are in; what else people say isn't an error either."""
        phrases = list(said)
        self.others = {word for word, seen in self._bodies.items() if seen >= SEVERAL}
        self.others.update(word for phrase in phrases for word in phrase)
        self.said = {pair for phrase in phrases for pair in pairs(phrase)}
        self._bodies.clear()

    def rarity(self, word: str) -> float:
        """How much a word tells: the logarithm of how few names have it."""
        seen = self.words.get(word, 0)
        return log(1 + (self.names - seen + 0.5) / (seen + 0.5))

    def knows(self, word: str) -> bool:
        """Whether it stands in a name, or anywhere else."""
        return word in self.words or word in self.others

    def company(self, before: str, word: str, after: str) -> int:
        """How well a word goes with its neighbours, in names or, counting less, in what people say."""
        return self._together(f"{before}_{word}") + self._together(f"{word}_{after}")

    def are_together(self, pair: str) -> bool:
        """Whether two words stand together in a name, or people say them so: "khai_sinh"."""
        return pair in self.pairs or pair in self.said

    def is_said(self, before: str, word: str, after: str) -> bool:
        """Whether people say a word beside one of its neighbours."""
        return f"{before}_{word}" in self.said or f"{word}_{after}" in self.said

    def heard(self, before: str, word: str, accents: str, after: str) -> str:
        """The word; or one that sounds like it and goes with its neighbours, as the word itself doesn't.

        Args:
            before: the word before it, folded.
            word: the word, folded.
            accents: the same with its accents, which the other one must have too; empty if none were typed.
            after: the word after it.
        """
        if len(word) < LEAST_HEARD or self.company(before, word, after):
            return word
        typed = "" if accents == word else accents
        is_one = self.knows(word) and (not typed or typed in self._accents(word))
        enough = WELL_TOGETHER if is_one else 1
        alike = {one for one in sound_alikes(word) if self.company(before, one, after) >= enough}
        if typed:
            alike = {one for one in alike if not self._accents(one).isdisjoint(sound_alikes(typed))}
        return max(alike, key=lambda one: (self.company(before, one, after), one), default=word)

    def _accents(self, word: str) -> set[str]:
        return {accented(spelling) for spelling in self.spellings.get(word, ())}

    def mended(self, typed: Sequence[str]) -> list[list[str]]:
        """For each word what it was meant to be: itself, mostly; several where words ran together."""
        around = ["", *typed, ""]
        return [
            self._mend(word, around[place], around[place + 2], few=len(typed) <= FEW)
            for place, word in enumerate(typed)
        ]

    def spelled(self, mended: Mapping[str, str], typed: str) -> str:
        """The text as it was read: the person's own words, mended ones as the catalogue spells them.

        Args:
            mended: what folded words were read as.
            typed: the text.
        """
        accents = not clean(typed).isascii()
        read = []
        for spelling in typed_words(clean(typed)):
            meant = mended.get(plain(spelling))
            read.append(self._written(spelling, meant, accents=accents) if meant else spelling)
        return " ".join(read)

    def _written(self, typed: str, meant: str, *, accents: bool) -> str:
        pieces = meant.split()
        if "".join(pieces) == plain(typed) and len(typed) == len(plain(typed)):  # it was only cut
            ends = list(accumulate(map(len, pieces)))
            return " ".join(typed[end - len(piece) : end] for piece, end in zip(pieces, ends, strict=True))
        alike = set(sound_alikes(accented(typed)))
        return " ".join(self._spelling(piece, alike) for piece in pieces) if accents else meant

    def _spelling(self, word: str, alike: set[str]) -> str:
        """One that sounds like what was typed, or the commonest; of equally common ones always the same."""
        known = self.spellings.get(word, {word: 1})
        return max(known, key=lambda spelling: (accented(spelling) in alike, known[spelling], spelling))

    def _mend(self, word: str, before: str, after: str, *, few: bool) -> list[str]:
        known = self.knows(word)
        if len(word) < 3 or word.isdigit() or (known and not few) or self.company(before, word, after):
            return [word]
        if not known and not is_syllable(word):
            for bare in without_keys(word):
                if self.knows(bare) and is_syllable(bare):
                    return [bare]
        apart = [] if known else self._apart(word)
        return apart or [self._near(word, before, after, known=known)]

    def _near(self, word: str, before: str, after: str, *, known: bool) -> str:
        """The word, or the one a slip of the finger away that the catalogue knows beside the words around it."""
        near = [candidate for candidate in one_slip(word) if candidate in self.words]
        if not near:
            return word
        best = max(near, key=lambda one: (self.company(before, one, after), self.words[one], one))
        if self.company(before, best, after):
            return best
        # Without its neighbours' word for it, only what can't be meant is changed.
        return best if not known and (len(word) >= LONG or not is_syllable(word)) else word

    def _apart(self, word: str) -> list[str]:
        """The words that ran together, if known ones cover all of it: "khaisinh", "hokhau", "toimuon"."""
        if len(word) < LONG or (len(word) < LONGEST_SYLLABLE and is_syllable(word)):
            return []
        best: list[tuple[float, list[str]] | None] = [(0.0, []), *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - LONGEST_SYLLABLE), end):
                sofar, piece = best[start], word[start:end]
                if sofar is None or not self.knows(piece) or not is_syllable(piece):
                    continue
                company = self._together(f"{sofar[1][-1]}_{piece}") if sofar[1] else 0
                worth = sofar[0] - PIECE_COSTS + log(1 + company)
                standing = best[end]
                if standing is None or worth > standing[0]:
                    best[end] = (worth, [*sofar[1], piece])
        pieces = best[-1][1] if best[-1] else []
        together = [bool(self._together(pair)) for pair in pairs(pieces)]
        # Words that never stand together may be a name that nobody knows.
        return pieces if any(together) and sum(together) >= len(together) - 1 else []

    def _together(self, pair: str) -> int:
        return 2 * self.pairs.get(pair, 0) + (pair in self.said)
