"""Two texts against each other, word by word: what stayed, what was added, what was removed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Comparing n words with m costs up to n × m; past this, lines are compared first, and then only their words.
_MOST_PAIRS = 250_000
# A text that says the same again and again could be laid upon another in so many ways that comparing takes minutes.
_MOST_WAYS = 40_000
_LEAST_ALIKE = 0.25  # below it two texts side by side read better than a salad of words
_MUCH_LONGER, _LEAST_INSIDE = 4, 0.6  # in a text so many times as long, a few common words are found by chance
_ISLAND = 2  # so few words that stayed between two changes only interrupt
_AROUND = 12  # words kept on each side of a change
_LONG, _HEAD = 900, 500  # letters of one piece: past the first only so many stand open


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "giu"
    ADDED = "them"
    REMOVED = "bo"
    SKIPPED = "luoc"  # unchanged, and left out of what is shown


@dataclass(frozen=True)
class Piece:
    """Some words that share their fate."""

    text: str
    mark: Mark

    @property
    def head(self) -> str:
        """The beginning, cut behind a word, where it is too long to be read unasked; else all of it."""
        if len(self.text) <= _LONG:
            return self.text
        return self.text[:_HEAD].rsplit(None, 1)[0]

    @property
    def rest(self) -> str:
        """What comes behind `head`; empty where that is all."""
        return self.text[len(self.head) :].lstrip()


Run = tuple[bool, list[str], list[str]]  # whether it stayed, the words before, the words after


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one: what stayed once, with what was removed and what was added in their places.

    Blanks and line breaks don't count as differences; those of the new text are shown.
    """
    old, new = _words(before), _words(after)
    if not old or not new:
        return tuple(_pieces([(False, old, new)]))
    compared = _by_words(old, new) if len(old) * len(new) <= _MOST_PAIRS else _by_lines(before, after)
    runs = _without_islands(compared)
    stayed = sum(len(words) for same, words, _ in runs if same)
    less, more = sorted((len(old), len(new)))
    if stayed < (_LEAST_ALIKE if more <= _MUCH_LONGER * less else _LEAST_INSIDE) * less:
        runs = [(False, old, new)]
    return tuple(_pieces(runs))


def shortened(pieces: Sequence[Piece], around: int = _AROUND) -> tuple[Piece, ...]:
    """The changes with some words on each side; what else stayed is one SKIPPED piece with its whole text."""
    shown: list[Piece] = []
    for place, piece in enumerate(pieces):
        before = around if place else 0
        after = around if place < len(pieces) - 1 else 0
        words = _words(piece.text) if piece.mark is Mark.SAME else []
        if len(words) <= before + after + around:  # leaving out a few words saves nobody any reading
            shown.append(piece)
            continue
        first, last = words[:before], words[len(words) - after :]
        middle = words[before : len(words) - after]
        cut = [(first, Mark.SAME), (middle, Mark.SKIPPED), (last, Mark.SAME)]
        shown += [Piece("".join(part), mark) for part, mark in cut if part]
    return tuple(shown)


def same(before: str, after: str) -> bool:
    """Whether two texts differ in nothing but blanks and line breaks."""
    return before == after or before.split() == after.split()


def _words(text: str) -> list[str]:
    """Words and signs, each with the blanks behind it: put together the text again, but for blanks at its beginning.

    Numbers and what is written in one with them stay whole: "8.000", "281/2016/TT-BTC".
    """
    return re.findall(r"\w+(?:[./,-]\w+)*\s*|[^\w\s]\s*", text)


def _by_words(old: list[str], new: list[str]) -> list[Run]:
    bare = [[word.strip() for word in words] for words in (old, new)]
    return [(tag == "equal", old[i1:i2], new[j1:j2]) for tag, i1, i2, j1, j2 in _opcodes(*bare)]


def _opcodes(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher` has them; all replaced by all where the same words come back too often."""
    before, after = Counter(old), Counter(new)
    if sum(count * after[word] for word, count in before.items()) > _MOST_WAYS:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _by_lines(before: str, after: str) -> list[Run]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    bare = [[" ".join(line.split()) for line in lines] for lines in (old, new)]
    runs: list[Run] = []
    for tag, i1, i2, j1, j2 in _opcodes(*bare):
        words = _words("".join(old[i1:i2])), _words("".join(new[j1:j2]))
        if tag == "equal" or len(words[0]) * len(words[1]) > _MOST_PAIRS:
            runs.append((tag == "equal", *words))
        else:
            runs += _by_words(*words)
    return runs


def _without_islands(runs: list[Run]) -> list[Run]:
    """One or two words that stayed between two changes belong to the change: phrases read better than words."""
    joined: list[Run] = []
    for place, (stayed, old, new) in enumerate(runs):
        inside = 0 < place < len(runs) - 1
        keep = stayed and not (inside and len(new) <= _ISLAND)
        if joined and not joined[-1][0] and not keep:
            joined[-1] = (False, joined[-1][1] + old, joined[-1][2] + new)
        else:
            joined.append((keep, old, new))
    return joined


def _pieces(runs: Sequence[Run]) -> Iterator[Piece]:
    for stayed, old, new in runs:
        if stayed:
            yield Piece("".join(new), Mark.SAME)
            continue
        if old:
            yield Piece("".join(old), Mark.REMOVED)
        if new:
            yield Piece("".join(new), Mark.ADDED)
