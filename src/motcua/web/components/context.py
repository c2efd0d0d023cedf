"""What every page knows: whose portal, whether this is a sample, the size of letters chosen, the language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from motcua.core.portal import is_sample

TEXT_SIZE_COOKIE = "mc_co_chu"
LARGE = "lon"


def portal(request: HttpRequest) -> dict[str, Any]:
    """For the page shell."""
    return {
        "portal": settings.PORTAL,
        "is_sample": is_sample(),
        "large_text": request.COOKIES.get(TEXT_SIZE_COOKIE) == LARGE,
        "language": get_language(),
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
