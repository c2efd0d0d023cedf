"""What stands around the services: the page of outages, the counting of visits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.content.models import Outage
from motcua.content.queries import announced, past_outages
from motcua.content.services.visits import note_visit
from motcua.web.components.doors import public
from motcua.web.components.visitor import is_from_our_page, visitor_key
from motcua.web.public.caching import same_for_all

SEEN_AGAIN = 240  # seconds until a browser asks for the picture again: within the five minutes of "đang truy cập"
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
AHEAD_OF_TIME = ("prefetch", "prerender")


@public
@same_for_all
def outages(request: HttpRequest) -> HttpResponse:
    """Thông báo tạm ngừng: on, ahead, and those of the last year."""
    now = timezone.now()
    told = announced()
    context = {
        "on": [outage for outage in told if outage.starts_at <= now],
        "ahead": [outage for outage in told if outage.starts_at > now],
        "past": [(outage, outage.stage(now) == Outage.Stage.CALLED_OFF) for outage in past_outages(now)],
    }
    return render(request, "public/outages.html", context)


@public
@require_GET
def visit(request: HttpRequest) -> HttpResponse:
    """The picture at the foot of every page, by which a visit is counted also where a cache gave the page.

    Who pages are only fetched for ahead of time isn't there yet; who reads another site's page was never here.
    """
    ahead = request.headers.get("Sec-Purpose", "").partition(";")[0] in AHEAD_OF_TIME
    if not ahead and is_from_our_page(request):
        note_visit(visitor_key(request), request.headers.get("User-Agent", ""))
    response = HttpResponse(PICTURE, content_type="image/svg+xml")
    response["Cache-Control"] = f"private, max-age={SEEN_AGAIN}"
    return response
