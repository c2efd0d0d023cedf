"""What was found: words, filters as ticks, pages; copies of one procedure in one row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from motcua.core.text import sort_key
from motcua.offerings.models import OfferingVersion
from motcua.procedures import queries as procedures
from motcua.procedures.rules.agency_names import key_of
from motcua.procedures.search import Catalogue, Choice, Group, Hit, Results, Suggestion, nearest, search, suggest
from motcua.procedures.search import catalogue as search_in
from motcua.procedures.services.finding import note_unmet
from motcua.web.components.doors import public
from motcua.web.components.visitor import visitor_key
from motcua.web.public.asked import BY_NAME, FACETS, LONGEST_TEXT, PROVINCE, TEXT, Asked, FacetKind
from motcua.web.public.caching import same_for_all
from motcua.web.public.cards import Card, card_of
from motcua.web.public.drawn import Drawn
from motcua.web.public.levels import INFORMATION, LABELS, ONLINE, levels_of_all, offered
from motcua.web.public.pace import TooManySearches, count_search, count_suggestion, paced
from motcua.web.public.paging import page_links
from motcua.web.public.province import choices as provinces_with
from motcua.web.public.telling import ends, shortened

PER_PAGE = 20
MOST_SHOWN = 8  # values of a facet beside the results; the others have a page
SUGGESTIONS = 8
KEPT_LISTS = 200  # in a process, some 50 KB each
KEPT_ROWS = 3000  # some 2 KB each
_IDS = re.compile(r' (id|for)="lon-')
Offered = Mapping[str, Sequence[OfferingVersion]]
HELPING = 5  # nearest names on a page without hits


@dataclass(frozen=True)
class Facet:
    """A group of ticks: what it is, the choices shown, how many there are, where all of them are."""

    kind: FacetKind
    choices: Sequence[Choice]
    count: int
    all_url: str = ""


@dataclass(frozen=True)
class Shown:
    """What a row says of a record whatever was looked for: its card, and the line of facts as drawn."""

    card: Card
    facts: SafeString


@dataclass(frozen=True)
class Row:
    """A row of the list: a record with the words of its name that were looked for, how the name ends where another one
    begins alike, and the others of its name."""

    card: Card
    facts: SafeString
    pieces: Sequence[tuple[str, bool]]
    end: str = ""
    copies: Sequence[Hit] = ()
    provinces: int = 0


@dataclass(frozen=True)
class ListOf:
    """A list of results as it was drawn, the same for all; whether it is a search that found nothing."""

    html: SafeString
    unmet: bool


_drawn: Drawn[ListOf] = Drawn(KEPT_LISTS)
_shown: Drawn[Shown] = Drawn(KEPT_ROWS)


@public
@same_for_all
@paced
def results(request: HttpRequest) -> HttpResponse:
    """All procedures, or those for ?q= narrowed by the filters of `FACETS`, a page at a time."""
    asked = Asked(request)
    catalogue, on_offer = search_in(), offered()

    def draw() -> ListOf:
        count_search(request)
        return _list(asked, catalogue, on_offer)

    list_of = _drawn.get((asked.query.urlencode(), get_language()), (catalogue, on_offer), draw)
    if list_of.unmet:
        note_unmet(asked.text, visitor=visitor_key(request))
    return render(request, "public/results.html", {"text": asked.text, "list": list_of.html})


@public
@same_for_all
@paced
def facet(request: HttpRequest, name: str) -> HttpResponse:
    """All values of one facet over the same results, in alphabetical order, to be ticked."""
    kind = BY_NAME.get(name)
    if kind is None or not kind.all_of_it:
        raise Http404
    asked = Asked(request)
    count_search(request)
    choices = _search(asked, search_in(), offered()).choices(kind.key)
    choices = sorted(choices, key=lambda choice: sort_key(choice.label))
    context = {
        "asked": asked,
        "facet": kind,
        "letters": [(letter, list(group)) for letter, group in groupby(choices, key=lambda one: one.label[:1].upper())],
        "count": len(choices),
        "kept": asked.kept(name),
        "back": reverse("public:procedures") + asked.with_(TEXT, asked.text),
    }
    return render(request, "public/results_facet.html", context)


@public
@same_for_all
def suggestions(request: HttpRequest) -> HttpResponse:
    """What a text that is still being typed may become, as JSON: [{"name", "url", "where"}]."""
    asked = Asked(request)
    try:
        count_suggestion(request)
    except TooManySearches:
        return JsonResponse([], safe=False, status=429)
    found = suggest(asked.text[:LONGEST_TEXT], limit=SUGGESTIONS, province=asked.province)
    names = shortened([one.text for one in found])
    told = [_suggestion(one, name, asked) for one, name in zip(found, names, strict=True)]
    return JsonResponse(told, safe=False, json_dumps_params={"ensure_ascii": False})


def _suggestion(one: Suggestion, name: str, asked: Asked) -> dict[str, str]:
    """A record's name leads to the record; a saying to what is found for it, the best of which stands beneath."""
    if one.is_saying:
        url = reverse("public:procedures") + asked.with_(TEXT, one.text)
        return {"name": name, "url": url, "where": one.entry.short_name}
    where = " · ".join([one.entry.field_name, *Hit(one.entry).levels])
    return {"name": name, "url": reverse("public:procedure", args=[one.entry.code]), "where": where}


def _list(asked: Asked, catalogue: Catalogue, on_offer: Offered) -> ListOf:
    """The list with its filters, drawn."""
    found = _search(asked, catalogue, on_offer)
    page: Page[Group] = Paginator(found.groups, PER_PAGE).get_page(asked.page)
    rows = list(_rows(page, catalogue, on_offer))
    facets = list(_facets(asked, found))
    pills = list(_pills(asked, facets))
    best = rows[0] if asked.text and page.number == 1 and rows else None
    side = _panel(asked, facets)
    provinces = list(provinces_with(asked.province))
    context = {
        "text": asked.text,
        "portal": settings.PORTAL,
        "read_as": found.read_as,
        "as_typed_query": asked.with_("dung-tu", "1"),
        "page": page,
        "best_row": best,
        "rows": rows[1:] if best else rows,
        "facets": facets,
        "side": side,
        "phone": mark_safe(_IDS.sub(r' \1="nho-', side)),  # noqa: S308 (our own template, with other ids)
        "pills": pills,
        "only_words_query": asked.only_text(),
        "links": page_links(page, asked.query),
        "said": asked.said,
        "provinces": provinces,
        "own_province": next((name for name, is_chosen in provinces if is_chosen), ""),
        "kept": asked.kept(PROVINCE),
        "helping": _helping(asked, found, pills) if not rows else None,
        "listed_words": asked.query.urlencode(),
    }
    html = render_to_string("public/_results.html", context)  # without a request: it says nothing of the visitor
    return ListOf(html, unmet=bool(asked.text) and not pills and not rows)


def _search(asked: Asked, catalogue: Catalogue, on_offer: Offered) -> Results:
    services = levels_of_all(on_offer, catalogue.with_forms)
    return search(
        asked.text,
        filters=asked.filters,
        services=services,
        otherwise=INFORMATION,
        online=[code for code, service in services.items() if service in ONLINE],
        as_typed=asked.as_typed,
        province=asked.province,
        of=catalogue,
    )


def _rows(page: Page[Group], catalogue: Catalogue, on_offer: Offered) -> Iterator[Row]:
    groups, language = list(page), get_language()
    keys = [(group.first.version_id, language) for group in groups]
    shown = _shown.all_of(keys, (catalogue, on_offer), lambda lacking: _show(lacking, on_offer))
    told = ends([group.first.entry.short_name for group in groups])
    for key, group, end in zip(keys, groups, told, strict=True):
        if key in shown:
            yield Row(shown[key].card, shown[key].facts, group.first.pieces, end, group.others, group.provinces)


def _show(keys: Sequence[tuple[int, str]], on_offer: Offered) -> dict[tuple[int, str], Shown]:
    versions = procedures.cards([pk for pk, _ in keys])
    cards = {key: card_of(versions[key[0]], on_offer) for key in keys if key[0] in versions}
    return {key: Shown(card, render_to_string("public/_facts.html", {"card": card})) for key, card in cards.items()}


def _facets(asked: Asked, found: Results) -> Iterator[Facet]:
    for kind in FACETS:
        choices = _named(kind.key, found.choices(kind.key))
        shown = [choice for place, choice in enumerate(choices) if place < MOST_SHOWN or choice.chosen]
        if not shown or _narrows_nothing(shown, len(found.hits)):
            continue
        more = kind.all_of_it and len(choices) > len(shown)
        url = reverse("public:facet", args=[kind.name]) + asked.with_(TEXT, asked.text) if more else ""
        yield Facet(kind, shown, len(choices), url)


def _narrows_nothing(choices: Sequence[Choice], found: int) -> bool:
    """Whether there is but one value, which all results have."""
    return len(choices) == 1 and choices[0].count == found and not choices[0].chosen


def _named(key: str, choices: list[Choice]) -> list[Choice]:
    if key == "online":
        return [replace(choice, label="Nộp được tại Cổng này") for choice in choices]
    if key != "services":
        return choices
    order = list(LABELS)
    named = [replace(choice, label=LABELS[choice.value]) for choice in choices if choice.value in LABELS]
    return sorted(named, key=lambda choice: order.index(choice.value))


def _panel(asked: Asked, facets: list[Facet]) -> SafeString:
    """The form of the filters, drawn once: the phone's is the same with other ids."""
    context = {"facets": facets, "text": asked.text, "province": asked.query.get(PROVINCE, "")}
    return render_to_string("public/_filters.html", context)


def _pills(asked: Asked, facets: list[Facet]) -> Iterator[tuple[str, str]]:
    """Each filter in use, with the address without it."""
    for shown in facets:
        for choice in shown.choices:
            if choice.chosen:
                typed = [one for one in asked.query.getlist(shown.kind.name) if _same(shown.kind, one, choice.value)]
                yield choice.label, asked.without(shown.kind.name, typed[0] if typed else choice.value)


def _same(kind: FacetKind, typed: str, value: str) -> bool:
    return typed == value or kind.key == "online" or (kind.key == "agencies" and key_of(typed) == value)


def _helping(asked: Asked, found: Results, pills: list[tuple[str, str]]) -> dict[str, object]:
    """What a page without hits offers: the same without one of the filters, names like the words."""
    without = []
    for kind in FACETS:
        if asked.query.getlist(kind.name):
            count = found.count_with(replace(asked.filters, **{kind.key: ()}))
            if count:
                without.append((kind.title, count, asked.without(kind.name)))
    return {"without": without, "nearest": [] if pills else nearest(asked.text, limit=HELPING)}
