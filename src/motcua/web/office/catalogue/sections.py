"""Edit one section of a record. What was typed comes back whatever goes wrong; nothing is overwritten in silence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.core.errors import BusinessError
from motcua.offerings.queries import all_offerings_for
from motcua.procedures.comparing import SECTIONS, differences
from motcua.procedures.comparing.conditions import in_words
from motcua.procedures.models import Procedure
from motcua.procedures.queries.history import names_in
from motcua.procedures.rules.forms import HELD
from motcua.procedures.rules.when import lost_answers
from motcua.procedures.services import drafts
from motcua.web.components.doors import OfficerRequest, editor_required, held_post
from motcua.web.components.problems import Problem, problems_of
from motcua.web.office.catalogue import papers
from motcua.web.office.catalogue.finding import procedure_or_404
from motcua.web.office.catalogue.form_files import SECTION as FORM_FILES
from motcua.web.office.catalogue.form_files import rows_of
from motcua.web.office.catalogue.forms import FORMS
from motcua.web.office.catalogue.papers import NEW, PaperForm
from motcua.web.office.catalogue.rows import ROWS, Rows
from motcua.web.office.catalogue.when import still_asked

BY_KEY = {section.key: section for section in SECTIONS}
ADD, SAVE, REMOVE = "them", "luu", "bo"
PAPERS = "giay-to"
SAVED = "Đã lưu vào bản nháp. Người dân chưa thấy cho đến khi công bố."
ONLINE = (
    "Thủ tục này đang nhận trực tuyến: câu hỏi và câu trả lời mới phải có trong tờ khai điện tử trước. "
    "Ở đây sửa được lời và thứ tự."
)
ASKS = require_http_methods(["GET", "POST"])


@ASKS
@editor_required
def section(request: OfficerRequest, code: str, section: str) -> HttpResponse:
    """One section: a form, rows, or the list of papers."""
    procedure = procedure_or_404(code)
    content = drafts.content_of(procedure)
    if section == PAPERS:
        return _papers(request, procedure, content)
    if section in ROWS:
        return _rows(request, procedure, content, section)
    if section not in FORMS:
        raise Http404
    form = FORMS[section](_typed(request), initial=FORMS[section].first(content))
    if request.method != "POST":
        return _page(request, procedure, content, section, form=form)
    if not form.is_valid():
        return _page(request, procedure, content, section, form=form, problems=problems_of(form).items)
    problems, rival = _save(request, procedure, form.changes(content))
    if not problems:
        return redirect("office:catalogue_record", code)
    return _page(request, procedure, content, section, form=form, problems=problems, rival=rival)


@ASKS
@editor_required
def paper(request: OfficerRequest, code: str, key: str) -> HttpResponse:
    """One paper, or a new one; it may be left out."""
    procedure = procedure_or_404(code)
    content = drafts.content_of(procedure)
    found = next((one for one in content.get("requirements", ()) if one["key"] == key), None)
    if found is None and key != NEW:
        raise Http404
    form = PaperForm(_typed(request), content=content, paper=found)
    removes = request.POST.get("act") == REMOVE and found is not None
    problems: list[Problem] = []
    rival: list[Any] = []
    if request.method == "POST" and (removes or form.is_valid()):
        changes = papers.without_paper(content, key) if removes else papers.with_paper(content, key, form.row())
        problems, rival = _save(request, procedure, changes)
        if not problems:
            return redirect("office:catalogue_section", code, PAPERS)
    elif request.method == "POST":
        problems = problems_of(form).items
    context = {
        "code": code, "content": content, "form": form, "paper": found, "problems": problems, "rival": rival,
        "seen": _seen(request, procedure, content, ["requirements"], rival),
    }  # fmt: skip
    return render(request, "office/catalogue/paper.html", context, status=422 if problems else 200)


def _papers(request: OfficerRequest, procedure: Procedure, content: Mapping[str, Any]) -> HttpResponse:
    """The list: order, what is a paper and what a note; each paper has its own page."""
    problems: list[Problem] = []
    rival: list[Any] = []
    rows = content.get("requirements", [])
    if request.method == "POST":
        changes = papers.arranged(content, request.POST)
        rows = changes["requirements"]
        problems, rival = _save(request, procedure, changes)
        if not problems:
            return redirect("office:catalogue_record", procedure.code)
    situations = content.get("situations", ())
    rows = [{**row, "when": in_words(row.get("shown_if"), situations)} for row in rows]
    sets = content.get("dossier_sets", 1)
    return _page(request, procedure, content, PAPERS, problems=problems, rival=rival, papers=rows, sets=sets)


def _rows(request: OfficerRequest, procedure: Procedure, content: Mapping[str, Any], key: str) -> HttpResponse:
    rows = Rows(key, content, _typed(request))
    if request.method != "POST":
        return _page(request, procedure, content, key, rows=rows)
    if request.POST.get("act") == ADD:
        rows.add()
        return _page(request, procedure, content, key, rows=rows)
    if not rows.is_valid():
        return _page(request, procedure, content, key, rows=rows, problems=rows.problems)
    changes = rows.changes(content)
    if refused := _refused_questions(procedure, content, changes):
        return _page(request, procedure, content, key, rows=rows, problems=refused)
    problems, rival = _save(request, procedure, changes)
    if not problems:
        return redirect("office:catalogue_record", procedure.code)
    return _page(request, procedure, content, key, rows=rows, problems=problems, rival=rival)


def _refused_questions(procedure: Procedure, content: Mapping[str, Any], changes: Mapping[str, Any]) -> list[Problem]:
    """What speaks against other questions: papers that look at an answer; an e-form that doesn't ask the new ones."""
    if "situations" not in changes:
        return []
    asked = changes["situations"]
    new = lost_answers(asked, content.get("situations", ()))
    if new and any(one.takes_online for one in all_offerings_for(procedure)):
        return [Problem(ONLINE), *still_asked(content, asked)]
    return still_asked(content, asked)


def _typed(request: OfficerRequest) -> QueryDict | None:
    """What was posted, now or before the session ended."""
    return request.POST if request.method == "POST" else held_post(request)


def _save(request: OfficerRequest, procedure: Procedure, changes: Mapping[str, Any]) -> tuple[list[Problem], list[Any]]:
    """What stands in the way, and where others were first: what differs between theirs and what was typed."""
    try:
        drafts.change_draft(procedure, changes, seen=request.POST.get("seen", ""), by=request.user)
    except drafts.Overtaken as overtaken:
        theirs = drafts.content_of(procedure)
        mine = {**theirs, **changes}
        return [Problem(str(overtaken))], differences(theirs, mine, names=names_in([theirs, mine]))
    except BusinessError as refusal:
        return [Problem(str(refusal))], []
    messages.success(request, SAVED)
    return [], []


def _page(
    request: OfficerRequest, procedure: Procedure, content: Mapping[str, Any], key: str,
    *, problems: Sequence[Problem] = (), rival: Sequence[Any] = (), **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "code": procedure.code, "section": BY_KEY[key], "content": content, "problems": problems, "rival": rival,
        "seen": _seen(request, procedure, content, _keys(key), rival), "template": _template(key),
        "files": rows_of(content) if key == FORM_FILES else (), **more,
    }  # fmt: skip
    return render(request, "office/catalogue/section.html", context, status=422 if problems else 200)


def _seen(
    request: OfficerRequest, procedure: Procedure, content: Mapping[str, Any], keys: Sequence[str], rival: Sequence[Any]
) -> str:
    """What the form carries: the state that its person has seen, which stays the same until they are told of another.

    Whoever was overtaken is shown what the other wrote and may then write over it, knowingly.
    """
    if rival:
        return drafts.seen_of(drafts.content_of(procedure), keys)
    return request.POST.get("seen") or drafts.seen_of(content, keys)


def _keys(key: str) -> Sequence[str]:
    """The record's keys that a save of this section writes."""
    if key == PAPERS:
        return ["requirements", "dossier_sets"]
    if key in ROWS:
        return [ROWS[key][0]]
    return [name for name in BY_KEY[key].fields if name != HELD]  # held files are put in by acts of their own


def _template(key: str) -> str:
    if key == PAPERS:
        return "office/catalogue/_papers.html"
    if key == FORM_FILES:
        return "office/catalogue/_forms.html"
    return "office/catalogue/_rows.html" if key in ROWS else "office/catalogue/_form.html"
