"""What there is to say, and that all of it has English."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.english.reading import LETTERS

PROJECT = Path(__file__).resolve().parents[2]
FORMS = sorted((PROJECT / "sample/forms").glob("*.json"))
MC = PROJECT / "src/motcua/web/components/static/mc"
SAID = {
    "title", "label", "summary", "hint", "missing", "pattern_message", "note", "intro", "item_title", "add_label",
    "message",
}  # fmt: skip
PLACES = re.compile(r"%\(\w+\)[sd]|{\w+[^}]*}")


@pytest.fixture(scope="module")
def messages() -> Any:
    """tools/messages.py."""
    sys.path.insert(0, str(PROJECT / "tools"))
    import messages

    yield messages
    sys.path.remove(str(PROJECT / "tools"))


def test_the_catalogue_has_every_sentence_that_is_said(messages: Any) -> None:
    known = messages.catalogue()
    lacking = sorted({f"{one.place}: {one.text}" for one in messages.collect() if known.get(one.text) is None})
    assert lacking == [], "tools/messages.py extract"


def test_every_sentence_has_english(messages: Any) -> None:
    assert messages.missing(messages.catalogue()) == []


def test_a_translation_has_the_places_of_its_sentence(messages: Any) -> None:
    wrong = []
    for one in messages.catalogue():
        texts = one.id if isinstance(one.id, tuple | list) else (one.id,)
        for english in one.string if isinstance(one.string, tuple | list) else (one.string,):
            if one.id and set(PLACES.findall(texts[0])) != set(PLACES.findall(english)):
                wrong.append((texts[0], english))
    assert wrong == []


def test_modules_that_speak_build_no_sentence_from_pieces(messages: Any) -> None:
    assert messages.pieces() == [], "say(…) instead of an f-string"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_sample_s_forms_have_english_for_every_text(path: Path) -> None:
    form = json.loads(path.read_text(encoding="utf-8"))
    english = form.pop("en", {})
    texts = {text for text in _texts(form) if re.search(r"[^\W\d_]", text)}
    assert texts - english.keys() == set()
    assert english.keys() - texts == set()


def _texts(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
    elif isinstance(value, str) and name in SAID:
        yield value


def test_what_scripts_say_has_english() -> None:
    scripts = sorted((PROJECT / "src/motcua/web").glob("*/static/**/*.js"))
    english = re.findall(r'^  ("(?:[^"\\]|\\.)*"): ', (MC / "words-en.js").read_text(encoding="utf-8"), re.MULTILINE)
    said = {text for path in scripts for text in re.findall(r'\bt\(("[^"]*")\)', path.read_text(encoding="utf-8"))}
    assert said == set(english)


@pytest.mark.parametrize("name", ["page", "human", "draft", "papers"])
def test_scripts_of_citizens_pages_say_nothing_past_the_table(name: str) -> None:
    text = re.sub(r"//.*|/\*.*?\*/", "", (MC / f"{name}.js").read_text(encoding="utf-8"))
    assert not LETTERS.search(re.sub(r't\("[^"]*"\)', "", text))
