"""Kết quả ghim: procedures on top for exactly what people type."""

import re
from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.errors import BusinessError
from motcua.procedures.queries import finding as reads
from motcua.procedures.search import search
from motcua.procedures.services import finding as acts
from motcua.web.components.doors import OfficerRequest, editor_required, held_post
from motcua.web.components.forms import PortalForm
from motcua.web.office.finding.unmet import SOURCE, came_from, done

SHOWN = 5  # what is found at present, beside the form
DROP = "xoa"
SAVED = "Đã ghim. Người dân thấy trong vòng một phút."
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


class PinForm(PortalForm):
    """What is typed, and which procedures then come first."""

    tu_khoa = forms.CharField(
        label="Khi người dân gõ", max_length=200, help_text="Đúng những chữ này, có dấu hay không dấu đều được",
        error_messages={"required": "Nhập từ khóa", "max_length": "Nhiều nhất 200 ký tự"},
    )  # fmt: skip
    thu_tuc = forms.CharField(
        label="Thủ tục đứng đầu", max_length=4000, widget=forms.Textarea({"rows": "4", "spellcheck": "false"}),
        help_text=f"Mỗi dòng một thủ tục, bắt đầu bằng mã, nhiều nhất {acts.MOST_PINS} dòng. Phần sau mã chỉ để dễ đọc",
        error_messages={"required": "Nhập ít nhất một mã thủ tục"},
    )  # fmt: skip

    def clean_thu_tuc(self) -> Sequence[str]:
        """The numbers at the beginning of the lines.

        Raises:
            ValidationError: a line doesn't begin with a number.
        """
        codes = []
        for place, line in enumerate(self.cleaned_data["thu_tuc"].splitlines(), 1):
            words = line.split()
            if words and not (_CODE.fullmatch(words[0]) and any(char.isdigit() for char in words[0])):
                raise forms.ValidationError(f"Dòng {place} phải bắt đầu bằng mã thủ tục, ví dụ 1.001193")
            codes += words[:1]
        return list(dict.fromkeys(codes))


@require_GET
@editor_required
def pins(request: OfficerRequest) -> HttpResponse:
    """All texts with something on top."""
    return render(request, "office/finding/pins.html", {"rows": reads.pinned()})


@require_http_methods(["GET", "POST"])
@editor_required
def new(request: OfficerRequest) -> HttpResponse:
    """Another one, perhaps for a search that found the wrong things."""
    return _write(request, None)


@require_http_methods(["GET", "POST"])
@editor_required
def change(request: OfficerRequest, number: int) -> HttpResponse:
    """Correct what is on top for a text, or take it away."""
    found = reads.pins_of(number)
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("act") == DROP:
        acts.pin_results(found.typed, [], by=request.user, changing=found.typed)
        messages.success(request, "Đã bỏ ghim.")
        return redirect("office:pins")
    return _write(request, found)


def _write(request: OfficerRequest, pinned: reads.Pinned | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    source = came_from(request)
    initial = {"tu_khoa": source.text if source else ""}
    if pinned:
        lines = "\n".join(f"{code} {name}".strip() for code, name in pinned.procedures)
        initial = {"tu_khoa": pinned.typed, "thu_tuc": lines}
    form = PinForm(posted or held_post(request), initial=initial)
    if posted and form.is_valid():
        typed, codes = form.cleaned_data["tu_khoa"], form.cleaned_data["thu_tuc"]
        try:
            acts.pin_results(typed, codes, by=request.user, changing=pinned.typed if pinned else None)
            return done(request, source, SAVED, "office:pins")
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
    text = initial["tu_khoa"]
    context = {
        "form": form, "pinned": pinned, "source": source, "source_name": SOURCE, "text": text,
        "hits": search(text).hits[:SHOWN] if text else [],
    }  # fmt: skip
    return render(request, "office/finding/pin.html", context, status=422 if posted and form.errors else 200)
