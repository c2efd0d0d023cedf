"""Log in through the National portal, link with it, come from it with procedure and agency chosen."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.accounts.flows import national as flow
from motcua.accounts.models import User
from motcua.accounts.national import handover
from motcua.accounts.national.errors import NationalTrouble
from motcua.accounts.national.provider import is_connected
from motcua.core.errors import BusinessError
from motcua.offerings import queries as offerings
from motcua.offerings.models import OfferingVersion
from motcua.procedures import queries as procedures
from motcua.web.citizen.account.pages import next_url
from motcua.web.components.doors import CitizenRequest, citizen_required, public
from motcua.web.components.visitor import visitor_key


@public
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Off to the National portal; a link, so that one press is enough. It changes nothing but the session."""
    if isinstance(request.user, User) and not request.user.is_officer:
        return HttpResponseRedirect(next_url(request))
    return _set_out(request, next_url(request))


@citizen_required
@require_POST
def link(request: CitizenRequest) -> HttpResponse:
    """Off to the National portal, to link its account with the one that is logged in, or to prove again who one is."""
    return _set_out(request, next_url(request, reverse("account:profile")), linking=True)


@public
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Back from the National portal: a login ends here, a confirmation goes on to where it was begun."""
    state = request.GET.get("state", "")
    wanted = flow.wanted_next(request.session, state)
    try:
        if path := flow.goes_to(request.session, state):
            return HttpResponseRedirect(f"{path}?{request.GET.urlencode()}")
        found = flow.finish(request, request.GET.dict())
    except NationalTrouble as trouble:
        return _trouble_page(request, trouble, wanted)
    if found.opened:
        return HttpResponseRedirect(f"{reverse('account:national_opened')}?{urlencode({'next': found.next})}")
    if found.linked and found.next == reverse("account:profile"):  # other pages show no messages; an SMS tells it too
        messages.success(request, "Đã liên kết tài khoản với Cổng Dịch vụ công Quốc gia")
    return HttpResponseRedirect(found.next)


@citizen_required
@require_safe
def opened(request: CitizenRequest) -> HttpResponse:
    """The account is open, with these data; go on."""
    context = {"person": request.user, "next": next_url(request), "organisation": flow.stands_for(request.session)}
    return render(request, "mc_account/national_opened.html", context)


@public
@never_cache
@require_safe
def hand_over(request: HttpRequest) -> HttpResponse:
    """The National portal sends somebody over who has chosen procedure and agency there (guide S4).

    `phieu` is the portal's signed slip, with the number that the dossier has there. Without one, `thu-tuc` is the
    national code; `co-quan` the agency's code (H98.21) or its name in our addresses. Nothing is begun by either:
    the person sees what is chosen, and presses the button themselves.
    """
    slip = handover.read(request.GET.get("phieu", "")[:2000])
    if slip:
        handover.keep(request.session, slip)
        code, agency = slip.procedure, slip.agency
    else:
        code, agency = request.GET.get("thu-tuc", "")[:20], request.GET.get("co-quan", "")[:80]
    version = procedures.record(code) if code.isascii() else None
    if version is None:
        return render(request, "mc_account/handed_over.html", {"code": code}, status=404)
    offered = offerings.offerings_for(version.procedure)
    where = reverse("public:apply", args=[code]) if offered else reverse("public:procedure", args=[code])
    if agency and offered:
        where += "?" + urlencode({"co-quan": _slug(offered, agency)})
    if request.user.is_authenticated or not offered or not is_connected():
        return HttpResponseRedirect(where)
    return _set_out(request, where)


def _slug(offered: list[OfferingVersion], wanted: str) -> str:
    """The agency's name in our addresses; what nobody knows stays as it is, and is told on the next page."""
    agencies = (one.offering.agency for one in offered)
    return next((agency.slug for agency in agencies if wanted in {agency.code, agency.slug}), wanted)


def _set_out(request: HttpRequest, wanted: str, *, linking: bool = False) -> HttpResponse:
    try:
        return HttpResponseRedirect(flow.begin(request, visitor=visitor_key(request), next_url=wanted, linking=linking))
    except NationalTrouble as trouble:
        return _trouble_page(request, trouble, wanted)
    except BusinessError as refusal:
        return _trouble_page(request, NationalTrouble(str(refusal)), wanted)


def _trouble_page(request: HttpRequest, trouble: NationalTrouble, wanted: str) -> HttpResponse:
    """What went wrong, and every way on; where the person was on the way to isn't lost."""
    user = request.user
    here = isinstance(user, User) and not user.is_officer
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    context = {
        "trouble": trouble,
        "words": str(trouble).removesuffix("."),
        "again_url": reverse("account:national") + query,
        "login_url": reverse("account:login") + query,
        "logged_in": here,
    }
    return render(request, "mc_account/national_trouble.html", context, status=trouble.status)
