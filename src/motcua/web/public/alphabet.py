"""Procedures from A to Z: letters in Vietnamese order, then the words with which names go on."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from motcua.procedures.queries import browsing
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.lists import Pill, counted, listing
from motcua.web.public.paging import address, understood

WORDS = "tu"  # its name in addresses
ENOUGH = 40  # rows; a longer list is offered in parts, by the next word of its names
DEEPEST = 4  # words


@public
@same_for_all
def letters(request: HttpRequest) -> HttpResponse:
    """All letters, with how many procedures begin with each."""
    found = browsing.letters()
    context = {"letters": found, "record_count": sum(letter.count for letter in found)}
    return render(request, "public/letters.html", context)


@public
@same_for_all
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures under one letter; ?tu= leaves those that begin with these words."""
    found = browsing.letters()
    chosen = next((one for one in found if one.slug == slug), None)
    if chosen is None:
        raise Http404
    asked = understood(request.GET, WORDS)
    words = " ".join(asked.get(WORDS, "").split()[:DEEPEST])
    records = browsing.of_letter(chosen.letter)
    narrowed = browsing.beginning_with(records, words) if words else records
    pills = _parts(browsing.beginnings(narrowed, words), asked, words)
    context = {
        "letters": found,
        "chosen": chosen,
        "words": words,
        "whole": request.path,
        "list": listing(narrowed, asked, by_name=True, pills=pills),
    }
    return render(request, "public/letter.html", context)


def _parts(found: list[browsing.Beginning], asked: QueryDict, words: str) -> list[Pill]:
    """The next words, where there is a choice and the list is long."""
    too_short = sum(one.count for one in found) <= ENOUGH or len(words.split()) >= DEEPEST
    if too_short or len(found) < 2:
        return []
    return [Pill(counted(one.words, one.count), address(asked, tu=one.words), current=False) for one in found]
