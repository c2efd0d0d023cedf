"""A procedure as lists show it: name, how long, how much, how much of it is online, number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import ProcedureVersion
from motcua.web.public.levels import Level, level_of


@dataclass(frozen=True)
class Card:
    """One row of a list; `pieces` are the name's parts, each with whether it was looked for."""

    code: str
    name: str
    summary: str
    how_long: str
    how_much: str
    level: Level
    pieces: Sequence[tuple[str, bool]] = ()


def card_of(
    version: ProcedureVersion,
    offered: Mapping[str, Sequence[OfferingVersion]],
    pieces: Sequence[tuple[str, bool]] = (),
) -> Card:
    """The row of this version; facts come from its answers, else from its first way."""
    code = version.procedure.code
    answers = {answer["key"]: answer["big"] for answer in version.answers}
    methods = list(version.methods.all())
    return Card(
        code=code,
        name=version.short_name,
        summary=version.summary,
        how_long=answers.get("how_long") or (methods[0].limit_text if methods else ""),
        how_much=answers.get("how_much") or (methods[0].fee_text if methods else ""),
        level=level_of(version, offered.get(code, ())),
        pieces=pieces or [(version.short_name, False)],
    )
