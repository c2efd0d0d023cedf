"""Addresses of procedures: the short one, the readable one that search engines are told, the parts of a record."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from motcua.core.text import fold

NATIONAL_HOSTS = frozenset({"dichvucong.gov.vn", "www.dichvucong.gov.vn"})
_LONGEST = 80
# Without a name or a password before the host.
_OFFICIAL = re.compile(r"https://(?:[a-z0-9-]+\.)+gov\.vn(?::443)?(?:[/?#]|$)", re.IGNORECASE)
# Parts of a record, not names.
_OURS = frozenset({"ban", "cung-ten", "in", "lich-su", "mau", "nop", "so-sanh", "xem-truoc"})


@dataclass(frozen=True)
class OfficialPage:
    """A page of the state's outside this portal."""

    url: str
    host: str


def slug_of(name: str) -> str:
    """ "Đăng ký khai sinh" → "dang-ky-khai-sinh", cut behind a word; never empty, never the name of a part."""
    slug = slugify(fold(name))
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return f"thu-tuc-{slug}".rstrip("-") if not slug or slug in _OURS else slug


def readable_path(code: str, name: str) -> str:
    """The address of a record with its name in it, without the host."""
    return reverse("public:procedure_named", args=[code, slug_of(name)])


def readable_url(code: str, name: str) -> str:
    """The same with the host: what is canonical."""
    return settings.BASE_URL + readable_path(code, name)


def official_url(url: str) -> str:
    """An address outside that a record names, if it is a page of the state's; empty otherwise."""
    found = _OFFICIAL.match(url)
    return url if found and _is_sound(url) else ""


def official_page(url: str) -> OfficialPage | None:
    """The same as a page with the name of its host, for a link that says where it leads."""
    sound = official_url(url)
    return OfficialPage(sound, urlsplit(sound).hostname or "") if sound else None


def national_url(url: str) -> str:
    """The same, if it is a page of the National portal; empty otherwise."""
    page = official_page(url)
    return page.url if page and page.host in NATIONAL_HOSTS else ""


def _is_sound(url: str) -> bool:
    """Whether nobody can read it otherwise: some take "\\" for "/", and end the host at it."""
    return url.isprintable() and not set(url) & set("\\ <>\"'`")
