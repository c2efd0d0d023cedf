"""Thu phí, ghi chuyển khoản, hoàn phí: pages that ask, and the acts themselves."""

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from motcua.core.errors import BusinessError
from motcua.documents.responses import file_response
from motcua.dossiers import access
from motcua.dossiers.queries import money as reads
from motcua.dossiers.services import money
from motcua.payments.queries import left_of
from motcua.payments.rules.states import Method
from motcua.web.components.doors import OfficerRequest, held_post, officer_required
from motcua.web.desk.acts import ASKS, SEEN, acts_of, ask, done
from motcua.web.desk.fees import CollectForm, RefundForm, TransferForm


@ASKS
@officer_required
def collect(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Thu phí: what is owed, taken at the counter or from the postman."""
    found = access.for_officer(request.user, ref)
    owed = reads.owed_now(found)
    form = CollectForm(request.POST if request.method == "POST" else held_post(request), owed=owed)
    if request.method == "POST" and form.is_valid():
        try:
            money.collect(
                found, by=request.user, method=Method(form.cleaned_data["cach"]), amount=owed,
                reference=form.cleaned_data["so_chung_tu"], seen=request.POST.get(SEEN, ""),
            )  # fmt: skip
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET" and not (owed and "collect_fee" in acts_of(request, found)):
        return done(found)
    return ask(request, "desk/collect.html", found, form, account=reads.account_of(found), owed=owed)


@ASKS
@officer_required
def book_transfer(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Ghi chuyển khoản theo sao kê của ngân hàng."""
    found = access.for_officer(request.user, ref)
    form = TransferForm(request.POST if request.method == "POST" else held_post(request))
    if request.method == "POST" and form.is_valid():
        try:
            money.book_transfer(
                found, by=request.user, amount=form.cleaned_data["so_tien"],
                reference=form.cleaned_data["so_giao_dich"], seen=request.POST.get(SEEN, ""),
            )  # fmt: skip
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET" and "book_transfer" not in acts_of(request, found):
        return done(found)
    return ask(
        request, "desk/book_transfer.html", found, form, account=reads.account_of(found), owed=reads.owed_now(found)
    )


@ASKS
@officer_required
def refund(request: OfficerRequest, ref: str, booking_id: int) -> HttpResponseBase:
    """Hoàn phí: how much of one payment, why, where to."""
    found = access.for_officer(request.user, ref)
    booking = reads.booking_of(found, booking_id)
    data = request.POST if request.method == "POST" else held_post(request)
    first = {"so_tien": f"{left_of(booking):,}".replace(",", ".")}
    form = RefundForm(data, booking=booking, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            money.refund(
                found, booking.pk, by=request.user, amount=form.cleaned_data["so_tien"],
                reason=form.cleaned_data["ly_do"], account=form.cleaned_data.get("tai_khoan", ""),
                seen=request.POST.get(SEEN, ""),
            )  # fmt: skip
            return done(found)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET" and not (left_of(booking) and "refund_fee" in acts_of(request, found)):
        return done(found)
    return ask(request, "desk/refund.html", found, form, booking=booking, left=left_of(booking))


@require_GET
@officer_required
def receipt(request: OfficerRequest, ref: str, receipt_id: int) -> HttpResponseBase:
    """A fee receipt (biên lai) of a dossier of the agency."""
    document = reads.receipt_of(access.for_officer(request.user, ref), receipt_id).document
    if document is None:
        raise Http404("Biên lai đang được lập.")
    return file_response(document, download=False)
