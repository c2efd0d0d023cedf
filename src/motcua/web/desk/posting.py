"""Gửi qua bưu chính, giao cho bưu chính, nhận từ bưu chính: pages that ask, and the acts themselves."""

from typing import Any

from django.http import Http404, HttpResponseBase

from motcua.delivery.models import Parcel
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import posting as reads
from motcua.dossiers.queries.drafts import still_to_bring
from motcua.dossiers.queries.money import owed_now
from motcua.dossiers.rules import delivery as rules
from motcua.dossiers.services import posting
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.components.forms import PortalForm
from motcua.web.desk.asking import ASKS, act_or_ask, seen, typed
from motcua.web.desk.posts import GiveForm, KeepForm, RemittanceForm, TakeInForm


@ASKS
@officer_required
def hand_to_post(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Gửi kết quả qua bưu chính: to whom, what lies in it, what the postman takes at the door."""
    found = access.for_officer(request.user, ref)
    form = PortalForm(request.POST if request.method == "POST" else None)
    return act_or_ask(
        request, found, form, act="hand_to_post", facts=lambda: _to_be_sent(found),
        do=lambda: posting.hand_to_post(found, by=request.user, seen=seen(request)),
    )  # fmt: skip


def _to_be_sent(found: Dossier) -> dict[str, Any]:
    postage, fee = reads.postage_of(found), owed_now(found)
    return {
        "to": rules.post_in_words(rules.post_address(found.delivery, found.applicant)),
        "contents": reads.contents_of(found),
        "collects": reads.collects_of(found, still_to_bring(found)),
        "postage": postage,
        "fee": fee,
        "due": fee + (postage.amount if postage else 0),
    }


@ASKS
@officer_required
def give_to_postman(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Giao cho nhân viên bưu chính: counted and signed; by hand where the post's system is silent."""
    found = access.for_officer(request.user, ref)
    parcel = reads.parcels_alone(found).waits_for_handing_over
    form = GiveForm(typed(request), parcel=parcel)
    return act_or_ask(
        request, found, form, act="give_to_postman", facts=lambda: {"parcel": parcel},
        do=lambda: posting.give_to_postman(
            found, by=request.user, item_code=form.cleaned_data.get("ma_buu_gui", ""), seen=seen(request)
        ),
    )  # fmt: skip


@ASKS
@officer_required
def keep_at_desk(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Hủy phiếu gửi, before the postman has the parcel."""
    found = access.for_officer(request.user, ref)
    parcel = reads.parcels_alone(found).waits_for_handing_over
    form = KeepForm(typed(request))
    return act_or_ask(
        request, found, form, act="give_to_postman", template="desk/keep_at_desk.html",
        facts=lambda: {"parcel": parcel},
        do=lambda: posting.keep_at_desk(
            found, by=request.user, reason=form.cleaned_data["ly_do"], seen=seen(request)
        ),
    )  # fmt: skip


@ASKS
@officer_required
def take_in(request: OfficerRequest, ref: str, number: str) -> HttpResponseBase:
    """Nhận từ bưu chính (biên bản giao nhận): papers, counted one by one; or a result that came back."""
    found = access.for_officer(request.user, ref)
    parcel = _parcel(found, number)
    papers = parcel.direction == reads.TO_AGENCY
    form = TakeInForm(
        typed(request), lines=[one for one in parcel.contents if one["key"] != reads.TO_SIGN] if papers else []
    )
    return act_or_ask(
        request, found, form, act="take_in_papers" if parcel in reads.parcels_alone(found).coming else "",
        template="desk/take_in.html", facts=lambda: {"parcel": parcel, "papers": papers},
        do=lambda: posting.take_in(found, number, form.counts, by=request.user, seen=seen(request)),
    )  # fmt: skip


@ASKS
@officer_required
def remittance(request: OfficerRequest, ref: str, number: str) -> HttpResponseBase:
    """Ghi tiền bưu chính chuyển lại."""
    found = access.for_officer(request.user, ref)
    parcel = _parcel(found, number)
    waits = bool(parcel.fee_collected) and parcel.remitted_at is None
    form = RemittanceForm(typed(request), parcel=parcel)
    return act_or_ask(
        request, found, form, act="book_transfer" if waits else "", template="desk/remittance.html",
        facts=lambda: {"parcel": parcel},
        do=lambda: posting.note_remittance(
            found, number, amount=form.cleaned_data["so_tien"], reference=form.cleaned_data["so_chung_tu"],
            by=request.user, seen=seen(request),
        ),
    )  # fmt: skip


def _parcel(found: Dossier, number: str) -> Parcel:
    for parcel in reads.parcels_alone(found).parcels:
        if parcel.number == number:
            return parcel
    raise Http404("Không có bưu gửi này.")
