"""Every result of the sample's services can be printed, as a draft and as issued, from what their forms ask."""

import json
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from motcua.documents.pdf import make_pdf
from motcua.dossiers.queries.results import _asked
from motcua.dossiers.rules.wording import Sources, Told, own_labels, values_of
from motcua.eforms.rules import Group, parse
from tests.documents.reading import words

FOLDER = settings.PROJECT / "sample"
OFFERINGS = json.loads((FOLDER / "offerings.json").read_text(encoding="utf-8"))
GENERIC = [offering for offering in OFFERINGS if offering["result_template"] == "ket-qua"]


def sources(form: str | None) -> Sources:
    """A form in which every question was answered with its own label."""
    told = {}
    if form:
        definition = parse(json.loads((FOLDER / "forms" / f"{form}.json").read_text(encoding="utf-8")))
        for item, group in _asked(definition):
            title = item.title
            told[item.id] = Told(title, "" if isinstance(item, Group) else f"‹{title}›", group=group)
    person = {"full_name": "Nguyễn Thị An", "personal_number": "098162004217", "address": "Tổ 4"}
    return Sources(
        told, dict.fromkeys(told, "x"), person, person, {"name": "Ủy ban nhân dân phường Hoa Sen"}, date(2026, 11, 22)
    )


@pytest.mark.parametrize("draft", [True, False])
@pytest.mark.parametrize("offering", GENERIC, ids=lambda offering: offering["procedure"])
def test_a_result_is_printed(offering: dict[str, Any], draft: bool) -> None:
    mapping = offering["result_values"]
    values = {value.key: value.text for value in values_of(mapping, sources(offering["form"]))}
    content = make_pdf(
        "ket-qua", {**values, **own_labels("ket-qua", mapping), "draft": draft}, title=offering["result_name"]
    )
    text = words(content)
    assert mapping["title"]["text"].upper() in text
    for key, value in values.items():
        if key.startswith("line_"):
            assert (f"{mapping[key]['label']}:" in text) == bool(draft or value)  # what is issued has no empty lines
            assert value in text


def test_every_generic_result_is_there() -> None:
    assert len(GENERIC) == len(OFFERINGS) - 2
