"""Who is on the other end: the address, never kept, only counted; and whether a page of ours sent the request."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def visitor_key(request: HttpRequest) -> str:
    """The visitor's address: for IPv6 the /64, which one household has; behind a proxy what the proxy saw."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:  # set only behind a proxy of ours; the last entry is the one it wrote
        address = str(request.headers.get("X-Forwarded-For", address)).rsplit(",", 1)[-1].strip()
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped) if ip.ipv4_mapped else ip.exploded[:19]
    return str(ip)


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours asks; the oldest ones only name the page.

    Keeps other sites' pages out, not somebody with a program of their own.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    page = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(page).netloc == request.get_host()
