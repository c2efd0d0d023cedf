"""The page of papers: several files for each, taken one by one, and refused with the reason beside the paper."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.core.errors import BusinessError, Conflict
from motcua.core.ratelimit import DAY, hit, left
from motcua.core.words import say
from motcua.documents.rules import UploadRefused, megabytes
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.drafts import PAPERS, Paper, Problem
from motcua.dossiers.services import drafts
from motcua.web.citizen import walk
from motcua.web.citizen.draft_pages import AUTOSAVE, LATER, actor, draft_page, own_only

UPLOAD = "tai"
TOO_MANY_AT_ONCE = 20  # files in one post; a thousand tiny ones would keep a worker busy
TOO_HARD_AN_HOUR = 5  # files of one person on which the helper gave up: each may have kept it busy for 20 seconds
FILES_A_DAY = 500  # of one person: nobody has so many papers, and each is kept
Refusals = Mapping[str, Sequence[str]]
Attach = Callable[..., object]  # dossier, key of the paper, file, by=


@draft_page
def papers(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Giấy tờ: any button takes in what was chosen; one paper's trouble touches no other file."""
    if request.method != "POST":
        return _page(request, draft)
    act = request.POST.get("act", "")
    if act == AUTOSAVE:
        return HttpResponse(status=204)
    try:
        refusals = take_all(request, draft, drafts.attach)
    except Conflict:
        return redirect("citizen:mine")
    if key := request.headers.get("X-Paper"):
        return _card(request, draft, key, refusals)
    if refusals:
        return _page(request, draft, refusals)
    if act == LATER:
        return redirect("citizen:mine")
    if act == UPLOAD:
        return redirect(request.get_full_path())
    missing = reads.paper_problems(reads.papers(draft))
    if missing:
        return _page(request, draft, problems=missing)
    return redirect(walk.next_url(request, draft, PAPERS))


def take_all(request: HttpRequest, draft: Dossier, attach: Attach) -> dict[str, list[str]]:
    """Take every file that came; what was refused, by paper. `attach` puts one where it belongs.

    Raises:
        Conflict: what `attach` says: the draft was handed in or deleted meanwhile.
    """
    refusals: dict[str, list[str]] = {}
    count = 0
    for name, files in request.FILES.lists():
        if not name.startswith("tep-"):
            continue
        key = name.removeprefix("tep-")
        for file in files:
            count += 1
            try:
                if count > TOO_MANY_AT_ONCE:
                    raise BusinessError(
                        say(
                            "Mỗi lần nhận {most} tệp. Xin chọn lại {name}.",
                            most=TOO_MANY_AT_ONCE,
                            name=file.name,
                        )
                    )
                _take(draft, key, file, attach)
            except Conflict:
                raise
            except BusinessError as refusal:
                refusals.setdefault(key, []).append(str(refusal))
    return refusals


def _take(draft: Dossier, key: str, file: "UploadedFile[Any]", attach: Attach) -> None:
    """
    Raises:
        BusinessError: the file is refused, or too many before it were made to keep us busy.
    """
    person = str(actor(draft).pk)
    if not left("upload.hard", person, limit=TOO_HARD_AN_HOUR):
        raise BusinessError(
            say(
                "Đã có {count} tệp mà hệ thống không đọc nổi. Xin thử lại sau một giờ, hoặc nộp tại quầy.",
                count=TOO_HARD_AN_HOUR,
            )
        )
    if not hit("upload.day", person, limit=FILES_A_DAY, seconds=DAY):
        raise BusinessError(
            say(
                "Hôm nay đã nhận {count} tệp của ông/bà. Xin tải tiếp ngày mai, hoặc nộp tại quầy.",
                count=FILES_A_DAY,
            )
        )
    try:
        attach(draft, key, file, by=actor(draft))
    except UploadRefused as refusal:
        if refusal.reason == "too_hard":
            hit("upload.hard", person, limit=TOO_HARD_AN_HOUR, seconds=3600)
        raise


def _page(
    request: HttpRequest, draft: Dossier, refusals: Refusals | None = None, problems: Sequence[Problem] = ()
) -> HttpResponse:
    refusals = refusals or {}
    found = reads.papers(draft)
    told = [Problem(PAPERS, "", f"tep-{key}", text) for key, texts in refusals.items() for text in texts]
    return walk.show(
        request, draft, "citizen/papers.html", (PAPERS, ""),
        problems=[*told, *problems],
        papers=_cards(found, refusals, problems),
        free=reads.papers_not_needed(draft),
        count=_count(found), upload_limit=megabytes(settings.UPLOAD_MAX_BYTES),
    )  # fmt: skip


def _card(request: HttpRequest, draft: Dossier, key: str, refusals: Refusals) -> HttpResponse:
    """One paper anew, for the page's script; the draft was changed by what was just taken."""
    draft = access.draft_of(draft.user, draft.ref)
    found = reads.papers(draft)
    cards = [card for card in _cards(found, refusals, ()) if card["paper"].key == key]
    context = {
        "card": cards[0] if cards else None,
        "draft": draft,
        "count": _count(found),
        "upload_limit": megabytes(settings.UPLOAD_MAX_BYTES),
        "fresh": True,
    }
    return render(request, "citizen/_paper_alone.html", context, status=422 if refusals else 200)


def _cards(found: Sequence[Paper], refusals: Refusals, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    lacking = {problem.html_id for problem in problems}
    return [
        {"paper": paper, "refusals": refusals.get(paper.key, ()), "lacking": f"tep-{paper.key}" in lacking}
        for paper in found
    ]


def _count(found: Sequence[Paper]) -> dict[str, int]:
    required = [paper for paper in found if paper.required]
    return {"there": sum(1 for paper in required if paper.files), "required": len(required)}


@draft_page
def remove_file(request: HttpRequest, draft: Dossier, attachment_id: int) -> HttpResponse:
    """Ask, then remove a file: a slip of the finger on a small screen costs a photograph otherwise."""
    if not own_only(request, draft):
        return redirect("citizen:papers", draft.ref)
    attachment = draft.attachments.select_related("document__blob").filter(pk=attachment_id).first()
    if attachment is None:  # gone already: a second click, or another window
        return redirect("citizen:papers", draft.ref)
    if request.method == "POST":
        try:
            drafts.detach(draft, attachment_id, by=actor(draft))
        except Conflict:
            return redirect("citizen:mine")
        return redirect("citizen:papers", draft.ref)
    return walk.show(request, draft, "citizen/remove_file.html", (PAPERS, ""), attachment=attachment)
