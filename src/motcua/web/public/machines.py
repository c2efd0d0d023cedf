"""What is written for machines: robots.txt, the sitemap in parts."""

from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from motcua.core.portal import is_sample
from motcua.procedures.queries import listing
from motcua.web.components.doors import public
from motcua.web.public.addresses import readable_url
from motcua.web.public.caching import same_for_all

PER_PART = 2_000  # addresses; the format allows 50,000, but a part should be made in a moment
_PAGES = (
    "public:home", "public:citizens", "public:businesses", "public:procedures", "public:life_events", "public:fields",
    "public:agencies", "public:letters", "public:guides", "public:outages", "public:privacy", "public:accessibility",
)  # fmt: skip
# What is somebody's own, what only repeats other pages, and the many combinations of filters.
_CLOSED = (
    "/can-bo/", "/ho-so/", "/nop/", "/tai-khoan/", "/tra-cuu/", "/thanh-toan/", "/luot-truy-cap/", "/thu-tuc/?",
    "/thu-tuc/*/nop/", "/thu-tuc/*/in/", "/thu-tuc/*/so-sanh/", "/thu-tuc/*?",
)  # fmt: skip
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


@public
@same_for_all
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may look at. A portal with invented data asks to be left out altogether."""
    if is_sample():
        lines = ["User-agent: *", "Disallow: /"]
    else:
        closed = [f"Disallow: {path}" for path in _CLOSED]
        lines = ["User-agent: *", *closed, f"Sitemap: {settings.BASE_URL}{reverse('public:sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@same_for_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of the parts: one of pages that lead on, then the records."""
    parts = -(-listing.count_in_force() // PER_PART)
    urls = [settings.BASE_URL + reverse("public:sitemap_part", args=[number]) for number in range(parts + 1)]
    body = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return _xml(f'<sitemapindex xmlns="{_SCHEMA}">\n{body}</sitemapindex>')


@public
@same_for_all
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One part; number 0 has the pages that aren't records."""
    parts = -(-listing.count_in_force() // PER_PART)
    if number > parts:  # also where the database couldn't count so far
        raise Http404
    urls = list(_records(number) if number else _pages())
    if not urls:
        raise Http404
    body = "".join(f"<url><loc>{escape(url)}</loc>{_changed(day)}</url>\n" for url, day in urls)
    return _xml(f'<urlset xmlns="{_SCHEMA}">\n{body}</urlset>')


def _pages() -> Iterator[tuple[str, date | None]]:
    for name in _PAGES:
        yield settings.BASE_URL + reverse(name), None
    for slug in listing.life_event_slugs():
        yield settings.BASE_URL + reverse("public:life_event", args=[slug]), None
    for slug in listing.field_slugs():
        yield settings.BASE_URL + reverse("public:field", args=[slug]), None


def _records(number: int) -> Iterable[tuple[str, date | None]]:
    start = (number - 1) * PER_PART
    for code, name, day in listing.names_in_force(start, start + PER_PART):
        yield readable_url(code, name), day


def _changed(day: date | None) -> str:
    return f"<lastmod>{day.isoformat()}</lastmod>" if day else ""


def _xml(body: str) -> HttpResponse:
    return HttpResponse(_XML + body + "\n", content_type="application/xml; charset=utf-8")
