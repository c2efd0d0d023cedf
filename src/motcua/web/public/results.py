"""What was found: words, filters as ticks, pages; every state has its own address."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from motcua.procedures import queries as procedures
from motcua.procedures.search import Choice, Filters, Hit, search
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.cards import card_of
from motcua.web.public.levels import INFORMATION, LABELS, levels_of_all, offered

PER_PAGE = 20
LONGEST_TEXT = 300  # characters; nobody asks for more in one line
MOST_VALUES = 20  # of one filter; a link is made for each


@dataclass(frozen=True)
class Facet:
    """A group of ticks: its name in the address, its title, its choices."""

    name: str
    title: str
    choices: list[Choice]


# name in the address, name in `Results.facets`, title; the guides' order
FACETS = (
    ("co-quan", "agencies", "Cơ quan thực hiện"),
    ("muc-do", "services", "Mức độ"),
    ("cap", "levels", "Cấp thủ tục"),
    ("linh-vuc", "fields", "Lĩnh vực"),
    ("doi-tuong", "audiences", "Đối tượng"),
)


@public
@same_for_all
def results(request: HttpRequest) -> HttpResponse:
    """All procedures, or those for ?q= narrowed by the filters of `FACETS`, a page at a time."""
    asked = _understood(request.GET)
    text = asked.get("q", "")[:LONGEST_TEXT].strip()
    on_offer = offered()
    chosen = {key: asked.getlist(name) for name, key, _ in FACETS}
    found = search(
        text,
        filters=Filters(**chosen),
        services=levels_of_all(on_offer),
        otherwise=INFORMATION,
        as_typed="dung-tu" in asked,
    )
    page: Page[Hit] = Paginator(found.hits, PER_PAGE).get_page(asked.get("trang"))
    versions = procedures.cards([hit.version_id for hit in page])
    cards = [card_of(versions[hit.version_id], on_offer, hit.pieces) for hit in page if hit.version_id in versions]
    facets = [Facet(name, title, _named(key, found.facets[key])) for name, key, title in FACETS]
    context = {
        "text": text,
        "read_as": found.read_as,
        "as_typed_query": _with(asked, "dung-tu", "1"),
        "page": page,
        "best": cards[0] if text and page.number == 1 and cards else None,
        "cards": cards[1:] if text and page.number == 1 else cards,
        "facets": [facet for facet in facets if facet.choices],
        "pills": list(_pills(asked, facets)),
        "only_words_query": _only_words(text),
        "page_links": [(number, _with(asked, "trang", str(number))) for number in _shown_pages(page)],
    }
    return render(request, "public/results.html", context)


def _understood(typed: QueryDict) -> QueryDict:
    """What this page knows of an address, and no more of it than a person would ask."""
    asked = QueryDict(mutable=True)
    for name in ("q", "dung-tu", "trang"):
        if name in typed:
            asked[name] = str(typed[name])[:LONGEST_TEXT]
    for name, _, _ in FACETS:
        if name in typed:
            asked.setlist(name, [value[:LONGEST_TEXT] for value in typed.getlist(name)[:MOST_VALUES]])
    return asked


def _named(key: str, choices: list[Choice]) -> list[Choice]:
    if key != "services":
        return choices
    order = list(LABELS)
    named = [
        Choice(choice.value, LABELS[choice.value], choice.count, choice.chosen)
        for choice in choices
        if choice.value in LABELS
    ]
    return sorted(named, key=lambda choice: order.index(choice.value))


def _pills(asked: QueryDict, facets: list[Facet]) -> Iterator[tuple[str, str]]:
    """Each filter in use, with the address without it."""
    for facet in facets:
        for choice in facet.choices:
            if choice.chosen:
                left = asked.copy()
                left.setlist(facet.name, [value for value in asked.getlist(facet.name) if value != choice.value])
                left.pop("trang", None)
                yield choice.label, f"?{left.urlencode()}"


def _only_words(text: str) -> str:
    left = QueryDict(mutable=True)
    if text:
        left["q"] = text
    return f"?{left.urlencode()}"


def _with(asked: QueryDict, name: str, value: str) -> str:
    changed = asked.copy()
    changed[name] = value
    if name != "trang":
        changed.pop("trang", None)
    return f"?{changed.urlencode()}"


def _shown_pages(page: Page[Hit]) -> list[int]:
    """The first, the last, and two on either side of this one."""
    last = page.paginator.num_pages
    near = range(page.number - 2, page.number + 3)
    return [number for number in range(1, last + 1) if number in {1, last} or number in near]
