"""The door to the pages of a draft, and what all of them carry."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from motcua.accounts.models import User
from motcua.core.ratelimit import hit
from motcua.core.words import translated
from motcua.dossiers import access, page_keys
from motcua.dossiers.models import Dossier, State
from motcua.web.components.carried import Carried, carry
from motcua.web.components.carried import seen_by as seen_by
from motcua.web.components.doors import CitizenRequest, citizen_required

DraftView = Callable[..., HttpResponse]  # request, draft, and what else is in the address
AUTOSAVE = "autosave"  # the value of `act` that the page's script sends
LATER = "de-sau"  # "Lưu, làm tiếp sau"


def carried(draft: Dossier, shown: Mapping[str, Any], revision: int | None = None) -> Carried:
    """What a page made now carries; `shown` are the values that stand in it, `revision` that of what is saved."""
    return carry(draft.revision if revision is None else revision, shown, key=page_keys.key_of(draft))


def draft_page(view: DraftView) -> Callable[..., HttpResponseBase]:
    """A page of the person's own draft.

    A post may come when the session has ended, or with a form made before a new login: the page's key then stands for
    the session and for Django's token. Such a post is saved, and only a login shows anything of it.
    """
    return kept_page(view, State.DRAFT, _handed_in)


def kept_page(view: DraftView, state: State, gone: DraftView) -> Callable[..., HttpResponseBase]:
    """A page on which a person types into a dossier in this state; `gone` answers once the dossier has left it."""

    def inside(request: CitizenRequest, /, ref: str, **kwargs: Any) -> HttpResponseBase:
        dossier = access.of_applicant(request.user, ref)
        if dossier.state != state:
            return gone(request, dossier)
        return view(request, dossier, **kwargs)

    at_home = citizen_required(inside)
    guarded_by_token = csrf_protect(at_home)

    @wraps(view)
    def door(request: HttpRequest, ref: str, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return at_home(request, ref=ref, **kwargs)
        key = request.POST.get("khoa", "")
        if isinstance(request.user, User) and page_keys.is_of(request.user, ref, key):
            return at_home(request, ref=ref, **kwargs)
        draft = page_keys.draft_behind(ref, key, state)
        if draft is None:
            return guarded_by_token(request, ref=ref, **kwargs)
        if hit("draft.late_save", ref, limit=120, seconds=3600):
            view(request, draft, **kwargs)  # its answer shows the draft, and stays here
        return _to_login(request)

    door.door = "citizen"  # type: ignore[attr-defined]
    return csrf_exempt(door)


def own_only(request: HttpRequest, draft: Dossier) -> bool:
    """Whether the draft's own person is here, not only a page of theirs: needed for all but saving."""
    return request.user.is_authenticated and request.user.pk == draft.user_id


def actor(draft: Dossier) -> User:
    """Who a save is by: nobody else's page can save into this draft."""
    return draft.user


def wants_data(request: HttpRequest) -> bool:
    """Whether the page's script asks, and not the browser."""
    return request.headers.get("Accept", "").startswith("application/json") or "X-Paper" in request.headers


def _handed_in(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The second click on "Nộp hồ sơ" sees what the first one did; an old page's save is told."""
    if wants_data(request):
        return JsonResponse({"message": translated("Hồ sơ này đã được nộp, không sửa được nữa.")}, status=409)
    return redirect("citizen:sent" if request.method == "POST" else "citizen:dossier", dossier.ref)


def _to_login(request: HttpRequest) -> HttpResponse:
    url = f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()}, safe='/')}"
    if wants_data(request) or request.headers.get("HX-Request"):
        return JsonResponse({"login": url}, status=401)
    return HttpResponseRedirect(url)
