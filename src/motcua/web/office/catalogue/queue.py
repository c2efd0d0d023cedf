"""The queue: what is doubtful in sources, beside their own words; looked at one by one or many at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.errors import BusinessError
from motcua.core.text import whole_number
from motcua.core.words import grouped
from motcua.procedures.comparing import SECTIONS, differences
from motcua.procedures.doubting import named, row_of, section_of, shown
from motcua.procedures.importing import read
from motcua.procedures.models import Doubt, SourceRecord
from motcua.procedures.queries import queue as reads
from motcua.procedures.queries.history import names_in
from motcua.procedures.services import drafts, settling
from motcua.web.components.doors import OfficerRequest, editor_required
from motcua.web.components.forms import PortalForm
from motcua.web.office.acting import form_page, posted, tried
from motcua.web.office.catalogue.fields import LineField
from motcua.web.office.catalogue.finding import source_or_404
from motcua.web.office.catalogue.source_text import parts_of

PER_PAGE = 30
LONGEST_VALUE = 200
SHOWN_VALUES = 300  # of a filter with many values
NAMES = {"loai": "kind", "linh_vuc": "field_name", "nguon": "origin", "ban": "share", "q": "text", "xem": "state"}
SHARES = {reads.FULL: "Bản đầy đủ", reads.SHORT: "Chỉ có dòng danh mục"}
STATES = {reads.OPEN: "Còn điểm cần xem", reads.SETTLED: "Đã xem"}
NEXT = "tiep"
BY_HAND = {Doubt.Kind.NO_CODE, Doubt.Kind.EDITED_HERE}  # each asks for an answer of its own
ASKS = require_http_methods(["GET", "POST"])


class CodeForm(PortalForm):
    """The number of a record that came without one."""

    ma = LineField(
        "Mã thủ tục", 20, required=True, width="govuk-input--width-10",
        help_text="Tra trên Cổng Dịch vụ công quốc gia hoặc quyết định công bố, ví dụ 1.001193",
        error_messages={"required": "Nhập mã thủ tục"},
    )  # fmt: skip


class TakeForm(PortalForm):
    """Which sections of a source replace what was edited here."""

    phan = forms.MultipleChoiceField(
        label="Lấy theo nguồn", required=False, widget=forms.CheckboxSelectMultiple, choices=[],
        help_text="Phần không đánh dấu giữ như đã biên tập tại Cổng",
    )  # fmt: skip

    def __init__(self, *args: Any, sections: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["phan"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(one.key, one.title) for one in sections]


@require_GET
@editor_required
def queue(request: OfficerRequest) -> HttpResponse:
    """The sources with something to look at, by filters that count."""
    asked = _asked(request.GET)
    wanted = _wanted(asked)
    page = Paginator(reads.queue(wanted), PER_PAGE).get_page(asked.get("trang"))
    said = reads.doubts_in([one.pk for one in page], wanted)
    context = {
        "asked": asked, "wanted": wanted, "page": page, "totals": reads.totals(), "query": _query(asked),
        "rows": [(one, _kinds(said.get(one.pk, []))) for one in page],
        "filters": [
            _filter("loai", "Loại điểm cần xem", reads.counts(wanted, "kind"), asked, dict(Doubt.Kind.choices)),
            _filter("linh_vuc", "Lĩnh vực", reads.counts(wanted, "field_name"), asked),
            _filter("nguon", "Nguồn", reads.counts(wanted, "origin"), asked),
            _filter("ban", "Bản ghi", reads.counts(wanted, "share"), asked, SHARES),
        ],
        "states": STATES, "many": wanted.kind and wanted.kind not in BY_HAND and wanted.state == reads.OPEN,
        "count": grouped(page.paginator.count), "kind_label": dict(Doubt.Kind.choices).get(wanted.kind, ""),
        "previous": _query(asked, page.number - 1), "next": _query(asked, page.number + 1),
    }  # fmt: skip
    return render(request, "office/catalogue/queue.html", context)


@require_GET
@editor_required
def find(request: OfficerRequest) -> HttpResponse:
    """A procedure by its number or its name."""
    text = _asked(request.GET).get("q", "")
    context = {
        "text": text, "found": reads.find(text) if text else [], "totals": reads.totals(),
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "office/catalogue/find.html", context)


@require_GET
@editor_required
def in_work(request: OfficerRequest) -> HttpResponse:
    """Drafts, what is planned, what is about to end."""
    context = {
        "drafts": reads.drafts(), "planned": reads.planned_ones(), "ending": reads.withdrawals_ahead(),
        "totals": reads.totals(),
    }  # fmt: skip
    return render(request, "office/catalogue/in_work.html", context)


@ASKS
@editor_required
def settle_many(request: OfficerRequest) -> HttpResponse:
    """The ticked sources, or all that fit the filter once somebody has said so on a page of its own."""
    asked = _asked(request.POST if request.method == "POST" else request.GET)
    wanted = _wanted(asked)
    if not wanted.kind or wanted.kind in BY_HAND:
        messages.warning(request, "Chọn một loại điểm cần xem trước khi xác nhận nhiều bản ghi.")
        return redirect(_list(asked))
    if request.method == "GET":
        context = {"asked": asked, "wanted": wanted, "count": len(reads.ids_of(wanted)), "query": _query(asked)}
        return render(request, "office/catalogue/settle_all.html", context)
    ticked = [key for key in request.POST.getlist("dong") if "\x00" not in key]
    keys = None if request.POST.get("act") == "tat-ca" else ticked
    count = settling.settle(reads.ids_of(wanted, keys), by=request.user)
    if count:
        messages.success(request, f"Đã ghi nhận {count} điểm đúng như nguồn.")
    else:
        messages.warning(request, "Chưa đánh dấu dòng nào.")
    return redirect(_list(asked))


@require_GET
@editor_required
def source(request: OfficerRequest, key: str) -> HttpResponse:
    """One source: each doubt beside its own words and what people read now, then all that it says."""
    return _page(request, source_or_404(key))


@require_POST
@editor_required
def settle(request: OfficerRequest, key: str) -> HttpResponse:
    """Doubts of this source are right as they stand, or are to be looked at again; then perhaps on to the next."""
    found, asked = source_or_404(key), _asked(request.GET)
    own = {doubt.pk: doubt for doubt in reads.doubts_of(found)}
    ticked = ",".join(request.POST.getlist("diem")).split(",")
    ids = [number for text in ticked if (number := whole_number(text)) in own]
    if request.POST.get("act") == "mo-lai":
        settling.reopen(ids, by=request.user)
        messages.success(request, "Đã mở lại để xem.")
        return redirect(_here(found, asked))
    following = reads.next_in(_wanted(asked), found) if request.POST.get("act") == NEXT else None
    count = settling.settle([pk for pk in ids if own[pk].kind not in BY_HAND], by=request.user)
    if count:
        messages.success(request, f"Đã ghi nhận {count} điểm đúng như nguồn.")
    else:
        messages.warning(request, "Chưa đánh dấu điểm nào.")
    return redirect(_here(following if count and following else found, asked))


@require_POST
@editor_required
def give_code(request: OfficerRequest, key: str) -> HttpResponse:
    """A number for a record that came without one; it becomes a draft."""
    found = source_or_404(key)
    form = CodeForm(request.POST)
    if tried(form, lambda: settling.give_code(found, form.cleaned_data["ma"], by=request.user), at="ma"):
        messages.success(request, "Đã đặt mã. Nội dung của nguồn nằm trong bản nháp, chưa công bố.")
        return redirect("office:catalogue_record", form.cleaned_data["ma"])
    return _page(request, found, form)


@ASKS
@editor_required
def take_over(request: OfficerRequest, key: str) -> HttpResponse:
    """A source that differs from what was edited here: section by section, whose words count."""
    found = source_or_404(key)
    if found.procedure is None:
        return redirect("office:catalogue_source", key)
    content = drafts.content_of(found.procedure)
    said = settling.said_by(found)
    taken = {**content, **said}
    differing = differences(content, taken, names=names_in([content, taken]) if content else {})
    form = TakeForm(posted(request), sections=[one.section for one in differing])

    def act() -> None:
        keys = {name for one in SECTIONS if one.key in form.cleaned_data["phan"] for name in one.fields} & said.keys()
        if request.POST.get("seen") != drafts.whole_seen(content):
            raise BusinessError("Trong lúc ông/bà xem, bản tại Cổng đã thay đổi. Xem lại phần khác nhau bên dưới.")
        settling.take_over(found, keys, seen=drafts.seen_of(content, keys), by=request.user)
        done = "Đã đưa các phần đã chọn vào bản nháp." if keys else "Đã giữ nguyên bản tại Cổng."
        messages.success(request, done)

    if tried(form, act):
        return redirect("office:catalogue_record", found.procedure.code)
    context = {"source": found, "differences": differing, "seen": drafts.whole_seen(content), "content": content}
    return form_page(request, "office/catalogue/take_over.html", context, form)


def _page(request: OfficerRequest, found: SourceRecord, form: CodeForm | None = None) -> HttpResponse:
    asked = _asked(request.GET)
    content = drafts.content_of(found.procedure) if found.procedure else read(found.line).record
    doubts = reads.doubts_of(found)
    context = {
        "source": found, "content": content, "query": _query(asked),
        "doubts": _grouped([doubt for doubt in doubts if not doubt.settled_at], content),
        "settled": _grouped([doubt for doubt in doubts if doubt.settled_at], content),
        "no_code": any(doubt.kind == Doubt.Kind.NO_CODE and not doubt.settled_at for doubt in doubts),
        "edited_here": any(doubt.kind == Doubt.Kind.EDITED_HERE and not doubt.settled_at for doubt in doubts),
        "parts": parts_of(found.line), "next": reads.next_in(_wanted(asked), found),
    }  # fmt: skip
    return form_page(request, "office/catalogue/source.html", context, form or CodeForm())


def _grouped(doubts: Sequence[Doubt], content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The doubts for the page: what the source says in the same words in several places is looked at once."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for doubt in doubts:
        if doubt.kind in BY_HAND:
            continue  # each has a panel of its own
        section, here = section_of(doubt.kind, doubt.place), shown(content, doubt.kind, doubt.place)
        paper = doubt.place.partition("/")[2] if row_of(content, doubt.place) and doubt.place[0] == "r" else ""
        one = found.setdefault(
            (doubt.kind, doubt.text, here, paper),
            {"doubt": doubt, "section": section, "paper": paper, "shown": here, "ids": [], "places": []},
        )
        one["ids"].append(str(doubt.pk))
        one["places"].append(named(content, doubt.kind, doubt.place))
    return [one | {"ids": ",".join(one["ids"]), "places": list(dict.fromkeys(one["places"]))} for one in found.values()]


def _kinds(doubts: Sequence[Doubt]) -> list[Doubt]:
    """A source's doubts in a list: one for each thing that it says."""
    return list({(doubt.kind, doubt.text): doubt for doubt in doubts}.values())


def _filter(
    name: str, title: str, counted: Sequence[tuple[str, int]], asked: QueryDict, labels: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    options = [
        (value, f"{(labels or {}).get(value, value)} ({grouped(count)})") for value, count in counted[:SHOWN_VALUES]
    ]
    chosen = asked.get(name, "")
    if chosen and chosen not in {value for value, _ in options}:
        options.append((chosen, f"{(labels or {}).get(chosen, chosen)} (0)"))
    return {"name": name, "title": title, "options": options, "chosen": chosen}


def _asked(typed: QueryDict) -> QueryDict:
    """What the page knows of an address, cut to what a person would ask."""
    asked = QueryDict(mutable=True)
    for name in (*NAMES, "trang"):
        if value := typed.get(name, "").replace("\x00", "").strip()[:LONGEST_VALUE]:
            asked[name] = value
    return asked


def _wanted(asked: QueryDict) -> reads.Wanted:
    said = {key: asked.get(name, "") for name, key in NAMES.items()}
    return reads.Wanted(**{**said, "state": reads.SETTLED if said["state"] == reads.SETTLED else reads.OPEN})


def _query(asked: QueryDict, page: int = 0) -> str:
    """The filter as the end of an address, without the page or with another one."""
    changed = asked.copy()
    changed.pop("trang", None)
    if page:
        changed["trang"] = str(page)
    return f"?{changed.urlencode()}" if changed else ""


def _list(asked: QueryDict) -> str:
    return reverse("office:catalogue") + _query(asked)


def _here(found: SourceRecord, asked: QueryDict) -> str:
    return reverse("office:catalogue_source", args=[found.key]) + _query(asked)
