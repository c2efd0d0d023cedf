"""The whole record of a procedure: answers first, papers for one's own situation, then all its legal parts."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from motcua.offerings import queries as offerings
from motcua.procedures import queries as procedures
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import history
from motcua.web.components.doors import public
from motcua.web.public.addresses import national_url, official_page, readable_path, readable_url, slug_of
from motcua.web.public.blanks import blanks_of
from motcua.web.public.caching import same_for_all
from motcua.web.public.levels import level_of
from motcua.web.public.progress.of_procedure import progress_of
from motcua.web.public.record import past
from motcua.web.public.record.answering import answers_of, claims_online
from motcua.web.public.record.forms import forms_of, missing
from motcua.web.public.record.papers import checklist, tables
from motcua.web.public.record.provenance import came_from
from motcua.web.public.record.standing import Standing, standing_of
from motcua.web.public.record.structured import structured
from motcua.web.public.record.ways import ways_of

LEVELS = dict(ProcedureVersion.Level.choices)
_LEDE = 300  # letters of a description that stand under the heading; a longer one is a part among the others


@public
@same_for_all
def record(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """The record in force today; the situation comes with the address, as the form on the page sends it."""
    version = procedures.record(code)
    if version is None:
        return _not_in_force(request, code)
    if slug and slug != slug_of(version.short_name):  # it was called otherwise, or somebody mistyped
        query = request.META.get("QUERY_STRING", "")
        return redirect(readable_path(code, version.short_name) + (f"?{query}" if query else ""))
    return drawn(request, version, standing_of(version, history.published(code)))


@public
@same_for_all
def one_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version by its number: one of the past, one that is planned; the one in force has its own address."""
    version = history.version(code, number)
    if version is None:
        raise Http404
    standing = standing_of(version, history.published(code))
    return redirect("public:procedure", code) if standing.in_force else drawn(request, version, standing)


@public
@same_for_all
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The checklist for the case that the address names, with boxes, to print."""
    version = procedures.record(code)
    if version is None:
        raise Http404
    context = context_of(version, request.GET, to_print=True)
    standing = standing_of(version, history.published(code))
    return render(request, "public/record_sheet.html", {**context, "standing": standing, "today": standing.today})


@public
@same_for_all
def blank_form(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A blank form to print and fill in by hand (mức độ 2)."""
    version = procedures.record(code)
    if version is None:
        raise Http404
    blanks = blanks_of(version, offerings.offerings_for(version.procedure))
    blank = next((blank for blank in blanks if blank["key"] == key), None)
    if blank is None:
        raise Http404
    return render(request, "public/blank_form.html", {"version": version, "code": code, "blank": blank})


def drawn(request: HttpRequest, version: ProcedureVersion, standing: Standing) -> HttpResponse:
    """The page of a version, whatever its standing: the same for the public, for its past, for an editor's preview."""
    context = {**context_of(version, request.GET), "standing": standing}
    if standing.in_force:
        code = version.procedure.code
        context |= {
            "progress": progress_of(code),
            "canonical": readable_url(code, version.short_name),
            "structured": structured(version, context["offered"], context["ways"]),
        }
    return render(request, "public/record.html", context)


def context_of(version: ProcedureVersion, asked: QueryDict, *, to_print: bool = False) -> dict[str, Any]:
    """What the page, the sheet and the preview show of a record."""
    everywhere = offerings.all_offerings_for(version.procedure)
    offered = [one for one in everywhere if one.takes_online]
    level = level_of(version, offered)
    methods = list(version.methods.all())
    forms = forms_of(version)
    bring = checklist(version, forms, asked, online=level.online, to_print=to_print)
    return {
        "version": version,
        "code": version.procedure.code,
        "level": level,
        "offered": offered,
        "on_paper": [] if offered else everywhere,
        "answers": answers_of(version, methods, bring),
        "is_computed": not version.answers,
        "blanks": blanks_of(version, offered),
        "checklist": bring,
        "paper_tables": tables(list(version.requirements.all())) if bring.questions else [],
        "forms": forms,
        "forms_elsewhere": missing(forms),
        "ways": ways_of(version),
        "claims_online": claims_online(methods) and not level.online,
        "came_from": came_from(version),
        "official_page": official_page(version.portal_url),
        "national_url": national_url(version.portal_url),
        "fee_lines": list(version.fee_lines.all()),
        "reliefs": procedures.reliefs_for(version.procedure),
        "level_names": [LEVELS[level] for level in version.levels],
        "agencies": agencies_of(version),
        "laws": [_law(law) for law in version.legal_basis],
        "related": procedures.related(version),
        "life_events": list(version.procedure.life_events.all()),
        **_description(version),
    }


def agencies_of(version: ProcedureVersion) -> list[tuple[str, list[str]]]:
    """The agencies by their part in the procedure, as published."""
    return [(title, version.agencies[part]) for part, title in past.PARTS.items() if version.agencies.get(part)]


def _not_in_force(request: HttpRequest, code: str) -> HttpResponse:
    """Withdrawn, still to come, or never there."""
    versions = history.published(code)
    if not versions:
        raise Http404
    newest = history.version(code, versions[0].number)
    standing = standing_of(versions[0], versions)
    if newest is not None and standing.planned:
        return drawn(request, newest, standing)
    return past.gone(request, versions)


def _law(law: dict[str, str]) -> dict[str, Any]:
    return {**law, "day": date.fromisoformat(law["date"]) if law.get("date") else None}


def _description(version: ProcedureVersion) -> dict[str, str]:
    """A short description leads the page; a long one is a part; one that only repeats the conditions is left out."""
    summary = version.summary.strip()
    if not summary or summary == version.conditions.strip():
        return {"lede": "", "description": ""}
    is_short = len(summary) <= _LEDE and "\n" not in summary
    return {"lede": summary if is_short else "", "description": "" if is_short else summary}
