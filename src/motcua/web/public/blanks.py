"""Blank forms to print and fill in by hand (mức độ 2): those of the record, else one drawn from the electronic form."""

from collections.abc import Iterator, Sequence
from typing import Any

from motcua.eforms.queries import definition_of
from motcua.eforms.rules import Definition, Field, Group, Note, Section
from motcua.eforms.rules.definition import Item
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import ProcedureVersion

FROM_EFORM = "to-khai"  # the key of the one drawn from the electronic form
ROWS = 3  # of a list that may be longer: a sheet of paper shows how it goes on
OATH = "Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên."


def blanks_of(version: ProcedureVersion, offered: Sequence[OfferingVersion]) -> list[dict[str, Any]]:
    """The blank forms of a procedure, each as `ProcedureVersion.blank_forms` describes it."""
    if version.blank_forms or not offered:
        return list(version.blank_forms)
    form = offered[0].form
    if form is None:
        return []
    return [_drawn(definition_of(form), str(form.definition.get("source", "")))]


def _drawn(form: Definition, ground: str) -> dict[str, Any]:
    groups = [
        {"title": page.title, "lines": [line for item in page.items for line in _lines(item)]} for page in form.pages
    ]
    return {
        "key": FROM_EFORM,
        "title": form.title,
        "ground": ground,
        "addressee": "",
        "groups": [group for group in groups if group["lines"]],
        "oath": OATH,
        "signers": ["Người khai"],
    }


def _lines(item: Item) -> Iterator[str]:
    match item:
        case Field():
            yield from _field(item)
        case Section():
            for inner in item.items:
                yield from _lines(inner)
        case Group():
            for number in range(1, ROWS + 1):
                for member in item.fields:
                    for line in _field(member):
                        yield f"{item.item_title} {number} – {line}"
        case Note():
            return


def _field(field: Field) -> Iterator[str]:
    """The question; of a choice also what there is to choose."""
    if field.kind == "tick":
        return
    options = " / ".join(option.label for option in field.options)
    yield f"{field.title} ({options})" if options else field.title
    for option in field.options:
        for inner in option.reveals:
            yield from _field(inner)
