"""What every page knows: the portal's name, whether this is a sample."""

from typing import Any

from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """For the page shell."""
    return {}
