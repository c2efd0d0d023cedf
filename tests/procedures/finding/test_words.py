"""The words people say for what the catalogue writes: well formed, said once, and really written in the catalogue."""

import json
import lzma
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from motcua.core.text import fold
from motcua.procedures import finding
from motcua.procedures.finding.lexicon import lexicon

WORDS = Path(finding.__file__).parent / "words"
QUESTIONS = Path(__file__).parent / "own_questions.jsonl"
REAL = Path(__file__).resolve().parents[4] / "shared" / "data"

WRAPPING, SHORT_WORDS = "boc.txt", "teencode.txt"
FILES = sorted(path.name for path in WORDS.glob("*.txt"))

Line = tuple[str, list[str], list[str]]  # where, what is said, what is written


def folded(text: str) -> str:
    """Its words without accents, one blank between them."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def lines(name: str) -> list[Line]:
    """The lines of a file that say something."""
    read = []
    for number, line in enumerate((WORDS / name).read_text("utf-8").splitlines(), 1):
        text = line.partition("#")[0].strip()
        if text:
            left, _, right = text.partition("=")
            read.append((f"{name}:{number}", _parts(left, ","), _parts(right, "|")))
    return read


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator)]


@cache
def names() -> frozenset[str]:
    """Every name and field of the real catalogue."""
    texts = set()
    for name in ("procedures_index.jsonl.xz", "procedures.jsonl.xz"):
        with lzma.open(REAL / name, "rt", encoding="utf-8") as records:
            for record in map(json.loads, records):
                texts.update({record["name"], record["field"] or ""})
    return frozenset(texts)


@cache
def catalogue() -> str:
    """The names, folded, to look in for whole words."""
    return "\n".join(f" {folded(text)} " for text in names())


@cache
def spellings() -> dict[str, set[str]]:
    """The words of the names, by what is left of them without accents."""
    found: dict[str, set[str]] = {}
    for word in set(re.findall(r"\w+", "\n".join(names()).lower())):
        found.setdefault(fold(word), set()).add(unicodedata.normalize("NFC", word))
    return found


@pytest.mark.parametrize("name", FILES)
def test_each_line_says_something_and_means_something(name: str) -> None:
    for where, said, meant in lines(name):
        assert all(folded(one) for one in said), where
        assert name == WRAPPING or all(folded(one) for one in meant), where
        assert unicodedata.is_normalized("NFC", "".join(said + meant)), where


@pytest.mark.parametrize("name", sorted(set(FILES) - {WRAPPING}))
def test_nothing_means_itself(name: str) -> None:
    for where, said, meant in lines(name):
        written = {one.lower() for one in meant}
        assert not written & {one.lower() for one in said}, where


def test_nothing_is_said_twice() -> None:
    places: dict[str, str] = {}
    for name in sorted(set(FILES) - {WRAPPING}):
        for where, said, _ in lines(name):
            for one in said:
                assert one not in places, f"{where}: {one} stands in {places[one]} too"
                places[one] = where


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real catalogue")
@pytest.mark.parametrize("name", sorted(set(FILES) - {WRAPPING, SHORT_WORDS}))
def test_what_is_meant_is_written_in_the_catalogue(name: str) -> None:
    strangers = [
        f"{where}: {one}" for where, _, meant in lines(name) for one in meant if f" {folded(one)} " not in catalogue()
    ]
    assert not strangers


def questions() -> list[dict[str, Any]]:
    """The project's own test questions."""
    return [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]


def test_own_questions_are_complete_and_half_of_them_are_held_out() -> None:
    for question in questions():
        # "blind": written by somebody who had seen neither the lists of words nor another question.
        assert set(question) - {"blind"} == {"question", "codes", "kind", "held"}
        assert question["codes"], question["question"]
        assert question["kind"] in {"accented", "unaccented", "colloquial", "typos"}
    assert len({question["question"] for question in questions()}) == len(questions())
    assert 0.4 < sum(question["held"] for question in questions()) / len(questions()) < 0.6


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real catalogue")
@pytest.mark.parametrize("name", sorted(set(FILES) - {WRAPPING, SHORT_WORDS}))
def test_a_single_syllable_is_no_other_word_of_the_catalogue_without_its_accents(name: str) -> None:
    """Who types "cho" doesn't mean "chợ"."""
    single = {one for _, said, _ in lines(name) for one in said if one.isalpha()}
    taken = {one for one in single if spellings().get(fold(one), set()) - {one.lower()}}
    assert not taken


def test_short_words_are_read_as_they_are_typed() -> None:
    """ "đc" as well as "dc"; but a word with other accents is itself."""
    short = lexicon().short_words
    assert [word for word, _ in short["dc", "đc"]] == [word for word, _ in short["dc", "dc"]] == ["duoc"]
    assert ("ba", "ba") not in short
