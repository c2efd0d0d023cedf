"""A list of procedures that was reached without a word typed: narrowed, in pages, under headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import QueryDict

from motcua.core.words import grouped, named, say
from motcua.procedures import queries as procedures
from motcua.procedures.models import LifeEvent, ProcedureVersion
from motcua.procedures.queries import browsing
from motcua.web.public.cards import Card, card_of
from motcua.web.public.levels import offered
from motcua.web.public.paging import PageLink, address, page_links, page_of

LEVEL = "cap"  # its name in addresses
Level = ProcedureVersion.Level
HEADINGS: dict[str, str] = {
    Level.COMMUNE: say("Làm tại xã, phường, đặc khu"),
    Level.PROVINCE: say("Làm tại cấp tỉnh"),
    Level.MINISTRY: say("Làm tại Bộ, cơ quan trung ương"),
    Level.OTHER: say("Làm tại cơ quan khác"),
    "": say("Chưa công bố cấp thực hiện"),
}
FOREMOST = 12  # choices that stand there unfolded
FEW = 3  # so few more aren't worth folding up
ARRANGED = say("Thường gặp nhất")
ELSEWHERE = say("Chỉ áp dụng ở tỉnh, thành phố khác")
_KIND = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Pill:
    """A choice that narrows a list: its label with a count, its address, whether it is chosen."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class LevelChoice:
    """The levels to choose from; none where there is only one. How many records the chosen one leaves."""

    pills: Sequence[Pill]
    count: int


@dataclass
class Section:
    """Rows of one page under one heading."""

    heading: str
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True)
class Listing:
    """One page of a list, as templates draw it (public/_listing.html).

    Attributes:
        total: records on all pages.
        foremost: how many choices stand there unfolded; names that fill a line each would push the list off a phone.
    """

    total: int
    page: Page[Any]
    sections: list[Section]
    links: list[PageLink]
    pills: Sequence[Pill] = ()
    foremost: int = FOREMOST

    @property
    def folded(self) -> Sequence[Pill]:
        """The choices that fold up behind the first ones."""
        return self.pills[self.foremost :] if len(self.pills) > self.foremost + FEW else ()

    @property
    def unfolded(self) -> Sequence[Pill]:
        """Those before them."""
        return self.pills[: len(self.pills) - len(self.folded)]

    @property
    def opened(self) -> bool:
        """Whether the chosen one is among those that would fold up."""
        return any(pill.current for pill in self.folded)

    @property
    def count(self) -> int:
        """Rows on all pages: names, of which one may stand for several of the records."""
        return self.page.paginator.count


def listing(
    records: QuerySet[ProcedureVersion],
    asked: QueryDict,
    *,
    total: int,
    event: LifeEvent | None = None,
    by_name: bool = False,
    pills: Sequence[Pill] = (),
    foremost: int = FOREMOST,
) -> Listing:
    """A page of these records: five queries, however many there are.

    Args:
        total: how many records these are.
        event: puts first what staff have arranged for it.
        by_name: from A to Z without headings; otherwise the nearest level of government first.
        pills: choices that lead to a part of the list.
        foremost: how many of them stand there unfolded.
    """
    page = page_of(browsing.rows(records, province=own_province(), event=event, by_name=by_name), asked)
    rows = browsing.as_rows(page.object_list)
    versions, on_offer = procedures.cards([row.version_id for row in rows]), offered()
    sections: list[Section] = []
    for row in rows:
        heading = "" if by_name else _heading(row)
        if not sections or sections[-1].heading != heading:
            sections.append(Section(heading))
        sections[-1].cards.append(card_of(versions[row.version_id], on_offer, others=row.others))
    return Listing(total, page, sections, page_links(page, asked), pills, foremost)


def own_province() -> str:
    """The portal's province without its kind: "Minh Giang"."""
    return _KIND.sub("", settings.PORTAL["place"])


def _heading(row: browsing.Row) -> str:
    if row.arranged:
        return ARRANGED
    return ELSEWHERE if row.elsewhere else HEADINGS[row.nearest]


def level_choice(records: QuerySet[ProcedureVersion], asked: QueryDict) -> LevelChoice:
    """All levels of government at which these are done, the nearest first; one query."""
    counts = browsing.by_level(records)
    chosen = asked.get(LEVEL, "")
    total = counts.pop("", 0)
    pills = [
        Pill(counted(named(Level(level).label), counts[level]), address(asked, **{LEVEL: level}), level == chosen)
        for level in browsing.NEAREST_FIRST
        if level in counts
    ]
    everything = Pill(say("Mọi cấp"), address(asked, **{LEVEL: ""}), chosen not in counts)
    return LevelChoice([everything, *pills] if len(pills) > 1 else [], counts.get(chosen, total))


def at_chosen_level(records: QuerySet[ProcedureVersion], asked: QueryDict) -> QuerySet[ProcedureVersion]:
    """Those at the level that ?cap= asks for; all where it names none."""
    level = asked.get(LEVEL, "")
    return browsing.at_level(records, level) if level in Level.values else records


def counted(label: str, count: int) -> str:
    """ "Hộ tịch (60)"."""
    return say("{label} ({number})", label=label, number=grouped(count))
