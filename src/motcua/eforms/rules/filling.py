"""Answers come in: reading a posted page, filling in what is known; what is shown is asked, what is hidden dropped."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from motcua.eforms.rules.answers import ACT, Answer, Answers, Typed, is_blank, typed
from motcua.eforms.rules.conditions import holds
from motcua.eforms.rules.definition import Definition, Field, Gates, Group, Page, post_name
from motcua.eforms.rules.kinds import kind_of
from motcua.eforms.rules.world import NOWHERE, World


@dataclass(frozen=True)
class Asked:
    """One question as it is asked: in a group once for each row."""

    field: Field
    name: str  # what it is posted under
    scope: Mapping[str, Answer]  # the answers it may look at: those outside groups and its row's
    row: int | None = None

    @property
    def answer(self) -> Answer:
        """What was answered so far; None if nothing ever was."""
        return self.scope.get(self.field.id)


@dataclass(frozen=True)
class Shown:
    """What of a form is shown, given the answers."""

    answers: Answers  # the answers that are shown, nothing else
    ids: frozenset[str]  # fields outside groups, and groups
    rows: Mapping[str, tuple[frozenset[str], ...]]  # by group: the fields shown in each row

    def has(self, field: Field, row: int | None = None) -> bool:
        """Whether this field is shown, in this row."""
        if row is None or not field.group:
            return field.id in self.ids
        rows = self.rows.get(field.group, ())
        return field.group in self.ids and row < len(rows) and field.id in rows[row]


def read(
    definition: Definition, slug: str, data: Mapping[str, Any], answers: Answers, *, known: World = NOWHERE
) -> Answers:
    """The answers with those of one posted page merged in. Other pages, and what wasn't posted, stay as they are.

    The buttons of a repeating group come with the page, as the value of ACT: "add:<group>", "remove:<group>:<row>".

    Raises:
        KeyError: there is no such page.
    """
    posted = typed(data)
    after = dict(answers)
    for holder in definition.page(slug).holders():
        if isinstance(holder, Group):
            rows = _read_rows(holder, posted, after.get(holder.id), known)
            if rows is not None:
                after[holder.id] = _with_button(holder, rows, posted.get(ACT, [""])[-1])
        elif kind_of(holder).is_posted(holder.id, posted):
            after[holder.id] = kind_of(holder).read(holder, holder.id, posted, after.get(holder.id), known)
    return after


def _read_rows(group: Group, posted: Typed, before: Answer, known: World) -> list[Answers] | None:
    """The rows in what was posted, none if the group wasn't on the page. All rows are posted together."""
    pattern = _row_pattern(group.id)
    indexes = sorted({int(found[1]) for name in posted if (found := pattern.match(name))})
    if not indexes and group.id not in posted:
        return None
    rows = []
    for index in indexes[: group.most]:
        row = dict(before[index]) if _is_row(before, index) else {}
        for field in group.members.values():
            name = post_name(field.id, group=group.id, row=index)
            if kind_of(field).is_posted(name, posted):
                row[field.id] = kind_of(field).read(field, name, posted, row.get(field.id), known)
        rows.append(row)
    return rows


def _with_button(group: Group, rows: list[Answers], act: str) -> list[Answers]:
    """The rows after a button of the group was pressed."""
    if act == f"add:{group.id}":
        return [*rows, {}][: group.most]
    if found := re.fullmatch(rf"remove:{re.escape(group.id)}:([0-9]{{1,4}})", act):
        return [row for index, row in enumerate(rows) if index != int(found[1])]
    return rows


@cache
def _row_pattern(group_id: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(group_id)}__([0-9]{{1,4}})(?:__|$)")


def _is_row(answer: Answer, index: int) -> bool:
    return isinstance(answer, list) and index < len(answer) and isinstance(answer[index], dict)


def rows_of(answers: Mapping[str, Answer], group: Group) -> list[Answers]:
    """The rows of a group as stored; whatever isn't a row reads as an empty one."""
    stored = answers.get(group.id)
    return [row if isinstance(row, dict) else {} for row in stored] if isinstance(stored, list) else []


def shown(definition: Definition, answers: Mapping[str, Answer]) -> Shown:
    """What is shown. A condition doesn't see answers that are themselves hidden."""
    seen: Answers = {}
    ids: set[str] = set()
    rows: dict[str, tuple[frozenset[str], ...]] = {}
    for holder_id in definition.order:
        holder = definition.holders[holder_id]
        if not _open(holder.gates, seen):
            continue
        ids.add(holder_id)
        if isinstance(holder, Group):
            walked = [_walk_row(holder, row, seen) for row in rows_of(answers, holder)]
            rows[holder_id] = tuple(frozenset(visible) for visible, _ in walked)
            if walked:
                seen[holder_id] = [row for _, row in walked]
        elif answers.get(holder_id) is not None:
            seen[holder_id] = answers[holder_id]
    return Shown(answers=seen, ids=frozenset(ids), rows=rows)


def _walk_row(group: Group, row: Answers, outside: Answers) -> tuple[set[str], Answers]:
    kept: Answers = {}
    visible: set[str] = set()
    for field_id in group.order:
        if _open(group.members[field_id].gates, {**outside, **kept}):
            visible.add(field_id)
            if row.get(field_id) is not None:
                kept[field_id] = row[field_id]
    return visible, kept


def _open(gates: Gates, answers: Mapping[str, Answer], today: date | None = None) -> bool:
    return all(holds(gate, answers, today=today) for gate in gates)


def gates_open(gates: Gates, visible: Shown, today: date | None = None) -> bool:
    """Whether a section, a page or a note is shown."""
    return _open(gates, visible.answers, today)


def visible_pages(definition: Definition, answers: Mapping[str, Answer]) -> list[Page]:
    """The pages that are asked."""
    visible = shown(definition, answers)
    return [page for page in definition.pages if gates_open(page.gates, visible)]


def visible(definition: Definition, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The posted names of all fields that are shown: `x`, in the second row of a group `members__1__x`."""
    return frozenset(one.name for one in asked(definition, answers))


def prune(definition: Definition, answers: Mapping[str, Answer]) -> Answers:
    """The answers that are kept on submission: shown, known to the form and not blank (an unticked box is kept)."""
    return {
        holder: [_without_blanks(row) for row in answer] if isinstance(definition.holders[holder], Group) else answer
        for holder, answer in shown(definition, answers).answers.items()
        if _keeps(answer)
    }


def _without_blanks(row: Answers) -> Answers:
    return {field: answer for field, answer in row.items() if _keeps(answer)}


def _keeps(answer: Answer) -> bool:
    return answer is False or not is_blank(answer) or (isinstance(answer, list) and bool(answer))


def asked(definition: Definition, answers: Mapping[str, Answer]) -> Iterator[Asked]:
    """Every question that is shown, in reading order."""
    visible = shown(definition, answers)
    for page in definition.pages:
        yield from asked_on(page, visible)


def asked_on(page: Page, visible: Shown) -> Iterator[Asked]:
    """The questions of one page that are shown."""
    for holder in page.holders():
        if holder.id not in visible.ids:
            continue
        if isinstance(holder, Field):
            yield Asked(holder, holder.id, visible.answers)
            continue
        for index, row in enumerate(rows_of(visible.answers, holder)):
            scope = {**visible.answers, **row}
            for field in holder.members.values():
                if visible.has(field, index):
                    name = post_name(field.id, group=holder.id, row=index)
                    yield Asked(field, name, {**dict.fromkeys(holder.members), **scope}, index)


def prefill(definition: Definition, answers: Answers, facts: Mapping[str, Any], *, known: World = NOWHERE) -> Answers:
    """The answers with those filled in that were never given and are known.

    `facts` are nested: {"applicant": {"full_name": …}}. A field that the person has emptied stays empty. A place also
    takes `<name>_detail` beside its fact.
    """
    after = dict(answers)
    visible: Shown | None = None  # until the next answer changes it
    for holder_id in definition.order:
        holder = definition.holders[holder_id]
        if isinstance(holder, Group) or after.get(holder_id) is not None:
            continue
        if not holder.prefill and holder.default is None:
            continue  # finding out what is shown costs most of a page
        visible = visible or shown(definition, after)
        if holder_id in visible.ids:
            answer = _first_known(holder, visible.answers, facts, known)
            if not is_blank(answer):
                after[holder_id] = answer
                visible = None
    return after


def _first_known(field: Field, answers: Answers, facts: Mapping[str, Any], known: World) -> Answer:
    for source in field.prefill:
        if not holds(source.get("if"), answers):
            continue
        fact = _fact(source["field"], answers, facts)
        answer = None if is_blank(fact) else kind_of(field).known(field, fact, known)
        if not is_blank(answer):
            detail = _fact(f"{source['field']}_detail", answers, facts)
            if isinstance(answer, dict) and answer.get("detail") == "" and isinstance(detail, str):
                answer["detail"] = detail
            return answer
    return None if field.default is None else kind_of(field).known(field, field.default, known)


def _fact(path: str, answers: Mapping[str, Answer], facts: Mapping[str, Any]) -> Any:
    if "." not in path:
        return answers.get(path)
    fact: Any = facts
    for step in path.split("."):
        fact = fact.get(step) if isinstance(fact, Mapping) else None
    return fact
