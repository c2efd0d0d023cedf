"""Bổ sung hồ sơ: correct exactly what the desk asked for, look at old and new side by side, send.

The pages behave as a draft's: they save while somebody types, also when the session has ended, and lose nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.core.words import say, translated
from motcua.documents.rules import megabytes
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import confirmed
from motcua.dossiers.queries import supplements as reads
from motcua.dossiers.queries.content import content_of
from motcua.dossiers.queries.drafts import FORM, PAPERS, Problem
from motcua.dossiers.queries.supplements import SLUG, Work
from motcua.dossiers.rules.digest import STATEMENT
from motcua.dossiers.services import supplementing
from motcua.dossiers.services.confirmations import NotConfirmed
from motcua.dossiers.services.drafts import Overwritten
from motcua.dossiers.services.submission import NotReady
from motcua.dossiers.services.supplements import Ended
from motcua.eforms.forms import act as pressed
from motcua.eforms.queries import places
from motcua.eforms.rules import read
from motcua.web.citizen.draft_pages import (
    AUTOSAVE,
    LATER,
    DraftView,
    actor,
    carried,
    kept_page,
    own_only,
    seen_by,
    wants_data,
)
from motcua.web.citizen.filling import others_line
from motcua.web.citizen.papers import UPLOAD, Refusals, take_all
from motcua.web.citizen.walk import Stop
from motcua.web.components.forms import PortalForm

REVIEW = "xem-lai"
CONFIRM = "xac-nhan"  # the value of `act` that keeps the remark and leads to the confirmation
TITLES = {FORM: "Lời khai cần bổ sung", PAPERS: "Giấy tờ cần bổ sung", REVIEW: "Xem lại rồi gửi"}
NAMES = {FORM: "Lời khai", PAPERS: "Giấy tờ", REVIEW: "Xem lại và gửi"}
ROUTES = {FORM: "supplement_answers", PAPERS: "supplement_papers", REVIEW: "supplement_review"}


def _over(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """It was sent, or the desk has ended it; then all that was typed is still to be read, the last words too."""
    if wants_data(request):
        return JsonResponse({"message": translated(str(Ended()))}, status=409)
    last = reads.last_request(dossier)
    if last is None or last.outcome != reads.Outcome.ENDED:
        return redirect("citizen:dossier", dossier.ref)
    work = reads.work_on(dossier, last)
    if request.method == "POST":
        last.answers = read(work.form, SLUG, request.POST, last.answers, known=places())
        work = reads.work_on(dossier, last)
    context = {
        "dossier": dossier, "procedure": dossier.procedure_version, "asked": last, "changes": reads.comparison(work)
    }  # fmt: skip
    return render(request, "citizen/supplement_over.html", context, status=409 if request.method == "POST" else 200)


def supplement_page(view: DraftView) -> Callable[..., HttpResponseBase]:
    """A page of the person's own supplement; once it is sent or ended, a page that says so."""
    return kept_page(_with_end(view), State.SUPPLEMENT, _over)


def _with_end(view: DraftView) -> DraftView:
    def watched(request: HttpRequest, dossier: Dossier, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, dossier, **kwargs)
        except Ended:
            dossier.refresh_from_db()
            return _over(request, dossier)

    watched.__name__, watched.__doc__ = view.__name__, view.__doc__
    return watched


def _work(dossier: Dossier) -> Work:
    """
    Raises:
        Ended: nothing is asked for any more.
    """
    request = reads.open_request(dossier)
    if request is None:
        raise Ended
    return reads.work_on(dossier, request)


# ---- The pages ----


@supplement_page
def begin(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Where to begin: the first page on which something is to be corrected."""
    return redirect(_stops(dossier, _work(dossier))[0].url)


@supplement_page
def answers(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The questions that were asked about, and those that their new answers open."""
    if request.method != "POST":
        return _answers_page(request, dossier, _work(dossier))
    act = request.POST.get("act", "")
    saved = supplementing.save_answers(dossier, request.POST, by=actor(dossier), seen=seen_by(request))
    work = saved.work
    if act == AUTOSAVE:
        return others_line(work.request.revision, work.request.saved_at, saved.overwritten)
    if act == LATER:
        return redirect("citizen:dossier", dossier.ref)
    if act:  # a button inside the form
        focus = pressed(work.form, SLUG, request.POST, work.answering.after).focus
        return _answers_page(request, dossier, work, focus=focus)
    problems = reads.answer_problems(work)
    if problems or saved.overwritten:
        return _answers_page(request, dossier, work, problems=problems, overwritten=saved.overwritten)
    return redirect(_next(dossier, work, FORM))


def _answers_page(request: HttpRequest, dossier: Dossier, work: Work, **context: Any) -> HttpResponse:
    after = work.answering.after
    form: dict[str, Any] = {"form_definition": work.form, "form_page": work.form.page(SLUG), "answers": after}
    shown = {key: after.get(key) for key in work.answering.open}
    return _show(request, dossier, work, FORM, "citizen/supplement_answers.html", shown=shown, **form, **context)


@supplement_page
def papers(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The papers that were asked for, with the files that lie there already."""
    if request.method != "POST":
        return _papers_page(request, dossier, _work(dossier))
    act = request.POST.get("act", "")
    if act == AUTOSAVE:
        return HttpResponse(status=204)
    refusals = take_all(request, dossier, supplementing.attach)
    work = _work(dossier)
    if key := request.headers.get("X-Paper"):
        return _card(request, dossier, work, key, refusals)
    if refusals:
        return _papers_page(request, dossier, work, refusals)
    if act == LATER:
        return redirect("citizen:dossier", dossier.ref)
    if act == UPLOAD:
        return redirect(request.get_full_path())
    missing = reads.paper_problems(work)
    if missing:
        return _papers_page(request, dossier, work, problems=missing)
    return redirect(_next(dossier, work, PAPERS))


def _papers_page(
    request: HttpRequest,
    dossier: Dossier,
    work: Work,
    refusals: Refusals | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    refusals = refusals or {}
    told = [Problem(PAPERS, "", f"tep-{key}", text) for key, texts in refusals.items() for text in texts]
    return _show(
        request, dossier, work, PAPERS, "citizen/supplement_papers.html", problems=[*told, *problems],
        papers=_cards(work, refusals, problems), upload_limit=megabytes(settings.UPLOAD_MAX_BYTES),
        bring_to=None if work.has_answers else dossier.agency,
    )  # fmt: skip


def _card(request: HttpRequest, dossier: Dossier, work: Work, key: str, refusals: Refusals) -> HttpResponse:
    """One paper anew, for the page's script."""
    card = next((one for one in _cards(work, refusals, ()) if one["paper"].key == key), None)
    copy = {"ref": dossier.ref, "revision": work.request.revision}
    context = {"card": card, "draft": copy, "fresh": True, "upload_limit": megabytes(settings.UPLOAD_MAX_BYTES)}
    return render(request, "citizen/_supplement_card.html", context, status=422 if refusals else 200)


def _cards(work: Work, refusals: Refusals, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    lacking = {problem.html_id for problem in problems}
    return [
        {
            "paper": paper, "refusals": refusals.get(paper.key, ()), "lacking": f"tep-{paper.key}" in lacking,
            "reason": paper.reason, "is_as_before": bool(paper.reason) and not paper.is_changed,
            "old": {one.document_id for one in paper.old}, "remove": "citizen:supplement_remove",
        }
        for paper in work.papers
    ]  # fmt: skip


@supplement_page
def remove_file(request: HttpRequest, dossier: Dossier, file_id: int) -> HttpResponse:
    """Ask, then leave a file out."""
    work = _work(dossier)
    back = reverse("citizen:supplement_papers", args=[dossier.ref])
    found = next((one for paper in work.papers for one in paper.files if one.pk == file_id), None)
    if found is None or not own_only(request, dossier):  # gone already: a second click, or another window
        return redirect(back)
    if request.method == "POST":
        supplementing.detach(dossier, file_id, by=actor(dossier))
        return redirect(back)
    return _show(
        request, dossier, work, PAPERS, "citizen/supplement_remove.html", attachment=found, papers_url=back
    )  # fmt: skip


class SendForm(PortalForm):
    """A word to the desk, and the statement."""

    remark = forms.CharField(
        label="Ghi chú cho cán bộ",
        required=False,
        max_length=supplementing.LONGEST_REMARK,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "Ghi nhiều nhất 1.000 ký tự"},
    )
    statement = forms.BooleanField(
        label=STATEMENT, error_messages={"required": "Đánh dấu vào lời cam đoan trước khi gửi"}
    )

    def __init__(self, *args: Any, kept: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["remark"]
        field.help_text = "Không bắt buộc"
        if kept:
            names = "; ".join(f"“{name}”" for name in kept)
            field.help_text = say("Ông/bà giữ nguyên {names}. Xin ghi vì sao, hoặc quay lại sửa.", names=names)
            field.required = True
            field.error_messages["required"] = "Ghi vì sao giữ nguyên, hoặc quay lại sửa"


@supplement_page
def review(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Xem lại rồi gửi: what there was, what there will be; confirmed first, where the service wants a signature."""
    if request.method != "POST":
        return _review_page(request, dossier, None)
    supplementing.save_remark(dossier, request.POST.get("remark", ""), by=actor(dossier))
    if request.POST.get("act") == CONFIRM:
        return redirect("citizen:supplement_confirm", dossier.ref)
    if not own_only(request, dossier):
        return _review_page(request, dossier, None)
    form = SendForm(request.POST, kept=_work(dossier).kept)
    if not form.is_valid():
        return _review_page(request, dossier, form)
    try:
        supplementing.send(dossier, by=actor(dossier), remark=form.cleaned_data["remark"])
    except NotConfirmed as refusal:
        return _review_page(request, dossier, form, [Problem(REVIEW, "", "xac-nhan-to-khai", str(refusal))])
    except NotReady as refusal:
        form.add_error(None, str(refusal))
        return _review_page(request, dossier, form)
    return redirect(f"{reverse('citizen:dossier', args=[dossier.ref])}#bo-sung")


def _review_page(
    request: HttpRequest, dossier: Dossier, form: SendForm | None, problems: Sequence[Problem] = ()
) -> HttpResponse:
    work = _work(dossier)
    content = content_of(dossier, work)
    wanted = confirmed.wants_confirmation(dossier)
    confirmations = confirmed.confirming(content)
    response = _show(
        request, dossier, work, REVIEW, "citizen/supplement_review.html", problems=problems,
        form=form or SendForm(kept=work.kept, initial={"remark": work.request.remark}),
        changes=reads.comparison(work), to_mend=_to_mend(dossier, content.problems),
        wants_confirmation=wanted, confirmations=confirmations, outdated=confirmed.outdated(content),
        must_confirm=wanted and not confirmations,
    )  # fmt: skip
    if form and form.errors:
        response.status_code = 422
    return response


def show_last(request: HttpRequest, dossier: Dossier, template: str, **context: Any) -> HttpResponse:
    """A page that belongs to the last step, for the views of `confirming`.

    Raises:
        Ended: nothing is asked for any more.
    """
    work = _work(dossier)
    mend = _to_mend(dossier, content_of(dossier, work).problems)
    return _show(request, dossier, work, REVIEW, template, to_mend=mend, **context)


# ---- What they share ----


def _url(dossier: Dossier, part: str) -> str:
    return reverse(f"citizen:{ROUTES[part]}", args=[dossier.ref])


def _stops(dossier: Dossier, work: Work) -> list[Stop]:
    parts = [FORM] * work.has_answers + [PAPERS] * bool(work.papers) + [REVIEW]
    return [Stop(part, "", TITLES[part], _url(dossier, part)) for part in parts]


def _to_mend(dossier: Dossier, problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """What is missing or wrong, each with the field it stands at."""
    return [(one.message, f"{_url(dossier, one.part)}#{one.html_id}") for one in problems]


def _next(dossier: Dossier, work: Work, part: str) -> str:
    way = _stops(dossier, work)
    here = next((place for place, stop in enumerate(way) if stop.part == part), 0)
    return way[here + 1].url


def _show(
    request: HttpRequest,
    dossier: Dossier,
    work: Work,
    part: str,
    template: str,
    *,
    problems: Sequence[Any] = (),
    overwritten: Sequence[Overwritten] = (),
    shown: Mapping[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    way = _stops(dossier, work)
    here = next((place for place, stop in enumerate(way) if stop.part == part), 0)
    context |= {
        "draft": dossier,
        "procedure": dossier.procedure_version,
        "asked": work.request,
        "stop": way[here],
        "back": way[here - 1].url if here else "",
        "steps": _steps(way, here),
        "carried": carried(dossier, shown or {}, work.request.revision),
        "post_to": request.path,
        "problems": problems,
        "overwritten": overwritten,
        "saved_at": work.request.saved_at,
    }
    return render(request, template, context, status=422 if problems else 200)


def _steps(way: Sequence[Stop], here: int) -> list[dict[str, str]]:
    states = ["done" if place < here else "now" if place == here else "later" for place in range(len(way))]
    return [
        {"name": NAMES[stop.part], "state": state, "url": stop.url if state == "done" else ""}
        for stop, state in zip(way, states, strict=True)
    ]
