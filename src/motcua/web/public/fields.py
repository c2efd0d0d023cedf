"""Procedures by field of administration (lĩnh vực)."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.core.text import fold
from motcua.procedures import queries as procedures
from motcua.procedures.queries import browsing
from motcua.procedures.queries.alphabet import letter_of, slug_of
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.lists import at_chosen_level, level_choice, listing
from motcua.web.public.paging import understood

LEVEL, NAME = "cap", "ten"  # names in addresses
FEW_LETTERS = 4  # no more need a row of letters to jump to


@public
@same_for_all
def fields(request: HttpRequest) -> HttpResponse:
    """All fields that have a procedure, by letter; ?ten= leaves those with these words, ?cap= those of a level."""
    asked = understood(request.GET, NAME, LEVEL)
    records = browsing.all_records()
    found = browsing.by_field(at_chosen_level(records, asked))
    words = fold(asked.get(NAME, ""))
    named = browsing.in_alphabetical_order([one for one in found if words in fold(one.name)])
    named.sort(key=lambda one: not letter_of(one.name))  # what begins with a number or a sign comes last
    groups = [
        (letter, slug_of(letter), list(group)) for letter, group in groupby(named, lambda one: letter_of(one.name))
    ]
    context = {
        "groups": groups,
        "letters": len(groups) > FEW_LETTERS,
        "count": len(named),
        "typed": asked.get(NAME, ""),
        "level": asked.get(LEVEL, ""),
        "pills": level_choice(records, asked).pills,
    }
    return render(request, "public/fields.html", context)


@public
@same_for_all
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures of one field; ?cap= leaves those of one level of government."""
    found = procedures.field(slug)
    if found is None:
        raise Http404
    asked = understood(request.GET, LEVEL)
    records = browsing.all_records().filter(field=slug)
    narrowed = at_chosen_level(records, asked)
    levels = level_choice(records, asked)
    context = {"field": found, "list": listing(narrowed, asked, total=levels.count, pills=levels.pills)}
    return render(request, "public/field.html", context)
