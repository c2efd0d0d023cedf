"""How an English page shows what comes from below: translated where it is ours, marked as Vietnamese where it isn't.

A sentence that was stored has lost what it was made from. It is recognised by the templates of the catalogue: "Đã có
Giấy khai sinh số 12/2026" was made by "Đã có {result_name} số {number}".
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, trans_real

from motcua.core.words import ENGLISH, Said, Spoken, translated
from motcua.web.components.language import is_english

# A text without a letter of its own is read alike in both languages.
_VIETNAMESE = re.compile("[^\x00-\x7f“”‘’–−•→·×…]")
# "- Giấy tờ", "+ Bản sao", "a) Đơn", "(ii) Ảnh", "2.1. Nơi nộp"; not "3 ngày".
_ITEM = re.compile(r"[-–+•*]\s*\S|\(?(?:[a-zđ]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)]\s", re.IGNORECASE)
_PLACE = re.compile(r"{(\w+)[^}]*}")
_PIECES = re.compile(r"{\w+[^}]*}")
_MOST_SENTENCES = 12  # of ours in a row
_MOST_LETTERS = 4_000  # of a text with a sentence of ours in it; longer ones are records', and looking takes its time
# Places that hold a number: "Trong ngày làm việc" has none.
_NUMBERS = {"value", "amount", "count", "days", "hours", "minutes"}
_LEAST_LETTERS = 6  # of a template: "{name}, {number}" would recognise anything


def vietnamese(text: object) -> str:
    """A text of the record, marked as Vietnamese on an English page."""
    if text is None or text == "":
        return ""
    if not is_english() or not _VIETNAMESE.search(str(text)):
        return str(text)
    return format_html('<span lang="vi">{}</span>', text)


def lined(text: object) -> str:
    """As `told`; a Vietnamese text of several lines has each line in an element, and its items hang."""
    shown, lines = told(text), [line.strip() for line in str(text or "").split("\n")]
    lines = [line for line in lines if line]
    if len(lines) < 2 or shown != vietnamese(text):  # translated: as our translators have written it
        return shown
    mark = mark_safe(' lang="vi"') if is_english() else ""
    return format_html_join("", '<span class="mc-line{}"{}>{}</span>', ((_hangs(line), mark, line) for line in lines))


def _hangs(line: str) -> str:
    """The class of a line that is an item of a list, or of a list within one."""
    if not _ITEM.match(line):
        return ""
    return " mc-line--inner" if line[0] in "+•" else " mc-line--item"


def told(text: object) -> str:
    """A sentence of ours or a text of the record: translated, else marked as Vietnamese."""
    if text is None or text == "":
        return ""
    if not is_english():
        return str(text)
    if isinstance(text, Said):
        return _put_together(text.pattern_in_english(), text.values)
    if not isinstance(text, Spoken) and len(str(text)) > _MOST_LETTERS:
        return vietnamese(text)
    english = translated(text)
    if isinstance(text, Spoken) or english != text or isinstance(text, SafeString):
        return english if english != text else vietnamese(text)
    return _recognised(str(text)) or _sentence_by_sentence(str(text)) or vietnamese(text)


def _put_together(pattern: str, values: Any) -> SafeString:
    shown = {name: told(value) if isinstance(value, Spoken) else _value(value) for name, value in values.items()}
    return mark_safe(conditional_escape(pattern).format(**shown))  # noqa: S308 (the values are escaped)


def _value(value: Any) -> Any:
    return conditional_escape(vietnamese(value)) if isinstance(value, str) else value


def _recognised(text: str) -> str:
    for template in _templates():
        values = template.values_in(text)
        if values is not None:
            return _put_together(_PLACE.sub(r"{\1}", gettext(template.text)), values)
    return ""


def _sentence_by_sentence(text: str) -> str:
    """Several sentences of ours one after the other; empty unless all are known."""
    parts = re.split(r"(?<=[.]) ", text, maxsplit=_MOST_SENTENCES)
    if not 1 < len(parts) <= _MOST_SENTENCES:
        return ""
    known = []
    for part in parts:
        english = gettext(part)
        known.append(conditional_escape(english) if english != part else _recognised(part))
        if not known[-1]:
            return ""
    return mark_safe(" ".join(known))  # noqa: S308 (parts are escaped)


@dataclass(frozen=True)
class _Template:
    """A sentence of the catalogue that has values.

    What people have typed is held against it, too, as long as they like. So it is looked for from left to right, each
    piece once: a regular expression with several open places would try them all against each other for seconds.
    """

    text: str
    names: tuple[str, ...]
    pieces: tuple[str, ...]  # what stands before, between and after the places

    def values_in(self, text: str) -> dict[str, str] | None:
        """What stands at its places in a text that was made from it; None: it wasn't. No place is empty."""
        first, *between, last = self.pieces
        end = len(text) - len(last)
        if not (text.startswith(first) and text.endswith(last)):
            return None
        at, found = len(first), []
        for piece in between:
            place = text.find(piece, at + 1, end)
            if place < 0:
                return None
            found.append(text[at:place])
            at = place + len(piece)
        values = dict(zip(self.names, [*found, text[at:end]], strict=True))
        return values if at < end and all(map(_fits, values.items())) else None


def _fits(place: tuple[str, str]) -> bool:
    """Whether a value may stand in its place: one that is a number has a digit."""
    name, value = place
    return name not in _NUMBERS or any(letter.isdigit() for letter in value)


@cache
def _templates() -> list[_Template]:
    """The sentences of the catalogue that have values, the longest first."""
    keys = trans_real.translation(ENGLISH)._catalog.keys()  # type: ignore[attr-defined]
    found = {key for key in keys if isinstance(key, str) and _PLACE.search(key)}
    fit = [key for key in found if len(_PLACE.sub("", key).replace(" ", "")) >= _LEAST_LETTERS]
    return [_template(key) for key in sorted(fit, key=lambda key: len(_PLACE.sub("", key)), reverse=True)]


def _template(text: str) -> _Template:
    names = tuple(_PLACE.findall(text))
    return _Template(text, names, tuple(_PIECES.split(text)))
