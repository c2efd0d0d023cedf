"""A code of a long official list (eforms/data/*.json), found by typing the code or words of its name."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Any

from motcua.core.text import clean, fold
from motcua.core.words import say
from motcua.eforms.rules.answers import ACT, Answer, Typed, as_text, part_of
from motcua.eforms.rules.definition import Field
from motcua.eforms.rules.kinds.base import LONGEST_TYPED, Complaint, Kind, kind, setting
from motcua.eforms.rules.world import World

FIND, TAKE = "find-code:", "take-code:"  # buttons: "find-code:<name>", "take-code:<name>:<code>"
MOST_FOUND = 8
LONGEST_QUERY = 100  # letters
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Entry:
    """One line of a list. `also` is what people call it in daily life, phrases between commas."""

    code: str
    name: str
    also: str = ""

    @cached_property
    def marks(self) -> frozenset[str]:
        """What it is found by: see `_marks`."""
        return frozenset(mark for phrase in (self.name, *self.also.split(",")) for mark in _marks(phrase))

    def has_begun(self, word: str) -> bool:
        """Whether a word of it begins so, accents left out."""
        return any(mark.startswith(word) for mark in self.marks)


@dataclass(frozen=True)
class CodeList:
    """An official list. `what` is what a line is called in messages; every code has so many `digits`."""

    what: str
    digits: int
    entries: dict[str, Entry]

    def find(self, text: str, limit: int = MOST_FOUND) -> list[Entry]:
        """The lines that a typed text may mean, the likeliest first.

        Digits are the beginning of a code. Of words the rare ones count most, pairs of words that stand together are
        rarer than each alone, and accents count where they were typed; the last word may still be unfinished.
        """
        query = clean(text)[:LONGEST_QUERY]
        if query.isdecimal():
            return [entry for code, entry in self.entries.items() if code.startswith(query)][:limit]
        asked = _marks(query)
        if not asked:
            return []
        words = _WORD.findall(fold(query))
        hits = {entry.code: self._hits(asked, words[-1], entry) for entry in self.entries.values()}
        seen = Counter(mark for marks in hits.values() for mark in marks)
        score = {code: sum(1 / seen[mark] for mark in marks) for code, marks in hits.items() if marks}
        whole = {code for code in score if hits[code] >= set(words)}
        enough = max(score.values(), default=0) / 3
        kept = [code for code in whole or score if score[code] >= enough]
        return [self.entries[code] for code in sorted(kept, key=lambda code: (-score[code], code))][:limit]

    @staticmethod
    def _hits(asked: frozenset[str], last: str, entry: Entry) -> set[str]:
        found = set(asked & entry.marks)
        return found | {last} if entry.has_begun(last) else found


def _marks(phrase: str) -> frozenset[str]:
    """The words of a phrase and its pairs of words, each as it is written and without accents."""
    found: set[str] = set()
    for text in (phrase.lower(), fold(phrase)):
        words = _WORD.findall(text)
        found.update(words)
        found.update(f"{one} {other}" for one, other in pairwise(words))
    return frozenset(found)


@cache
def code_list(name: str) -> CodeList:
    """A list by its file's name.

    Raises:
        FileNotFoundError: there is no such list.
        KeyError: that file isn't a list of codes.
    """
    data = json.loads(files("motcua.eforms").joinpath("data", f"{name}.json").read_text(encoding="utf-8"))
    entries = {row["code"]: Entry(**row) for row in data["values"]}
    return CodeList(data["what"], data["digits"], entries)


@kind
class Code(Kind):
    """{"code": "5610", "name": "Nhà hàng…"}: the name stays as it was when it was answered; lists change theirs."""

    name = "code"
    template = "code"
    chosen = True

    def is_posted(self, name: str, typed: Typed) -> bool:
        return name in typed or _pressed(typed).startswith(f"{TAKE}{name}:")

    def read(self, field: Field, name: str, typed: Typed, before: Answer, world: World) -> Answer:
        pressed, button = _pressed(typed), f"{TAKE}{name}:"
        taken = pressed.removeprefix(button) if pressed.startswith(button) else self.last(name, typed)
        text = clean(taken[:LONGEST_TYPED])
        if text and text == part_of(before, "code"):
            return before
        return self.understand(field, text)

    def understand(self, field: Field, text: str) -> Answer:
        """A code, a code with its name behind it, or exactly a name; anything else stays as typed."""
        entries = self.list_of(field).entries
        first = text.split(" ")[0].strip(".:-–") if text else ""
        entry = entries.get(first) or next((one for one in entries.values() if one.name == text), None)
        return {"code": entry.code, "name": entry.name} if entry else text

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        known = self.list_of(field)
        text = as_text(answer)
        if part_of(answer, "code") in known.entries:
            return None
        if not text.isdecimal() and known.find(text):
            return Complaint(say("Xin chọn một {what} trong số tìm thấy", what=known.what))
        if not text.isdecimal():
            return Complaint(say("Không tìm thấy {what} nào như đã gõ. Xin gõ từ khác hoặc gõ mã", what=known.what))
        if len(text) != known.digits:
            return Complaint(
                say(
                    "Mã {what} có đúng {digits} chữ số, ông/bà gõ {length}",
                    what=known.what,
                    digits=known.digits,
                    length=len(text),
                )
            )
        return Complaint(say("Không có {what} nào mang mã {text}. Xin gõ tên để tìm", what=known.what, text=text))

    def value(self, answer: Answer) -> Any:
        return part_of(answer, "code") or None

    def show(self, field: Field, answer: Answer) -> str:
        code, name = part_of(answer, "code"), part_of(answer, "name")
        return f"{code} – {name}" if code else as_text(answer)

    def box(self, field: Field, answer: Answer) -> str:
        return part_of(answer, "code") or as_text(answer)

    @staticmethod
    def list_of(field: Field) -> CodeList:
        """The list that a field takes its codes from."""
        return code_list(setting(field, "list"))


def _pressed(typed: Typed) -> str:
    return (typed.get(ACT) or [""])[-1]
