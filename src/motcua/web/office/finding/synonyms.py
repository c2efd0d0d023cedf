"""Từ đồng nghĩa: what people say for what the catalogue writes."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.errors import BusinessError
from motcua.procedures.models import Synonym
from motcua.procedures.queries import finding as reads
from motcua.procedures.search import search
from motcua.procedures.services import finding as acts
from motcua.web.components.doors import OfficerRequest, editor_required, held_post
from motcua.web.components.forms import PortalForm
from motcua.web.office.finding.unmet import SOURCE, came_from, done

PER_PAGE = 100
MOST_MEANINGS = 10
SHOWN = 5  # what is found at present, beside the form
DROP = "xoa"
SAVED = "Đã lưu. Tìm kiếm hiểu cách nói này trong vòng một phút."


class SynonymForm(PortalForm):
    """What is said, and what is meant, a line for each way to write it."""

    noi = forms.CharField(
        label="Người dân nói", max_length=100, help_text="Ví dụ: sổ đỏ",
        error_messages={"required": "Nhập cách nói của người dân", "max_length": "Nhiều nhất 100 ký tự"},
    )  # fmt: skip
    nghia = forms.CharField(
        label="Văn bản viết", max_length=2000, widget=forms.Textarea({"rows": "4"}),
        help_text="Mỗi dòng một cách viết, như trong tên thủ tục. Ví dụ: giấy chứng nhận quyền sử dụng đất",
        error_messages={"required": "Nhập ít nhất một cách viết trong văn bản"},
    )  # fmt: skip

    def clean_nghia(self) -> Sequence[str]:
        """The lines.

        Raises:
            ValidationError: too many of them, or one is too long.
        """
        lines = [line.strip() for line in self.cleaned_data["nghia"].splitlines() if line.strip()]
        if len(lines) > MOST_MEANINGS:
            raise forms.ValidationError(f"Nhiều nhất {MOST_MEANINGS} dòng")
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError("Mỗi dòng nhiều nhất 200 ký tự")
        return lines


@require_GET
@editor_required
def synonyms(request: OfficerRequest) -> HttpResponse:
    """All that staff have set."""
    page = Paginator(reads.synonyms(), PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "office/finding/synonyms.html", {"page": page})


@require_http_methods(["GET", "POST"])
@editor_required
def new(request: OfficerRequest) -> HttpResponse:
    """Another one, perhaps for a search that found nothing."""
    return _write(request, None)


@require_http_methods(["GET", "POST"])
@editor_required
def change(request: OfficerRequest, number: int) -> HttpResponse:
    """Correct one, or take it away."""
    found = reads.synonym(number)
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("act") == DROP:
        acts.drop_synonym(found, by=request.user)
        messages.success(request, "Đã bỏ từ đồng nghĩa.")
        return redirect("office:synonyms")
    return _write(request, found)


def _write(request: OfficerRequest, synonym: Synonym | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    source = came_from(request)
    initial = {"noi": source.text if source else ""}
    if synonym:
        initial = {"noi": synonym.said, "nghia": "\n".join(synonym.meant)}
    form = SynonymForm(posted or held_post(request), initial=initial)
    if posted and form.is_valid():
        said, meant = form.cleaned_data["noi"], form.cleaned_data["nghia"]
        try:
            acts.set_synonym(said, meant, by=request.user, changing=synonym)
            return done(request, source, SAVED, "office:synonyms")
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    text = initial["noi"]
    context = {
        "form": form, "synonym": synonym, "source": source, "source_name": SOURCE, "text": text,
        "hits": search(text).hits[:SHOWN] if text else [],
    }  # fmt: skip
    return render(request, "office/finding/synonym.html", context, status=422 if posted and form.errors else 200)
