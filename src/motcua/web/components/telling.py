"""How an English page shows what comes from below: translated where it is ours, marked as Vietnamese where it isn't.

A sentence that was stored has lost what it was made from. It is recognised by the templates of the catalogue: "Đã có
Giấy khai sinh số 12/2026" was made by "Đã có {result_name} số {number}".
"""

import re
from functools import cache
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, trans_real

from motcua.core.words import ENGLISH, Said, Spoken, translated
from motcua.web.components.language import is_english

# A text without a letter of its own is read alike in both languages.
_VIETNAMESE = re.compile("[^\x00-\x7f“”‘’–−•→·×…]")
_PLACE = re.compile(r"{(\w+)[^}]*}")
_LEAST_LETTERS = 6  # of a template: "{name}, {number}" would recognise anything


def vietnamese(text: object) -> str:
    """A text of the record, marked as Vietnamese on an English page."""
    if text is None or text == "":
        return ""
    if not is_english() or not _VIETNAMESE.search(str(text)):
        return str(text)
    return format_html('<span lang="vi">{}</span>', text)


def told(text: object) -> str:
    """A sentence of ours or a text of the record: translated, else marked as Vietnamese."""
    if text is None or text == "":
        return ""
    if not is_english():
        return str(text)
    if isinstance(text, Said):
        return _put_together(text.pattern_in_english(), text.values)
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
    for pattern, template in _templates():
        if found := pattern.fullmatch(text):
            return _put_together(_PLACE.sub(r"{\1}", gettext(template)), found.groupdict())
    return ""


def _sentence_by_sentence(text: str) -> str:
    """Several sentences of ours one after the other; empty unless all are known."""
    parts = re.split(r"(?<=[.]) ", text)
    known = [gettext(part) if gettext(part) != part else _recognised(part) for part in parts]
    return mark_safe(" ".join(known)) if len(parts) > 1 and all(known) else ""  # noqa: S308 (parts are escaped)


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """The sentences of the catalogue that have values, the longest first."""
    keys = trans_real.translation(ENGLISH)._catalog.keys()  # type: ignore[attr-defined]
    found = {key for key in keys if isinstance(key, str) and "{" in key}
    fit = [key for key in found if len(_PLACE.sub("", key).replace(" ", "")) >= _LEAST_LETTERS]
    return [(_pattern(key), key) for key in sorted(fit, key=lambda key: len(_PLACE.sub("", key)), reverse=True)]


def _pattern(template: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def place(found: re.Match[str]) -> str:
        name = found[1]
        again = name in seen
        seen.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    # re.escape leaves { and } escaped: taken back around the names
    escaped = re.sub(r"\\{(\w+).*?\\}", lambda found: place(found), re.escape(template))
    return re.compile(escaped, re.DOTALL)
