"""The two addresses behind “Mã xác nhận”: a puzzle for the browser, a code to the phone."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.accounts.flows import human as typed_code
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit
from motcua.web.components.doors import CitizenRequest, citizen_required, public
from motcua.web.components.human import COME_BACK, HTML_ID, REFUSAL_KEY, keep_typed, new_challenge
from motcua.web.components.visitor import visitor_key

PUZZLES_PER_HOUR = 300  # for one visitor: a whole office may share an address


@public
@never_cache
@require_GET
def challenge(request: HttpRequest) -> HttpResponse:
    """A puzzle, as JSON."""
    if not hit("human.challenge", visitor_key(request), limit=PUZZLES_PER_HOUR, seconds=3600):
        return JsonResponse({}, status=429)
    return JsonResponse(new_challenge())


@citizen_required
@require_POST
def send_code(request: CitizenRequest) -> HttpResponse:
    """Send a code to the person's phone and go back to the form, which now has a field for it."""
    try:
        typed_code.begin(request.session, request.user)
    except BusinessError as refusal:
        request.session[REFUSAL_KEY] = str(refusal)
    back = request.POST.get(COME_BACK, "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, None)):
        back = "/"
    keep_typed(request, back)
    return HttpResponseRedirect(f"{back}#{HTML_ID}")
