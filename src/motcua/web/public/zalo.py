"""What Zalo reaches: its notices of followers, words and arrivals, server to server."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.notifications import services
from motcua.web.components.doors import public


@public
@never_cache
@csrf_exempt
@require_POST
def event(request: HttpRequest) -> HttpResponse:
    """Zalo tells of something; its signature is its key, there is no browser that could be misled.

    Whatever isn't answered with 200, Zalo sends again: so an error of ours loses nothing.
    """
    taken = services.take_event(request.body, request.headers.get("X-ZEvent-Signature", ""))
    return JsonResponse({} if taken else {"error": "signature"}, status=200 if taken else 403)
