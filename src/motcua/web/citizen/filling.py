"""The pages on which a person types: người nộp, chủ hồ sơ, and the form page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from motcua.core.errors import Conflict
from motcua.core.words import say, translated
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.drafts import APPLICANT, FORM, OWNER, POST
from motcua.dossiers.queries.posting import postage_of
from motcua.dossiers.rules import delivery, person
from motcua.dossiers.services import drafts
from motcua.dossiers.services.drafts import Overwritten, Saved
from motcua.eforms.forms import act as pressed
from motcua.eforms.rules import Definition
from motcua.web.citizen import summary, walk
from motcua.web.citizen.draft_pages import AUTOSAVE, LATER, actor, draft_page, seen_by
from motcua.web.components.templatetags.mc import vi_time

COPY = "lay-tu-nguoi-nop"  # the button on the owner's page


@dataclass(frozen=True)
class Typed:
    """What tells one page with fields from another."""

    place: tuple[str, str]
    template: str
    form: Definition
    slug: str
    answers: Callable[[Dossier], Mapping[str, Any]]  # as the page shows them
    kept: Callable[[Dossier, Mapping[str, Any]], Mapping[str, Any]]  # the same as they are kept, of this page
    save: Callable[[Dossier], Saved]
    check: Callable[[Dossier], Sequence[Any]]


@draft_page
def begin(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Where a draft goes on: the first page with something missing, else the review."""
    if not draft.revision:
        return redirect(walk.stops(draft)[0].url)
    problems = reads.problems(draft)
    return redirect(walk.url_of(problems[0], draft, mending=False) if problems else walk.stops(draft)[-1].url)


@draft_page
def applicant(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Người nộp: what the account says, and how to reach the person about this dossier."""
    return _person_page(request, draft, "applicant", APPLICANT)


@draft_page
def owner(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Chủ hồ sơ: whose affair it is, often the applicant's own."""
    if request.method == "POST" and request.POST.get("act") == COPY:
        try:
            drafts.copy_applicant(draft, by=actor(draft), seen=seen_by(request))
        except Conflict as refusal:
            return _too_late(request, refusal)
        return redirect(request.get_full_path())
    return _person_page(request, draft, "owner", OWNER)


def _person_page(request: HttpRequest, draft: Dossier, which: drafts.Who, part: str) -> HttpResponse:
    form = person.form_of(which)
    page = Typed(
        place=(part, ""),
        template=f"citizen/{which}.html",
        form=form,
        slug=form.pages[0].slug,
        answers=lambda draft: person.answers_of(getattr(draft, which)),
        kept=lambda draft, _: getattr(draft, which),
        save=lambda draft: drafts.save_person(draft, which, request.POST, by=actor(draft), seen=seen_by(request)),
        check=lambda draft: reads.person_problems(draft, which),
    )
    return _typed_page(request, draft, page, known=summary.identity_rows(draft.applicant))


@draft_page
def post_address(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Địa chỉ cho bưu chính: whom the postman asks for, and where; with what the way there costs."""
    if request.method == "GET" and not delivery.needs_address(draft.delivery):
        return redirect(walk.stops(draft)[-2].url)  # nothing goes by post: back to the choice
    form = person.form_of("post")
    page = Typed(
        place=(POST, ""),
        template="citizen/post_address.html",
        form=form,
        slug=form.pages[0].slug,
        answers=lambda draft: person.answers_of(delivery.post_address(draft.delivery, draft.applicant)),
        kept=lambda draft, _: {"post": draft.delivery.get("post")},
        save=lambda draft: drafts.save_post(draft, request.POST, by=actor(draft), seen=seen_by(request)),
        check=reads.post_problems,
    )
    fetches = draft.delivery.get("hand_in") == delivery.HandIn.POST
    brings = delivery.Receive.POST in delivery.received_by(draft.delivery)
    return _typed_page(request, draft, page, postage=postage_of, fetches=fetches, brings=brings)


@draft_page
def form_page(request: HttpRequest, draft: Dossier, page: str) -> HttpResponse:
    """A page of the form."""
    form = reads.form_of(draft)
    if page not in {known.slug for known in form.pages}:
        raise Http404
    if request.method == "GET" and not any(stop.page == page for stop in walk.stops(draft)):
        return redirect(walk.stops(draft)[2].url)  # what was answered elsewhere hides this page now
    typed = Typed(
        place=(FORM, page),
        template="citizen/form.html",
        form=form,
        slug=page,
        answers=reads.offered_answers,
        kept=lambda _, shown: {key: value for key, value in shown.items() if form.page_of.get(key) == page},
        save=lambda draft: drafts.save_answers(draft, page, request.POST, by=actor(draft), seen=seen_by(request)),
        check=lambda draft: reads.page_problems(draft, page),
    )
    return _typed_page(request, draft, typed)


def _typed_page(request: HttpRequest, draft: Dossier, page: Typed, **context: Any) -> HttpResponse:
    """Save first, whatever it is; then find out what the button wanted."""
    if request.method != "POST":
        return _show(request, draft, page, **context)
    act = request.POST.get("act", "")
    try:
        saved = page.save(draft)
    except Conflict as refusal:
        return _too_late(request, refusal)
    draft = saved.dossier
    if act == AUTOSAVE:
        return saved_line(saved)
    if act == LATER:
        return redirect("citizen:mine")
    if act:  # a button inside the form: another member, find a place
        focus = pressed(page.form, page.slug, request.POST, dict(page.answers(draft))).focus
        return _show(request, draft, page, focus=focus, **context)
    problems = page.check(draft)
    if problems or saved.overwritten:
        return _show(request, draft, page, problems=problems, overwritten=saved.overwritten, **context)
    return redirect(walk.next_url(request, draft, *page.place))


def _show(request: HttpRequest, draft: Dossier, page: Typed, **context: Any) -> HttpResponse:
    answers = page.answers(draft)
    if "postage" in context:  # of the address as it was just saved
        context["postage"] = context["postage"](draft)
    form: dict[str, Any] = {"form_definition": page.form, "form_page": page.form.page(page.slug), "answers": answers}
    shown = page.kept(draft, answers)
    return walk.show(request, draft, page.template, page.place, shown=shown, **form, **context)


def saved_line(saved: Saved) -> JsonResponse:
    """What the page's script shows after it has saved."""
    return others_line(saved.dossier.revision, saved.dossier.saved_at, saved.overwritten)


def others_line(revision: int, saved_at: datetime | None, overwritten: Sequence[Overwritten]) -> JsonResponse:
    """The same for anything that is saved while somebody types."""
    return JsonResponse(
        {
            "revision": revision,
            "saved": translated(say("Đã lưu nháp lúc {time}", time=vi_time(saved_at))) if saved_at else "",
            "others": [{"label": translated(change.label), "other": change.other} for change in overwritten],
        }
    )


def _too_late(request: HttpRequest, refusal: Conflict) -> HttpResponse:
    """The draft was handed in or deleted in another window."""
    if request.POST.get("act") == AUTOSAVE:
        return JsonResponse({"message": translated(str(refusal))}, status=409)
    return redirect("citizen:mine")
