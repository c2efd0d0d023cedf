"""The way through a submission: its pages in order, the five steps above them, and what every page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.drafts import APPLICANT, DELIVERY, FORM, OWNER, PAPERS, POST
from motcua.dossiers.rules.delivery import needs_address
from motcua.dossiers.services.drafts import Overwritten
from motcua.eforms.rules import html_id, visible_pages
from motcua.web.citizen.draft_pages import carried

REVIEW = "xem-lai"
NOTHING: Mapping[str, Any] = MappingProxyType({})
BACK_TO_REVIEW = "sua"  # ?sua=1: the person came from the review to mend one page, and goes back there
STEPS = (
    ("Người nộp", {APPLICANT, OWNER}),
    ("Tờ khai", {FORM}),
    ("Giấy tờ", {PAPERS}),
    ("Nhận kết quả, lệ phí", {DELIVERY, POST}),
    ("Xem lại và nộp", {REVIEW}),
)
ROUTES = {
    APPLICANT: "citizen:applicant",
    OWNER: "citizen:owner",
    PAPERS: "citizen:papers",
    DELIVERY: "citizen:delivery",
    POST: "citizen:post_address",
    REVIEW: "citizen:review",
}
TITLES = {
    APPLICANT: "Người nộp",
    OWNER: "Chủ hồ sơ",
    PAPERS: "Giấy tờ",
    DELIVERY: "Nhận kết quả và lệ phí",
    POST: "Địa chỉ cho bưu chính",
    REVIEW: "Xem lại rồi nộp",
}


@dataclass(frozen=True)
class Stop:
    """One page of the way."""

    part: str
    page: str  # the page of the form, for the form
    title: str
    url: str


def stops(draft: Dossier) -> list[Stop]:
    """All pages in order; those of the form that the answers hide are left out."""
    form = [
        Stop(FORM, page.slug, page.title, reverse("citizen:form", args=[draft.ref, page.slug]))
        for page in visible_pages(reads.form_of(draft), draft.answers)
    ]
    return [_stop(draft, APPLICANT), _stop(draft, OWNER), *form] + [
        _stop(draft, part) for part in (PAPERS, DELIVERY, *([POST] if needs_address(draft.delivery) else []), REVIEW)
    ]


def _stop(draft: Dossier, part: str) -> Stop:
    return Stop(part, "", TITLES[part], reverse(ROUTES[part], args=[draft.ref]))


def next_url(request: HttpRequest, draft: Dossier, part: str, page: str = "") -> str:
    """Where "Đồng ý và tiếp tục" leads."""
    way = stops(draft)
    if request.GET.get(BACK_TO_REVIEW):
        asks_address = part == DELIVERY and needs_address(draft.delivery) and "post" not in draft.delivery
        return f"{reverse(ROUTES[POST], args=[draft.ref])}?{BACK_TO_REVIEW}=1" if asks_address else way[-1].url
    return way[min(_place(way, part, page) + 1, len(way) - 1)].url


def _place(way: Sequence[Stop], part: str, page: str) -> int:
    return next((place for place, stop in enumerate(way) if (stop.part, stop.page) == (part, page)), 0)


def url_of(problem: reads.Problem, draft: Dossier, *, mending: bool = True) -> str:
    """The field that a problem is about, on its page; when `mending`, that page leads back to the review."""
    if problem.part == FORM:
        page = reverse("citizen:form", args=[draft.ref, problem.page])
    else:
        page = reverse(ROUTES[problem.part], args=[draft.ref])
    return f"{page}{f'?{BACK_TO_REVIEW}=1' if mending else ''}#{problem.html_id}"


def copies_url(draft: Dossier) -> str:
    """The field of the form that says how many copies are wanted; empty where the service has none."""
    field_id = draft.offering_version.copies_answer
    page = reads.form_of(draft).page_of.get(field_id)
    if not page:
        return ""
    return f"{reverse('citizen:form', args=[draft.ref, page])}?{BACK_TO_REVIEW}=1#{html_id(field_id)}"


def show(
    request: HttpRequest,
    draft: Dossier,
    template: str,
    place: tuple[str, str],
    *,
    problems: Sequence[Any] = (),
    overwritten: Sequence[Overwritten] = (),
    shown: Mapping[str, Any] = NOTHING,
    **context: Any,
) -> HttpResponse:
    """A page of the way, with steps, saved-at line and what it has to carry; 422 if something is to be mended."""
    part, page = place
    way = stops(draft)
    here = _place(way, part, page)
    query = f"?{BACK_TO_REVIEW}=1" if request.GET.get(BACK_TO_REVIEW) else ""
    everything = reads.problems(draft)
    context |= {
        "draft": draft,
        "procedure": draft.procedure_version,
        "stop": way[here],
        "back": way[here - 1].url if here else "",
        "steps": step_items(draft, way, part, everything),
        "parts": form_parts(way, here, everything) if part == FORM else [],
        "carried": carried(draft, shown),
        "post_to": request.path + query,
        "problems": problems,
        "overwritten": overwritten,
        "saved_at": draft.saved_at if draft.revision else None,
        "to_mend": [(problem.message, url_of(problem, draft)) for problem in everything],
    }
    return render(request, template, context, status=422 if problems else 200)


def step_items(
    draft: Dossier, way: Sequence[Stop], part: str, problems: Sequence[reads.Problem]
) -> list[dict[str, str]]:
    """The five steps: done are those before this one in which nothing is missing."""
    broken = {problem.part for problem in problems}
    now = next(place for place, (_, parts) in enumerate(STEPS) if part in parts)
    items = []
    for place, (name, parts) in enumerate(STEPS):
        first = next((stop for stop in way if stop.part in parts), None)
        state = "now" if place == now else "done" if place < now and not parts & broken else "later"
        reachable = place < now and first is not None
        items.append({"name": name, "state": state, "url": first.url if reachable and first else ""})
    return items


def form_parts(way: Sequence[Stop], here: int, problems: Sequence[reads.Problem]) -> list[dict[str, Any]]:
    """The pages of the form for the list beside it; those before this one say whether they are complete."""
    broken = {problem.page for problem in problems if problem.part == FORM}
    return [
        {
            "title": stop.title,
            "url": stop.url,
            "is_now": place == here,
            "is_done": place < here and stop.page not in broken,
            "is_lacking": place < here and stop.page in broken,
        }
        for place, stop in enumerate(way)
        if stop.part == FORM
    ]
