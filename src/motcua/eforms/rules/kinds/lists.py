"""Values from official lists that come with the portal (eforms/data/*.json), with a way out for what isn't listed."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from motcua.core.text import clean, fold
from motcua.core.words import say
from motcua.eforms.rules.answers import Answer, Typed, as_text, part_of
from motcua.eforms.rules.definition import Field
from motcua.eforms.rules.kinds.base import Complaint, Kind, kind
from motcua.eforms.rules.world import World

OTHER = "khac"


@cache
def listed(name: str) -> dict[str, str]:
    """A list by its file's name: code -> Vietnamese name, in the order it is offered."""
    text = files("motcua.eforms").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in json.loads(text)["values"]}


class Listed(Kind):
    """A code of a list; where it is OTHER, the name typed beside it: {"code": "khac", "name": "…"}."""

    list_name: ClassVar[str]
    template = "listed"
    parts = ("", "other")
    chosen = True

    def read(self, field: Field, name: str, typed: Typed, before: Answer, world: World) -> Answer:
        code = clean(self.last(name, typed))
        if code != OTHER:
            return code
        other = clean(self.last(name, typed, "other"))
        if self.input_name(name, "other") not in typed:
            other = part_of(before, "name")
        return {"code": OTHER, "name": other}

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        code = self.code(answer)
        if code not in listed(self.list_name):
            return self.missing(field)
        if code == OTHER and not part_of(answer, "name"):
            return Complaint(
                say("Xin ghi tên, vì ông/bà chọn “{option}”", option=listed(self.list_name)[OTHER]), "other"
            )
        if len(part_of(answer, "name")) > 100:
            return Complaint("Tên dài nhất 100 ký tự", "other")
        return None

    def code(self, answer: Answer) -> str:
        """The code of the list."""
        return part_of(answer, "code") or as_text(answer)

    def value(self, answer: Answer) -> Any:
        return self.code(answer) or None

    def show(self, field: Field, answer: Answer) -> str:
        code = self.code(answer)
        if code == OTHER and part_of(answer, "name"):
            return part_of(answer, "name")
        return listed(self.list_name).get(code, code)

    def known(self, field: Field, fact: Any, world: World) -> Answer:
        """From a code or a name."""
        names = listed(self.list_name)
        if not isinstance(fact, str):
            return None
        return fact if fact in names else next((code for code, name in names.items() if fold(name) == fold(fact)), None)


@kind
class Country(Listed):
    """Quốc gia, quốc tịch: two-letter codes of ISO 3166."""

    name = "country"
    list_name = "countries"


@kind
class Ethnicity(Listed):
    """Dân tộc: the 54 of the official list (QĐ 121-TCTK/PPCĐ of 1979)."""

    name = "ethnicity"
    list_name = "ethnic_groups"
