"""Pages and files of published figures. What isn't published isn't known here (docs/decisions/0022)."""

import csv
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from motcua.agencies.models import Agency
from motcua.procedures import queries as procedures
from motcua.reports.models import Figure
from motcua.reports.queries import screens
from motcua.reports.queries.screens import Published
from motcua.reports.rules.periods import Period, Span, period_from
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.progress import tables
from motcua.web.public.progress.chart import chart_of

KEPT_SECONDS = 600
KEPT_MOST = 300  # of each process: some 30 KB each
BOM = "\ufeff"  # so that a spreadsheet reads the accents
HEAD = (
    "ky", "den_het_thang", "ma_co_quan", "co_quan", "linh_vuc", "ma_thu_tuc", "tong_nhan_3", "nhan_trong_ky_4_5",
    "truc_tuyen_4", "truc_tiep_buu_chinh_5", "ky_truoc_chuyen_6", "da_giai_quyet_7", "truoc_han_8", "dung_han_9",
    "qua_han_10", "dang_giai_quyet_11", "trong_han_12", "dang_qua_han_13",
)  # fmt: skip


@public
@same_for_all
def overview(request: HttpRequest) -> HttpResponse:
    """All agencies side by side, for a month, a quarter or a year: ?ky=2026-10, 2026-quy-3, 2026."""
    return _page(request, "public/progress/overview.html", None)


@public
@same_for_all
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Chi tiết": one agency, field by field and procedure by procedure."""
    return _page(request, "public/progress/detail.html", _agency(slug))


def _page(request: HttpRequest, template: str, agency: Agency | None) -> HttpResponse:
    known, period = _asked(request)
    context: dict[str, Any] = {"period": period, "agency": agency}
    if period is not None:
        turn = int(time.monotonic() // KEPT_SECONDS)
        context |= {"period_name": tables.name_of(period)}
        context["figures"] = _figures(known, period, agency, get_language() or "", turn)
    return render(request, template, context)


@lru_cache(maxsize=KEPT_MOST)
def _figures(known: Published, period: Period, agency: Agency | None, language: str, turn: int) -> SafeString:
    """The figures of a page. They change once a month, and drawing them takes longer than all the rest.

    Args:
        known: what is published; it tells one closing from another.
        turn: a new one every few minutes, for names that were changed meanwhile.
    """
    figures = screens.of_agency(agency, period) if agency else screens.overview(period)
    total = next((one for one in figures if (one.field if agency else one.agency) is None), None)
    if agency:
        names = procedures.by_codes({one.procedure.code for one in figures if one.procedure})
        rows = tables.field_rows(figures, names)
    else:
        rows = tables.agency_rows(figures)
    context = {"agency": agency, "total": total, "rows": rows} | _common(known, period, agency, total)
    return render_to_string("public/progress/_figures.html", context)


@public
@same_for_all
def overview_data(request: HttpRequest) -> HttpResponse:
    """The overview as open data."""
    _known, period = _asked(request)
    return _file(screens.overview(period) if period else [], period, "toan-tinh", None)


@public
@same_for_all
def detail_data(request: HttpRequest, slug: str) -> HttpResponse:
    """An agency's table as open data."""
    agency = _agency(slug)
    _known, period = _asked(request)
    return _file(screens.of_agency(agency, period) if period else [], period, slug, agency)


def _agency(slug: str) -> Agency:
    agency = screens.agency_called(slug)
    if agency is None:
        raise Http404
    return agency


def _asked(request: HttpRequest) -> tuple[Published, Period | None]:
    """The period of the address, the newest month if it names none; None while there are no figures at all.

    Raises:
        Http404: a period for which there are no figures.
    """
    known = screens.published()
    typed = request.GET.get("ky", "")
    if known.last is None:
        return known, None
    period = period_from(typed) if typed else Period(known.last, Span.MONTH)
    if period is None or not known.has(period):
        raise Http404
    return known, period


def _common(known: Published, period: Period, agency: Agency | None, total: Figure | None) -> dict[str, Any]:
    """What both pages show: which period, which others there are, the course of the months."""
    assert known.last is not None
    until = total.through if total else known.last
    same = known.periods(period.span)
    return {
        "period": period,
        "period_name": tables.name_of(period),
        "through": until if until < period.end and _unfinished(period, known) else None,
        "spans": [_of_span(known, period, span) for span in Span],
        "choices": [(one.typed, tables.name_of(one), one == period) for one in same],
        "summary": tables.row_of(total, "").cells if total else [],
        "online_share": _online_share(total),
        "chart": chart_of(screens.course(agency, until)),
        "group_starts": tables.GROUP_STARTS,
    }


def _unfinished(period: Period, known: Published) -> bool:
    return known.last is not None and list(period.months())[-1] > known.last


def _of_span(known: Published, period: Period, span: Span) -> tuple[str, str, bool]:
    """A length of periods: its name, the address of the one nearest to this one, and whether it is shown now."""
    near = next((one for one in known.periods(span) if one.start <= period.start or one.start < period.end), None)
    return tables.length(span), near.typed if near else "", span == period.span


def _online_share(total: Figure | None) -> str:
    if total is None or total.online is None or not total.taken_in:
        return ""
    return tables.percent(total.online / total.taken_in)


def _file(figures: Iterable[Figure], period: Period | None, name: str, agency: Agency | None) -> HttpResponse:
    typed = period.typed if period else "chua-co"
    response = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tien-do-{name}-{typed}.csv"'
    writer = csv.writer(response)
    writer.writerow(HEAD)
    for one in figures:
        whose = agency or one.agency
        place = [
            whose.code if whose else "",
            whose.name if whose else "",
            one.field.name if one.field else "",
            one.procedure.code if one.procedure else "",
        ]
        numbers = [getattr(one, column) for column, _number in tables.COLUMNS]
        shown = ["" if number is None else number for number in numbers]
        writer.writerow([typed, f"{one.through:%Y-%m}", *place, *shown])
    return response
