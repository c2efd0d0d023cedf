"""The worklist: what the officer must act on, by due time."""

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.agencies.models import Role
from motcua.agencies.queries import posts_of
from motcua.core.text import clean, whole_number
from motcua.dossiers.queries import desk
from motcua.offerings.models import OfferingVersion
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.desk import rows

FIND_KEY = "desk_find"  # a name or a number that is looked for stays out of addresses
LONGEST = 100
SELDOM = {desk.GIVE_BACK, desk.POST}  # queues that stand among the others only while they hold something


@require_http_methods(["GET", "POST"])
@officer_required
def worklist(request: OfficerRequest) -> HttpResponseBase:
    """The list; the filter bar posts, because what is looked for is personal data and must not stand in an address."""
    if request.method == "POST":
        return _filtered(request)
    posts = posts_of(request.user)
    text = str(request.session.get(FIND_KEY, "")) if request.GET.get("tim") else ""
    filters = desk.Filters(
        queue=request.GET.get("hang", desk.MINE),
        due=request.GET.get("han", ""),
        text=text,
        procedure=clean(request.GET.get("tt", "")),
        channel=clean(request.GET.get("kenh", "")),
        newest_first=request.GET.get("xep") == "moi",
        page=whole_number(request.GET.get("trang", ""), otherwise=1),
    )
    found = desk.worklist(request.user, filters)
    now = timezone.now()
    return render(request, "desk/worklist.html", _context(request, filters, found) | {
        "post": posts[0] if posts else None,
        "administers": any(Role.ADMINISTRATOR in one.roles for one in posts),
        "desk_place": posts[0].unit.agency.short_name if posts else "",
        "now": now,
        "groups": rows.groups(found, now),
    })  # fmt: skip


def _context(request: OfficerRequest, filters: desk.Filters, found: desk.Worklist) -> dict[str, object]:
    return {
        "found": found,
        "filters": filters,
        "queues": [
            {
                "name": queue.name,
                "url": _link(queue=queue.slug),
                "count": count,
                "current": queue.slug == found.current.slug,
            }
            for queue, count in found.queues
            if count or queue.slug not in SELDOM or queue.slug == found.current.slug
        ],
        "dues": rows.dues(found.counts, filters.due, lambda due: _same(request, han=due, trang="")),
        "hand_in": OfferingVersion.HandIn.choices,
        "without_text": _same(request, tim="", trang=""),
        "everything": _link(queue=filters.queue),
        "narrowed": bool(filters.text or filters.due or filters.procedure or filters.channel),
        "before": _same(request, trang=str(found.page - 1)) if found.page > 1 else "",
        "after": _same(request, trang=str(found.page + 1)) if found.page < found.pages else "",
        "last": min(found.page * desk.PER_PAGE, found.found),
        "keys": [
            {"keys": ["J", "K"], "words": "xuống, lên"},
            {"keys": ["Enter"], "words": "mở"},
            {"keys": ["/"], "words": "tìm"},
        ],
    }


def _filtered(request: OfficerRequest) -> HttpResponse:
    """Keep what is looked for in the session, go to the list."""
    text = clean(request.POST.get("q", "")[: LONGEST * 4])[:LONGEST]
    request.session[FIND_KEY] = text
    kept = {name: request.POST.get(name, "")[:40] for name in ("hang", "tt", "kenh", "xep")}
    return redirect(_address(kept | {"tim": "1" if text else ""}))


def _same(request: OfficerRequest, **changes: str) -> str:
    """The present address with some filters changed; pressing a filter that is on takes it off."""
    kept = {name: request.GET.get(name, "") for name in ("hang", "han", "tt", "kenh", "xep", "tim", "trang")}
    if changes.get("han") and changes["han"] == kept["han"]:
        changes["han"] = ""
    return _address(kept | changes)


def _link(*, queue: str) -> str:
    return _address({"hang": "" if queue == desk.MINE else queue})


def _address(values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return reverse("desk:worklist") + (f"?{query.urlencode()}" if query else "")
