"""The whole record of a procedure: answers first, papers for one's own situation, then all its legal parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from motcua.offerings import queries as offerings
from motcua.procedures import queries as procedures
from motcua.procedures.models import ProcedureVersion, Requirement
from motcua.procedures.rules import Needed
from motcua.web.components.doors import public
from motcua.web.public.blanks import blanks_of
from motcua.web.public.caching import same_for_all
from motcua.web.public.levels import level_of
from motcua.web.public.progress.of_procedure import progress_of

LEVELS = dict(ProcedureVersion.Level.choices)
QUESTIONS = {
    "how_long": ("Bao lâu", "clock"),
    "how_much": ("Bao nhiêu tiền", "money"),
    "what": ("Mang gì", "paper"),
    "where": ("Nộp ở đâu", "place"),
}


@dataclass(frozen=True)
class Answer:
    """One of the things that people ask first."""

    title: str
    icon: str
    big: str
    fine: str
    key: str = ""


@dataclass(frozen=True)
class Option:
    """One choice of a situation."""

    field: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """One question about the situation; ticks of one title stand together."""

    title: str
    kind: str
    options: list[Option]


@public
@same_for_all
def record(request: HttpRequest, code: str) -> HttpResponse:
    """The record in force today; the situation comes with the address, as the form on the page sends it."""
    version = _version(code)
    everywhere = offerings.all_offerings_for(version.procedure)
    offered = [one for one in everywhere if one.takes_online]
    level = level_of(version, offered)
    chosen = _chosen(version, request.GET)
    papers = procedures.requirements_for(version, chosen)
    hand_in, free = _split(papers, online=level.online)
    context = {
        "version": version,
        "code": code,
        "level": level,
        "offered": offered,
        "on_paper": [] if offered else everywhere,
        "answers": _answers(version),
        "blanks": blanks_of(version, offered),
        "questions": _questions(version, chosen),
        "asked": any(situation["field"] in request.GET for situation in version.situations),
        "hand_in": hand_in,
        "free": free,
        "paper_groups": _groups(version.requirements.all()),
        "methods": list(version.methods.all()),
        "fee_lines": list(version.fee_lines.all()),
        "reliefs": procedures.reliefs_for(version.procedure),
        "level_names": [LEVELS[level] for level in version.levels],
        "laws": [_law(law) for law in version.legal_basis],
        "conditions": version.conditions.splitlines(),
        "related": procedures.related(version),
        "progress": progress_of(code),
    }
    return render(request, "public/record.html", context)


@public
@same_for_all
def blank_form(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A blank form to print and fill in by hand (mức độ 2)."""
    version = _version(code)
    blanks = blanks_of(version, offerings.offerings_for(version.procedure))
    blank = next((blank for blank in blanks if blank["key"] == key), None)
    if blank is None:
        raise Http404
    return render(request, "public/blank_form.html", {"version": version, "code": code, "blank": blank})


def _version(code: str) -> ProcedureVersion:
    version = procedures.record(code)
    if version is None:
        raise Http404
    return version


def _law(law: dict[str, str]) -> dict[str, Any]:
    return {**law, "day": date.fromisoformat(law["date"]) if law.get("date") else None}


def _answers(version: ProcedureVersion) -> list[Answer]:
    given = {answer["key"]: answer for answer in version.answers}
    return [
        Answer(*QUESTIONS[key], big=given[key]["big"], fine=given[key].get("fine", ""), key=key)
        for key in QUESTIONS
        if key in given
    ]


def _chosen(version: ProcedureVersion, asked: QueryDict) -> dict[str, Any]:
    """What was chosen as answers of the e-form; the first choice of a question where nothing was.

    Ticks carry true, everything else the value itself: only values that the record offers are taken over.
    """
    chosen: dict[str, Any] = {}
    for situation in version.situations:
        values = [choice["value"] for choice in situation["choices"]]
        given = [value for value in asked.getlist(situation["field"]) if value in values]
        if situation["kind"] == "one":
            chosen[situation["field"]] = given[0] if given else values[0]
        elif given:
            chosen[situation["field"]] = True if given == ["true"] else given[0]
    return chosen


def _questions(version: ProcedureVersion, chosen: dict[str, Any]) -> list[Question]:
    titled = groupby(version.situations, key=lambda situation: (situation["title"], situation["kind"]))
    return [
        Question(title, kind, [option for situation in situations for option in _options(situation, chosen)])
        for (title, kind), situations in titled
    ]


def _options(situation: dict[str, Any], chosen: dict[str, Any]) -> list[Option]:
    answer = chosen.get(situation["field"])
    said = "true" if answer is True else answer
    return [
        Option(situation["field"], choice["value"], choice["label"], choice["value"] == said)
        for choice in situation["choices"]
    ]


def _split(
    papers: Sequence[Needed[Requirement]], *, online: bool
) -> tuple[list[Needed[Requirement]], list[Needed[Requirement]]]:
    """What has to be handed in, and what needn't be: looked up by the agency, or filled in online."""
    free_forms = {Requirement.Form.NOTHING} | ({Requirement.Form.EFORM} if online else set())
    hand_in = [paper for paper in papers if paper.requirement.form not in free_forms]
    free = [paper for paper in papers if paper.requirement.form in free_forms]
    return hand_in, free


def _groups(requirements: Sequence[Requirement] | Any) -> list[tuple[str, list[Requirement]]]:
    ordered = groupby(requirements, key=lambda requirement: requirement.group)
    return [(group, list(members)) for group, members in ordered]
