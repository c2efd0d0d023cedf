"""The first search: BM25 over the words of records, kept by tantivy. It finds the candidates that are then ranked."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self, cast

import tantivy

from motcua.procedures.finding.entry import Entry
from motcua.procedures.finding.reading import LESS, SMALL, Reading
from motcua.procedures.finding.spelling import pairs, words

# Pairs of neighbouring syllables count as much as syllables, since most Vietnamese words have two; the long texts help
# only as long as they weigh little (docs/decisions/0011-catalogue-search.md).
WEIGHTS = {
    "name": 1.0,
    "name_pairs": 1.0,
    "keywords": 0.7,
    "keyword_pairs": 0.7,
    "result": 0.3,
    "field": 0.2,
    "body": 0.1,
}
PAIRS = {"name_pairs", "keyword_pairs"}
TELLING = {name: weight for name, weight in WEIGHTS.items() if name != "body"}
MEANT = 1.5  # how much what a saying means counts beside a word of its own: a long story mustn't drown it
LIMIT = 500  # hits of one search; behind so many nobody looks
OF_EACH = 6  # hits for each thing that was meant

Scores = dict[int, float]  # number of an entry → from 0 to 1, the best hit's

_HEAP = 150_000_000  # bytes: enough for one segment, which is quicker to search than several


class Engine:
    """The words of numbered entries."""

    _schema: tantivy.Schema
    _searcher: tantivy.Searcher

    def __init__(self, entries: Sequence[Entry], folder: Path | None = None) -> None:
        """Index the entries, in memory or in a folder."""
        self._schema = _schema()
        index = tantivy.Index(self._schema, str(folder) if folder else None)
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for number, entry in enumerate(entries):
            writer.add_document(tantivy.Document(number=number, **_texts(entry)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What was indexed in this folder."""
        engine = cls.__new__(cls)
        engine._schema = _schema()
        engine._searcher = tantivy.Index(engine._schema, str(folder)).searcher()
        return engine

    def by_words(self, reading: Reading) -> Scores:
        """Entries that have words looked for where they tell something, or else all of them anywhere."""
        found = self._search(_any(self._terms(reading.looked_for, TELLING)))
        return found or self._search(
            _all(_any(self._term(name, word) for name in WEIGHTS) for word in dict.fromkeys(reading.looked_for))
        )

    def by_sayings(self, reading: Reading) -> Scores:
        """Entries that have what was meant, in the catalogue's words."""
        clauses = list(self._terms([word for unit in reading.units if not unit.meant for word in unit.words], TELLING))
        for unit in reading.units:
            if unit.meant:
                readings = [phrase for phrase in (unit.words, *unit.meant) if phrase]
                any_of = tantivy.Query.disjunction_max_query(
                    [_any(self._terms(phrase, TELLING)) for phrase in readings]
                )
                clauses.append(tantivy.Query.boost_query(any_of, MEANT))
        return self._search(_any(clauses))

    def by_each(self, reading: Reading) -> set[int]:
        """The entries that have most of each thing that was meant."""
        phrases = dict.fromkeys(phrase for unit in reading.units for phrase in unit.meant)
        return {
            number for phrase in phrases for number in self._search(_any(self._terms(phrase, TELLING)), limit=OF_EACH)
        }

    def by_texts(self, reading: Reading) -> Scores:
        """Entries whose long texts have the words."""
        return self._search(_any(self._terms(reading.looked_for, {"body": 1.0})))

    def _search(self, query: tantivy.Query, limit: int = LIMIT) -> Scores:
        hits = self._searcher.search(query, limit=limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        best = hits[0][0] if hits and hits[0][0] > 0 else 1.0
        return {cast(int, number): score / best for number, (score, _) in zip(numbers, hits, strict=True)}

    def _terms(self, looked_for: Sequence[str], weights: dict[str, float]) -> Iterable[tantivy.Query]:
        singles, doubles = dict.fromkeys(looked_for), dict.fromkeys(pairs(looked_for))
        for name, weight in weights.items():
            for term in doubles if name in PAIRS else singles:
                yield _boosted(self._term(name, term), weight * (LESS if term in SMALL else 1))

    def _term(self, name: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, term)


def _texts(entry: Entry) -> dict[str, str]:
    name = words(full_name(entry))
    keywords = [words(keyword) for keyword in entry.keywords]
    return {
        "name": " ".join(name),
        "name_pairs": " ".join(pairs(name)),
        "keywords": " ".join(word for keyword in keywords for word in keyword),
        "keyword_pairs": " ".join(pair for keyword in keywords for pair in pairs(keyword)),
        "result": " ".join(words(entry.results)),
        "field": " ".join(words(entry.field_name)),
        "body": " ".join(words(entry.body)),
    }


def full_name(entry: Entry) -> str:
    """The name, and the short one where it says something else."""
    return entry.name if entry.short_name.casefold() in entry.name.casefold() else f"{entry.name} {entry.short_name}"


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    """With this weight; a plain term stays one, as the engine leaves out what can't be among the best of plain ones."""
    return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _all(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", fast=True)
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
