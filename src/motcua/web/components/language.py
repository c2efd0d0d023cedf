"""In which language a page speaks: Vietnamese, unless the person has asked for English (docs/decisions/0024).

A choice, kept in a cookie; what the browser says of itself isn't asked. The officers' pages are always Vietnamese.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

VIETNAMESE, ENGLISH = "vi", "en"
COOKIE = "mc_ngon_ngu"
OFFICERS = "/can-bo/"


def language_of(request: HttpRequest) -> str:
    """The language of the answer to this request."""
    if request.path.startswith(OFFICERS):
        return VIETNAMESE
    return ENGLISH if request.COOKIES.get(COOKIE) == ENGLISH else VIETNAMESE


def is_english() -> bool:
    """Whether the page that is being made is an English one."""
    return translation.get_language() == ENGLISH


class Language:
    """Stands before all that draws a page, the pages of refusals included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
