"""Judging answers: each by its kind, then by the rules between answers. One problem a question, the first one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.core.words import say
from motcua.eforms.rules import checks
from motcua.eforms.rules.answers import Answer, is_blank
from motcua.eforms.rules.conditions import holds
from motcua.eforms.rules.definition import Definition, Field, Group, Page, html_id, post_name
from motcua.eforms.rules.filling import Asked, Shown, asked_on, gates_open, rows_of, shown
from motcua.eforms.rules.kinds import Complaint, kind_of
from motcua.eforms.rules.world import NOWHERE, World


@dataclass(frozen=True)
class Problem:
    """Something to be put right, with where to go for it."""

    page: str  # slug
    field_id: str  # as posted, without the part: `birth`, `members__1__birth`
    html_id: str  # of the input
    message: str  # Vietnamese, says what to do


def check_page(
    definition: Definition, slug: str, answers: Mapping[str, Answer], *, today: date, known: World = NOWHERE
) -> list[Problem]:
    """Everything that keeps a page from being complete and right, in reading order; fields that are hidden don't count.

    Raises:
        KeyError: there is no such page.
    """
    return list(_page_problems(definition, definition.page(slug), shown(definition, answers), today, known))


def check_all(
    definition: Definition, answers: Mapping[str, Answer], *, today: date, known: World = NOWHERE
) -> list[Problem]:
    """The same for the whole form."""
    visible = shown(definition, answers)
    return [problem for page in definition.pages for problem in _page_problems(definition, page, visible, today, known)]


def is_required(field: Field, scope: Mapping[str, Answer]) -> bool:
    """Whether an answer must be given, as the other answers stand."""
    return field.required if isinstance(field.required, bool) else holds(field.required, scope)


def _page_problems(definition: Definition, page: Page, visible: Shown, today: date, known: World) -> Iterator[Problem]:
    if not gates_open(page.gates, visible):
        return
    questions = list(asked_on(page, visible))
    for holder in page.holders():
        if holder.id not in visible.ids:
            continue
        own = [one for one in questions if one.field.group == holder.id or one.field is holder]
        problems = {one.field_id: one for one in _group_problems(page, holder, visible)}
        for question in own:
            problems |= {one.field_id: one for one in _field_problems(definition, page, question, today, known)}
        order = [holder.id, *(question.name for question in own)]
        yield from (problems[name] for name in dict.fromkeys([*order, *problems]) if name in problems)


def _field_problems(
    definition: Definition, page: Page, question: Asked, today: date, known: World
) -> Iterator[Problem]:
    field = question.field
    complaint = _own_complaint(question, known) or _between(definition, question, today)
    if complaint:
        # The first input has the field's own id, so that a label or a summary can point at the field.
        part = "" if complaint.part == kind_of(field).parts[0] else complaint.part
        yield Problem(page.slug, question.name, html_id(post_name(question.name, part=part)), complaint.message)


def _own_complaint(question: Asked, known: World) -> Complaint | None:
    field, answer, kind = question.field, question.answer, kind_of(question.field)
    if is_blank(answer):
        return kind.missing(field) if is_required(field, question.scope) else None
    return kind.check(field, answer, known)


def _between(definition: Definition, question: Asked, today: date) -> Complaint | None:
    group = definition.holders.get(question.field.group)
    members = group.members if isinstance(group, Group) else {}
    situation = checks.Situation(question.field, question.scope, {**definition.holders, **members}, today)
    for check in question.field.checks:
        if is_blank(question.answer) and check.name not in checks.ALSO_WHEN_BLANK:
            continue
        message = checks.judge(check, situation)
        if message is not None:
            return Complaint(message)
    return None


def _group_problems(page: Page, group: Field | Group, visible: Shown) -> Iterator[Problem]:
    if not isinstance(group, Group):
        return
    rows = rows_of(visible.answers, group)
    item = group.item_title.lower()
    if len(rows) < group.least:
        yield Problem(
            page.slug,
            group.id,
            html_id(group.id),
            say("“{title}” cần ít nhất {least} {item}", title=group.title, least=group.least, item=item),
        )
        return
    if len(rows) > group.most:
        yield Problem(
            page.slug,
            group.id,
            html_id(group.id),
            say("“{title}” có nhiều nhất {most} {item}", title=group.title, most=group.most, item=item),
        )
    for check in group.checks if rows else ():
        row = checks.judge_rows(check, group, rows)
        if row is not None:
            name = post_name(check.params["field"], group=group.id, row=row)
            yield Problem(page.slug, name, html_id(name), check.message)
