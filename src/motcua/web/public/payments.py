"""What VNPAY reaches: its notice, server to server, which books; the page to which people come back, which shows."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.payments import services
from motcua.payments.rules.vnpay import reply
from motcua.web.components.doors import public

log = logging.getLogger(__name__)
# Where people go on to, by what they paid for.
PAGES = {"dossier": "/ho-so/{}/"}
PAY_PAGES = {"dossier": "/ho-so/{}/nop-phi/"}


@public
@never_cache
@require_GET
def vnpay_notice(request: HttpRequest) -> HttpResponse:
    """VNPAY says what became of a payment (IPN); whatever isn't answered 00 or 02, it says again."""
    try:
        answer = services.take_vnpay_notice(request.GET.dict())
    except DatabaseError:
        log.exception("A payment notice was not settled; VNPAY sends it again.")
        answer = reply("99")
    return JsonResponse(answer)


@public
@never_cache
@require_GET
def vnpay_return(request: HttpRequest) -> HttpResponse:
    """A person comes back from VNPAY: what our books say, and what VNPAY says while they don't know yet."""
    found = services.show_return(request.GET.dict())
    order = found.attempt.order if found.attempt else None
    context = {
        "found": found,
        "order": order,
        "page": PAGES.get(order.about_kind, "").format(order.about_ref) if order else "",
        "pay_page": PAY_PAGES.get(order.about_kind, "").format(order.about_ref) if order else "",
    }
    return render(request, "public/payment_return.html", context, status=200 if found.attempt else 400)
