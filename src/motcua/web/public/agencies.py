"""Procedures by the agency that performs them (cơ quan thực hiện), and the agencies that take dossiers in here."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.core.text import fold
from motcua.offerings.queries import receiving
from motcua.procedures.queries import browsing
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.lists import at_chosen_level, level_choice, listing
from motcua.web.public.paging import PAGE, page_links, understood

LEVEL, NAME = "cap", "ten"  # names in addresses
PER_PAGE = 60


@public
@same_for_all
def agencies(request: HttpRequest) -> HttpResponse:
    """Who performs procedures, the busiest first; ?ten= leaves those with these words."""
    asked = understood(request.GET, NAME)
    words = fold(asked.get(NAME, "")).split()
    found = [one for one in browsing.agencies() if all(word in fold(one.name) for word in words)]
    page = Paginator(found, PER_PAGE).get_page(asked.get(PAGE))
    context = {
        "page": page,
        "links": page_links(page, asked),
        "typed": asked.get(NAME, ""),
        "receiving": receiving() if not words and page.number == 1 else [],
    }
    return render(request, "public/agencies.html", context)


@public
@same_for_all
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures that one agency performs; ?cap= leaves those of one level of government."""
    found = next((one for one in browsing.agencies() if one.key == slug), None)
    if found is None:
        raise Http404
    asked = understood(request.GET, LEVEL)
    records = browsing.of_agency(found)
    narrowed = at_chosen_level(records, asked)
    levels = level_choice(records, asked)
    context = {"agency": found, "list": listing(narrowed, asked, total=levels.count, pills=levels.pills)}
    return render(request, "public/agency.html", context)
