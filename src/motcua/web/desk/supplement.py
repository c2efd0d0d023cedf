"""Yêu cầu bổ sung (mẫu 02): point at answers and papers, say what is wrong with each, ask once; stop waiting for it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST

from motcua.agencies.queries import working_calendar
from motcua.core.errors import BusinessError
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import supplements as reads
from motcua.dossiers.queries.supplements import Askable
from motcua.dossiers.rules.refusing import LONGEST_REASON
from motcua.dossiers.rules.supplements import USUAL_GROUND, Wanted, answer_until, notice_is_late
from motcua.dossiers.services import brought, supplements
from motcua.dossiers.services.supplements import LONGEST_ITEM, ItemTrouble
from motcua.web.components.doors import OfficerRequest, officer_required
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem
from motcua.web.desk.asking import ASKS, act_or_ask, done, seen, typed
from motcua.web.desk.dossier import show
from motcua.web.desk.forms import ground_field, reason_field
from motcua.web.desk.posts import KINDS, TakeInForm

USUAL_REASON = "Hồ sơ chưa đầy đủ, chưa hợp lệ ở những nội dung được nêu."


class AskForm(PortalForm):
    """A tick and what is wrong, for every answer and paper; reason and ground for all of it."""

    ly_do = reason_field(
        LONGEST_REASON, label="Lý do chung", hint="Người nộp đọc đúng câu này, phiếu gửi họ cũng ghi như vậy", rows=3
    )
    what = "Cần sửa gì ở “{name}”?"  # above the box for what is wrong with a thing
    can_cu = ground_field("Ghi rõ điều, khoản yêu cầu giấy tờ hoặc nội dung này")

    def __init__(self, found: list[tuple[str, list[Askable]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        for _, one in self._each():
            name = _name(one)
            self.fields[f"chon_{name}"] = forms.BooleanField(
                label=one.short, required=False, initial=bool(one.reason)
            )  # fmt: skip
            self.fields[f"sua_{name}"] = forms.CharField(
                label=self.what.format(name=one.short), required=False, max_length=LONGEST_ITEM, initial=one.reason,
                widget=forms.TextInput({"autocomplete": "off"}), error_messages={"max_length": "Dài nhất 500 chữ"},
            )  # fmt: skip

    def _each(self) -> Iterator[tuple[str, Askable]]:
        return ((title, one) for title, questions in self.found for one in questions)

    @property
    def sections(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """What the page draws: under each heading a tick, what was answered, and the box for what is wrong."""
        return [
            (
                title,
                [
                    {"tick": self[f"chon_{_name(one)}"], "what": self[f"sua_{_name(one)}"], "text": one.text}
                    for one in questions
                ],
            )
            for title, questions in self.found
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [one for _, one in self._each() if data.get(f"chon_{_name(one)}")]
        for one in chosen:
            field = f"sua_{_name(one)}"
            if field in data and not data[field].strip():
                self.add_error(field, f"Ghi cần sửa gì ở “{one.short}”")
        if not chosen:  # said at the first one, where the summary leads
            first = next((f"chon_{_name(one)}" for _, one in self._each()), None)
            self.add_error(first, "Đánh dấu ít nhất một nội dung hoặc giấy tờ cần bổ sung")
        return data

    @property
    def wanted(self) -> list[Wanted]:
        """What was ticked; only of a valid form."""
        data = self.cleaned_data
        chosen = [one for _, one in self._each() if data[f"chon_{_name(one)}"]]
        return [Wanted(one.kind, one.key, data[f"sua_{_name(one)}"]) for one in chosen]


def _name(one: Askable) -> str:
    """The name of its fields; answers and papers may share a key."""
    return f"{one.kind}_{one.key}"


@ASKS
@officer_required
def ask_supplement(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Yêu cầu bổ sung: what was found wrong with the papers is ticked already."""
    found = access.for_officer(request.user, ref)
    first = found.state == State.SUBMITTED
    start = {"ly_do": USUAL_REASON, "can_cu": USUAL_GROUND}
    form = AskForm(reads.askable(found), typed(request), initial=start)
    return act_or_ask(
        request, found, form, act="ask_supplement_first" if first else "ask_supplement",
        template="desk/ask_supplement.html", facts=lambda: _facts(found, first=first), field_of=field_of,
        do=lambda: supplements.ask(
            found, form.wanted, reason=form.cleaned_data["ly_do"], ground=form.cleaned_data["can_cu"],
            by=request.user, seen=seen(request),
        ),
    )  # fmt: skip


def field_of(refusal: BusinessError) -> str | None:
    """The box of `AskForm` that a refusal is about; None: the form as a whole."""
    return f"sua_{refusal.key.replace(':', '_')}" if isinstance(refusal, ItemTrouble) else None


def _facts(found: Dossier, *, first: bool) -> dict[str, Any]:
    """What follows from asking now."""
    now, calendar = timezone.now(), working_calendar(found.agency)
    days = found.offering_version.notice_days
    late = found.accepted_at is not None and notice_is_late(found.accepted_at, now, days, calendar)
    return {
        "until": answer_until(now, found.offering_version.supplement_days, calendar),
        "days": found.offering_version.supplement_days,
        "first": first,
        "restarts": found.offering_version.after_pause == found.offering_version.AfterPause.RESTART,
        "notice_days": days,
        "late_notice": f"Đã quá {days} ngày làm việc kể từ khi tiếp nhận" if late else "",
        "times_left": reads.left(found),
    }


class BroughtForm(TakeInForm):
    """How many of each paper that was asked for the person has brought; none of them may be missing."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self.lines:
            boxes = [f"{kind}-{line['key']}" for kind, _ in KINDS]
            if not any(data.get(box) or box in self.errors for box in boxes):
                self.add_error(boxes[0], f"Ghi số bản đã nhận của “{line['name']}”; chưa mang đủ thì chưa nhận được")
        return data


@ASKS
@officer_required
def take_brought(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Nhận giấy tờ bổ sung tại quầy: the papers that were asked for, counted."""
    found = access.for_officer(request.user, ref)
    asked = reads.open_request(found)
    lines = [
        {"key": item.key, "name": item.label, "what": item.reason}
        for item in (asked.items.all() if asked else ())
        if item.reason
    ]
    form = BroughtForm(typed(request), lines=lines)
    first = asked is not None and asked.stage == asked.Stage.RECEPTION
    return act_or_ask(
        request, found, form, act="take_brought_first" if first else "take_brought",
        template="desk/take_brought.html", facts=lambda: {"first": first},
        do=lambda: brought.take_brought(found, form.sheets, by=request.user, seen=seen(request)),
    )  # fmt: skip


@require_POST
@officer_required
def end_supplement(request: OfficerRequest, ref: str) -> HttpResponseBase:
    """Thôi chờ bổ sung, once the time is over."""
    found = access.for_officer(request.user, ref)
    try:
        supplements.end(found, by=request.user, seen=seen(request))
    except BusinessError as refusal:
        return show(request, access.for_officer(request.user, ref), problems=[Problem(str(refusal))])
    return done(found)
