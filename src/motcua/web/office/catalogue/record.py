"""One procedure for its editors: where it stands, what differs, where people find it. What is done with it: `acts`."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from motcua.procedures.comparing import SECTIONS, differences
from motcua.procedures.doubting import named, section_of
from motcua.procedures.models import Procedure
from motcua.procedures.queries import history, life_events, queue, standing
from motcua.procedures.queries import record as current
from motcua.procedures.rules import completeness
from motcua.procedures.services import drafts, lists
from motcua.web.components.doors import OfficerRequest, editor_required
from motcua.web.components.forms import PortalForm
from motcua.web.office.acting import form_page, posted, tried
from motcua.web.office.catalogue.fields import Ticks
from motcua.web.office.catalogue.finding import procedure_or_404

AUDIENCES = {"cong-dan": "Công dân", "doanh-nghiep": "Doanh nghiệp"}
ASKS = require_http_methods(["GET", "POST"])


class LifeEventsForm(PortalForm):
    """The life events under which people find it."""

    viec = Ticks("Việc trong đời", [], "Có hiệu lực ngay, không phải công bố bản mới")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["viec"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [
            (event.pk, f"{name}: {event.name}") for key, name in AUDIENCES.items() for event in life_events(key)
        ]


@require_GET
@editor_required
def record(request: OfficerRequest, code: str) -> HttpResponse:
    """Where it stands, its sections, what is doubtful, what was published when by whom."""
    return home(request, procedure_or_404(code))


@require_GET
@editor_required
def changes(request: OfficerRequest, code: str) -> HttpResponse:
    """What differs between the draft and the version that stands."""
    procedure = procedure_or_404(code)
    draft = queue.draft_of(procedure)
    if draft is None:
        raise Http404
    return render(request, "office/catalogue/changes.html", compared(procedure, draft))


@ASKS
@editor_required
def arrange(request: OfficerRequest, code: str) -> HttpResponse:
    """The life events of a procedure."""
    procedure = procedure_or_404(code)
    first = {"viec": queue.life_events_of(procedure)}
    form = LifeEventsForm(posted(request), initial=first)
    if tried(form, lambda: lists.set_life_events_of(procedure, form.cleaned_data["viec"], by=request.user)):
        messages.success(request, "Đã xếp vào việc trong đời. Người dân thấy trong vòng một phút.")
        return redirect("office:catalogue_record", code)
    context = {"code": code, "content": drafts.content_of(procedure)}
    return form_page(request, "office/catalogue/arrange.html", context, form)


def home(request: OfficerRequest, procedure: Procedure, form: PortalForm | None = None) -> HttpResponse:
    """The procedure's page; `form` of an act that was refused."""
    draft, content = queue.draft_of(procedure), drafts.content_of(procedure)
    last = standing.last_standing(procedure)
    today = timezone.localdate()
    found = queue.open_doubts(procedure)
    doubtful = {section.key for doubt in found if (section := section_of(doubt.kind, doubt.place))}
    changed = {one.section.key for one in _differing(draft)} if draft else set()
    missing = completeness.lacks(content)
    context = {
        "code": procedure.code, "content": content, "draft": draft, "last": last,
        "planned": last if last and last.effective_from > today else None,
        "in_force": current(procedure.code), "withdrawal": standing.withdrawal(procedure.code),
        "today": today, "outdated": draft and draft.base_id != (last.pk if last else None),
        "doubts": [(doubt, named(content, doubt.kind, doubt.place)) for doubt in found],
        "sections": [
            {
                "section": one, "changed": one.key in changed, "doubtful": one.key in doubtful,
                "lacks": [lack.words for lack in missing if lack.section == one.key], "says": _says(content, one.key),
            }
            for one in SECTIONS
        ],
        "events": queue.life_events_of(procedure), "versions": history.published(procedure.code),
        "sources": queue.sources_of(procedure),
    }  # fmt: skip
    return form_page(request, "office/catalogue/record.html", context, form or PortalForm())


def _says(content: dict[str, Any], key: str) -> str:
    """How much a section holds, in a word or two."""
    counted = {
        "cac-buoc": ("steps", "bước"), "cach-nop": ("methods", "cách"), "giay-to": ("requirements", "dòng"),
        "phi": ("fee_lines", "khoản"), "ket-qua": ("results", "kết quả"), "luu-y": ("notes", "lưu ý"),
        "can-cu": ("legal_basis", "văn bản"), "doi-tuong": ("audience", "đối tượng"), "tra-loi": ("answers", "câu"),
        "lien-quan": ("related", "thủ tục"), "hoan-canh": ("situations", "câu hỏi"), "mau-don": ("forms", "tệp"),
    }  # fmt: skip
    if key not in counted:
        return ""
    name, word = counted[key]
    count = len(content.get(name) or ())
    return f"{count} {word}" if count else ""


def _differing(draft: Any) -> list[Any]:
    before = history.record_of(draft.base) if draft.base else {}
    after = history.record_of(draft.version)
    return differences(before, after, names=history.names_in([one for one in (before, after) if one]))


def compared(procedure: Procedure, draft: Any) -> dict[str, Any]:
    """What the pages about a draft show of it: what differs from what stands now, what is missing."""
    last = standing.last_standing(procedure)
    before, after = (history.record_of(last) if last else {}), history.record_of(draft.version)
    missing = completeness.lacks(after)
    return {
        "code": procedure.code, "draft": draft, "content": after, "last": last,
        "differences": differences(before, after, names=history.names_in([one for one in (before, after) if one])),
        "stopping": [lack for lack in missing if lack.stops], "missing": [lack for lack in missing if not lack.stops],
        "outdated": draft.base_id != (last.pk if last else None),
        "seen": drafts.whole_seen(after),
    }  # fmt: skip
