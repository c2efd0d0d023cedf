"""The papers of a record as a checklist for one's own case.

A record that editors have worked on asks about the situation; its papers carry the conditions. A record as the national
list publishes it has papers under headings instead: some name a case ("Trường hợp …"), the others hold for everybody.
Whoever ticks their cases sees only those, and everything that isn't certainly for another case.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import QueryDict

from motcua.core.text import fold
from motcua.core.words import say
from motcua.procedures import queries as procedures
from motcua.procedures.models import ProcedureVersion, Requirement
from motcua.web.public.record.forms import Form

CASE = "truong-hop"  # in addresses: the number of a case, several times, or EVERY
EVERY = "tat-ca"
_FEW = 15  # rows that stand open on the page unasked; of more, each heading is folded, and cases wait to be chosen
_NAME = 220  # letters of a name that are shown at once
_FOR_ALL = re.compile(r"(?:cac )?giay to (?:phai )?(?:nop|xuat trinh)|luu y|thanh phan|bao gom|gom|so luong")
_NUMBERED = re.compile(r"^(?:\(?(?:\d+|[a-z]|[ivx]+)[.)]|\d+(?:\.\d+)+\.?|[-+*•\uf0fc])\s*")
_POINT = re.compile(r"(?<=[.;:]) +(?=[-–+•*] )")
_A_CASE = re.compile(
    r"(?:\(\*\) )?(?:(?:thanh phan )?ho so )?(?:(?:voi|trong|cac) )?(?:truong hop|doi voi|neu|khi|th ?\d)\b"
    r"|ho so de nghi\b"
)


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


@dataclass(frozen=True)
class Paper:
    """One row: a paper to bring, one that needn't be, or a remark that the source filed as a paper.

    Attributes:
        name: its name, or the beginning of a very long one; `rest` is what follows.
        free: it isn't handed in: the agency looks it up, or it is filled in online.
        quantity: how many originals and copies, where the source tells.
        files: of its form, as the record names them.
    """

    name: str
    rest: str
    is_note: bool
    required: bool
    free: bool
    online: bool
    rule: str
    quantity: list[str]
    files: list[Form]
    template_name: str


@dataclass(frozen=True)
class Group:
    """Papers under one heading; `title` empty: under none. `rest` is what a very long heading goes on to say."""

    title: str
    papers: list[Paper]
    folded: bool = False
    rest: str = ""

    @property
    def count(self) -> int:
        """How many papers are to be handed in."""
        return sum(not paper.is_note and not paper.free for paper in self.papers)


@dataclass(frozen=True)
class Case:
    """A heading that names a case, as something to tick."""

    value: str
    title: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Checklist:
    """What to bring, the questions that narrow it, and whether they were answered."""

    groups: list[Group]
    questions: list[Question] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    asked: bool = False
    query: str = ""  # the answers, for the address of the sheet to print
    withheld: int = 0  # papers of cases that nobody has chosen yet, too many to show unasked

    @property
    def count(self) -> int:
        """How many papers are to be handed in."""
        return sum(group.count for group in self.groups) + self.withheld

    @property
    def parts(self) -> int:
        """Under how many headings the papers stand that may not all be for the same person; 0: at most one."""
        titles = [group.title for group in self.groups if group.count and group.title]
        own = [title for title in titles if not _FOR_ALL.match(_bare(title))]
        return len(own) if len(own) > 1 and not self.chosen else 0

    @property
    def chosen(self) -> list[Case]:
        """The cases that were ticked."""
        return [case for case in self.cases if case.chosen]

    @property
    def is_whole(self) -> bool:
        """Whether every paper of the record is on it."""
        return not self.questions and not self.chosen and not self.withheld


def checklist(
    version: ProcedureVersion, forms: Sequence[Form], asked: QueryDict, *, online: bool, to_print: bool = False
) -> Checklist:
    """The papers for the situation that an address names.

    Args:
        forms: all forms of the version (`forms_of`).
        online: whether a dossier can be handed in here; the declaration is then filled in, not brought.
        to_print: whether nothing may be left out for being long.
    """
    rows = _Rows({form.name: form for form in forms}, online)
    if version.situations:
        return _by_situation(version, asked, rows)
    return _by_headings(version, asked, rows, most=None if to_print else _FEW)


# ---- Situations ----


def _by_situation(version: ProcedureVersion, asked: QueryDict, rows: "_Rows") -> Checklist:
    chosen = _chosen(version, asked)
    needed = procedures.requirements_for(version, chosen)
    papers = [rows.of(one.requirement, required=one.required) for one in needed]
    papers.sort(key=lambda paper: paper.free)
    return Checklist(
        groups=[Group("", papers)] if papers else [],
        questions=_questions(version, chosen),
        asked=any(situation["field"] in asked for situation in version.situations),
        query=_query(asked, {situation["field"] for situation in version.situations}),
    )


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


# ---- Headings ----


def _by_headings(version: ProcedureVersion, asked: QueryDict, rows: "_Rows", *, most: int | None) -> Checklist:
    requirements = list(version.requirements.all())
    by_title: dict[str, list[Paper]] = {}
    for one in requirements:
        # An import doesn't know whether a paper may be left out: it isn't said of any.
        required = one.required_if is not None or version.origin == ProcedureVersion.Origin.IMPORTED
        by_title.setdefault(one.group, []).append(rows.of(one, required=required))
    cases = _cases(by_title, asked.getlist(CASE))
    few = most is None or len(requirements) <= most
    every = not cases or few or EVERY in asked.getlist(CASE)
    chosen = {case.title for case in cases if case.chosen}
    others = {case.title for case in cases if not case.chosen}
    unasked = bool(others) and not chosen
    hidden = set() if unasked and every else others
    groups = [
        _group(title, papers, folded=bool(title) and not few and not chosen and len(by_title) > 1)
        for title, papers in by_title.items()
        if title not in hidden
    ]
    return Checklist(
        groups=groups,
        cases=cases,
        asked=CASE in asked,
        query=_query(asked, {CASE}),
        withheld=sum(case.count for case in cases) if unasked and hidden else 0,
    )


def _cases(by_title: Mapping[str, list[Paper]], ticked: Collection[str]) -> list[Case]:
    titles = [title for title in by_title if names_a_case(title)]
    if len(titles) < 2:  # a single one narrows nothing
        return []
    return [
        Case(str(number), title, Group(title, by_title[title]).count, str(number) in ticked)
        for number, title in enumerate(titles, 1)
    ]


def _group(title: str, papers: list[Paper], *, folded: bool) -> Group:
    name, rest = split_name(title)
    return Group(name, papers, folded=folded, rest=rest)


def names_a_case(title: str) -> bool:
    """Whether a heading over papers says for whom they are, rather than what is done with them."""
    return bool(_A_CASE.match(_bare(title)))


def _bare(title: str) -> str:
    """A heading as it is compared: folded, without its numbers; "1.2. - Đối với …" carries several."""
    folded, bare = "", fold(title)
    while bare != folded:
        folded, bare = bare, _NUMBERED.sub("", bare)
    return folded


# ---- Rows ----


@dataclass(frozen=True)
class _Rows:
    """Draws the papers of one record.

    Attributes:
        forms: those of the record, by name.
        online: whether a dossier can be handed in here.
    """

    forms: Mapping[str, Form]
    online: bool

    def of(self, one: Requirement, *, required: bool) -> Paper:
        name, rest = split_name(one.name)
        eform = self.online and one.form == Requirement.Form.EFORM
        return Paper(
            name=name if one.is_document else _in_lines(name),
            rest=rest if one.is_document else _in_lines(rest),
            is_note=not one.is_document,
            required=required,
            free=one.is_document and (eform or one.form == Requirement.Form.NOTHING),
            online=one.form == Requirement.Form.EFORM,
            rule=one.rule,
            quantity=[] if one.rule else quantity(one),
            files=[self.forms[name] for name in one.form_files],
            template_name=one.template_name,
        )


def _in_lines(note: str) -> str:
    """A note whose points run on one behind the other, each on a line of its own."""
    return _POINT.sub("\n", note)


def quantity(one: Requirement) -> list[str]:
    """ "1 bản chính", "2 bản sao"."""
    counts = [
        say("{count} bản chính", count=one.originals) if one.originals else "",
        say("{count} bản sao", count=one.copies) if one.copies else "",
    ]
    return [count for count in counts if count]


def split_name(text: str) -> tuple[str, str]:
    """The name of a paper, and what a long one goes on to say; cut behind a sentence, a clause, else behind a word."""
    first, _, rest = text.partition("\n")
    if len(first) <= _NAME:
        return first, rest.strip()
    ends = [match.end() for match in re.finditer(r"[.;:](?= )", first[:_NAME])]
    cut = ends[-1] if ends and ends[-1] > _NAME // 3 else first.rfind(" ", 0, _NAME)
    if cut <= 0:  # a single endless word
        cut = _NAME
    return first[:cut].rstrip(), text[cut:].strip()


def _query(asked: QueryDict, names: Iterable[str]) -> str:
    """What the address says about the situation and nothing else, to be taken along."""
    kept = QueryDict(mutable=True)
    for name in sorted(names):
        kept.setlist(name, asked.getlist(name))
    return kept.urlencode()


def tables(requirements: Sequence[Requirement]) -> list[tuple[str, list[Requirement]]]:
    """All papers as the record has them, by heading."""
    ordered = groupby(requirements, key=lambda requirement: requirement.group)
    return [(group, list(members)) for group, members in ordered]
