"""How many searches one visitor may have worked out: more than a full office asks, less than a machine wants."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.core.ratelimit import hit
from motcua.web.components.visitor import visitor_key

P = ParamSpec("P")
SECONDS = 600
LETTERS = 10  # suggestions to one search: one is asked for after every few letters


class TooManySearches(Exception):
    """This address has had its searches of the last ten minutes."""


def count_search(request: HttpRequest) -> None:
    """Count a list that must be worked out now; one at hand costs nothing and isn't counted.

    Raises:
        TooManySearches: it is one too many (MOTCUA_SEARCH_LIMIT).
    """
    _count(request, "search.list", settings.SEARCH_LIMIT)


def count_suggestion(request: HttpRequest) -> None:
    """Count a text that was asked for while it was typed.

    Raises:
        TooManySearches: it is one too many.
    """
    _count(request, "search.suggestion", settings.SEARCH_LIMIT * LETTERS)


def _count(request: HttpRequest, bucket: str, limit: int) -> None:
    if limit and not hit(bucket, visitor_key(request), limit=limit, seconds=SECONDS):
        raise TooManySearches


def paced(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page that counts searches: one too many is a 429 that says what happened, and the ways on that cost none."""

    @wraps(view)
    def within(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TooManySearches:
            response = render(request, "public/results_busy.html", status=429)
            response["Retry-After"] = str(SECONDS)
            return response

    return within
