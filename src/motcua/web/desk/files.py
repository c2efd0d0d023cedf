"""The files of a dossier on the desk: originals to save, pages to look at. Another agency's are not there."""

import uuid
from collections.abc import Callable

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from motcua.core.errors import BusinessError
from motcua.documents.responses import file_response, page_response
from motcua.dossiers import access
from motcua.dossiers.services.reading import note_reading
from motcua.web.components.doors import OfficerRequest, officer_required

WIDTHS = {"1": 800, "2": 1200, "3": 1600, "4": 2400}  # steps of the viewer's zoom, in pixels
WIDTH = "2"


@require_GET
@officer_required
def file(request: OfficerRequest, ref: str, document_id: uuid.UUID) -> HttpResponseBase:
    """A file: to look at, or with ?tai=1 as it was handed in, to save."""
    document = access.document_for_officer(request.user, ref, document_id)
    note_reading(access.for_officer(request.user, ref), by=request.user)
    if request.GET.get("tai"):
        return file_response(document, variant="original", download=True)
    return _shown(lambda: file_response(document, variant="preview", download=False))


@require_GET
@officer_required
def thumbnail(request: OfficerRequest, ref: str, document_id: uuid.UUID) -> HttpResponseBase:
    """A small picture of the first page."""
    document = access.document_for_officer(request.user, ref, document_id)
    return _shown(lambda: file_response(document, variant="thumbnail", download=False))


@require_GET
@officer_required
def page(request: OfficerRequest, ref: str, document_id: uuid.UUID, page: int) -> HttpResponseBase:
    """A page as a picture for the viewer; ?co=1…4 is how large."""
    document = access.document_for_officer(request.user, ref, document_id)
    width = WIDTHS.get(request.GET.get("co", WIDTH), WIDTHS[WIDTH])
    return _shown(lambda: page_response(document, page, width))


@require_GET
@officer_required
def receipt(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """The receipt, to print; while its job is on the way, back to the dossier."""
    dossier = access.for_officer(request.user, ref)
    if dossier.receipt is None:
        return redirect("desk:dossier", dossier.ref)
    return file_response(dossier.receipt, variant="original", download=False)


def _shown(make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What can't be drawn, or no longer be read, is missing; the page around it says what to do."""
    try:
        return make()
    except (BusinessError, LookupError, FileNotFoundError):
        raise Http404("Không xem được tệp này.") from None
