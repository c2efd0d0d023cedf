"""Records of one name: a procedure that several provinces or levels have published each for itself."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.core.words import Listing, listing, named
from motcua.procedures import queries as procedures
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import browsing
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.cards import Card, card_of
from motcua.web.public.levels import offered
from motcua.web.public.paging import page_links, page_of, understood


@dataclass(frozen=True)
class Copy:
    """One of them, under the name of the body that published it, and where it is done: a body may publish one each."""

    body: str
    levels: Listing
    card: Card


@public
@same_for_all
def same_name(request: HttpRequest, code: str) -> HttpResponse:
    """All records that bear the name of this procedure's, by who published them."""
    version = browsing.all_records().filter(procedure__code=code).first()
    if version is None:
        raise Http404
    asked = understood(request.GET)
    page = page_of(browsing.same_name(version), asked)
    on_offer = offered()
    cards = procedures.cards([one.pk for one in page]).values()
    context = {
        "name": version.short_name,
        "count": page.paginator.count,
        "copies": [Copy(one.issuing_body, _levels(one), card_of(one, on_offer)) for one in cards],
        "links": page_links(page, asked),
    }
    return render(request, "public/same_name.html", context)


def _levels(version: ProcedureVersion) -> Listing:
    """ "Cấp tỉnh, Cấp xã"; empty where none is published."""
    return listing([named(ProcedureVersion.Level(level).label) for level in version.levels], ", ")
