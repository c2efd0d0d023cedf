"""Standing by the declaration, where the service wants more than a tick: through VNeID, or by a signed PDF of it."""

from collections.abc import Sequence
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
from motcua.documents.responses import SANDBOX, disposition
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import confirmed
from motcua.dossiers.queries.drafts import Problem
from motcua.dossiers.rules.digest import spoken
from motcua.dossiers.services import confirmations
from motcua.web.citizen import walk
from motcua.web.citizen.draft_pages import actor, draft_page, own_only
from motcua.web.citizen.papers import Refusals, take_all

NATIONAL, SIGNED = "vneid", "ky-so"  # the values of `act`
FILE = "to-khai-ky-so"


@draft_page
def confirm(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Xác nhận tờ khai: the two ways, and who has confirmed already."""
    if not confirmed.wants_confirmation(draft):
        return redirect("citizen:review", draft.ref)
    if request.method != "POST" or not own_only(request, draft):
        return _page(request, draft)
    try:
        if request.POST.get("act") == NATIONAL:
            return _go_to_national(request, draft)
        refusals = take_all(request, draft, _take)
    except Conflict:
        return redirect("citizen:mine")
    except BusinessError as refusal:
        return _page(request, draft, [_problem(str(refusal))])
    if refusals or not request.FILES:
        return _page(request, draft, _file_problems(refusals))
    return redirect("citizen:review", draft.ref)


def _go_to_national(request: HttpRequest, draft: Dossier) -> HttpResponse:
    back = reverse("citizen:confirm_back", args=[draft.ref])
    url = confirmations.begin_national(draft, by=actor(draft), session=request.session, return_path=back)
    return HttpResponseRedirect(url)


def _take(draft: Dossier, key: str, file: "UploadedFile[Any]", by: User) -> object:
    """
    Raises:
        BusinessError: the file isn't this declaration under the person's own good signature.
    """
    if key != FILE:
        raise BusinessError("Trang này chỉ nhận tờ khai đã ký số.")
    return confirmations.take_signed_declaration(draft, file, by=by)


def _file_problems(refusals: Refusals) -> list[Problem]:
    told = [text for texts in refusals.values() for text in texts]
    return [_problem(text, f"tep-{FILE}") for text in told or ["Chọn tệp tờ khai đã ký số"]]


def _problem(message: str, html_id: str = "") -> Problem:
    return Problem(walk.REVIEW, "", html_id, message)


@draft_page
@never_cache
@require_safe
def back(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Back from the National portal: keep what it confirmed, then on to the review."""
    try:
        confirmations.finish_national(
            draft, by=actor(draft), session=request.session, returned=request.GET.dict()
        )  # fmt: skip
    except Conflict:
        return redirect("citizen:mine")
    except Cancelled as stopped:
        return _page(request, draft, stopped=str(stopped))
    except BusinessError as refusal:
        page = _page(request, draft, [_problem(str(refusal))])
        page.status_code = refusal.status if isinstance(refusal, NationalTrouble) else page.status_code
        return page
    return redirect(f"{reverse('citizen:review', args=[draft.ref])}#xac-nhan-to-khai")


@draft_page
@require_safe
def declaration(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """The declaration as a PDF to sign; a draft that isn't complete goes to the page that says what is missing."""
    try:
        content = confirmations.declaration(draft)
    except BusinessError:
        return redirect("citizen:confirm_declaration", draft.ref)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = disposition(f"to-khai-{draft.ref}.pdf", download=True)
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, draft: Dossier, problems: Sequence[Problem] = (), stopped: str = "") -> HttpResponse:
    return walk.show(
        request, draft, "citizen/confirming.html", (walk.REVIEW, ""),
        problems=problems, stopped=stopped, confirmations=confirmed.standing(draft),
        outdated=confirmed.outdated(draft), content_code=spoken(confirmed.present_digest(draft)),
        national=is_available(), review_url=reverse("citizen:review", args=[draft.ref]),
        file_errors=[problem.message for problem in problems if problem.html_id],
    )  # fmt: skip
