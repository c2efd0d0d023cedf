"""The files of a record's forms: upload one, put another in its place, take it away. Into the draft, as all edits."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.errors import BusinessError
from motcua.documents.responses import file_response
from motcua.documents.rules import ENDINGS, FORM_MAX_BYTES, FORMS, megabytes
from motcua.documents.services import take_form_file
from motcua.procedures.models import Procedure
from motcua.procedures.queries import forms as held_forms
from motcua.procedures.rules import forms as rules
from motcua.procedures.services import drafts
from motcua.web.components.doors import OfficerRequest, editor_required
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem, problems_of
from motcua.web.office.catalogue.fields import LineField
from motcua.web.office.catalogue.finding import procedure_or_404

NEW = "them"  # in the address, instead of a form's key
REMOVE = "go"
SECTION = "mau-don"
SALT = "motcua.catalogue.form_file"
DAY = 24 * 3600  # seconds: what nobody has attached by then, the sweep may have taken away
ACCEPT = ",".join(ending for kind in FORMS for ending in ENDINGS[kind])
SAVED = "Đã lưu vào bản nháp. Người dân chưa tải được cho đến khi công bố."


@dataclass(frozen=True)
class FormRow:
    """One form of a record, for its editors.

    Attributes:
        papers: which papers name it.
        held: what the record says of its file; None: the portal holds none.
    """

    name: str
    papers: Sequence[str]
    held: Mapping[str, Any] | None

    @property
    def key(self) -> str:
        """Its name in an address: names have slashes and run to a thousand letters."""
        return hashlib.sha256(self.name.encode()).hexdigest()[:12]

    @property
    def size(self) -> str:
        """Of its file, in words."""
        return megabytes(self.held["size"]) if self.held else ""


def rows_of(content: Mapping[str, Any]) -> list[FormRow]:
    """All forms of a record, in its order."""
    held = {one["name"]: one for one in content.get(rules.HELD, ())}
    papers: dict[str, list[str]] = {}
    for paper in content.get("requirements", ()):
        for name in paper.get("form_files", ()):
            papers.setdefault(name, []).append(paper["name"])
    names = rules.to_show(rules.named(content), held)
    return [FormRow(name, papers.get(name, []), held.get(name)) for name in names]


class FormFileForm(PortalForm):
    """The file of one form; of a new one its name, too. A file once taken in is kept through whatever else is wrong."""

    ten = LineField(
        "Tên mẫu đơn, tờ khai", 300,
        help_text="Người dân thấy và tải về dưới tên này. Để trống thì lấy tên của tệp",
    )  # fmt: skip
    tep = forms.FileField(
        label="Tệp", required=False, allow_empty_file=True, widget=forms.FileInput({"accept": ACCEPT}),
    )  # fmt: skip

    def __init__(self, *args: Any, row: FormRow | None, names: Sequence[str], by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.names, self.by = row, names, by
        if row is not None:
            del self.fields["ten"]
        most = min(FORM_MAX_BYTES, settings.UPLOAD_MAX_BYTES)
        self.fields["tep"].help_text = f"Word, Excel, LibreOffice hoặc PDF, không có macro. Đến {megabytes(most)}"
        self.held = _unsigned(self.data.get("da_nhan", ""))

    @property
    def taken(self) -> str:
        """What was taken in already, for the form to carry."""
        return signing.dumps(self.held, salt=SALT) if self.held else ""

    @property
    def taken_size(self) -> str:
        """Its size in words."""
        return megabytes(self.held["size"]) if self.held else ""

    def clean_tep(self) -> None:
        """Take the file in, whatever else is wrong.

        Raises:
            ValidationError: it can't be taken, or there is none.
        """
        file = self.files.get("tep")
        if file is not None:
            try:
                document = take_form_file(file, by=self.by)
            except BusinessError as refusal:
                raise forms.ValidationError(str(refusal)) from None
            self.held = held_forms.as_record(document.name, document)
        if self.held is None:
            raise forms.ValidationError("Chọn tệp mẫu trên máy của ông/bà")

    def clean(self) -> dict[str, Any]:
        """A new form has a name of its own."""
        said = super().clean() or self.cleaned_data
        if self.row is None and self.name in self.names:
            self.add_error("ten", "Thủ tục đã có mẫu tên này. Mở mẫu ấy để thay tệp, hoặc đặt tên khác")
        return said

    @property
    def name(self) -> str:
        """What the form is called."""
        if self.row is not None:
            return self.row.name
        return str(self.cleaned_data.get("ten") or (self.held["name"] if self.held else ""))

    def changes(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The record's keys with the file in its place; only of a valid form."""
        assert self.held is not None
        changed: dict[str, Any] = {
            rules.HELD: _put(content.get(rules.HELD, ()), self.name, {**self.held, "name": self.name})
        }
        if self.row is None:
            changed["forms"] = [*content.get("forms", ()), self.name]
        return changed


@require_http_methods(["GET", "POST"])
@editor_required
def form_file(request: OfficerRequest, code: str, key: str) -> HttpResponse:
    """The file of one form, or a new form with its file."""
    procedure = procedure_or_404(code)
    content = drafts.content_of(procedure)
    rows = rows_of(content)
    row = next((one for one in rows if one.key == key), None)
    if row is None and key != NEW:
        raise Http404
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FormFileForm(*posted, row=row, names=[one.name for one in rows], by=request.user)
    if request.method == "POST":
        changes = None
        if request.POST.get("act") == REMOVE and row is not None:
            form = FormFileForm(row=row, names=[], by=request.user)
            changes = {rules.HELD: _put(content.get(rules.HELD, ()), row.name, None)}
        elif form.is_valid():
            changes = form.changes(content)
        if changes is not None and (trouble := _saved(request, procedure, changes)) is None:
            return redirect("office:catalogue_section", code, SECTION)
        if changes is not None:
            return _page(request, procedure, form, row, trouble=trouble)
    return _page(request, procedure, form, row)


@require_GET
@never_cache
@editor_required
def held(request: OfficerRequest, code: str, sha256: str) -> HttpResponseBase:
    """A form's file, for its editors, of a draft as well."""
    found = held_forms.held_here(procedure_or_404(code), sha256)
    if found is None:
        raise Http404
    try:
        return file_response(found.document)
    except FileNotFoundError:
        raise Http404 from None


def _page(
    request: OfficerRequest,
    procedure: Procedure,
    form: FormFileForm,
    row: FormRow | None,
    *,
    trouble: str | None = None,
) -> HttpResponse:
    content = drafts.content_of(procedure)
    problems = [Problem(trouble)] if trouble else problems_of(form).items
    # What somebody was told of may then be written over, knowingly.
    seen = request.POST.get("seen") if not trouble else None
    context = {
        "code": procedure.code, "content": content, "form": form, "row": row, "problems": problems,
        "seen": seen or drafts.seen_of(content, _keys(row)),
    }  # fmt: skip
    return render(request, "office/catalogue/form_file.html", context, status=422 if problems else 200)


def _keys(row: FormRow | None) -> list[str]:
    return [rules.HELD] if row is not None else [rules.HELD, "forms"]


def _saved(request: OfficerRequest, procedure: Procedure, changes: Mapping[str, Any]) -> str | None:
    """Save into the draft; what stands in the way, or None."""
    try:
        drafts.change_draft(procedure, changes, seen=request.POST.get("seen", ""), by=request.user)
    except BusinessError as refusal:
        return str(refusal)
    messages.success(request, SAVED)
    return None


def _put(held: Sequence[Mapping[str, Any]], name: str, one: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The held forms with one under this name, in its place; None: without it."""
    if one is None:
        return [other for other in held if other["name"] != name]
    if any(other["name"] == name for other in held):
        return [one if other["name"] == name else other for other in held]
    return [*held, one]


def _unsigned(said: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = signing.loads(said, salt=SALT, max_age=DAY)
    except signing.BadSignature:  # nothing, somebody's own, or too old
        return None
    return found
