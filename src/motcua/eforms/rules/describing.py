"""Answers for people: for the review page, the printed declaration, the desk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.eforms.rules.answers import Answer
from motcua.eforms.rules.definition import Definition, Field, Group, Item, Page, Section, post_name, with_revealed
from motcua.eforms.rules.filling import Shown, gates_open, rows_of, shown
from motcua.eforms.rules.kinds import kind_of


@dataclass(frozen=True)
class Row:
    """One answer: what was asked, what was answered (empty if nothing), and how it is written out in words."""

    label: str
    text: str
    field_id: str  # as posted: `birth`, `members__1__birth`
    words: str = ""


@dataclass(frozen=True)
class DescribedSection:
    """Answers under one heading."""

    title: str
    page_slug: str
    rows: list[Row]


def describe(definition: Definition, answers: Mapping[str, Answer]) -> list[DescribedSection]:
    """All questions that are shown, with their answers, heading by heading; headings with no question are left out."""
    visible = shown(definition, answers)
    found: list[DescribedSection] = []
    for page in definition.pages:
        for section in _page(page, visible) if gates_open(page.gates, visible) else ():
            last = found[-1] if found else None
            if last and (last.page_slug, last.title) == (section.page_slug, section.title):
                last.rows.extend(section.rows)  # what stood between them is hidden
            elif section.rows:
                found.append(section)
    return found


def subject_of(definition: Definition, answers: Mapping[str, Answer]) -> str:
    """Whom or what the answers are about, by the field that the form names; empty if not answered yet."""
    field = definition.holders.get(definition.subject)
    return kind_of(field).show(field, answers.get(field.id)) if isinstance(field, Field) else ""


def _page(page: Page, visible: Shown) -> Iterator[DescribedSection]:
    """Questions that follow each other stay under one heading; a section or a group opens its own."""
    rows: list[Row] = []
    for item in page.items:
        if isinstance(item, Field):
            rows.extend(_rows(item, visible))
            continue
        if isinstance(item, Section | Group):
            yield DescribedSection(page.title, page.slug, rows)
            rows = []
            yield from _block(item, page, visible)
    yield DescribedSection(page.title, page.slug, rows)


def _block(item: Item, page: Page, visible: Shown) -> Iterator[DescribedSection]:
    if isinstance(item, Group):
        yield from _group(item, page, visible)
    elif isinstance(item, Section):
        fields = [inner for inner in item.items if isinstance(inner, Field)]
        rows = [row for field in fields for row in _rows(field, visible)]
        yield DescribedSection(item.title, page.slug, rows)
        for inner in item.items:
            if isinstance(inner, Group):
                yield from _group(inner, page, visible)


def _rows(field: Field, visible: Shown) -> Iterator[Row]:
    for one in with_revealed(field):
        if one.id in visible.ids:
            yield _row(one, one.id, visible.answers.get(one.id))


def _group(group: Group, page: Page, visible: Shown) -> Iterator[DescribedSection]:
    if group.id not in visible.ids:
        return
    for index, row in enumerate(rows_of(visible.answers, group)):
        rows = [
            _row(field, post_name(field.id, group=group.id, row=index), row.get(field.id))
            for field in group.members.values()
            if visible.has(field, index)
        ]
        yield DescribedSection(f"{group.item_title} {index + 1}", page.slug, rows)


def _row(field: Field, name: str, answer: Answer) -> Row:
    kind = kind_of(field)
    return Row(field.title, kind.show(field, answer), name, kind.echo(field, answer))
