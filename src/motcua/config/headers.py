"""Response headers that Django and its helpers don't know."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Pages of the portal use none of these. Taking a photograph of a paper is the file field's own business.
UNUSED = (
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


class PermissionsPolicy:
    """Says on every response that no script, ours or slipped in, may ask for the device's senses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.value = ", ".join(f"{name}=()" for name in UNUSED)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.value)
        return response
