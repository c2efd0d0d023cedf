"""The first page, and the pages of the two audiences: search first, then the ways that need no words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.procedures import queries as procedures
from motcua.procedures.audiences import is_meant_for
from motcua.procedures.models import LifeEvent
from motcua.procedures.queries import browsing
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.cards import Card, card_of
from motcua.web.public.levels import offered
from motcua.web.public.lists import own_province

CITIZEN, BUSINESS = LifeEvent.Audience.CITIZEN, LifeEvent.Audience.BUSINESS
PAGES: dict[str, str] = {CITIZEN: "public:citizens", BUSINESS: "public:businesses"}
MOST_ONLINE = 10  # on one page; the list of online services has them all
MOST_ON_PAPER = 5
MOST_FIELDS = 12


@public
@same_for_all
def home(request: HttpRequest) -> HttpResponse:
    """Search first; then life events, what can be handed in online, and the look-up of a dossier."""
    cards, online_count = _online()
    context = {
        "audience": CITIZEN,
        "events": browsing.counted_events(CITIZEN),
        "field_count": len(browsing.by_field(browsing.all_records())),
        "online": cards,
        "online_count": online_count,
        "on_paper": _on_paper({card.code for card in cards}),
    }
    return render(request, "public/home.html", context)


@public
@same_for_all
def citizens(request: HttpRequest) -> HttpResponse:
    """What citizens come for: search, their life events, the fields with most of their procedures."""
    return _audience_page(request, CITIZEN)


@public
@same_for_all
def businesses(request: HttpRequest) -> HttpResponse:
    """The same for businesses, cooperatives, organisations."""
    return _audience_page(request, BUSINESS)


@public
@require_safe
def all_life_events(request: HttpRequest) -> HttpResponse:
    """The life events have their place on the pages of the two audiences; older links lead there."""
    return redirect(PAGES[BUSINESS if request.GET.get("doi-tuong") == BUSINESS else CITIZEN], permanent=True)


def _audience_page(request: HttpRequest, audience: LifeEvent.Audience) -> HttpResponse:
    records = browsing.of_audience(audience)
    fields = browsing.by_field(records)
    cards, online_count = _online(audience)
    context = {
        "audience": audience,
        "audience_label": audience.label,
        "other_label": (BUSINESS if audience == CITIZEN else CITIZEN).label,
        "other_page": PAGES[BUSINESS if audience == CITIZEN else CITIZEN],
        "events": browsing.counted_events(audience),
        "fields": fields[:MOST_FIELDS],
        "field_count": len(fields),
        "record_count": sum(field.count for field in fields),
        "online": cards,
        "online_count": online_count,
    }
    return render(request, "public/audience.html", context)


def _online(audience: str = "") -> tuple[list[Card], int]:
    """What can be handed in online, by number, and how many there are."""
    on_offer = offered()
    found = procedures.by_codes(on_offer.keys())
    fitting = [one for one in found.values() if not audience or is_meant_for(one.audience, audience)]
    shown = sorted(fitting, key=lambda version: version.procedure.code)[:MOST_ONLINE]
    return [card_of(version, on_offer) for version in shown], len(fitting)


def _on_paper(online: set[str]) -> list[Card]:
    """A few of those that are handed in on paper: the ones whose records were written here come first."""
    found = browsing.rows(browsing.edited_here(but=online), province=own_province())[:MOST_ON_PAPER]
    return [card_of(version, {}) for version in procedures.cards([row.pk for row in found]).values()]
