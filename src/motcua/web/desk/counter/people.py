"""Who hands in and whose affair it is, where the account and one click don't say it: pages of their own."""

from typing import Any, Literal

from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render

from motcua.core.errors import Conflict
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.rules import delivery, person
from motcua.dossiers.services import counter
from motcua.dossiers.services.drafts import Saved, Who
from motcua.dossiers.services.reading import note_reading
from motcua.eforms.forms import act as pressed
from motcua.web.components.carried import carry, seen_by
from motcua.web.components.doors import OfficerRequest, held_post, officer_required
from motcua.web.components.templatetags.mc import vi_time
from motcua.web.desk.asking import ASKS
from motcua.web.desk.counter.case import AUTOSAVE

COPY = "la-nguoi-nop"
OF_ONE_PERSON = ("full_name", "personal_number", "birth_date", "sex")  # what two people never share
Which = Who | Literal["post"]
TITLES: dict[Which, str] = {
    "applicant": "Liên hệ của người nộp", "owner": "Chủ hồ sơ", "post": "Địa chỉ cho bưu chính",
}  # fmt: skip


@ASKS
@officer_required
def applicant(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """How to reach the person about this dossier; the account keeps what it has."""
    return _page(request, ref, "applicant")


@ASKS
@officer_required
def owner(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Nộp thay: whose affair it is, when it isn't that of who stands here."""
    return _page(request, ref, "owner")


@ASKS
@officer_required
def post_address(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Whom the post brings the result to, when that isn't who stands here."""
    return _page(request, ref, "post")


def _save(request: OfficerRequest, draft: Dossier, which: Which, data: QueryDict, **more: Any) -> Saved:
    if which == "post":
        return counter.save_post(draft, data, by=request.user, **more)
    return counter.save_person(draft, which, data, by=request.user, **more)


def _kept(draft: Dossier, which: Which) -> dict[str, Any]:
    return delivery.post_address(draft.delivery, draft.applicant) if which == "post" else dict(getattr(draft, which))


def _page(request: OfficerRequest, ref: str, which: Which) -> HttpResponse:
    draft = access.counter_case(request.user, ref)
    if request.method == "GET":
        note_reading(draft, by=request.user)
    held = held_post(request) if request.method == "GET" else None
    if held is not None:
        draft = _save(request, draft, which, held).dossier
    if request.method != "POST":
        return _show(request, draft, which, anew=which == "owner" and held is None)
    act = request.POST.get("act", "")
    try:
        if act == COPY:
            counter.copy_applicant(draft, by=request.user)
            return redirect("desk:counter:case", ref)
        saved = _save(request, draft, which, request.POST, seen=seen_by(request))
    except Conflict as refusal:
        if act == AUTOSAVE:
            return JsonResponse({"message": str(refusal)}, status=409)
        return redirect("desk:counter:case", ref)
    if act == AUTOSAVE:
        line = f"Đã lưu lúc {vi_time(saved.dossier.saved_at)}"
        others = [{"label": one.label, "other": one.other} for one in saved.overwritten]
        return JsonResponse({"revision": saved.dossier.revision, "saved": line, "others": others})
    if act:  # a button of the place picker
        form = person.form_of(which)
        answers = person.answers_of(_kept(saved.dossier, which))
        focus = pressed(form, form.pages[0].slug, request.POST, answers).focus
        return _show(request, saved.dossier, which, focus=focus)
    problems = _problems(saved.dossier, which)
    if problems or saved.overwritten:
        return _show(request, saved.dossier, which, problems=problems, overwritten=saved.overwritten)
    return redirect("desk:counter:case", ref)


def _problems(draft: Dossier, which: Which) -> Any:
    return reads.post_problems(draft) if which == "post" else reads.person_problems(draft, which)


def _show(request: OfficerRequest, draft: Dossier, which: Which, *, anew: bool = False, **more: Any) -> HttpResponse:
    """The page. `anew`: whoever opens it to name another owner finds the name gone, the home still there."""
    form = person.form_of(which)
    kept = _kept(draft, which)
    if anew and kept.get("personal_number") == draft.applicant.get("personal_number"):
        kept |= dict.fromkeys(OF_ONE_PERSON, "")
    context = {
        "draft": draft, "which": which, "title": TITLES[which], "desk_place": draft.agency.short_name,
        "form_definition": form, "form_page": form.pages[0], "answers": person.answers_of(kept),
        "carried": carry(draft.revision, {"post": draft.delivery.get("post")} if which == "post" else kept), **more,
    }  # fmt: skip
    return render(request, "desk/counter/people.html", context, status=422 if more.get("problems") else 200)
