"""What is the same for every request: no NUL gets in, nothing that a person sees stays in a cache.

PostgreSQL takes no NUL in a text. Forms say so beside their fields; in a path or a cookie it is nobody's slip of the
finger, and what no form has caught must not look like a fault of ours.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from motcua.web.components.errors import bad_request

NUL = "\x00"
REFUSED_BY_THE_DATABASE = ("cannot contain NUL", "\\u0000")  # a text, a JSON value


class Guard:
    """Stands before the session: its cookie is looked up in the database, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path or any(NUL in value for value in request.COOKIES.values()):
            return bad_request(request, ValueError("NUL"))
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            # Refusals and pages for everybody carry the person's name in their head, too.
            response["Cache-Control"] = "private, no-store"
        return response

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """The net below the forms."""
        if isinstance(trouble, DataError) and any(words in str(trouble) for words in REFUSED_BY_THE_DATABASE):
            return bad_request(request, trouble)
        return None
