"""The first page, and the two ways to a procedure that need no words: life events and fields."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.procedures import queries as procedures
from motcua.procedures.models import LifeEvent
from motcua.procedures.search import Filters, search
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.cards import Card, card_of
from motcua.web.public.levels import offered

AUDIENCES = dict(LifeEvent.Audience.choices)
MOST_ON_PAPER = 5


@public
@same_for_all
def home(request: HttpRequest) -> HttpResponse:
    """Search first; then life events, what can be handed in online, and the look-up of a dossier."""
    on_offer = offered()
    online = procedures.by_codes(on_offer.keys())
    others = [hit for hit in search().hits if hit.code not in on_offer][:MOST_ON_PAPER]
    on_paper = procedures.cards([hit.version_id for hit in others])
    context = {
        "audience": LifeEvent.Audience.CITIZEN,
        "events": procedures.life_events(LifeEvent.Audience.CITIZEN),
        "field_count": len(procedures.fields()),
        "online": sorted((card_of(one, on_offer) for one in online.values()), key=lambda card: card.code),
        "on_paper": [card_of(version, on_offer) for version in on_paper.values()],
    }
    return render(request, "public/home.html", context)


@public
@same_for_all
def life_events(request: HttpRequest) -> HttpResponse:
    """All life events of citizens, or of businesses: ?doi-tuong=doanh-nghiep."""
    audience = request.GET.get("doi-tuong", "")
    if audience not in AUDIENCES:
        audience = LifeEvent.Audience.CITIZEN
    context = {"audience": audience, "events": procedures.life_events(audience)}
    return render(request, "public/life_events.html", context)


@public
@same_for_all
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures behind one life event."""
    event = procedures.life_event(slug)
    if event is None:
        raise Http404
    context = {"event": event, "audience_label": AUDIENCES[event.audience]}
    return render(request, "public/life_event.html", context | {"cards": _cards(Filters(life_events=[slug]))})


@public
@same_for_all
def fields(request: HttpRequest) -> HttpResponse:
    """All fields that have a procedure."""
    return render(request, "public/fields.html", {"fields": procedures.fields()})


@public
@same_for_all
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures of one field."""
    found = procedures.field(slug)
    if found is None:
        raise Http404
    return render(request, "public/field.html", {"field": found, "cards": _cards(Filters(fields=[slug]))})


def _cards(filters: Filters) -> list[Card]:
    hits = search(filters=filters).hits
    versions, on_offer = procedures.cards([hit.version_id for hit in hits]), offered()
    return [card_of(version, on_offer) for version in versions.values()]
