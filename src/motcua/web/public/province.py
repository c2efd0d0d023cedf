"""One's own province: chosen beside the results, remembered by the browser, first among copies of one procedure."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from motcua.places import queries as places
from motcua.web.components.doors import public
from motcua.web.public.asked import PROVINCE, PROVINCE_COOKIE, Asked, bare_province

YEAR = 365 * 24 * 3600


@public
@require_GET
def own_province(request: HttpRequest) -> HttpResponse:
    """Remember the province chosen, or none, and go on to the same results."""
    asked = Asked(request)
    typed = request.GET.get(PROVINCE, "")
    known = next((name for name, is_chosen in choices(bare_province(typed)) if is_chosen), "")
    kept = [(name, value) for name, value in asked.kept(PROVINCE)] + ([(PROVINCE, known)] if known else [])
    response = HttpResponseRedirect(f"{reverse('public:procedures')}?{urlencode(kept)}")
    if known:
        value = bare_province(known).replace(" ", "-")  # the name of a province, nothing of the person
        response.set_cookie(PROVINCE_COOKIE, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(PROVINCE_COOKIE, samesite="Lax")
    return response


def choices(province: str) -> Iterator[tuple[str, bool]]:
    """The provinces in Vietnamese order, and which of them is this one (folded); one query."""
    for unit in places.provinces():
        yield unit.name, bare_province(unit.name) == province
