"""Pages for what went wrong: each says what happened, that nothing is lost, and one way on."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from motcua.core.words import say, translated

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when more was sent than a form can hold."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request)
    return render(request, "mc/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not for this page."""
    return render(request, "mc/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or it is somebody else's; the two must look the same."""
    return render(request, "mc/errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open for too long, cookies are off, or it came from elsewhere."""
    return render(request, "mc/errors/csrf.html", status=403)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than the portal takes."""
    most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    return render(request, "mc/errors/413.html", {"most": most}, status=413)


def too_many(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429: tried too often.

    Args:
        request: the one that was refused.
        seconds: how long to wait.
    """
    response = render(request, "mc/errors/429.html", {"minutes": max(1, -(-seconds // 60))}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500: a bug. Asks neither the database nor the session, which may be what is broken."""
    try:
        return HttpResponse(render_to_string("mc/errors/500.html", {"portal": settings.PORTAL}), status=500)
    except Exception:
        logger.exception("the error page itself failed")
        words = translated(
            say("Cổng đang gặp sự cố. Xin thử lại sau ít phút, hoặc gọi {phone}.", phone=settings.PORTAL["phone"])
        )
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
