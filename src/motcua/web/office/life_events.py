"""Việc trong đời: their names, their order, and which procedures people find behind them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.errors import BusinessError
from motcua.core.text import fold
from motcua.procedures import queries as procedures
from motcua.procedures.models import Field, LifeEvent
from motcua.procedures.queries import arranging, browsing
from motcua.procedures.services import life_events as acts
from motcua.web.components.doors import OfficerRequest, editor_required, held_post
from motcua.web.components.forms import PortalForm

ADDED_AT_ONCE = 3  # fields
LONGEST_LIST = 60_000  # characters: 200 lines with the longest names
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


class LifeEventForm(PortalForm):
    """What a life event is called, and what lies behind it."""

    ten = forms.CharField(label="Tên", max_length=acts.LONGEST)
    goi_y = forms.CharField(
        label="Gợi ý dưới tên", max_length=acts.LONGEST, help_text="Ba việc hay gặp, bằng lời của người dân",
    )  # fmt: skip
    thu_tuc = forms.CharField(
        label="Thủ tục đứng đầu", required=False, max_length=LONGEST_LIST, strip=True,
        widget=forms.Textarea({"rows": "12", "spellcheck": "false"}),
        help_text="Mỗi dòng một thủ tục, bắt đầu bằng mã; người dân thấy đúng thứ tự này. Phần sau mã chỉ để dễ đọc",
    )  # fmt: skip
    linh_vuc = forms.MultipleChoiceField(
        label="Lĩnh vực", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Thủ tục của các lĩnh vực này, đúng đối tượng, đứng sau các thủ tục trên",
    )  # fmt: skip

    def __init__(self, *args: Any, fields: Iterable[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["linh_vuc"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(one.slug, one.name) for one in fields]
        self._by_name = {fold(one.name): one.slug for one in fields}
        for number in range(1, ADDED_AT_ONCE + 1):
            self.fields[f"them_{number}"] = forms.CharField(
                label=f"Thêm lĩnh vực {number}", required=False, max_length=acts.LONGEST,
                widget=forms.TextInput({"list": "moi-linh-vuc", "autocomplete": "off"}),
            )  # fmt: skip

    @property
    def added(self) -> list[BoundField]:
        """The boxes into which names of more fields are typed."""
        return [self[f"them_{number}"] for number in range(1, ADDED_AT_ONCE + 1)]

    def clean(self) -> dict[str, Any]:
        """The fields that were ticked and those that were typed by name, with accents or without."""
        data = super().clean() or self.cleaned_data
        for box in self.added:
            name = data.get(box.name, "")
            slug = self._by_name.get(fold(name))
            if slug:
                data["linh_vuc"] = [*data.get("linh_vuc", []), slug]
            elif name:
                self.add_error(box.name, f"Không có lĩnh vực “{name}”. Chọn một tên trong danh sách gợi ý")
        return data

    def clean_thu_tuc(self) -> list[str]:
        """The numbers at the beginning of the lines, each once, in their order.

        Raises:
            ValidationError: a line doesn't begin with a number.
        """
        codes = []
        for place, line in enumerate(self.cleaned_data["thu_tuc"].splitlines(), 1):
            words = line.split()
            if not words:
                continue
            if not _NUMBER.fullmatch(words[0]) or not any(char.isdigit() for char in words[0]):
                raise ValidationError(f"Dòng {place} phải bắt đầu bằng mã thủ tục, ví dụ 1.001193")
            codes.append(words[0])
        return list(dict.fromkeys(codes))

    def arrangement(self, seen: str) -> acts.Arrangement:
        """What was said; only of a valid form."""
        data = self.cleaned_data
        return acts.Arrangement(data["ten"], data["goi_y"], data["thu_tuc"], data["linh_vuc"], seen)


@require_GET
@editor_required
def life_events(request: OfficerRequest) -> HttpResponse:
    """All life events of both audiences, in their order, with how much lies behind each."""
    events = browsing.counted_events(*LifeEvent.Audience.values)
    groups = [(audience.label, [one for one in events if one.audience == audience]) for audience in LifeEvent.Audience]
    return render(request, "office/life_events.html", {"groups": groups})


@require_http_methods(["GET", "POST"])
@editor_required
def life_event(request: OfficerRequest, slug: str) -> HttpResponse:
    """One life event: how it is called, what is put first, which fields follow."""
    event = _event_or_404(slug)
    fields = arranging.all_fields()
    posted = request.POST if request.method == "POST" else None
    chosen = arranging.chosen(event)
    form = LifeEventForm(posted or held_post(request), initial=_said(event, chosen), fields=fields)
    if posted and form.is_valid():
        try:
            changed = acts.arrange_life_event(event, form.arrangement(posted.get("seen", "")), by=request.user)
            messages.success(request, "Đã lưu. Người dân thấy ngay." if changed else "Không có gì thay đổi.")
            return redirect("office:life_events")
        except BusinessError as refusal:
            form.add_error(None, str(refusal))
            event.refresh_from_db()
    ticked = set(form["linh_vuc"].value() or ())
    context = {
        "event": event,
        "form": form,
        "seen": arranging.state_of(event),
        "unseen": [one for one in chosen if not one.name],
        "ticked": [one for one in fields if one.slug in ticked],
        "fields": fields,
    }
    return render(request, "office/life_event.html", context, status=422 if posted and form.errors else 200)


@require_POST
@editor_required
def move_up(request: OfficerRequest, slug: str) -> HttpResponse:
    """One place up among the life events of its audience."""
    return _moved(request, slug, up=True)


@require_POST
@editor_required
def move_down(request: OfficerRequest, slug: str) -> HttpResponse:
    """One place down."""
    return _moved(request, slug, up=False)


def _moved(request: OfficerRequest, slug: str, *, up: bool) -> HttpResponse:
    event = _event_or_404(slug)
    if acts.move_life_event(event, up=up, by=request.user):
        messages.success(request, f"Đã chuyển “{event.name}” {'lên' if up else 'xuống'} một chỗ.")
    return redirect("office:life_events")


def _event_or_404(slug: str) -> LifeEvent:
    event = procedures.life_event(slug)
    if event is None:
        raise Http404
    return event


def _said(event: LifeEvent, chosen: Sequence[arranging.Chosen]) -> dict[str, object]:
    """A life event as the form shows it."""
    return {
        "ten": event.name,
        "goi_y": event.hint,
        "thu_tuc": "\n".join(f"{one.code} {one.name}".rstrip() for one in chosen),
        "linh_vuc": list(event.fields.values_list("pk", flat=True)),
    }
