"""The hidden fields of a page that is saved while somebody types: what it had seen, so that two windows notice."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from motcua.core.text import whole_number
from motcua.dossiers.rules.merging import Seen, mark_of


@dataclass(frozen=True)
class Carried:
    """The hidden fields of a draft's page."""

    key: str
    revision: int
    page: str
    shown: str


def carry(revision: int, shown: Mapping[str, Any], *, key: str = "") -> Carried:
    """What a page made now carries.

    Args:
        revision: that of what is saved.
        shown: the values that stand in the page.
        key: what lets it save when the session has ended (`dossiers.page_keys`).
    """
    marks = json.dumps({name: mark_of(value) for name, value in shown.items()}, separators=(",", ":"))
    return Carried(key, revision, secrets.token_urlsafe(6), marks)


def seen_by(request: HttpRequest) -> Seen:
    """What the posted page had seen of the draft. Nonsense counts as "nothing": at worst a warning is missing."""

    def number(name: str) -> int:
        return whole_number(request.POST.get(name, ""))

    page = request.POST.get("trang", "")[:20]
    return Seen(number("ban"), page if page.isascii() and page.isprintable() else "", number("luot"), _shown(request))


def _shown(request: HttpRequest) -> dict[str, str] | None:
    try:
        marks = json.loads(request.POST.get("thay", ""))
    except (ValueError, RecursionError):
        return None
    return marks if isinstance(marks, dict) else None
