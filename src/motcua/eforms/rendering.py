"""A page of a form as its templates need it: blocks of controls, each with its ids, its problem and what it offers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as filled
from datetime import date
from typing import Any

from motcua.eforms.queries import Places, places
from motcua.eforms.rules import (
    Answer,
    Definition,
    Field,
    Group,
    Note,
    Option,
    Page,
    PlaceName,
    Problem,
    Section,
    html_id,
    is_required,
    post_name,
)
from motcua.eforms.rules.answers import as_text, part_of, typed
from motcua.eforms.rules.filling import Shown, gates_open, rows_of, shown
from motcua.eforms.rules.kinds import Kind, kind_of
from motcua.eforms.rules.kinds.choices import Choice
from motcua.eforms.rules.kinds.codes import Code, Entry
from motcua.eforms.rules.kinds.dates import Date
from motcua.eforms.rules.kinds.lists import OTHER, Listed, listed

CONTAINER = "to-khai"  # the id of what is redrawn when a condition changes
REFRESH, FIND = "refresh", "find-place:"
_BOXES = {"day": ("Ngày", 2), "month": ("Tháng", 2), "year": ("Năm", 4)}
_NUMERIC = {"personal_number", "number", "money", "year"}


@dataclass
class Input:
    """One box of a control that has several."""

    name: str
    id: str
    value: str
    label: str = ""
    width: int = 0
    is_wrong: bool = False


@dataclass
class Offer:
    """An option as it is offered, with what it reveals while it is chosen."""

    option: Option
    id: str
    is_chosen: bool
    revealed: list["Block"] = filled(default_factory=list)


@dataclass
class Control:
    """A field on the page."""

    field: Field
    kind: Kind
    name: str
    id: str
    answer: Answer
    required: bool
    redraws: bool  # others are shown or hidden by what is answered here
    problem: Problem | None = None
    has_focus: bool = False
    offers: list[Offer] = filled(default_factory=list)
    boxes: list[Input] = filled(default_factory=list)
    place: "PlaceBox | None" = None
    codes: "CodeBox | None" = None
    pairs: list[tuple[str, str]] = filled(default_factory=list)  # value and words of a list to pull down
    chosen: str = ""  # of these

    @property
    def template(self) -> str:
        """The template of its kind."""
        return f"eforms/kinds/{self.kind.template}.html"

    @property
    def text(self) -> str:
        """What stands in its one box."""
        return self.kind.box(self.field, self.answer)

    @property
    def echo(self) -> str:
        """The answer in words."""
        return self.kind.echo(self.field, self.answer)

    @property
    def has_echo(self) -> bool:
        """Whether there is a place for words, also while there are none."""
        return bool(self.field.settings.get("in_words")) or self.field.kind == "money"

    @property
    def described_by(self) -> str:
        """The ids of hint and message."""
        return " ".join(
            [f"{self.id}--hint"] * bool(self.field.hint)
            + [f"{self.id}--error"] * (self.problem is not None)
            + [f"{self.id}--echo"] * self.has_echo
        )

    @property
    def style(self) -> str:
        """How a choice is offered."""
        return self.kind.style(self.field) if isinstance(self.kind, Choice) else ""

    @property
    def input_mode(self) -> str:
        """Which keyboard a phone brings up."""
        if self.field.kind in _NUMERIC:
            return "numeric"
        return {"phone": "tel", "email": "email"}.get(self.field.kind, "")

    @property
    def autocomplete(self) -> str:
        """What the browser may fill in; others' data never."""
        return str(self.field.settings.get("autocomplete", "off"))

    @property
    def wrong_part(self) -> str:
        """Which input the message is about; empty for the first."""
        return self.problem.html_id[len(self.id) + 2 :] if self.problem else ""


@dataclass
class PlaceBox:
    """What the picker of places needs."""

    provinces: list[tuple[str, str]]  # code and name
    communes: list[tuple[str, str]]
    province: str
    commune: str
    detail: str
    typed: str  # into the search
    found: list[PlaceName]
    was_sought: bool
    has_focus: bool

    @property
    def unlisted_commune(self) -> bool:
        """Whether what was answered isn't among what is offered."""
        return bool(self.commune) and all(code != self.commune for code, _ in self.communes)


@dataclass
class CodeBox:
    """What the finder of codes needs."""

    name: str  # of the chosen one
    found: list[Entry]
    was_sought: bool
    what: str
    digits: int


@dataclass
class Row:
    """One member of a repeating group."""

    index: int
    title: str
    name: str
    blocks: list["Block"]
    can_go: bool


@dataclass
class Block:
    """A piece of the page: `kind` is control, pair, note, section or group."""

    kind: str
    control: Control | None = None
    controls: list[Control] = filled(default_factory=list)
    text: str = ""
    id: str = ""
    title: str = ""
    intro: str = ""
    blocks: list["Block"] = filled(default_factory=list)
    rows: list[Row] = filled(default_factory=list)
    group: Group | None = None
    problem: Problem | None = None
    focus_on_add: bool = False

    @property
    def can_add(self) -> bool:
        """Whether the group may have another member."""
        return self.group is not None and len(self.rows) < self.group.most


@dataclass
class Sheet:
    """Draws one page."""

    definition: Definition
    page: Page
    visible: Shown
    problems: Mapping[str, Problem]
    posted: Mapping[str, list[str]]
    today: date
    known: Places
    focus: str = ""

    def blocks(self) -> list[Block]:
        """The whole page."""
        return self._paired(block for item in self.page.items for block in self._item(item))

    def _item(self, item: Field | Section | Group | Note) -> Iterator[Block]:
        if isinstance(item, Field):
            if item.id in self.visible.ids:
                yield self._control_block(item, item.id, self.visible.answers, None)
        elif not gates_open(item.gates, self.visible, self.today):
            return
        elif isinstance(item, Note):
            yield Block("note", text=item.text)
        elif isinstance(item, Section):
            inner = self._paired(block for one in item.items for block in self._item(one))
            if inner:
                yield Block("section", id=html_id(item.id), title=item.title, intro=item.intro, blocks=inner)
        else:
            yield self._group(item)

    def _control_block(self, item: Field, name: str, scope: Mapping[str, Answer], row: int | None) -> Block:
        return Block("control", control=self._control(item, name, scope, row))

    def _paired(self, blocks: Iterable[Block]) -> list[Block]:
        """Two halves that follow each other stand side by side."""
        found: list[Block] = []
        for block in blocks:
            before = found[-1] if found else None
            if before and _is_half(before) and _is_half(block) and before.control and block.control:
                found[-1] = Block("pair", controls=[before.control, block.control])
            else:
                found.append(block)
        return found

    def _group(self, group: Group) -> Block:
        rows = rows_of(self.visible.answers, group)
        drawn = [self._row(group, index, row, len(rows)) for index, row in enumerate(rows)]
        return Block(
            "group",
            id=html_id(group.id),
            title=group.title,
            intro=group.intro,
            rows=drawn,
            group=group,
            problem=self.problems.get(group.id),
            focus_on_add=self.focus == f"{html_id(group.id)}--add",
        )

    def _row(self, group: Group, index: int, row: Mapping[str, Answer], count: int) -> Row:
        scope = {**self.visible.answers, **dict.fromkeys(group.members), **row}
        blocks = [
            self._control_block(item, post_name(item.id, group=group.id, row=index), scope, index)
            for item in group.fields
            if self.visible.has(item, index)
        ]
        return Row(
            index=index,
            title=f"{group.item_title} {index + 1}",
            name=f"{group.id}__{index}",
            blocks=self._paired(blocks),
            can_go=count > group.least,
        )

    def _control(self, item: Field, name: str, scope: Mapping[str, Answer], row: int | None) -> Control:
        kind = kind_of(item)
        control = Control(
            field=item,
            kind=kind,
            name=name,
            id=html_id(name),
            answer=scope.get(item.id),
            required=is_required(item, scope),
            redraws=item.id in self.definition.controlling,
            problem=self.problems.get(name),
        )
        control.has_focus = self.focus == control.id
        control.offers = [self._offer(control, option, first, scope, row) for first, option in enumerate(item.options)]
        if control.style == "select":
            control.pairs = [(option.value, option.label) for option in item.options]
            control.chosen = as_text(control.answer)
        if isinstance(kind, Date):
            control.boxes = _date_boxes(control, kind)
        elif isinstance(kind, Listed):
            control.pairs, control.chosen = list(listed(kind.list_name).items()), kind.code(control.answer)
            control.boxes = _other_box(control, kind)
        elif isinstance(kind, Code):
            control.codes = _code_box(control, kind)
        elif kind.name == "place":
            control.place = self._place(control)
        return control

    def _offer(
        self, control: Control, option: Option, position: int, scope: Mapping[str, Answer], row: int | None
    ) -> Offer:
        chosen = control.answer
        is_chosen = option.value in chosen if isinstance(chosen, list) else option.value == chosen
        offer = Offer(option, control.id if position == 0 else f"{control.id}--{option.value}", is_chosen)
        blocks = [
            self._control_block(one, post_name(one.id, group=one.group, row=row), scope, row)
            for one in option.reveals
            if self.visible.has(one, row)
        ]
        offer.revealed = self._paired(blocks)
        return offer

    def _place(self, control: Control) -> PlaceBox:
        chosen = bool((self.posted.get(f"{control.name}__found") or [""])[-1])
        text = "" if chosen else (self.posted.get(f"{control.name}__find") or [""])[-1].strip()[:100]
        province = part_of(control.answer, "province")
        return PlaceBox(
            provinces=[(unit.code, unit.name) for unit in self.known.provinces()],
            communes=[(unit.code, unit.name) for unit in self.known.communes(province)],
            province=province,
            commune=part_of(control.answer, "commune"),
            detail=part_of(control.answer, "detail"),
            typed=text,
            found=self.known.find(text) if len(text) > 1 else [],
            was_sought=len(text) > 1,
            has_focus=self.focus == f"{control.id}--find",
        )


def draw(
    definition: Definition,
    page: Page,
    answers: Mapping[str, Answer],
    problems: Sequence[Any],
    *,
    posted: Mapping[str, Any] | None = None,
    today: date,
    focus: str = "",
    known: Places | None = None,
) -> list[Block]:
    """The blocks of a page. `posted` is the form that is being answered, for what isn't kept: what was sought."""
    padded = dict(answers)
    for holder in page.holders():
        if isinstance(holder, Group):
            rows = rows_of(answers, holder)
            padded[holder.id] = rows + [{}] * (holder.least - len(rows))
    sheet = Sheet(
        definition=definition,
        page=page,
        visible=shown(definition, padded),
        problems={problem.field_id: problem for problem in problems or ()},
        posted=typed(posted) if posted else {},
        today=today,
        known=known or places(),
        focus=focus,
    )
    return sheet.blocks()


def _is_half(block: Block) -> bool:
    return block.kind == "control" and block.control is not None and block.control.field.half


def _date_boxes(control: Control, kind: Date) -> list[Input]:
    texts = kind.boxes(control.answer)
    boxes = []
    for part, (label, width) in _BOXES.items():
        name = post_name(control.name, part=part)
        id_ = control.id if part == "day" else html_id(name)
        wrong = control.problem is not None and control.wrong_part in {"", part}
        boxes.append(Input(name, id_, texts[part], label, width, wrong))
    return boxes


def _code_box(control: Control, kind: Code) -> CodeBox:
    typed_text = as_text(control.answer)
    known = kind.list_of(control.field)
    found = known.find(typed_text) if len(typed_text) > 1 else []
    return CodeBox(part_of(control.answer, "name"), found, len(typed_text) > 1, known.what, known.digits)


def _other_box(control: Control, kind: Listed) -> list[Input]:
    if kind.code(control.answer) != OTHER:
        return []
    name = post_name(control.name, part="other")
    wrong = control.wrong_part == "other"
    return [Input(name, html_id(name), part_of(control.answer, "name"), "Ghi tên", is_wrong=wrong)]
