"""Procedures from A to Z: letters in Vietnamese order, then the words with which names go on."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from motcua.procedures.queries import browsing
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.lists import FOREMOST, Pill, counted, listing
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
    parts = browsing.beginnings(narrowed, words)
    context = {
        "letters": found,
        "chosen": chosen,
        "words": words,
        "whole": request.path,
        "list": listing(
            narrowed, asked, total=sum(part.count for part in parts), by_name=True, pills=_pills(parts, asked, words)
        ),
    }
    return render(request, "public/letter.html", context)


def _pills(parts: list[browsing.Beginning], asked: QueryDict, words: str) -> list[Pill]:
    """The next words, where there is a choice and the list is long: the commonest, then the others, from A to Z."""
    if sum(one.count for one in parts) <= ENOUGH or len(words.split()) >= DEEPEST or len(parts) < 2:
        return []
    common = sorted(parts, key=lambda one: -one.count)[:FOREMOST]
    ordered = [one for one in parts if one in common] + [one for one in parts if one not in common]
    return [Pill(counted(one.words, one.count), address(asked, tu=one.words), current=False) for one in ordered]
