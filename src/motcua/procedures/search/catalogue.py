"""The catalogue of one moment, as the search holds it: index, facets, copies, suggestions."""

import json
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from motcua.procedures.finding.index import Entry, Index
from motcua.procedures.finding.suggesting import Completions, Suggestions, folded_words
from motcua.procedures.search.facets import FacetSets
from motcua.procedures.search.hits import name_key

ASIDE = "aside.jsonl"
KEPT_ANSWERS = 256  # texts; the popular ones come again and again


@dataclass(frozen=True)
class Answer:
    """What a text finds.

    Attributes:
        numbers: the places of the records, best first.
        bits: the same as a set.
        words: the folded words that were looked for.
        read_as: how the text was read, where something in it was mended.
        otherwise: the best record was found by other words than were typed: a synonym, or a pin.
    """

    numbers: "array[int] | range"
    bits: int
    words: frozenset[str] = frozenset()
    read_as: str = ""
    otherwise: bool = False


@dataclass(frozen=True)
class Aside:
    """What is worked out once and stored beside an index.

    Attributes:
        keys: for each record what makes it a copy of others.
        texts: for each record its name and keywords, folded.
        with_forms: codes of the procedures whose forms can be had here, as files or to print.
    """

    keys: Sequence[str]
    texts: Sequence[tuple[str, str]]
    with_forms: Sequence[str] = ()

    @classmethod
    def of(cls, entries: Sequence[Entry], with_forms: Sequence[str] = ()) -> "Aside":
        """Work it out: a fold of every name."""
        texts = [(folded_words(entry.short_name), folded_words(" ".join(entry.keywords))) for entry in entries]
        return cls([name_key(entry) for entry in entries], texts, with_forms)

    def write(self, folder: Path) -> None:
        """Beside the index's own files; a line for each record, so that reading takes short steps."""
        with (folder / ASIDE).open("w", encoding="utf-8") as file:
            file.write(json.dumps(list(self.with_forms)) + "\n")
            file.writelines(json.dumps([key, *text]) + "\n" for key, text in zip(self.keys, self.texts, strict=True))

    @classmethod
    def read(cls, folder: Path) -> "Aside":
        """What was written there."""
        with (folder / ASIDE).open(encoding="utf-8") as file:
            with_forms = json.loads(next(file))
            rows = [json.loads(line) for line in file]
        return cls([row[0] for row in rows], [(row[1], row[2]) for row in rows], with_forms)


class Catalogue:
    """All that a search needs; it never changes. Two threads may ask at once."""

    def __init__(self, index: Index, aside: Aside | None = None) -> None:
        """`aside`: what was worked out when the index was built, for an index that was stored."""
        aside = aside or Aside.of(index.entries)
        self.index = index
        self.with_forms = frozenset(aside.with_forms)
        self.facets = FacetSets(index.entries)
        self.copy_of = _numbered(aside.keys)
        self.suggestions = Suggestions(index.entries, aside.texts)
        self.completions = Completions(index.sayings(), self.suggestions.is_written)
        self._answers: OrderedDict[tuple[str, bool], Answer] = OrderedDict()
        self._lock = Lock()

    @property
    def entries(self) -> Sequence[Entry]:
        """The records, by name."""
        return self.index.entries

    def find(self, text: str, *, as_typed: bool = False) -> Answer:
        """The records for a text; all of them for none."""
        if not text.strip():
            return Answer(range(self.facets.size), self.facets.all)
        key = (text, as_typed)
        with self._lock:
            known = self._answers.get(key)
            if known is not None:
                self._answers.move_to_end(key)
                return known
        answer = self._ask(text, as_typed=as_typed)
        with self._lock:
            self._answers[key] = answer
            if len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def _ask(self, text: str, *, as_typed: bool) -> Answer:
        found = self.index.search(text, as_typed=as_typed)
        places = (self.facets.number(entry.code) for entry in found.entries)
        numbers = array("I", [number for number in places if number is not None])
        why = found.why(0) if numbers else None
        otherwise = why is not None and (bool(why.synonyms) or why.pinned)
        return Answer(numbers, self.facets.bits(numbers), found.words, found.read_as, otherwise)


def _numbered(keys: Sequence[str]) -> "array[int]":
    """For each key a number, the same for equal ones."""
    numbers: dict[str, int] = {}
    return array("I", [numbers.setdefault(key, len(numbers)) for key in keys])
