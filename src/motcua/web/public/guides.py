"""Guide pages: what to do, step by step, with pictures of the real screens."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from motcua.content.guides import Guide, Picture, Step, guide, guides, pictures
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all


@dataclass(frozen=True)
class ShownStep:
    """A step in the page's language; only the pictures stay Vietnamese, as the screens' data are."""

    number: int
    title: str
    text: str
    link: str
    picture: Picture | None


@dataclass(frozen=True)
class ShownGuide:
    """A guide in the page's language."""

    slug: str
    title: str
    lead: str
    steps: list[ShownStep]
    is_wide: bool  # its pictures are of a desk's screen


@public
@same_for_all
def index(request: HttpRequest) -> HttpResponse:
    """All guides."""
    people = [_shown(one) for one in guides() if one.audience == "citizen"]
    officers = [_shown(one) for one in guides() if one.audience == "officer"]
    return render(request, "public/guides.html", {"people": people, "officers": officers})


@public
@same_for_all
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide."""
    found = guide(slug)
    if found is None:
        raise Http404
    others = [_shown(one) for one in guides() if one.audience == found.audience and one != found]
    return render(request, "public/guide.html", {"guide": _shown(found), "others": others})


def _shown(one: Guide) -> ShownGuide:
    language = get_language() or ""
    steps = [_step(number, step, language) for number, step in enumerate(one.steps, 1)]
    title, lead = one.title.in_language(language), one.lead.in_language(language)
    return ShownGuide(one.slug, title, lead, steps, is_wide=one.audience == "officer")


def _step(number: int, step: Step, language: str) -> ShownStep:
    title, text = step.title.in_language(language), step.text.in_language(language)
    return ShownStep(number, title, text, step.link, pictures().get(step.picture))
