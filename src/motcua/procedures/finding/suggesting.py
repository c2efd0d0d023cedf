"""Suggestions while somebody types: names that have all the words so far, the last of them perhaps not yet whole."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from motcua.core.text import clean, fold
from motcua.procedures.finding.index import Entry
from motcua.procedures.finding.lexicon import Phrase, Saying
from motcua.procedures.finding.reading import SMALL

LEAST = 2  # letters
MOST_CANDIDATES = 400  # names that are put in order; more only come from a word that says next to nothing
LONGEST_QUESTION = 12  # words
LEAST_SAID = 5  # letters of the end of a text that is completed; of a whole text two less
MOST_BEFORE = 4  # words before the end that is completed: "cho em hỏi làm …"
ALIKE = 0.8  # of 1: how much of a word must be the same: "hello" is nothing like "theo"

_WORD = re.compile(r"[0-9a-z]+")
Nearness = Callable[[Entry], Any]


class Suggestions:
    """The words of all names and keywords, and where they stand. One of each name is suggested."""

    def __init__(self, entries: Sequence[Entry], texts: Sequence[tuple[str, str]]) -> None:
        """Gather the words.

        Args:
            entries: the records.
            texts: for each of them its short name and its keywords, as `folded_words`.
        """
        self._entries = entries
        self._names = [name for name, _ in texts]
        places: dict[str, list[int]] = defaultdict(list)
        for number, (name, keywords) in enumerate(texts):
            for word in {*name.split(), *keywords.split()}:
                places[word].append(number)
        self._places = dict(places)
        self._sorted = sorted(self._places)

    def suggest(self, text: str, *, limit: int, nearness: Nearness = lambda entry: ()) -> tuple[list[Entry], bool]:
        """The entries for a text so far, best first: names that begin so, then that have it in one piece, then short.

        Args:
            text: as it was typed.
            limit: how many at most.
            nearness: which of several records under one name is shown: the least.

        Returns:
            the entries, and whether the first of them has the text in one piece.
        """
        words = _words(text)
        if sum(map(len, words)) < LEAST:
            return [], False
        typed, whole = " ".join(words), text[-1:].isspace()
        found = self._having(words, whole=whole)
        spelled = clean(text).lower()
        accents = "" if spelled == fold(spelled) else spelled
        ranked = sorted(found, key=lambda number: self._rank(number, typed, accents))[:MOST_CANDIDATES]
        in_one_piece = bool(ranked) and not any(self._rank(ranked[0], typed, accents)[::2][:2])
        best: dict[str, int] = {}
        for number in ranked:
            name = self._names[number]
            if name not in best:
                if len(best) == limit:
                    continue
                best[name] = number
            elif nearness(self._entries[number]) < nearness(self._entries[best[name]]):
                best[name] = number
        return [self._entries[number] for number in best.values()], in_one_piece

    def nearest(self, text: str, *, limit: int) -> list[Entry]:
        """Entries whose names have half of the words of a text, or words that look like them; one of each name."""
        worth: Counter[int] = Counter()
        typed = dict.fromkeys(_words(text)[:LONGEST_QUESTION])
        telling = [word for word in typed if word not in SMALL]
        for word in telling:
            alike = [word] if word in self._places else get_close_matches(word, self._sorted, n=3, cutoff=ALIKE)
            for number in {number for one in alike for number in self._places[one]}:
                worth[number] += 1
        enough = [number for number, count in worth.items() if 2 * count >= len(telling)]
        ranked = sorted(enough, key=lambda number: (-worth[number], len(self._names[number]), number))
        best: dict[str, int] = {}
        for number in ranked[:MOST_CANDIDATES]:
            best.setdefault(self._names[number], number)
        return [self._entries[number] for number in list(best.values())[:limit]]

    def is_written(self, words: Sequence[str]) -> bool:
        """Whether a name or its keywords have all of these folded words."""
        return bool(self._having(words, whole=True))

    def _having(self, words: Sequence[str], *, whole: bool) -> set[int]:
        found: set[int] | None = None
        for place, word in enumerate(words):
            partly = place == len(words) - 1 and not whole
            here = self._beginning(word) if partly else set(self._places.get(word, ()))
            found = here if found is None else found & here
            if not found:
                return set()
        return found or set()

    def _beginning(self, start: str) -> set[int]:
        found: set[int] = set()
        for place in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[place].startswith(start):
                break
            found.update(self._places[self._sorted[place]])
        return found

    def _rank(self, number: int, typed: str, accents: str) -> tuple[bool, bool, bool, bool, int, int]:
        name, entry = self._names[number], self._entries[number]
        return (
            bool(accents) and accents not in entry.short_name.lower(),
            not name.startswith(typed),
            f" {typed}" not in f" {name}",
            entry.short,
            len(name),
            number,
        )


class Completions:
    """What people say, to be completed while they type: "giay doc" → "giấy độc thân"."""

    def __init__(self, sayings: Iterable[Saying], is_written: Callable[[Sequence[str]], bool]) -> None:
        """Gather them.

        Args:
            sayings: what is said for what.
            is_written: whether the records have these folded words together.
        """
        known = {(" ".join(saying.said), saying) for saying in sayings if len(saying.said) > 1}
        self._sayings = sorted(known, key=lambda one: (one[0], one[1].text))
        self._texts = [text for text, _ in self._sayings]
        self._is_written = is_written

    def complete(self, text: str, *, limit: int) -> list[str]:
        """Sayings that begin as the text does, or as its last words do; each means something else.

        Args:
            text: as it was typed so far.
            limit: how many at most.
        """
        typed = _words(text)
        spelled = clean(text).lower().split()
        found: dict[tuple[Phrase, ...], str] = {}
        for start in range(min(len(typed), MOST_BEFORE + 1)):
            begun = " ".join(typed[start:])
            if len(begun) < (LEAST_SAID if start else LEAST_SAID - 2):
                break
            for saying in self._beginning(begun, " ".join(spelled[start:])):
                if len(found) < limit and saying.meant not in found and any(map(self._is_written, saying.meant)):
                    found[saying.meant] = saying.text
        return list(found.values())

    def _beginning(self, begun: str, spelled: str) -> list[Saying]:
        """The shortest first; those with the accents that were typed before others."""
        place = bisect_left(self._texts, begun)
        end = bisect_left(self._texts, begun + "{")  # the sign behind "z"
        here = self._sayings[place : min(end, place + MOST_CANDIDATES)]
        is_plain = spelled == fold(spelled)
        ranked = sorted(here, key=lambda one: (not (is_plain or one[1].text.startswith(spelled)), len(one[0])))
        return [saying for text, saying in ranked if text != begun]


def folded_words(text: str) -> str:
    """The words of a text, without accents, between single blanks."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
