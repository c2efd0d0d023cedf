"""An index of records: built from entries, asked with what people type (docs/decisions/0011-catalogue-search.md).

A question is read (`reading`), candidates are found by their words (`engine`), and ranked (`ranking`).
"""

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Self

from motcua.core.text import fold, sort_key
from motcua.procedures.finding.engine import Engine, full_name
from motcua.procedures.finding.entry import Entry, Found, Why
from motcua.procedures.finding.lexicon import Saying, lexicon
from motcua.procedures.finding.profile import Profile, profile
from motcua.procedures.finding.ranking import Question, Standing
from motcua.procedures.finding.reading import Reader, Reading
from motcua.procedures.finding.spelling import words
from motcua.procedures.finding.vocabulary import Vocabulary

__all__ = ["Entry", "Found", "Index", "Why", "marked"]

RANKED = 80  # candidates that are ranked; what lies behind them keeps the order of the first search
BEST = 40  # candidates whose fields say what the question is about
FAR = 15.0  # what is scored so much lower than the best has only some word in common with the question
LITTLE = 8.6  # scored by the best of what has less than half of a question
FIRST = 10  # are shown whatever they have
PART = 0.5  # of what the best of these have of the question, the others have at least
ENOUGH = 0.5  # what was found by words alone is shown if it reaches this part of the best
TEXTS_WEIGH = 0.1
SAME = 0.001  # between the scores of records under one name
COPIES = 3  # of them at the place of the best; thirteen would leave no room for other answers
FURTHER = 6.0  # how much lower the others stand
STEP, PAUSE = 40, 0.005  # names taken apart in one go, some milliseconds; seconds between

ENTRIES, VOCABULARY, WORDS = "entries.jsonl", "vocabulary.jsonl", "words.json"  # files beside the engine's own

_CODE = re.compile(r"\d[\d.]{4,}")
_MINISTRY = ("Bộ", "Ngân hàng Nhà nước")

Ranked = list[tuple[float, int]]  # score and number of an entry


class Index:
    """All records at one moment. It never changes: another moment is another index."""

    entries: list[Entry]

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        synonyms: Mapping[str, Sequence[str]] | None = None,
        pins: Mapping[str, Sequence[str]] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Build it in memory; or in a folder, from which another process can `load` it.

        Args:
            entries: the records.
            synonyms: what staff have added to the portal's own words: said → written.
            pins: folded text → codes that staff have put on top for it.
            folder: where to build it.
        """
        whole = sorted(entries, key=lambda entry: (sort_key(entry.short_name), entry.code))
        engine = Engine(whole, folder)
        vocabulary = Vocabulary()
        for entry in whole:
            vocabulary.add(full_name(entry), entry.keywords, words(entry.body))
        vocabulary.close(lexicon(synonyms).phrases())
        self._keep([replace(entry, body="") for entry in whole], engine, vocabulary, synonyms or {}, pins or {})
        if folder:
            _write_rows(folder / ENTRIES, ([*astuple(entry)] for entry in self.entries))
            _write_rows(folder / VOCABULARY, vocabulary.rows())
            _write_rows(folder / WORDS, [[synonyms or {}, pins or {}]])

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index that was built in this folder. It takes short steps: another thread never waits long for it."""
        index = cls.__new__(cls)
        entries = [_entry(row) for row in _read_rows(folder / ENTRIES)]
        synonyms, pins = next(_read_rows(folder / WORDS))
        index._keep(entries, Engine.load(folder), Vocabulary.of(_read_rows(folder / VOCABULARY)), synonyms, pins)
        return index

    def search(self, text: str, *, as_typed: bool = False) -> Found:
        """The entries for what was typed; all of them, by name, for an empty text.

        `as_typed`: typing errors aren't mended.
        """
        if not words(text):
            return Found(list(self.entries))
        by_code = self._by_code(text)
        if by_code:
            return Found(by_code)
        reading = self._reader.read(text, as_typed=as_typed)
        ranked = self._pinned(text, self._ranked(reading) if reading.units else [])
        numbers = [number for _, number in ranked]
        return Found(
            entries=[self.entries[number] for number in numbers],
            words=_looked_for(reading),
            # A reading that finds nothing isn't one.
            read_as=self._vocabulary.spelled(dict(reading.mended), text) if reading.mended and ranked else "",
            scores=[score for score, _ in ranked],
            why=partial(self._why, text, reading, numbers),
        )

    def is_question(self, text: str) -> bool:
        """Whether anything is left of a text to look for: not of a person's name."""
        return bool(self._reader.read(text).units)

    def sayings(self) -> Iterator[Saying]:
        """What people say for something else, the portal's own words and those of its staff."""
        return (saying for those in self._reader.lexicon.sayings.values() for saying in those)

    def prepare(self) -> None:
        """Take all names apart before somebody asks, in short steps: another thread never waits long for this one."""
        for number in range(len(self.entries)):
            self._profile(number)
            if number % STEP == 0:
                time.sleep(PAUSE)

    def _keep(
        self,
        entries: list[Entry],
        engine: Engine,
        vocabulary: Vocabulary,
        synonyms: Mapping[str, Sequence[str]],
        pins: Mapping[str, Sequence[str]],
    ) -> None:
        self.entries = entries
        self._engine = engine
        self._vocabulary = vocabulary
        self._reader = Reader(vocabulary, lexicon(synonyms))
        self._profiles: dict[int, Profile] = {}
        self._numbers = {entry.code: number for number, entry in enumerate(entries)}
        self._pins = pins

    def _by_code(self, text: str) -> list[Entry]:
        """By number, however much of it was typed, whatever a province put behind it (1.001193.000.00.00.H36)."""
        found = _CODE.search(text)
        if found is None:
            return []
        digits = found.group().replace(".", "")[:7]
        codes = [(entry.code.replace(".", ""), entry) for entry in self.entries]
        return [entry for code, entry in codes if code.startswith(digits) or code[1:].startswith(digits)]

    def _ranked(self, reading: Reading) -> Ranked:
        reach, standings = self._candidates(reading)
        if not reach:
            return []
        question = Question(reading, self._vocabulary)
        judged = {number: question.judge(self._profile(number), one) for number, one in standings.items()}
        near = [(one.score, number) for number, one in judged.items() if one.is_near]
        if not near and any(one.has_any for one in judged.values()):
            return []  # words that only their accents tell apart: other words
        # Without any that is near, words were found in long texts only, all of them.
        ranked = self._together(
            near or [(one.score, number) for number, one in judged.items() if standings[number].names]
        )
        if not ranked:
            return []
        kept = [one for one in ranked if one[0] >= ranked[0][0] - FAR]
        best = max(judged[number].share for _, number in kept[:FIRST])
        is_said = any(unit.meant for unit in reading.units)
        if ranked[0][0] < LITTLE and best < PART and not is_said:
            return []  # some word in common, by chance: what people ask here scores more (0011)
        kept = kept[:FIRST] + [one for one in kept[FIRST:] if judged[one[1]].share >= best * PART]
        if len(kept) < len(ranked) * PART:
            return kept  # what lies behind these has still less to do with the question
        (_, furthest), least = reach[0], kept[-1][0]
        behind = [number for number, reached in reach[RANKED:] if reached >= furthest * ENOUGH and number not in judged]
        return kept + [(least - SAME * place, number) for place, number in enumerate(behind, 1)]

    def _candidates(self, reading: Reading) -> tuple[list[tuple[int, float]], dict[int, Standing]]:
        """What the first search finds and how far it reaches, the furthest first; the best of them weighed."""
        by_words = self._engine.by_words(reading)
        meant = any(unit.meant for unit in reading.units)
        by_sayings = self._engine.by_sayings(reading) if meant else by_words
        by_texts = self._engine.by_texts(reading)

        def reached(number: int) -> float:
            parts = by_words.get(number, 0.0), by_sayings.get(number, 0.0), TEXTS_WEIGH * by_texts.get(number, 0.0)
            return round(sum(parts), 4)

        # The number is the place in the alphabet: equal ones come in a known order.
        found = [(number, reached(number)) for number in sorted(by_words.keys() | by_sayings.keys())]
        found.sort(key=lambda one: one[1], reverse=True)
        mass = self._mass(found[:BEST])
        places = dict.fromkeys(range(min(RANKED, len(found))))
        if meant:  # several things were said, and the long official name of one mustn't leave out the others
            wanted = self._engine.by_each(reading)
            places |= dict.fromkeys(place for place, (number, _) in enumerate(found) if number in wanted)
        ranked = ((place, found[place][0]) for place in places)
        return found, {
            number: Standing(
                names=by_words.get(number, 0.0),
                sayings=by_sayings.get(number, 0.0),
                body=by_texts.get(number, 0.0),
                rank=1 / (1 + place),
                mass=mass[self.entries[number].field_name],
            )
            for place, number in ranked
        }

    def _mass(self, best: Sequence[tuple[int, float]]) -> dict[str, float]:
        """Each field's part of the best candidates, the nearest of them counting most; together 1."""
        found: dict[str, float] = defaultdict(float)
        for number, reached in best:
            found[self.entries[number].field_name] += (reached / best[0][1]) ** 4
        total = sum(found.values()) or 1.0
        return defaultdict(float, {name: part / total for name, part in found.items()})

    def _profile(self, number: int) -> Profile:
        known = self._profiles.get(number)
        if known is None:
            known = self._profiles[number] = profile(self.entries[number], self._vocabulary.rarity)
        return known

    def _together(self, scored: Ranked) -> Ranked:
        """Records under one name stand where the best of them does, the whole country's first; of many some further."""
        groups: dict[tuple[str, ...], Ranked] = {}
        for score, number in scored:
            groups.setdefault(self._profile(number).words, []).append((score, number))
        ranked: Ranked = []
        for group in groups.values():
            best = max(score for score, _ in group)
            group.sort(key=lambda one: (not self.entries[one[1]].issuing_body.startswith(_MINISTRY), -one[0], one[1]))
            ranked += [
                (best - SAME * place - (FURTHER if place >= COPIES else 0), number)
                for place, (_, number) in enumerate(group)
            ]
        return sorted(ranked, key=lambda one: (-round(one[0], 4), one[1]))

    def _pinned(self, text: str, ranked: Ranked) -> Ranked:
        """With what staff have put on top for this text."""
        pinned = [self._numbers[code] for code in self._pins.get(fold(text).strip(), ()) if code in self._numbers]
        if not pinned:
            return ranked
        top = ranked[0][0] if ranked else 0.0
        first = [(top + len(pinned) - place, number) for place, number in enumerate(pinned)]
        return first + [one for one in ranked if one[1] not in pinned]

    def _why(self, text: str, reading: Reading, numbers: Sequence[int], place: int) -> Why:
        number = numbers[place]
        known = self._profile(number)
        has = known.places.keys() | {word for keyword in known.keywords for word in keyword}
        return Why(
            words=tuple(word for word in dict.fromkeys(reading.looked_for) if word in has),
            synonyms=tuple(
                (unit.said, " ".join(phrase))
                for unit in reading.units
                for phrase in unit.meant
                if has.issuperset(phrase) and phrase != unit.words
            ),
            mended=reading.mended,
            pinned=self.entries[number].code in self._pins.get(fold(text).strip(), ()),
        )


_folded = lru_cache(maxsize=20_000)(fold)  # names are made of a few thousand words


def marked(name: str, words: frozenset[str]) -> list[tuple[str, bool]]:
    """The name in pieces, each with whether it was looked for; neighbouring hits are one piece."""
    pieces: list[tuple[str, bool]] = []
    for piece in re.split(r"(\w+)", name):
        hit = bool(piece) and _folded(piece) in words
        if hit and len(pieces) > 1 and pieces[-1][0].isspace() and pieces[-2][1]:
            gap, _ = pieces.pop()
            before, _ = pieces.pop()
            pieces.append((before + gap + piece, True))
        elif piece:
            pieces.append((piece, hit))
    return pieces


def _looked_for(reading: Reading) -> frozenset[str]:
    meant = (word for unit in reading.units for phrase in unit.meant for word in phrase)
    return frozenset([*reading.looked_for, *meant])


def _write_rows(path: Path, rows: Iterable[list[Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def _read_rows(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _entry(row: list[Any]) -> Entry:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return Entry(*values)
