"""Nộp phí, lệ phí: the ways to pay, what became of a try, and the receipts."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.core.errors import BusinessError
from motcua.core.words import say
from motcua.documents.pdf import qr_png
from motcua.documents.responses import file_response
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, PaymentState, State
from motcua.dossiers.queries import money as reads
from motcua.dossiers.rules.delivery import Pay, Receive
from motcua.dossiers.services import money
from motcua.payments import services as payments
from motcua.payments.models import Attempt, Order
from motcua.payments.queries import vietqr
from motcua.payments.rules.states import AttemptState
from motcua.payments.rules.vnpay import meaning
from motcua.web.components.doors import CitizenRequest, citizen_required
from motcua.web.components.problems import Problem
from motcua.web.components.visitor import visitor_key

QR_SIDE = 240  # px on the page; a camera reads it from a hand's breadth


@dataclass(frozen=True)
class Try:
    """What became of the last try to pay online, in words."""

    kind: str  # of the note: info | warn
    title: str
    text: str
    door: bool  # whether trying again is the thing to do now


@citizen_required
def pay(request: CitizenRequest, ref: str) -> HttpResponse:
    """Nộp phí, lệ phí: every way that the agency offers, the chosen one first; or what was paid."""
    found = access.of_applicant(request.user, ref)
    if found.state == State.DRAFT:
        return redirect("citizen:review", found.ref)
    return _page(request, found)


@require_POST
@citizen_required
def pay_online(request: CitizenRequest, ref: str) -> HttpResponse:
    """Nộp trực tuyến: on to the bank's page; the person comes back to `public:vnpay_return`."""
    found = access.of_applicant(request.user, ref)
    try:
        order = money.order_to_pay(found, by=request.user)
        there = payments.start_attempt(
            order,
            visitor_ip=visitor_key(request),
            return_url=settings.BASE_URL + reverse("public:vnpay_return"),
            by=request.user,
        )
    except BusinessError as refusal:
        return _page(request, access.of_applicant(request.user, ref), str(refusal))
    return redirect(there)


def _page(request: CitizenRequest, found: Dossier, refused: str = "") -> HttpResponse:
    account = reads.account_of(found)
    order = _order(request, found, account)
    last = last_try(account.trouble)
    ways = _ways(found)
    context = {
        "dossier": found,
        "procedure": found.procedure_version,
        "account": account,
        "order": order,
        "amount": order.amount if order else 0,
        "ways": ways,
        "try": last,
        # One red door: the chosen way, which stands first, unless the bank still has the last word.
        "door": last is None or last.door,
        "online_ready": payments.online_ready(),
        "payee": reads.payee_of(found) if order and Pay.TRANSFER in ways else None,
        "qr_side": QR_SIDE,
        "problems": [Problem(refused)] if refused else [],
    }
    return render(request, "citizen/pay.html", context, status=422 if refused else 200)


def _order(request: CitizenRequest, found: Dossier, account: reads.Account) -> Order | None:
    """What is to be paid now. A dossier from before orders were opened at submission gets its order here, once."""
    if not reads.owes(found):
        return None
    return account.open_order or money.order_to_pay(found, by=request.user)


def _ways(found: Dossier) -> list[str]:
    """The ways that the agency offers, the chosen one first.

    With the result nobody can pay while the dossier waits for its money, and to the postman only where he brings it.
    """
    unfit = set()
    if found.payment_state == PaymentState.ASKED:
        unfit |= {Pay.DESK, Pay.POSTMAN}
    if Receive.POST not in (found.delivery.get("receive") or []):
        unfit.add(Pay.POSTMAN)
    chosen = found.delivery.get("pay")
    return sorted((way for way in found.offering_version.pay_ways if way not in unfit), key=lambda way: way != chosen)


def last_try(attempt: Attempt | None) -> Try | None:
    """What the page says of a try that didn't bring the money, or hasn't yet."""
    if attempt is None:
        return None
    match attempt.state:
        case AttemptState.STARTED:
            text = (
                "Nếu tài khoản đã bị trừ tiền, ông/bà không phải nộp lại: kết quả được cập nhật khi ngân hàng trả lời."
                " Nếu chưa trả tiền, ông/bà có thể nộp lại."
            )
            return Try("info", "Đang chờ kết quả từ ngân hàng", text, door=False)
        case AttemptState.SUSPECT:
            return Try("warn", "Ngân hàng đang kiểm tra giao dịch", meaning("07"), door=False)
        case AttemptState.EXPIRED:
            text = "Lần nộp trước đã hết thời gian, ngân hàng chưa trừ tiền. Ông/bà có thể nộp lại."
            return Try("warn", "Chưa nộp được", text, door=True)
        case AttemptState.FAILED:
            text = say("{meaning} Tài khoản không bị trừ tiền. Ông/bà có thể nộp lại.", meaning=meaning(attempt.code))
            return Try("warn", "Chưa nộp được", text, door=True)
    return None


@require_GET
@citizen_required
def qr(request: CitizenRequest, ref: str) -> HttpResponse:
    """The QR code of the transfer, as a picture; the page beside it says the same in words."""
    found = access.of_applicant(request.user, ref)
    order = reads.account_of(found).open_order if reads.owes(found) else None
    told = vietqr(order) if order else ""
    if not told:
        raise Http404("Không có khoản nào để chuyển.")
    return HttpResponse(qr_png(told), content_type="image/png")


@require_GET
@citizen_required
def receipt(request: CitizenRequest, ref: str, receipt_id: int) -> HttpResponseBase:
    """A fee receipt (biên lai) of the person's own dossier."""
    found = access.of_applicant(request.user, ref)
    return file_response(reads.receipt_file(found, receipt_id), download=False)
