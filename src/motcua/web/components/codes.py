"""QR codes on pages."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(address: str) -> SafeString:
    """A QR code of an address of ours, as SVG in the page: without styles, so that the strict CSP lets it stand."""
    drawing = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#221d1a", light="#ffffff")
    return mark_safe(drawing)  # noqa: S308 (drawn here, from our own text)
