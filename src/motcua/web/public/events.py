"""A life event (việc trong đời): what staff have put first, then what belongs to its fields."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.core.words import say
from motcua.procedures import queries as procedures
from motcua.procedures.queries import browsing
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.home import PAGES
from motcua.web.public.lists import Pill, counted, listing
from motcua.web.public.paging import address, understood

FIELD = "linh-vuc"  # its name in addresses
FOREMOST = 5  # fields that stand there unfolded; their names are long


@public
@same_for_all
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures behind one life event; ?linh-vuc= leaves those of one of its fields."""
    event = procedures.life_event(slug)
    if event is None:
        raise Http404
    asked = understood(request.GET, FIELD)
    records = browsing.of_event(event)
    fields = browsing.by_field(records)
    chosen = asked.get(FIELD, "")
    counts = {field.slug: field.count for field in fields}
    total = sum(counts.values())
    pills = [
        Pill(say("Mọi lĩnh vực"), address(asked, linh_vuc=""), chosen not in counts),
        *[
            Pill(counted(field.name, field.count), address(asked, linh_vuc=field.slug), field.slug == chosen)
            for field in fields
        ],
    ]
    context = {
        "event": event,
        "audience_label": event.get_audience_display(),
        "audience_page": PAGES[event.audience],
        "list": listing(
            records.filter(field=chosen) if chosen in counts else records,
            asked,
            total=counts.get(chosen, total),
            event=event,
            pills=pills if len(fields) > 1 else (),
            foremost=FOREMOST,
        ),
    }
    return render(request, "public/life_event.html", context)
