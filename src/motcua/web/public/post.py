"""What the post reaches: its notices, server to server."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.delivery import services
from motcua.delivery.rules.protocol import reply
from motcua.web.components.doors import public

log = logging.getLogger(__name__)
STATUSES = {"100": 200, "101": 403, "102": 422, "103": 503}  # for posts that look at nothing else


@public
@never_cache
@csrf_exempt
@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """The post says where a parcel is; its signature is its key, there is no browser that could be misled."""
    try:
        answer = services.take_notice(request.headers, request.body)
    except DatabaseError:
        log.exception("A notice of the post was not settled; it is kept, or comes again.")
        answer = reply("103")
    return JsonResponse(answer, status=STATUSES[answer["Status"]])
