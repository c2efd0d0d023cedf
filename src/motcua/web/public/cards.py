"""A procedure as lists show it: name, how much of it is online, how long, how much, who does it, number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.core.words import say
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.agency_names import usual_name
from motcua.procedures.rules.brief import how_long, how_much, who
from motcua.web.public.levels import Level, level_of

LONGEST_NAME = 70  # letters of an agency's name in a line
_PROVINCIAL = re.compile(r"(?:UBND|[UỦ][yỷ] ban nhân dân)\s+(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Card:
    """One row of a list.

    Attributes:
        summary: two plain sentences; only where people here have written them.
        who: who settles it; empty where nobody is named.
        province: whose province it was published for, if it isn't for the whole country.
        short: known only by its line in the catalogue: nothing of it but names.
        pieces: the name's parts, each with whether it was looked for.
        others: how many more records bear this name.
        counter: whether it is certain that the counter is where it is handed in, unless it is online.
    """

    code: str
    name: str
    summary: str
    how_long: str
    how_much: str
    level: Level
    pieces: Sequence[tuple[str, bool]] = ()
    who: str = ""
    province: str = ""
    short: bool = False
    others: int = 0
    counter: bool = True


def card_of(
    version: ProcedureVersion,
    offered: Mapping[str, Sequence[OfferingVersion]],
    pieces: Sequence[tuple[str, bool]] = (),
    *,
    others: int = 0,
) -> Card:
    """The row of this version; facts come from its answers, else from its ways, and say so where there is none."""
    code = version.procedure.code
    answers = {answer["key"]: answer["big"] for answer in version.answers}
    methods = list(version.methods.all())
    return Card(
        code=code,
        name=version.short_name,
        summary=version.summary if version.origin == ProcedureVersion.Origin.EDITED else "",
        how_long="" if version.is_short else answers.get("how_long") or how_long(methods),
        how_much="" if version.is_short else answers.get("how_much") or how_much(methods),
        level=level_of(version, offered.get(code, ())),
        pieces=pieces or [(version.short_name, False)],
        who=_who(version),
        province=_province(version.issuing_body),
        short=version.is_short,
        others=others,
        counter=version.origin == ProcedureVersion.Origin.EDITED,
    )


def _who(version: ProcedureVersion) -> str:
    doer = who(version.agencies, version.agency_text)
    if doer is None:
        return ""
    name = usual_name(doer.name)
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"
    return say("{name} và {count} nơi khác", name=name, count=doer.others) if doer.others else name


def _province(issuing_body: str) -> str:
    """ "UBND tỉnh Lạng Sơn" → "tỉnh Lạng Sơn"."""
    found = _PROVINCIAL.match(issuing_body)
    return found[1] if found else ""
