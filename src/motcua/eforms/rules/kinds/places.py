"""An address within the country: province, commune, and what stands before them."""

from typing import Any

from motcua.core.text import clean
from motcua.core.words import named, say
from motcua.eforms.rules.answers import Answer, Typed, part_of
from motcua.eforms.rules.definition import Field
from motcua.eforms.rules.kinds.base import Complaint, Kind, kind, setting
from motcua.eforms.rules.world import World


@kind
class Place(Kind):
    """Tỉnh, xã and, unless `detail` is "none", number, street, hamlet.

    {"province", "commune", "detail"}, with "province_name" and "commune_name" as they were when it was answered: units
    change their names, an answer keeps the one it was given with.
    """

    name = "place"
    template = "place"
    parts = ("province", "commune", "detail")
    chosen = True

    def read(self, field: Field, name: str, typed: Typed, before: Answer, world: World) -> Answer:
        place = {part: clean(self.last(name, typed, part)) for part in self.parts}
        if found := clean(self.last(name, typed, "found")):
            unit = world.place(found)
            if unit:
                place["province"] = unit.province_code or unit.code
                place["commune"] = unit.code if unit.province_code else ""
        commune = world.place(place["commune"]) if place["commune"] else None
        province_before = part_of(before, "province")
        if commune and province_before and province_before != place["province"] != commune.province_code:
            place["commune"] = ""  # another province was chosen: the commune of the old one goes
        return _named(place, before, world)

    def is_posted(self, name: str, typed: Typed) -> bool:
        return super().is_posted(name, typed) or f"{name}__found" in typed

    def missing(self, field: Field) -> Complaint:
        return Complaint(field.missing or say("Xin chọn “{title}”", title=named(field.title)), "province")

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        province, commune, detail = (part_of(answer, part) for part in self.parts)
        if not province:
            return Complaint(field.missing or "Xin chọn tỉnh hoặc thành phố", "province")
        if _down_to_commune(field) and not commune:
            return Complaint(field.missing or "Xin chọn xã, phường hoặc đặc khu", "commune")
        unit, within = world.place(commune), world.place(province)
        if within and within.province_code:
            return Complaint("Xin chọn lại tỉnh hoặc thành phố", "province")
        if unit and unit.province_code != province:
            return Complaint("Xã, phường này không thuộc tỉnh đã chọn. Xin chọn lại", "commune")
        if setting(field, "detail") == "required" and not detail:
            return Complaint("Xin ghi số nhà, đường, tổ, thôn", "detail")
        if len(detail) > 200:
            return Complaint(
                say("Số nhà, đường, tổ, thôn dài nhất 200 ký tự, ông/bà đã gõ {length}", length=len(detail)), "detail"
            )
        return None

    def value(self, answer: Answer) -> Any:
        return part_of(answer, "commune") or part_of(answer, "province") or None

    def show(self, field: Field, answer: Answer) -> str:
        names = [part_of(answer, f"{part}_name") or part_of(answer, part) for part in ("commune", "province")]
        return ", ".join(
            text if first else text[:1].lower() + text[1:]
            for first, text in _marked_first([part_of(answer, "detail"), *names])
        )

    def known(self, field: Field, fact: Any, world: World) -> Answer:
        """From the code of a commune, or from an object with the parts of an answer."""
        if isinstance(fact, dict):
            if not part_of(fact, "province"):
                return None
            return _named({part: part_of(fact, part) for part in self.parts}, fact, world)
        unit = world.place(fact) if isinstance(fact, str) else None
        if unit is None:
            return None
        codes = (
            {"province": unit.province_code, "commune": unit.code} if unit.province_code else {"province": unit.code}
        )
        return _named({"commune": "", "detail": "", **codes}, None, world)


def _down_to_commune(field: Field) -> bool:
    return bool(setting(field, "scope", "commune") == "commune")


def _named(place: dict[str, str], before: Answer, world: World) -> dict[str, str]:
    """The place with its names: today's, or where a code is no longer known, those of the answer before."""
    names: dict[str, str] = {}
    for part in ("province", "commune"):
        unit = world.place(place[part]) if place[part] else None
        same = place[part] and part_of(before, part) == place[part]
        if name := unit.name if unit else part_of(before, f"{part}_name") if same else "":
            names[f"{part}_name"] = name
    return place | names


def _marked_first(texts: list[str]) -> list[tuple[bool, str]]:
    return [(index == 0, text) for index, text in enumerate(text for text in texts if text)]
