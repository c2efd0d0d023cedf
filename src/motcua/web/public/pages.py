"""Two short pages of promises: personal data, accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all


@public
@same_for_all
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, what for, how long, and whom to ask."""
    return render(request, "public/privacy.html")


@public
@same_for_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what doesn't yet, and whom to tell."""
    return render(request, "public/accessibility.html")
