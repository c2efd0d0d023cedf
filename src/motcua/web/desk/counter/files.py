"""What is looked at and printed at the counter: scans, the declaration, the receipt, the slip of the hand-over."""

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from motcua.core.errors import BusinessError, Conflict
from motcua.documents.responses import disposition, file_response
from motcua.dossiers import access
from motcua.dossiers.services import drafts, printing
from motcua.dossiers.services.reading import note_reading
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.desk.asking import ASKS, done


@require_GET
@officer_required
def scan(request: OfficerRequest, ref: str, document_id: uuid.UUID) -> HttpResponseBase:
    """A scan, to look at; ?co=nho is its thumbnail."""
    document = access.scan_at_counter(request.user, ref, document_id)
    variant = "thumbnail" if request.GET.get("co") == "nho" else "preview"
    return file_response(document, variant=variant, download=False)


@ASKS
@officer_required
def remove_scan(request: OfficerRequest, ref: str, attachment_id: int) -> HttpResponseBase:
    """Ask, then remove a scan."""
    draft = access.counter_case(request.user, ref)
    attachment = draft.attachments.select_related("document__blob").filter(pk=attachment_id).first()
    if attachment is None:  # gone already: a second click, or another window
        return redirect("desk:counter:case", ref)
    if request.method == "POST":
        try:
            drafts.detach(draft, attachment_id, by=request.user)
        except Conflict:
            return redirect("desk:counter:cases")
        return redirect("desk:counter:case", ref)
    context = {"draft": draft, "attachment": attachment, "desk_place": draft.agency.short_name}
    return render(request, "desk/counter/remove_scan.html", context)


@require_GET
@officer_required
def declaration(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Tờ khai, to print and to sign on the spot; of a case that still lacks something too, for reading through."""
    draft = access.counter_case(request.user, ref)
    note_reading(draft, by=request.user)
    return _pdf(printing.declaration(draft), f"to-khai-{draft.ref}.pdf")


@require_GET
@officer_required
def receipt(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Giấy tiếp nhận (mẫu 01): made now if its job hasn't come to it yet, since the person is waiting."""
    dossier = access.for_officer(request.user, ref)
    if dossier.accepted_at is None:
        return done(dossier)
    note_reading(dossier, by=request.user)
    return file_response(printing.receipt(dossier), variant="original", download=False)


@require_GET
@officer_required
def hand_over_slip(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Phiếu giao nhận kết quả: whoever takes the result signs it."""
    dossier = access.for_officer(request.user, ref)
    try:
        content = printing.hand_over_slip(dossier, officer=request.user)
    except BusinessError:
        return done(dossier)
    note_reading(dossier, by=request.user)
    return _pdf(content, f"phieu-giao-nhan-{dossier}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = disposition(name, download=False)
    return response
