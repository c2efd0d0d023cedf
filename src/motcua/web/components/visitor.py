"""Who is on the other end, as far as rate limits must tell visitors apart: the address, never kept, only counted."""

from ipaddress import IPv6Address, ip_address

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
