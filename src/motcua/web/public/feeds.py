"""Atom feeds of changes of the catalogue (RFC 4287): all of them, and those of one field."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from motcua.procedures import queries as procedures
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import listing
from motcua.web.components.doors import public
from motcua.web.public.addresses import readable_url
from motcua.web.public.caching import same_for_all
from motcua.web.public.record.provenance import came_from

MOST = 50
_UNSAYABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_NEW, _CHANGED = "Thủ tục mới công bố tại Cổng.", "Bản công bố mới."


@public
@same_for_all
def all_changes(request: HttpRequest) -> HttpResponse:
    """The newest changes of all fields."""
    title = f"Thủ tục mới và thay đổi, {settings.PORTAL['place']}"
    return _atom(request, title, reverse("public:procedures"), listing.changes(MOST))


@public
@same_for_all
def changes_of_field(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest changes of one field."""
    field = procedures.field(slug)
    if field is None:
        raise Http404
    title = f"Lĩnh vực {_sayable(field.name)}: thủ tục mới và thay đổi"
    return _atom(request, title, reverse("public:field", args=[slug]), listing.changes(MOST, field=slug))


def _atom(request: HttpRequest, title: str, page: str, versions: Sequence[ProcedureVersion]) -> HttpResponse:
    """A feed is Vietnamese, as the records are; its newest entry says when it last changed."""
    feed = Atom1Feed(
        title=title,
        link=settings.BASE_URL + page,
        description="",
        language="vi",
        author_name=settings.PORTAL["owner"],
        feed_url=settings.BASE_URL + request.path,
        feed_guid=settings.BASE_URL + request.path,
    )
    for version in versions:
        _add(feed, version)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    if versions:
        response["Last-Modified"] = max(map(changed_at, versions)).astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return response


def _add(feed: Atom1Feed, version: ProcedureVersion) -> None:
    code, moment = version.procedure.code, changed_at(version)
    text = version.change_note or (_NEW if version.number == 1 else _CHANGED)
    feed.add_item(
        title=_sayable(f"{version.short_name} ({code})"),
        link=readable_url(code, version.short_name),
        description=_sayable(f"{text} Áp dụng từ ngày {version.effective_from:%d/%m/%Y}. {came_from(version)}"),
        unique_id=settings.BASE_URL + reverse("public:procedure_version", args=[code, version.number]),
        pubdate=moment,
        updateddate=moment,
        categories=[_sayable(version.field.name)],
    )


def _sayable(text: str) -> str:
    """The text without what XML can't hold: one such letter in one record would end the feed for all readers."""
    return _UNSAYABLE.sub("", text)


def changed_at(version: ProcedureVersion) -> datetime:
    """From when on people saw it: its publication, or the beginning of its first day if that came later."""
    began = timezone.make_aware(datetime.combine(version.effective_from, time.min))
    return max(version.published_at or began, began)
