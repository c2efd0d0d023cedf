"""The catalogue of one moment, as the search holds it: index, facets, copies, suggestions."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from motcua.procedures.finding.index import Entry, Index
from motcua.procedures.finding.suggesting import Suggestions
from motcua.procedures.search.facets import FacetSets
from motcua.procedures.search.hits import name_key

KEPT_ANSWERS = 256  # texts; the popular ones come again and again


@dataclass(frozen=True)
class Answer:
    """The places of the records found for a text, best first; the words looked for; how the text was read."""

    numbers: "array[int] | range"
    bits: int
    words: frozenset[str] = frozenset()
    read_as: str = ""


class Catalogue:
    """All that a search needs; it never changes. Two threads may ask at once."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.facets = FacetSets(index.entries)
        self.copy_of = _numbered([name_key(entry) for entry in index.entries])
        self.suggestions = Suggestions(index.entries, self.copy_of)
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
        return Answer(numbers, self.facets.bits(numbers), found.words, found.read_as)


def _numbered(keys: Sequence[str]) -> "array[int]":
    """For each key a number, the same for equal ones."""
    numbers: dict[str, int] = {}
    return array("I", [numbers.setdefault(key, len(numbers)) for key in keys])
