"""What a result says, as data: `OfferingVersion.result_values` maps each value of the result's template to its source.

    {"child_name": "answers.child_name", "child_birth_words": "answers.birth_date|words",
     "requester_document": "Căn cước số {applicant.personal_number}", "registered_on": "today",
     "registered_at": {"from": "agency.name", "label": "Nơi đăng ký"},
     "lines": {"from": "answers.lines", "each": "{line}, {detail}, {main|ngành, nghề chính}"}}

Sources: `answers.<field>` · `owner.<key>` and `applicant.<key>` (`.address` is the whole address) · `agency.name` ·
`today` · nothing (""), where the registrar writes what another register gave. After a bar: `raw` (as stored:
2026-11-12), `words` (written out), `year`. Text with braces joins several; where none of them is answered, nothing is
said, and commas around what is missing go. A repeating group gives a line a row, written as `each` says: the row's
fields in braces; after a bar, what is said instead where the field is answered. {"text": "…"} says always the same.
No code knows any procedure.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from motcua.core.words import date_in_words

FOR_ANY_RESULT = "ket-qua"  # the template of results that have no form of their own
TODAY = "today"
_IN_BRACES = re.compile(r"\{([^{}]+)\}")
_STRAY_COMMAS = re.compile(r"\s*,(\s*,)*\s*")
_YEAR = re.compile(r"(\d{4})")


@dataclass(frozen=True)
class Told:
    """One answer of the form: how it is shown, how it is written out, where it stands."""

    label: str
    text: str
    words: str = ""
    group: str = ""
    rows: tuple[Mapping[str, str], ...] = ()  # of a repeating group: by field, nothing for a box that isn't ticked


@dataclass(frozen=True)
class Sources:
    """Everything that values can come from."""

    told: Mapping[str, Told]
    answers: Mapping[str, Any]
    owner: Mapping[str, Any]
    applicant: Mapping[str, Any]
    agency: Mapping[str, str]
    today: date


@dataclass(frozen=True)
class Value:
    """A value of the result, for the editor: what it is called, under which heading, what it says."""

    key: str
    label: str
    group: str
    text: str


PEOPLE_LABELS = {
    "full_name": "họ tên",
    "personal_number": "số định danh cá nhân",
    "birth_date": "ngày sinh",
    "address": "nơi cư trú",
}
# What doesn't come from a form, as it stands on the paper.
_ON_PAPER = {key: place for place, key in enumerate(("title", "agency", "opening"))}
_LAST = {"closing", "registered_on"}
_WHOSE = {"owner": "Chủ hồ sơ", "applicant": "Người nộp"}


def values_of(mapping: Mapping[str, Any], sources: Sources) -> list[Value]:
    """All values of the result: those of the form in its order, then the others (the database keeps no order)."""
    order = {field: place for place, field in enumerate(sources.told)}
    found = []
    for key, given in mapping.items():
        source = _source(given)
        field = _field(source, sources)
        label, group = _named(source, field, sources)
        if isinstance(given, Mapping):
            label = str(given.get("label") or label)
        place = (order.get(field, len(order)), _ON_PAPER.get(key, len(_ON_PAPER)), key in _LAST)
        found.append((place, Value(key, label, group, _said(given, field, sources))))
    return [value for _, value in sorted(found, key=lambda pair: pair[0])]


def of_the_day(mapping: Mapping[str, Any], values: Mapping[str, str], today: date) -> dict[str, str]:
    """The values with the day they are issued on, wherever the mapping says `today`."""
    sources = {key: _source(given) for key, given in mapping.items()}
    fresh = {key: _date(source, today) for key, source in sources.items() if source.partition("|")[0] == TODAY}
    return {**values, **fresh}


def own_labels(template: str, mapping: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What a template prints beside its values, where it has no labels of its own: those of the mapping."""
    if template != FOR_ANY_RESULT:
        return {}
    given = {key: one["label"] for key, one in mapping.items() if isinstance(one, Mapping) and "label" in one}
    return {"labels": given}


def _said(given: Any, field: str, sources: Sources) -> str:
    if isinstance(given, Mapping) and "text" in given:
        return str(given["text"])
    if _has_each(given):
        return _lines(given["each"], sources.told.get(field))
    return _text(_source(given), sources)


def _source(given: Any) -> str:
    return str(given.get("from", "") if isinstance(given, Mapping) else given)


def _has_each(given: Any) -> bool:
    return isinstance(given, Mapping) and "each" in given


def _lines(each: str, told: Told | None) -> str:
    """A repeating group, a line a row."""
    lines = (_filled(each, partial(_cell, row)) for row in (told.rows if told else ()))
    return "\n".join(line for line in lines if line)


def _cell(row: Mapping[str, str], place: str) -> str:
    field, _, instead = place.partition("|")
    text = row.get(field, "")
    return instead if text and instead else text


def _text(source: str, sources: Sources) -> str:
    if not _IN_BRACES.search(source):
        return _one(source, sources)
    return _filled(source, lambda place: _one(place, sources))


def _filled(pattern: str, say: Callable[[str], str]) -> str:
    """The pattern with what its places in braces say; nothing where none of them says anything."""
    texts = {place: say(place) for place in _IN_BRACES.findall(pattern)}
    if not any(texts.values()):
        return ""
    joined = " ".join(_IN_BRACES.sub(lambda found: texts[found[1]], pattern).split())
    return _STRAY_COMMAS.sub(", ", joined).strip(" ,")


def _one(source: str, sources: Sources) -> str:
    path, _, show = source.partition("|")
    if not path:
        return ""
    if path == TODAY:
        return _date(source, sources.today)
    room, _, key = path.partition(".")
    match room:
        case "answers":
            return _shown(sources.told.get(key), sources.answers.get(key), show)
        case "owner" | "applicant":
            person = sources.owner if room == "owner" else sources.applicant
            value = person.get(key)
            return _year(value) if show == "year" else str(value or "")
        case "agency":
            return str(sources.agency.get(key, ""))
    raise ValueError(f"{source!r} is no source of a result's value.")


def _shown(told: Told | None, answer: Any, show: str) -> str:
    if told is None:
        return ""  # hidden by the other answers
    if show == "raw":
        return answer if isinstance(answer, str) else told.text
    if show == "words":
        return told.words or _in_words(answer)
    return _year(answer) if show == "year" else told.text


def _in_words(answer: Any) -> str:
    try:
        return date_in_words(date.fromisoformat(str(answer)))
    except ValueError:
        return ""


def _year(value: Any) -> str:
    """The year of a date, also of one of which only the year is known."""
    if isinstance(value, Mapping):
        value = value.get("year")
    found = _YEAR.search(str(value or ""))
    return found[1] if found else ""


def _date(source: str, today: date) -> str:
    return today.isoformat() if source.endswith("|raw") else f"{today:%d/%m/%Y}"


def _field(source: str, sources: Sources) -> str:
    """The field of the form that a value comes from; of several the first that is answered, else the first."""
    places = [place.partition("|")[0] for place in _IN_BRACES.findall(source) or [source]]
    fields = [place.removeprefix("answers.") for place in places if place.startswith("answers.")]
    known = [field for field in fields if field in sources.told]
    return next((field for field in known if sources.told[field].text), known[0] if known else "")


def _named(source: str, field: str, sources: Sources) -> tuple[str, str]:
    """What the editor calls a value, by where it comes from."""
    if field:
        told = sources.told[field]
        return (f"{told.label}, ghi bằng chữ" if source.endswith("|words") else told.label), told.group
    place = next(iter(_IN_BRACES.findall(source)), source)
    path = place.partition("|")[0]
    room, _, key = path.partition(".")
    if room in _WHOSE:
        return f"{_WHOSE[room]}: {PEOPLE_LABELS.get(key, key)}", "Đăng ký"
    if room == "agency":
        return "Cơ quan", "Đăng ký"
    return ("Ngày đăng ký" if path == TODAY else key), "Đăng ký"
