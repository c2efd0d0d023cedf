"""Long lists in pages: which page is asked for, and the addresses of the others."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

PER_PAGE = 20
PAGE = "trang"  # its name in addresses
LONGEST_VALUE = 200  # of what an address says


@dataclass(frozen=True)
class PageLink:
    """A page's number and address; `gap` where pages are left out before it."""

    number: int
    href: str
    current: bool
    gap: bool = False


def page_of(rows: QuerySet[Any], asked: QueryDict, per_page: int = PER_PAGE) -> Page[Any]:
    """The page that ?trang= asks for; the first or last where there is no such page."""
    return Paginator(rows, per_page).get_page(asked.get(PAGE))


def page_links(page: Page[Any], asked: QueryDict) -> list[PageLink]:
    """The first, the last, and two on either side of this one; nothing for a single page."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 2), min(last, page.number + 2) + 1)}) if last > 1 else []
    before = [0, *shown]
    return [
        PageLink(number, address(asked, **{PAGE: str(number)}), number == page.number, number - previous > 1)
        for number, previous in zip(shown, before, strict=False)
    ]


def address(asked: QueryDict, **changes: str) -> str:
    """This address with other values; an empty value leaves the name out. Another list begins on its first page."""
    changed = asked.copy()
    changed.pop(PAGE, None)
    for name, value in changes.items():
        name = name.replace("_", "-")
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


def understood(typed: QueryDict, *names: str) -> QueryDict:
    """What a page knows of an address, each name once, cut to what a person would ask."""
    asked = QueryDict(mutable=True)
    for name in (*names, PAGE):
        value = typed.get(name, "").replace("\x00", "").strip()[:LONGEST_VALUE]
        if value:
            asked[name] = value
    return asked
