"""Searches that found nothing, or not the right thing: what enough people have typed, and a way to help each."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from motcua.core.text import whole_number
from motcua.core.words import grouped
from motcua.procedures.models import UnmetSearch
from motcua.procedures.queries import finding as reads
from motcua.procedures.services import finding as acts
from motcua.web.components.doors import OfficerRequest, editor_required

DAYS = 30  # that the figures are about
PER_PAGE = 50
SOURCE = "tu"  # in addresses and forms: the search that found nothing


@require_GET
@editor_required
def unmet(request: OfficerRequest) -> HttpResponse:
    """What people said of the results lately; what they typed in vain."""
    said = reads.said_since(timezone.localdate() - timedelta(DAYS))
    tiles = [
        {"name": name, "number": grouped(number), "icon": icon, "words": f"trong {DAYS} ngày"}
        for name, number, icon in (
            ("Đúng điều cần tìm", said.found, ("done", "leaf")),
            ("Chưa đúng", said.wrong, ("close", "ember")),
            ("Không có kết quả", said.nothing, ("search", "indigo")),
        )
    ]
    page = Paginator(reads.unmet(), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "tiles": tiles,
        "page": page,
        "visitors": acts.ENOUGH_VISITORS,
        "days": acts.ENOUGH_DAYS,
    }
    return render(request, "office/finding/unmet.html", context)


@require_POST
@editor_required
def settle(request: OfficerRequest, number: int) -> HttpResponse:
    """This text has been seen to."""
    acts.settle_unmet(unmet_or_404(number), by=request.user)
    messages.success(request, "Đã xem. Từ khóa này hiện lại nếu người dân còn gõ mà không thấy.")
    return redirect("office:finding")


def unmet_or_404(number: int) -> UnmetSearch:
    """
    Raises:
        Http404: there is no such text, or too few have typed it.
    """
    found = reads.unmet_search(number)
    if found is None:
        raise Http404
    return found


def came_from(request: HttpRequest) -> UnmetSearch | None:
    """The search that found nothing from which this form was opened."""
    number = whole_number(request.POST.get(SOURCE, "") or request.GET.get(SOURCE, ""))
    return reads.unmet_search(number) if number else None


def done(request: OfficerRequest, source: UnmetSearch | None, words: str, address: str) -> HttpResponseRedirect:
    """Back to where the person came from; what was typed in vain has been seen to."""
    if source is not None:
        acts.settle_unmet(source, by=request.user)
    messages.success(request, words)
    answer: Any = redirect("office:finding" if source is not None else address)
    return answer  # type: ignore[no-any-return]
