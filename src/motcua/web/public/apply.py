"""Where to hand in: the agencies that offer the procedure online; the chosen one starts the dossier."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.accounts.flows.national import stands_for
from motcua.accounts.models import User
from motcua.accounts.national import handover
from motcua.core.errors import BusinessError
from motcua.dossiers.services.drafts import start_draft
from motcua.offerings import queries as offerings
from motcua.offerings.models import OfferingVersion
from motcua.places.models import Unit
from motcua.procedures import queries as procedures
from motcua.procedures.models import ProcedureVersion
from motcua.web.components.doors import public
from motcua.web.components.problems import Problem
from motcua.web.public.levels import level_of


@public
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the agency, then start. ?co-quan= comes with both chosen, as the National portal hands over.

    Whoever isn't logged in is sent to the login with the choice in hand, and comes back to it.
    """
    version = procedures.record(code)
    if version is None:
        raise Http404
    offered = offerings.offerings_for(version.procedure)
    if not offered:
        return redirect("public:procedure", code)
    slug = request.POST.get("co-quan", "") or request.GET.get("co-quan", "")
    chosen = _chosen(offered, slug)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _start(request, code, chosen)
        except BusinessError as refusal:
            problems = [Problem(str(refusal), "" if chosen else "co-quan-1")]
    context = _choices(request, version, offered, chosen) | {
        "unknown": bool(slug) and chosen is None and not problems,
        "problems": problems,
    }
    return render(request, "public/apply.html", context, status=422 if problems else 200)


def _chosen(offered: list[OfferingVersion], slug: str) -> OfferingVersion | None:
    """The one asked for; without a wish the only one there is."""
    if not slug:
        return offered[0] if len(offered) == 1 else None
    return next((one for one in offered if one.offering.agency.slug == slug), None)


def _choices(
    request: HttpRequest, version: ProcedureVersion, offered: list[OfferingVersion], chosen: OfferingVersion | None
) -> dict[str, Any]:
    province = _province(offered, chosen, request.GET.get("tinh", ""))
    return {
        "version": version,
        "code": version.procedure.code,
        "level": level_of(version, [chosen] if chosen else offered),
        "chosen": chosen,
        "organisation": stands_for(request.session) if request.user.is_authenticated else None,
        "changing": "doi" in request.GET,
        "several": len(offered) > 1,
        "provinces": _provinces(offered),
        "province": province,
        "province_name": f"{province.get_kind_display().lower()} {province.name}",
        "where": next((answer["big"] for answer in version.answers if answer["key"] == "where"), ""),
        "offered": [one for one in offered if _province_of(one) == province],
    }


def _start(request: HttpRequest, code: str, chosen: OfferingVersion | None) -> HttpResponse:
    """
    Raises:
        BusinessError: nothing was chosen, or no further draft may be started.
        PermissionDenied: an officer's account.
    """
    if chosen is None:
        raise BusinessError("Xin chọn cơ quan nhận hồ sơ trong danh sách")
    user = request.user
    if not user.is_authenticated:
        back = f"{reverse('public:apply', args=[code])}?{urlencode({'co-quan': chosen.offering.agency.slug})}"
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': back})}")
    if user.kind != User.Kind.CITIZEN:
        raise PermissionDenied
    number = handover.take(request.session, code)
    dossier = start_draft(chosen, by=user, organisation=stands_for(request.session), national_code=number)
    return redirect("citizen:applicant", dossier.ref)


def _province_of(version: OfferingVersion) -> Unit:
    place = version.offering.agency.place
    return place.parent or place


def _provinces(offered: list[OfferingVersion]) -> list[Unit]:
    found = {_province_of(version).pk: _province_of(version) for version in offered}
    return sorted(found.values(), key=lambda place: place.sort_key)


def _province(offered: list[OfferingVersion], chosen: OfferingVersion | None, asked: str) -> Unit:
    """The one asked for, else the chosen agency's, else the first."""
    provinces = _provinces(offered)
    if asked:
        return next((place for place in provinces if place.pk == asked), provinces[0])
    return _province_of(chosen) if chosen else provinces[0]
