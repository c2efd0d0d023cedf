"""The size of letters, the language, and the page that shows every component."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from motcua.web.components import language as tongue
from motcua.web.components import mau
from motcua.web.components.context import LARGE, TEXT_SIZE_COOKIE
from motcua.web.components.doors import public

YEAR = 365 * 24 * 3600


@public
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component with made-up contents, drawn by the very templates that the screens use."""
    return render(request, "mc/mau.html", mau.context())


@public
@require_GET
def text_size(request: HttpRequest) -> HttpResponse:
    """Remember "Cỡ chữ: Vừa | Lớn" and go back to where the person was."""
    response = HttpResponseRedirect(_came_from(request))
    if request.GET.get("cap") == LARGE:
        response.set_cookie(TEXT_SIZE_COOKIE, LARGE, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(TEXT_SIZE_COOKIE, samesite="Lax")
    return response


@public
@require_GET
def language(request: HttpRequest) -> HttpResponse:
    """Remember "English" or "Tiếng Việt" and go back to where the person was."""
    response = HttpResponseRedirect(_came_from(request))
    if request.GET.get("chon") == tongue.ENGLISH:
        response.set_cookie(tongue.COOKIE, tongue.ENGLISH, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(tongue.COOKIE, samesite="Lax")
    return response


def _came_from(request: HttpRequest) -> str:
    """The page the link was on, its query included; the start page if that can't be known or isn't ours."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(came_from)
    if parts.path == request.path:
        return "/"
    path = "/" + parts.path.lstrip("/")  # "//elsewhere.example" would be another site
    return f"{path}?{parts.query}" if parts.query else path
