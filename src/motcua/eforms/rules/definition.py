"""A form as the engine sees it: pages of fields, sections, repeating groups and notes. Made by `parsing.parse`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any

from motcua.eforms.rules.conditions import Condition, fields_of

Gates = tuple[Condition, ...]  # conditions that must all hold: the field's own and those of everything around it


@dataclass(frozen=True)
class Option:
    """One of the values of a choice; what it reveals stands directly under it."""

    value: str
    label: str
    hint: str = ""
    reveals: tuple["Field", ...] = ()


@dataclass(frozen=True)
class Check:
    """A rule between answers, as data: `params` are what the JSON says beside the name and the message."""

    name: str
    params: Mapping[str, Any]
    message: str = ""


@dataclass(frozen=True)
class Field:
    """One question (trường thông tin)."""

    id: str
    kind: str
    label: str
    hint: str = ""
    missing: str = ""  # said when a required answer is left out
    summary: str = ""  # the label where the answer is shown, if the question doesn't do there
    required: bool | Condition = False
    gates: Gates = ()
    options: tuple[Option, ...] = ()
    checks: tuple[Check, ...] = ()
    prefill: tuple[Mapping[str, Any], ...] = ()
    default: Any = None
    half: bool = False  # two halves stand side by side
    group: str = ""  # the repeating group it belongs to
    settings: Mapping[str, Any] = field(default_factory=dict)  # what only its kind understands

    @property
    def title(self) -> str:
        """The label for summaries, prints and desks."""
        return self.summary or self.label


@dataclass(frozen=True)
class Note:
    """Something to tell, at its place among the questions."""

    text: str
    gates: Gates = ()


@dataclass(frozen=True)
class Section:
    """Questions under a heading of their own."""

    id: str
    title: str
    items: tuple["Field | Group | Note", ...]
    intro: str = ""
    gates: Gates = ()


@dataclass(frozen=True)
class Group:
    """Questions that are asked once for each member of a list."""

    id: str
    title: str
    item_title: str  # "Thành viên": the rows are called "Thành viên 1", "Thành viên 2"
    fields: tuple[Field, ...]
    intro: str = ""
    add_label: str = "Thêm"
    least: int = 0
    most: int = 300
    checks: tuple[Check, ...] = ()
    gates: Gates = ()

    @cached_property
    def members(self) -> dict[str, Field]:
        """All fields of a row by id, those that an option reveals among them."""
        return {one.id: one for item in self.fields for one in with_revealed(item)}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids of a row's fields, each after those of the row that its conditions look at."""
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for member in self.members.values():
            looked_at = [one for gate in member.gates for one in fields_of(gate)]
            sorter.add(member.id, *(one for one in looked_at if one in self.members))
        return tuple(sorter.static_order())


Item = Field | Section | Group | Note


@dataclass(frozen=True)
class Page:
    """A page (phần) of the form, with its place in the URL."""

    slug: str
    title: str
    items: tuple[Item, ...]
    intro: str = ""
    gates: Gates = ()

    def holders(self) -> Iterator[Field | Group]:
        """The fields outside groups and the groups, in reading order: everything that has an answer of its own."""
        for item in self.items:
            if isinstance(item, Section):
                for inner in item.items:
                    yield from _holders_of(inner)
            else:
                yield from _holders_of(item)


@dataclass(frozen=True)
class Definition:
    """One version of a form (biểu mẫu điện tử)."""

    key: str
    version: int
    title: str
    pages: tuple[Page, ...]
    subject: str = ""  # the field that names whom the dossier is about
    order: tuple[str, ...] = ()  # holders, each after those that its conditions look at
    controlling: frozenset[str] = frozenset()  # the ids that any condition for showing something looks at

    def page(self, slug: str) -> Page:
        """The page of this slug.

        Raises:
            KeyError: there is none.
        """
        return next((page for page in self.pages if page.slug == slug), None) or _no_page(slug)

    @cached_property
    def holders(self) -> dict[str, Field | Group]:
        """Fields outside groups, and groups, by id."""
        return {holder.id: holder for page in self.pages for holder in page.holders()}

    @cached_property
    def page_of(self) -> dict[str, str]:
        """The slug of the page that a field or group stands on."""
        return {holder.id: page.slug for page in self.pages for holder in page.holders()}


def _holders_of(item: Item) -> Iterator[Field | Group]:
    if isinstance(item, Field):
        yield from with_revealed(item)
    elif isinstance(item, Group):
        yield item


def with_revealed(item: Field) -> Iterator[Field]:
    """A field and those that its options reveal, and theirs."""
    yield item
    for option in item.options:
        for revealed in option.reveals:
            yield from with_revealed(revealed)


def _no_page(slug: str) -> Page:
    raise KeyError(slug)


def post_name(field_id: str, *, group: str = "", row: int | None = None, part: str = "") -> str:
    """The name an input is posted under: `birth__day`, in a group `members__0__birth__day`."""
    pieces = [group, str(row)] if row is not None else []
    return "__".join([*pieces, field_id, *([part] if part else [])])


def html_id(name: str) -> str:
    """The id of the input that is posted under a name. Field ids have no double underscore, so none meet."""
    return name.replace("__", "--").replace("_", "-")
