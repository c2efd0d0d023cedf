"""Only what components needs, and views that go wrong on purpose."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from motcua.web.components import errors
from motcua.web.components.doors import citizen_required, officer_required, public, sample_only


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def too_big(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


def too_many(request: HttpRequest) -> HttpResponse:
    return errors.too_many(request, seconds=90)


@public
def post(request: HttpRequest) -> HttpResponse:
    return HttpResponse("posted")


def name(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"for {request.user}")


urlpatterns = [
    path("", include("motcua.web.components.urls")),
    path("hong/", crash),
    path("cam/", refuse),
    path("qua-lon/", too_big),
    path("qua-nhieu/", too_many),
    path("gui/", post),
    path("cua-dan/", citizen_required(name)),
    path("cua-can-bo/", officer_required(name)),
    path("cua-mau/", sample_only(name)),
]
handler400 = "motcua.web.components.errors.bad_request"
handler403 = "motcua.web.components.errors.forbidden"
handler404 = "motcua.web.components.errors.not_found"
handler500 = "motcua.web.components.errors.broken"
