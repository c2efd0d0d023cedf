"""Thu phí, ghi chuyển khoản, hoàn phí: pages that ask, and the acts themselves."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from motcua.core.words import grouped
from motcua.documents.responses import file_response
from motcua.dossiers import access
from motcua.dossiers.queries import money as reads
from motcua.dossiers.services import money
from motcua.payments.queries import left_of
from motcua.payments.rules.states import Method
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.desk.asking import ASKS, act_or_ask, seen, typed
from motcua.web.desk.fees import CollectForm, RefundForm, TransferForm


@ASKS
@officer_required
def collect(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Thu phí: what is owed, taken at the counter or from the postman."""
    found = access.for_officer(request.user, ref)
    owed = reads.owed_now(found)
    form = CollectForm(typed(request), owed=owed)
    return act_or_ask(
        request, found, form, act="collect_fee" if owed else "", template="desk/collect.html",
        facts=lambda: {"account": reads.account_of(found), "owed": owed},
        do=lambda: money.collect(
            found, by=request.user, method=Method(form.cleaned_data["cach"]), amount=owed,
            reference=form.cleaned_data["so_chung_tu"], seen=seen(request),
        ),
    )  # fmt: skip


@ASKS
@officer_required
def book_transfer(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Ghi chuyển khoản theo sao kê của ngân hàng."""
    found = access.for_officer(request.user, ref)
    form = TransferForm(typed(request))
    return act_or_ask(
        request, found, form, act="book_transfer",
        facts=lambda: {"account": reads.account_of(found), "owed": reads.owed_now(found)},
        do=lambda: money.book_transfer(
            found, by=request.user, amount=form.cleaned_data["so_tien"],
            reference=form.cleaned_data["so_giao_dich"], seen=seen(request),
        ),
    )  # fmt: skip


@ASKS
@officer_required
def refund(request: OfficerRequest, ref: str, booking_id: int) -> HttpResponseBase:
    """Hoàn phí: how much of one payment, why, where to."""
    found = access.for_officer(request.user, ref)
    booking = reads.booking_of(found, booking_id)
    left = left_of(booking)
    form = RefundForm(typed(request), booking=booking, initial={"so_tien": grouped(left)})
    return act_or_ask(
        request, found, form, act="refund_fee" if left else "", template="desk/refund.html",
        facts=lambda: {"booking": booking, "left": left_of(booking)},
        do=lambda: money.refund(
            found, booking.pk, by=request.user, amount=form.cleaned_data["so_tien"],
            reason=form.cleaned_data["ly_do"], account=form.cleaned_data.get("tai_khoan", ""), seen=seen(request),
        ),
    )  # fmt: skip


@require_GET
@officer_required
def receipt(request: OfficerRequest, ref: str, receipt_id: int) -> HttpResponseBase:
    """A fee receipt (biên lai) of a dossier of the agency."""
    found = access.for_officer(request.user, ref)
    return file_response(reads.receipt_file(found, receipt_id), download=False)
