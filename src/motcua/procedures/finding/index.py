"""A BM25 index of records, kept in memory: built from entries, asked with what people type (docs/decisions/)."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import tantivy

from motcua.core.text import clean, fold, sort_key

# Measured on 940 questions over 6,749 records (docs/decisions): pairs of neighbouring syllables count as much as
# syllables, since most Vietnamese words have two; the long texts help only as long as they weigh little.
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
TELLING = ("name", "keywords", "result", "field")  # a hit has one of the words here, or all of them anywhere
ENOUGH = 0.35  # hits that reach this part of the best hit's score are shown

LONG = 5  # letters; shorter words are one slip away from too many others

FEW = 4  # words; in a longer text a word that the catalogue knows is taken as meant

_WORD = re.compile(r"[0-9a-z]+")
_SPELLING = re.compile(r"\w+")
_CODE = re.compile(r"\d[\d.]{4,}")
# What a question is wrapped in says nothing about what is looked for.
_WRAPPING = re.compile(
    r"\b(thu tuc|(cho )?(toi|em|minh|anh|chi|chau) (hoi|can|muon|phai)( lam)?|xin( hoi| chao)?"
    r"|can (nhung )?(giay to )?gi|giay to gi|lam (the nao|sao|gi)|nhu the nao|the nao|o dau"
    r"|bao lau|bao nhieu( tien)?|mat may ngay)\b"
)
ENTRIES, VOCABULARY = "entries.jsonl", "vocabulary.jsonl"  # files beside the engine's own
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Entry:
    """What the index knows of one record."""

    version_id: int
    code: str
    name: str
    short_name: str
    keywords: Sequence[str] = ()
    field: str = ""  # the slug
    field_name: str = ""
    levels: Sequence[str] = ()
    agency: str = ""
    audience: Sequence[str] = ()
    life_events: Sequence[str] = ()
    results: str = ""
    body: str = ""  # only while the index is built
    issuing_body: str = ""  # who published it: "UBND tỉnh Lạng Sơn"
    short: bool = False  # known only by its line in the catalogue
    agencies: Sequence[str] = ()  # who performs it, one by one, under their usual names: a facet


@dataclass(frozen=True)
class Found:
    """The entries for a text, best first, and how the text was read.

    Attributes:
        read_as: the text after a typing error was mended; empty when nothing was mended.
        words: the folded words that were looked for, for marking them in names.
    """

    entries: list[Entry]
    words: frozenset[str] = frozenset()
    read_as: str = ""


@dataclass
class _Vocabulary:
    """The catalogue's own words, against which typing errors are seen."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[list[Any]]) -> "_Vocabulary":
        """The vocabulary of which these are the rows."""
        found = cls()
        for kind, key, value in rows:
            if kind == "spellings":
                found.spellings[key] = Counter(value)
            else:
                getattr(found, kind)[key] = value
        return found

    def rows(self) -> Iterator[list[Any]]:
        """All that it knows, for a file."""
        for kind in ("words", "pairs", "spellings"):
            for key, value in getattr(self, kind).items():
                yield [kind, key, value]

    def add(self, text: str) -> list[str]:
        """The words of a text, now known."""
        words = _words(text)
        self.words.update(words)
        self.pairs.update(_pairs(words))
        for spelling in _SPELLING.findall(text.lower()):
            self.spellings.setdefault(fold(spelling), Counter())[spelling] += 1
        return words

    def spelled(self, words: Sequence[str], typed: str) -> str:
        """The words as the person spelled them, mended ones as the catalogue does, with accents if there were any."""
        theirs = {fold(spelling): spelling for spelling in _SPELLING.findall(clean(typed))}
        if all(folded == spelling.lower() for folded, spelling in theirs.items()):
            return " ".join(words)
        return " ".join(theirs.get(word) or self._spelling(word) for word in words)

    def _spelling(self, word: str) -> str:
        """The commonest; of equally common ones always the same."""
        known = self.spellings.get(word, {word: 1})
        return max(known, key=lambda spelling: (known[spelling], spelling))


class Index:
    """All records at one moment. It never changes: another moment is another index."""

    entries: list[Entry]
    _vocabulary: _Vocabulary
    _schema: tantivy.Schema
    _searcher: tantivy.Searcher

    def __init__(self, entries: Iterable[Entry], *, folder: Path | None = None) -> None:
        """Build it in memory; or in a folder, from which another process can `load` it."""
        self.entries = sorted(entries, key=lambda entry: (sort_key(entry.short_name), entry.code))
        self._vocabulary = _Vocabulary()
        self._schema = _schema()
        index = tantivy.Index(self._schema, str(folder) if folder else None)
        writer = index.writer(heap_size=15_000_000, num_threads=1)
        for number, entry in enumerate(self.entries):
            writer.add_document(tantivy.Document(number=number, **self._texts(entry)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self.entries = [replace(entry, body="") for entry in self.entries]
        if folder:
            _write_rows(folder / ENTRIES, ([*astuple(entry)] for entry in self.entries))
            _write_rows(folder / VOCABULARY, self._vocabulary.rows())

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index that was built in this folder. It takes short steps: another thread never waits long for it."""
        index = cls.__new__(cls)
        index.entries = [_entry(row) for row in _read_rows(folder / ENTRIES)]
        index._vocabulary = _Vocabulary.of(_read_rows(folder / VOCABULARY))
        index._schema = _schema()
        index._searcher = tantivy.Index(index._schema, str(folder)).searcher()
        return index

    def search(self, text: str, *, as_typed: bool = False) -> Found:
        """The entries for what was typed; all of them, by name, for an empty text.

        `as_typed`: typing errors aren't mended.
        """
        typed = _words(text)
        if not typed:
            return Found(list(self.entries))
        by_code = self._by_code(text)
        if by_code:
            return Found(by_code)
        words = _words(_WRAPPING.sub(" ", fold(text))) or typed
        mended = words if as_typed else self._mended(words)
        entries = self._ranked(mended)
        read_as = self._vocabulary.spelled(mended, text) if mended != words else ""
        return Found(entries, frozenset(mended), read_as)

    def _texts(self, entry: Entry) -> dict[str, str]:
        both = entry.name if entry.short_name in entry.name else f"{entry.name} {entry.short_name}"
        name = self._vocabulary.add(both)
        keywords = [self._vocabulary.add(keyword) for keyword in entry.keywords]
        return {
            "name": " ".join(name),
            "name_pairs": " ".join(_pairs(name)),
            "keywords": " ".join(word for keyword in keywords for word in keyword),
            "keyword_pairs": " ".join(pair for keyword in keywords for pair in _pairs(keyword)),
            "result": " ".join(_words(entry.results)),
            "field": " ".join(_words(entry.field_name)),
            "body": " ".join(_words(entry.body)),
        }

    def _by_code(self, text: str) -> list[Entry]:
        """By number, however much of it was typed, whatever a province put behind it (1.001193.000.00.00.H36)."""
        found = _CODE.search(text)
        if found is None:
            return []
        digits = found.group().replace(".", "")[:7]
        codes = [(entry.code.replace(".", ""), entry) for entry in self.entries]
        return [entry for code, entry in codes if code.startswith(digits) or code[1:].startswith(digits)]

    def _ranked(self, words: Sequence[str]) -> list[Entry]:
        hits = self._searcher.search(self._query(words), limit=max(1, len(self.entries))).hits
        if not hits:
            return []
        scored = [(score, self._searcher.doc(address)["number"][0]) for score, address in hits]
        least = ENOUGH * scored[0][0]
        # The number is the place in the alphabet: equal scores come in a known order.
        kept = sorted((-round(score, 4), number) for score, number in scored if score >= least)
        return [self.entries[number] for _, number in kept]

    def _query(self, words: Sequence[str]) -> tantivy.Query:
        words = list(dict.fromkeys(words))
        terms = {name: list(dict.fromkeys(_pairs(words))) if name in PAIRS else words for name in WEIGHTS}
        score = _any(
            tantivy.Query.boost_query(self._term(name, term), weight)
            for name, weight in WEIGHTS.items()
            for term in terms[name]
        )
        telling = _any(self._term(name, word) for name in TELLING for word in words)
        everything = _all(_any(self._term(name, word) for name in (*TELLING, "body")) for word in words)
        return _all([score, tantivy.Query.const_score_query(_any([telling, everything]), 0.0)])

    def _term(self, name: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, term)

    def _mended(self, words: list[str]) -> list[str]:
        mended = list(words)
        for place, word in enumerate(words):
            before = mended[place - 1] if place else ""
            after = words[place + 1] if place + 1 < len(words) else ""
            mended[place] = self._mend(word, before, after, doubtful=len(words) <= FEW)
        return mended

    def _mend(self, word: str, before: str, after: str, *, doubtful: bool) -> str:
        """The word, or the one a slip of the finger away that the catalogue knows beside the words around it."""
        known, pairs = self._vocabulary.words, self._vocabulary.pairs

        def company(candidate: str) -> int:
            return pairs[f"{before}_{candidate}"] + pairs[f"{candidate}_{after}"]

        if len(word) < 3 or word.isdigit() or company(word) or (word in known and not doubtful):
            return word
        near = [candidate for candidate in _one_slip(word) if candidate in known]
        if not near:
            return word
        best = max(near, key=lambda candidate: (company(candidate), known[candidate], candidate))
        # Without its neighbours' word for it, only a long word that the catalogue doesn't know is changed.
        return best if company(best) or (len(word) >= LONG and word not in known) else word


def marked(name: str, words: frozenset[str]) -> list[tuple[str, bool]]:
    """The name in pieces, each with whether it was looked for; neighbouring hits are one piece."""
    pieces: list[tuple[str, bool]] = []
    for piece in re.split(r"(\w+)", name):
        hit = bool(piece) and fold(piece) in words
        if hit and len(pieces) > 1 and pieces[-1][0].isspace() and pieces[-2][1]:
            gap, _ = pieces.pop()
            before, _ = pieces.pop()
            pieces.append((before + gap + piece, True))
        elif piece:
            pieces.append((piece, hit))
    return pieces


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(words)]


def _one_slip(word: str) -> Iterator[str]:
    """All words one letter away: one too many, one missing, one wrong, two swapped."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for left, right in halves:
        if right:
            yield left + right[1:]
            yield from (left + letter + right[1:] for letter in _LETTERS)
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        yield from (left + letter + right for letter in _LETTERS)


def _write_rows(path: Path, rows: Iterable[list[Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def _read_rows(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _entry(row: list[Any]) -> Entry:
    return Entry(*(tuple(value) if isinstance(value, list) else value for value in row))


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _all(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
