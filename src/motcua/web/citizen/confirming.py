"""Standing by what is handed in, where the service wants more than a tick: through VNeID, or by a signed PDF of it.

A submission and a supplement are confirmed on the same page, each with the steps of its own way around it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.accounts.models import User
from motcua.accounts.national.confirm import is_available
from motcua.accounts.national.errors import Cancelled, NationalTrouble
from motcua.core.errors import BusinessError, Conflict
from motcua.core.ratelimit import hit
from motcua.documents.responses import SANDBOX, disposition
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import confirmed
from motcua.dossiers.queries.content import content_of
from motcua.dossiers.queries.drafts import Problem
from motcua.dossiers.rules.digest import spoken
from motcua.dossiers.services import confirmations
from motcua.dossiers.services.supplements import Ended
from motcua.web.citizen import supplement, walk
from motcua.web.citizen.draft_pages import actor, draft_page, own_only
from motcua.web.citizen.papers import Refusals, take_all
from motcua.web.citizen.supplement import supplement_page

NATIONAL, SIGNED = "vneid", "ky-so"  # the values of `act`
FILE = "to-khai-ky-so"
MADE_PER_HOUR = 40  # declarations of one person: each is drawn anew


@dataclass(frozen=True)
class Way:
    """What is confirmed: the names of its routes, and who shows a page of it (request, dossier, template, context)."""

    page: str
    back: str
    declaration: str
    review: str
    template: str
    file_name: str
    show: Callable[..., HttpResponse]


def _show_draft(request: HttpRequest, draft: Dossier, template: str, **context: Any) -> HttpResponse:
    return walk.show(request, draft, template, (walk.REVIEW, ""), **context)


SUBMISSION = Way(
    "citizen:confirm_declaration", "citizen:confirm_back", "citizen:declaration", "citizen:review",
    "citizen/confirming.html", "to-khai", _show_draft,
)  # fmt: skip
SUPPLEMENT = Way(
    "citizen:supplement_confirm", "citizen:supplement_confirm_back", "citizen:supplement_declaration",
    "citizen:supplement_review", "citizen/supplement_confirming.html", "to-khai-bo-sung", supplement.show_last,
)  # fmt: skip


@draft_page
def confirm(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Xác nhận tờ khai: the two ways, and who has confirmed already."""
    return _confirm(request, draft, SUBMISSION)


@supplement_page
def confirm_supplement(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Xác nhận bổ sung: the same for what was corrected."""
    return _confirm(request, dossier, SUPPLEMENT)


@draft_page
@never_cache
@require_safe
def back(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Back from the National portal: keep what it confirmed, then on to the review."""
    return _back(request, draft, SUBMISSION)


@supplement_page
@never_cache
@require_safe
def back_to_supplement(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Back from the National portal, with a supplement."""
    return _back(request, dossier, SUPPLEMENT)


@draft_page
@require_safe
def declaration(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """The declaration as a PDF to sign; a draft that isn't complete goes to the page that says what is missing."""
    return _declaration(request, draft, SUBMISSION)


@supplement_page
@require_safe
def corrected_declaration(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The declaration as the supplement makes it, as a PDF to sign."""
    return _declaration(request, dossier, SUPPLEMENT)


def _confirm(request: HttpRequest, dossier: Dossier, way: Way) -> HttpResponse:
    if not confirmed.wants_confirmation(dossier):
        return redirect(way.review, dossier.ref)
    if request.method != "POST" or not own_only(request, dossier):
        return _page(request, dossier, way)
    try:
        if request.POST.get("act") == NATIONAL:
            return _go_to_national(request, dossier, way)
        refusals = take_all(request, dossier, _take)
    except Ended:
        raise  # the supplement's own pages say what became of it
    except Conflict:
        return redirect("citizen:mine")
    except BusinessError as refusal:
        return _page(request, dossier, way, [_problem(str(refusal))])
    if refusals or not request.FILES:
        return _page(request, dossier, way, _file_problems(refusals))
    return redirect(way.review, dossier.ref)


def _go_to_national(request: HttpRequest, dossier: Dossier, way: Way) -> HttpResponse:
    back = reverse(way.back, args=[dossier.ref])
    url = confirmations.begin_national(dossier, by=actor(dossier), session=request.session, return_path=back)
    return HttpResponseRedirect(url)


def _take(dossier: Dossier, key: str, file: "UploadedFile[Any]", by: User) -> object:
    """
    Raises:
        BusinessError: the file isn't this declaration under the person's own good signature.
    """
    if key != FILE:
        raise BusinessError("Trang này chỉ nhận tờ khai đã ký số.")
    return confirmations.take_signed_declaration(dossier, file, by=by)


def _file_problems(refusals: Refusals) -> list[Problem]:
    told = [text for texts in refusals.values() for text in texts]
    return [_problem(text, f"tep-{FILE}") for text in told or ["Chọn tệp tờ khai đã ký số"]]


def _problem(message: str, html_id: str = "") -> Problem:
    return Problem(walk.REVIEW, "", html_id, message)


def _back(request: HttpRequest, dossier: Dossier, way: Way) -> HttpResponse:
    try:
        confirmations.finish_national(
            dossier, by=actor(dossier), session=request.session, returned=request.GET.dict()
        )  # fmt: skip
    except Ended:
        raise
    except Conflict:
        return redirect("citizen:mine")
    except Cancelled as stopped:
        return _page(request, dossier, way, stopped=str(stopped))
    except BusinessError as refusal:
        page = _page(request, dossier, way, [_problem(str(refusal))])
        page.status_code = refusal.status if isinstance(refusal, NationalTrouble) else page.status_code
        return page
    return redirect(f"{reverse(way.review, args=[dossier.ref])}#xac-nhan-to-khai")


def _declaration(request: HttpRequest, dossier: Dossier, way: Way) -> HttpResponse:
    if not hit("declaration.made", str(dossier.user_id), limit=MADE_PER_HOUR, seconds=3600):
        return _page(request, dossier, way, [_problem("Đã tải tờ khai quá nhiều lần. Xin thử lại sau một giờ.")])
    try:
        content = confirmations.declaration(dossier)
    except BusinessError:
        return redirect(way.page, dossier.ref)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = disposition(f"{way.file_name}-{dossier.ref}.pdf", download=True)
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


def _page(
    request: HttpRequest, dossier: Dossier, way: Way, problems: Sequence[Problem] = (), stopped: str = ""
) -> HttpResponse:
    content = content_of(dossier)
    return way.show(
        request, dossier, way.template,
        problems=problems, stopped=stopped, confirmations=confirmed.confirming(content),
        outdated=confirmed.outdated(content), content_code=spoken(content.digest),
        national=is_available(), review_url=reverse(way.review, args=[dossier.ref]),
        pdf_url=reverse(way.declaration, args=[dossier.ref]),
        file_errors=[problem.message for problem in problems if problem.html_id],
    )  # fmt: skip
