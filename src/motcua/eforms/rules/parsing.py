"""From JSON to a `Definition`: the published schema first, then what a schema can't say."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from motcua.core.words import Bilingual
from motcua.eforms.rules import soundness
from motcua.eforms.rules.conditions import Condition, fields_of
from motcua.eforms.rules.definition import (
    Check,
    Definition,
    Field,
    Gates,
    Group,
    Item,
    Note,
    Option,
    Page,
    Section,
)

Data = Mapping[str, Any]
_KEYS = {"field", "label", "kind", "hint", "missing", "summary", "required", "shown_if", "options", "checks", "prefill"}
_SAID = {
    "title", "label", "summary", "hint", "missing", "pattern_message", "note", "intro", "item_title", "add_label",
    "message",
}  # fmt: skip
_COMMON = _KEYS | {"default", "half"}


class DefinitionError(ValueError):
    """A form can't be used as it is written. `troubles` names every place and what is wrong there, in English."""

    def __init__(self, troubles: Iterable[str]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("; ".join(self.troubles))


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of forms."""
    text = files("motcua.eforms").joinpath("schema", "eform.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def parse(data: Data) -> Definition:
    """The definition in this JSON.

    Raises:
        DefinitionError: it doesn't follow the schema, or refers to what isn't there.
    """
    troubles = [_where(error) for error in _validator().iter_errors(dict(data))]
    if troubles:
        raise DefinitionError(troubles)
    definition = _definition(_with_english(data))
    if troubles := list(soundness.troubles(definition)):
        raise DefinitionError(troubles)
    controlling = frozenset(_controlling(definition))
    return replace(definition, order=soundness.order(definition), controlling=controlling)


def _with_english(data: Data) -> Data:
    """The same form, in which each text for people brings its English, where "en" has it."""
    english = data.get("en")
    return {name: _bilingual(value, english, name) for name, value in data.items()} if english else data


def _bilingual(value: Any, english: Mapping[str, str], name: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _bilingual(inner, english, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_bilingual(inner, english, name) for inner in value]
    return Bilingual(value, english[value]) if name in _SAID and value in english else value


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _where(error: Any) -> str:
    path = "/".join(str(step) for step in error.absolute_path) or "the form"
    detail = min(error.context or [error], key=lambda one: len(str(one.message)))
    return f"{path}: {detail.message[:300]}"


def _definition(data: Data) -> Definition:
    return Definition(
        key=data["key"],
        version=data["version"],
        title=data["title"],
        pages=tuple(_page(page) for page in data["pages"]),
        subject=data.get("subject", ""),
    )


def _page(data: Data) -> Page:
    gates = _gates((), data)
    items = tuple(_item(item, gates) for item in data["items"])
    return Page(slug=data["slug"], title=data["title"], items=items, intro=data.get("intro", ""), gates=gates)


def _item(data: Data, outer: Gates) -> Item:
    return _section(data, outer) if "section" in data else _inner(data, outer)


def _inner(data: Data, outer: Gates) -> Field | Group | Note:
    if "group" in data:
        return _group(data, outer)
    if "note" in data:
        return Note(text=data["note"], gates=_gates(outer, data))
    return _field(data, outer)


def _section(data: Data, outer: Gates) -> Section:
    gates = _gates(outer, data)
    items = tuple(_inner(item, gates) for item in data["items"])
    return Section(id=data["section"], title=data["title"], items=items, intro=data.get("intro", ""), gates=gates)


def _group(data: Data, outer: Gates) -> Group:
    return Group(
        id=data["group"],
        title=data["title"],
        item_title=data["item_title"],
        fields=tuple(_field(field, (), group=data["group"]) for field in data["fields"]),
        intro=data.get("intro", ""),
        add_label=data.get("add_label", "Thêm"),
        least=data.get("least", 0),
        most=data.get("most", 300),
        checks=tuple(_check(check) for check in data.get("checks", ())),
        gates=_gates(outer, data),
    )


def _field(data: Data, outer: Gates, group: str = "") -> Field:
    gates = _gates(outer, data)
    prefill = data.get("prefill", ())
    return Field(
        id=data["field"],
        kind=data["kind"],
        label=data["label"],
        hint=data.get("hint", ""),
        missing=data.get("missing", ""),
        summary=data.get("summary", ""),
        required=data.get("required", False),
        gates=gates,
        options=tuple(_option(option, data["field"], gates, group) for option in data.get("options", ())),
        checks=tuple(_check(check) for check in data.get("checks", ())),
        prefill=(prefill,) if isinstance(prefill, Mapping) else tuple(prefill),
        default=data.get("default"),
        half=data.get("half", False),
        group=group,
        settings={key: value for key, value in data.items() if key not in _COMMON},
    )


def _option(data: Data, chooser: str, gates: Gates, group: str) -> Option:
    inner: Gates = (*gates, {"field": chooser, "is": data["value"]})
    reveals = tuple(_field(field, inner, group) for field in data.get("reveals", ()))
    return Option(value=data["value"], label=data["label"], hint=data.get("hint", ""), reveals=reveals)


def _check(data: Data) -> Check:
    params = {key: value for key, value in data.items() if key not in {"check", "message"}}
    return Check(name=data["check"], params=params, message=data.get("message", ""))


def _gates(outer: Gates, data: Data) -> Gates:
    own: Condition | None = data.get("shown_if")
    return (*outer, own) if own else outer


def _controlling(definition: Definition) -> Iterator[str]:
    """The ids that decide what is shown and what is required, for redrawing a page when they change."""
    for page in definition.pages:
        for item in page.items:
            yield from _looked_at(item)


def _looked_at(item: Item) -> Iterator[str]:
    for gate in item.gates:
        yield from fields_of(gate)
    if isinstance(item, Section):
        for inner in item.items:
            yield from _looked_at(inner)
    elif isinstance(item, Group):
        for member in item.members.values():
            yield from _looked_at(member)
    elif isinstance(item, Field):
        if not isinstance(item.required, bool):
            yield from fields_of(item.required)
        for option in item.options:
            for field in option.reveals:
                yield from _looked_at(field)
