"""“Có đúng điều ông/bà tìm không?”: a thumb up or down for a list of results."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.procedures.models import UnmetSearch
from motcua.procedures.services.finding import note_found, note_unmet
from motcua.web.components.doors import public
from motcua.web.components.visitor import is_from_our_page, visitor_key
from motcua.web.public.asked import SAID, TEXT, Asked

RIGHT, WRONG = "dung", "chua-dung"
ANSWER = "tra-loi"


@csrf_exempt  # the page is the same for all and kept by proxies, so it holds no token; the vote has no owner either
@public
@require_POST
def opinion(request: HttpRequest) -> HttpResponse:
    """Count what the person says of the results, and go back to them with thanks.

    Raises:
        PermissionDenied: the form isn't one of ours.
    """
    if not is_from_our_page(request):
        raise PermissionDenied
    asked = Asked(request)
    answer = request.POST.get(ANSWER, "")
    if answer in (RIGHT, WRONG) and asked.text:
        if answer == RIGHT:
            note_found(visitor=visitor_key(request))
        else:
            note_unmet(asked.text, visitor=visitor_key(request), outcome=UnmetSearch.Outcome.WRONG)
    said = answer if answer in (RIGHT, WRONG) else ""
    address = asked.with_(SAID, said) if said else asked.with_(TEXT, asked.text)
    return HttpResponseRedirect(f"{reverse('public:procedures')}{address}#gop-y")
