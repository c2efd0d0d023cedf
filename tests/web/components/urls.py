"""Only what components needs, and views that go wrong on purpose."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from motcua.web.components import errors, mau
from motcua.web.components.doors import administrator_required, citizen_required, officer_required, public, sample_only


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


class Posts:
    """How many forms have arrived."""

    count = 0


@public
def count(request: HttpRequest) -> HttpResponse:
    Posts.count += 1
    return HttpResponse(f"posted {Posts.count}")


def a_form(request: HttpRequest) -> HttpResponse:
    return show(
        request,
        '{% extends "mc/page.html" %}{% block title %}Thử{% endblock %}{% block main %}<h1>Thử</h1>'
        '<form method="post" action="/dem/">{% csrf_token %}<button>Nộp hồ sơ</button></form>{% endblock %}',
    )


def a_fragment(request: HttpRequest) -> HttpResponse:
    return show(
        request,
        '{% extends "mc/page.html" %}{% block title %}Thử{% endblock %}{% block main %}<h1>Thử</h1>'
        '<label for="o">Ô</label><input id="o"><button hx-get="/cua-dan/" hx-target="#d">Lưu</button><p id="d"></p>'
        "{% endblock %}",
    )


def a_desk(request: HttpRequest) -> HttpResponse:
    return show(
        request,
        '{% extends "mc/desk.html" %}{% block title %}Việc{% endblock %}{% block main %}<h1 class="mc-h1">Việc</h1>'
        '<input class="mc-search__input" aria-label="Tìm">{% include "mc/work.html" with caption="Việc" %}'
        '{% include "mc/keys.html" %}{% button "Tiếp nhận" key="T" href="#tiep-nhan" %}{% endblock %}',
    )


def show(request: HttpRequest, source: str) -> HttpResponse:
    return HttpResponse(Template(source).render(RequestContext(request, {"groups": mau.GROUPS, "keys": mau.KEYS})))


def name(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"for {request.user}")


urlpatterns = [
    path("", include("motcua.web.components.urls")),
    path("hong/", crash),
    path("cam/", refuse),
    path("qua-lon/", too_big),
    path("qua-nhieu/", too_many),
    path("gui/", post),
    path("dem/", count),
    path("don/", a_form),
    path("manh/", a_fragment),
    path("ban/", a_desk),
    path("cua-dan/", citizen_required(name)),
    path("cua-can-bo/", officer_required(name)),
    path("cua-quan-tri/", administrator_required(name)),
    path("cua-mau/", sample_only(name)),
]
handler400 = "motcua.web.components.errors.bad_request"
handler403 = "motcua.web.components.errors.forbidden"
handler404 = "motcua.web.components.errors.not_found"
handler500 = "motcua.web.components.errors.broken"
