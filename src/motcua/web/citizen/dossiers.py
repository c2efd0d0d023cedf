"""What became of it: the person's list, one dossier with its clock, the draft to look at, the files."""

import uuid
from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from motcua.core.errors import BusinessError, Conflict
from motcua.documents.responses import file_response
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import confirmed, people
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.endings import ending_of, fee_after
from motcua.dossiers.queries.money import account_of, owes
from motcua.dossiers.queries.supplements import stories
from motcua.dossiers.rules.delivery import paid_at_the_door
from motcua.dossiers.services import drafts, results, standing, work
from motcua.web.citizen import summary
from motcua.web.citizen.draft_pages import actor, carried, draft_page, own_only
from motcua.web.citizen.mail import post_of
from motcua.web.components import ledger
from motcua.web.components.doors import CitizenRequest, citizen_required
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem

AGREE, OBJECT = "dong-y", "de-nghi-sua"


@citizen_required
def mine(request: CitizenRequest) -> HttpResponse:
    """Hồ sơ của tôi: what waits for the person first."""
    return render(request, "citizen/mine.html", {"mine": people.my_dossiers(request.user)})


@require_POST
@citizen_required
def take_over(request: CitizenRequest, ref: str) -> HttpResponse:
    """Nhận theo dõi: a dossier that somebody else has handed in for one's organisation."""
    found = access.of_organisation(request.user, ref)
    standing.take_over(found, by=request.user)
    return redirect("citizen:dossier", found.ref)


@draft_page
def discard(request: HttpRequest, draft: Dossier) -> HttpResponse:
    """Ask, then delete a draft."""
    if request.method == "POST" and own_only(request, draft):
        try:
            drafts.discard(draft, by=actor(draft))
        except Conflict:
            pass  # handed in or deleted in another window: the list says which
        return redirect("citizen:mine")
    context = {"draft": draft, "carried": carried(draft, {}), "files": draft.attachments.count()}
    return render(request, "citizen/discard.html", context)


@citizen_required
def dossier(request: CitizenRequest, ref: str) -> HttpResponse:
    """One dossier: a sentence, what to do now, the clock, what happened and what will."""
    found = access.of_applicant(request.user, ref)
    if found.state == State.DRAFT:
        return redirect("citizen:begin", found.ref)
    return show(request, found)


def show(request: CitizenRequest, found: Dossier, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page of a dossier, with what was refused on top."""
    context = _dossier_context(found) | {"problems": problems}
    return render(request, "citizen/dossier.html", context, status=422 if problems else 200)


def _dossier_context(found: Dossier) -> dict[str, object]:
    now = timezone.now()
    papers = reads.papers(found)
    to_bring = reads.still_to_bring(found, papers) if found.state in people.STILL_BRINGING else []
    return {
        "dossier": found,
        "procedure": found.procedure_version,
        "line": people.line_of(found, now),
        "clock": ledger.story_of(found, now),
        "timeline": people.timeline(found),
        "coming": people.coming_steps(found),
        "result": people.result_of(found),
        "open_draft": people.open_draft(found),
        "papers": [paper for paper in papers if paper.files],
        "to_bring": to_bring,
        **post_of(found, to_bring),
        "to_sign": reads.to_sign(found) if found.state in people.STILL_BRINGING else None,
        "confirmations": confirmed.standing(found),
        "delivery": summary.delivery_rows(found),
        "supplements": stories(found, now),
        "ending": ending_of(found),
        "account": (account := account_of(found)),
        "fee": fee_after(found, account),
        "can_pay": owes(found),
        "at_the_door": paid_at_the_door(found.delivery) and found.state != State.RETURNED,
    }


@citizen_required
def handed_in(request: CitizenRequest, ref: str) -> HttpResponse:
    """What was handed in, to read and to print."""
    found = access.of_applicant(request.user, ref)
    if found.state == State.DRAFT:
        return redirect("citizen:review", found.ref)
    context = {
        "dossier": found, "procedure": found.procedure_version, "summary": summary.of(found),
        "quote": found.fee_quote, "total": found.fee_total, "postage": found.delivery.get("postage"),
        "at_the_door": paid_at_the_door(found.delivery),
    }  # fmt: skip
    return render(request, "citizen/handed_in.html", context)


class AnswerForm(PortalForm):
    """The answer to the draft of a result."""

    answer = forms.ChoiceField(
        label="Ông/bà trả lời thế nào?",
        choices=[(AGREE, "Đồng ý"), (OBJECT, "Đề nghị sửa")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn “Đồng ý” hoặc “Đề nghị sửa”"},
    )
    remark = forms.CharField(
        label="Cần sửa chỗ nào, thành gì?",
        help_text="Chỉ cần ghi khi đề nghị sửa",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Ghi nhiều nhất 1.000 ký tự"},
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("answer") == OBJECT and not data.get("remark"):
            self.add_error("remark", "Ghi rõ chỗ cần sửa, để cán bộ sửa đúng ý ông/bà")
        return data


@citizen_required
def confirm(request: CitizenRequest, ref: str) -> HttpResponse:
    """The draft of the result: look at it, agree or say what is wrong."""
    found = access.of_applicant(request.user, ref)
    draft = people.open_draft(found)
    if draft is None:
        return redirect("citizen:dossier", found.ref)  # answered already, here or in another window
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        agree = form.cleaned_data["answer"] == AGREE
        try:
            work.answer_draft(found, by=request.user, agree=agree, remark=form.cleaned_data["remark"])
            return redirect("citizen:dossier", found.ref)
        except Conflict:
            return redirect("citizen:dossier", found.ref)
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "dossier": found,
        "procedure": found.procedure_version,
        "draft": draft,
        "values": people.draft_values(found),
        "form": form,
        "name": found.offering_version.result_name,
    }
    return render(request, "citizen/confirm.html", context, status=422 if form.errors else 200)


@citizen_required
def take_result(request: CitizenRequest, ref: str) -> HttpResponseBase:
    """Download the result; the first download of a result that is received online counts as its return."""
    found = access.of_applicant(request.user, ref)
    result = people.result_of(found)
    if result is None:
        return redirect("citizen:dossier", found.ref)
    if request.method == "POST" and people.to_do(found) == people.ToDo.DOWNLOAD:
        try:
            results.take_online(found, by=request.user)
        except Conflict:
            pass  # a second click, or the desk was faster: the file is the same
    document = access.document_of_applicant(request.user, ref, result.document_id)
    return file_response(document, download=True)


@citizen_required
def file(request: CitizenRequest, ref: str, document_id: uuid.UUID) -> HttpResponseBase:
    """A file of the person's own dossier."""
    document = access.document_of_applicant(request.user, ref, document_id)
    size = request.GET.get("co", "")
    if size == "nho":
        return file_response(document, variant="thumbnail", download=False)
    if size == "goc":
        return file_response(document, download=True)
    return file_response(document, variant="preview", download=False)
