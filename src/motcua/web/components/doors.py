"""Who may come in. Every view wears exactly one of these; a test walks all routes and asks.

What an officer had typed when the session had ended is kept and given back after the login (`held_post`), to the same
officer only: such a form carries `{% typed_by %}`. A form without it is never kept. The pages of a draft instead save
what comes late at once (docs/decisions/0012-a-form-outlives-its-session.md).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)

from motcua.accounts.flows.national import stands_for
from motcua.accounts.models import User
from motcua.agencies.queries import administered, is_administrator
from motcua.core.portal import is_sample
from motcua.procedures.access import edits_catalogue

OFFICER_LOGIN_URL = "/can-bo/dang-nhap/"
HELD_POST_KEY = "held_post"
HELD_POST_MOST = 64 * 1024  # characters: a form has less than a tenth
TYPED_BY = "nguoi_go"  # the field that says whose form it is, signed
TYPED_BY_SECONDS = 24 * 3600

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
Door = Literal["public", "citizen", "officer", "administrator", "sample"]


class CitizenRequest(HttpRequest):
    """A request of somebody who has come in as a citizen."""

    user: User


class OfficerRequest(HttpRequest):
    """A request of somebody who has come in as an officer, authenticator code included."""

    user: User


def public(view: Callable[Concatenate[HttpRequest, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
    """Anybody."""
    _mark(view, "public")
    return view


def sample_only(view: Callable[Concatenate[HttpRequest, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
    """Anybody, but only where the data are made up; elsewhere the page doesn't exist."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not is_sample():
            raise Http404
        return view(request, *args, **kwargs)

    _mark(guarded, "sample")
    return guarded


def citizen_required(
    view: Callable[Concatenate[CitizenRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A citizen's account; the signed-out go to the login and come back.

    Raises:
        PermissionDenied: an officer's account.
    """
    return _guard(view, "citizen", User.Kind.CITIZEN, settings.LOGIN_URL)


def officer_required(
    view: Callable[Concatenate[OfficerRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """An officer's account; which dossiers it may see, `access` decides.

    Raises:
        PermissionDenied: a citizen's account.
    """
    return _guard(view, "officer", User.Kind.OFFICER, OFFICER_LOGIN_URL)


def administrator_required(
    view: Callable[Concatenate[OfficerRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """An officer who holds a post of an administrator today (quản trị).

    Raises:
        PermissionDenied: a citizen's account, or an officer without such a post.
    """

    @wraps(view)
    def asked(request: OfficerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not is_administrator(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return _guard(asked, "administrator", User.Kind.OFFICER, OFFICER_LOGIN_URL)


def editor_required(
    view: Callable[Concatenate[OfficerRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """An administrator who looks after the catalogue (biên tập danh mục thủ tục): `procedures.access.edits_catalogue`.

    Raises:
        PermissionDenied: anybody else.
    """

    @wraps(view)
    def asked(request: OfficerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not edits_catalogue(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return _guard(asked, "administrator", User.Kind.OFFICER, OFFICER_LOGIN_URL)


def province_required(
    view: Callable[Concatenate[OfficerRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """An administrator of the province, for what concerns the whole portal: `agencies.queries.administered`.

    Raises:
        PermissionDenied: anybody else, administrators of a ward among them.
    """

    @wraps(view)
    def asked(request: OfficerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if administered(request.user) is not None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return _guard(asked, "administrator", User.Kind.OFFICER, OFFICER_LOGIN_URL)


def door_of(view: object) -> Door | None:
    """Who may come in to this view; None when nobody said so, which is a mistake."""
    return getattr(view, "door", None)


def held_post(request: HttpRequest) -> QueryDict | None:
    """What this person had posted to this address when their session had ended, once; None in the usual case.

    Somebody else who logs in on the same computer doesn't get it, and ends it.
    """
    held = request.session.get(HELD_POST_KEY)
    if not held:
        return None
    own = held["user"] == request.user.pk
    if own and held["path"] != request.path:
        return None
    del request.session[HELD_POST_KEY]
    return QueryDict(held["body"]) if own else None


def typed_by(user: Any) -> str:
    """What a form carries so that what was typed into it can be given back to this person."""
    return signing.dumps(user.pk, salt=TYPED_BY)


def _mark(view: object, door: Door) -> None:
    view.door = door  # type: ignore[attr-defined]


def _guard(
    view: Callable[Concatenate[Any, P], HttpResponseBase], door: Door, kind: User.Kind, login_url: str
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated:
            return _to_login(request, login_url)
        if user.kind != kind:
            raise PermissionDenied
        if door == "citizen":
            user.came_for = stands_for(request.session)
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            # A shared computer's back button must not show a person's papers after the logout.
            response["Cache-Control"] = "private, no-store"
        return response

    _mark(guarded, door)
    return guarded


def _to_login(request: HttpRequest, login_url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)  # the page stays as it is; page.js says that the session has ended
    if request.method == "POST":
        _hold_post(request)
    url = f"{login_url}?{urlencode({'next': request.path})}"
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"login": url}, status=401)  # a page that saves while one types: it offers the login
    return HttpResponseRedirect(url)


def _hold_post(request: HttpRequest) -> None:
    try:
        user = signing.loads(request.POST.get(TYPED_BY, ""), salt=TYPED_BY, max_age=TYPED_BY_SECONDS)
    except signing.BadSignature:
        return  # a form that asks for a password, or one that nobody was given
    typed = request.POST.copy()
    for name in ("csrfmiddlewaretoken", TYPED_BY):
        typed.pop(name, None)
    body = typed.urlencode()
    if len(body) <= HELD_POST_MOST:
        request.session[HELD_POST_KEY] = {"path": request.path, "body": body, "user": user}
