"""A few questions of a form on one page of their own, as they are drawn and read everywhere: for correcting answers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from motcua.eforms.rules.answers import Answer, is_blank
from motcua.eforms.rules.definition import Definition, Field, Group, Item, Note, Page, Section, with_revealed
from motcua.eforms.rules.kinds import kind_of


def excerpt(definition: Definition, wanted: Collection[str], page: Page, notes: Mapping[str, str]) -> Definition:
    """The form with one page more, on which only the wanted questions stand, under the headings of their own pages.

    Conditions see all answers of the form as before. Use it for that page alone: questions stand in it twice.

    Args:
        wanted: ids of fields and groups; what the options of a field reveal comes along with it.
        page: slug, title and intro of the new page.
        notes: what is said above a question, by its id.
    """
    items = tuple(section for known in definition.pages for section in _sections(known, wanted, notes))
    return replace(definition, pages=(*definition.pages, replace(page, items=items)))


def _sections(page: Page, wanted: Collection[str], notes: Mapping[str, str]) -> Iterator[Section]:
    """The wanted of a page: what stands in a section of its own under that heading, the rest under the page's."""
    loose: list[Field | Group | Note] = []
    for item in page.items:
        if isinstance(item, Section):
            inner = tuple(one for part in item.items for one in _chosen(part, wanted, notes))
            if inner:
                yield Section(f"trich-{item.id}", f"{page.title}: {item.title}", inner)
        else:
            loose += _chosen(item, wanted, notes)
    if loose:
        yield Section(f"trich-{page.slug}", page.title, tuple(loose))


def _chosen(item: Item, wanted: Collection[str], notes: Mapping[str, str]) -> Iterator[Field | Group | Note]:
    if not isinstance(item, Field | Group):
        return
    if item.id in wanted:
        if item.id in notes:
            yield Note(notes[item.id], item.gates)
        yield item
    elif isinstance(item, Field):
        for option in item.options:
            for revealed in option.reveals:
                yield from _chosen(revealed, wanted, notes)


def whole(definition: Definition, ids: Collection[str]) -> set[str]:
    """These questions with all that the options of each reveal; ids that the form doesn't know are left out."""
    found = set()
    for holder in (definition.holders.get(one) for one in ids):
        if isinstance(holder, Field):
            found |= {one.id for one in with_revealed(holder)}
        elif holder is not None:
            found.add(holder.id)
    return found


def heading_of(definition: Definition, holder_id: str) -> str:
    """The title of a question with that of the page it stands on, since "Họ tên" alone doesn't say whose."""
    holder = definition.holders[holder_id]
    page = definition.page(definition.page_of[holder_id])
    return holder.title if holder.title == page.title else f"{page.title}: {holder.title}"


def told(definition: Definition, holder_id: str, answer: Answer) -> str:
    """An answer as people read it, a line for each row of a group; empty if there is none."""
    holder = definition.holders.get(holder_id)
    if isinstance(holder, Field):
        return kind_of(holder).show(holder, answer)
    if holder is None or not isinstance(answer, list):
        return ""
    return "\n".join(_row(holder, number, row) for number, row in enumerate(answer, 1) if isinstance(row, dict))


def _row(group: Group, number: int, row: Mapping[str, Answer]) -> str:
    shown = [
        f"{field.title}: {kind_of(field).show(field, row[field.id])}"
        for field in group.members.values()
        if not is_blank(row.get(field.id))
    ]
    return f"{group.item_title} {number}: {'; '.join(shown)}"
