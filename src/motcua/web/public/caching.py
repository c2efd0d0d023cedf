"""Pages that are the same for everybody who isn't logged in may be kept by browsers and by the proxy."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page, require_safe

P = ParamSpec("P")
FRESH_SECONDS = 60  # how late a new publication may be seen


def same_for_all(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page without a session: an ETag, and a minute in any cache. With one: the browser asks each time.

    The view must not set a cookie and must not draw a CSRF token for those who aren't logged in.
    """

    @wraps(view)
    def kept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if response.status_code == 200 and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return conditional_page(require_safe(kept))
