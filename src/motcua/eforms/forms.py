"""What a view does with a posted page, in one call: read it, press its buttons, look places up, say where to go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.eforms.queries import places
from motcua.eforms.rendering import FIND, REFRESH
from motcua.eforms.rules import ACT, Answers, Definition, Group, PlaceName, html_id, post_name, read
from motcua.eforms.rules.answers import typed
from motcua.eforms.rules.kinds.codes import FIND as FIND_CODE
from motcua.eforms.rules.kinds.codes import TAKE as TAKE_CODE

AUTOSAVE = "autosave"


@dataclass(frozen=True)
class ActResult:
    """A posted page, read.

    Attributes:
        answers: all answers of the form, those of the page merged in; to be kept whatever was typed.
        stay: a button inside the form was pressed: show the page again without judging it.
        silent: the page's script saves; nothing is to be shown.
        focus: the id of the input to go on with, none for the page's begin.
        found_places: what was sought in a place picker, by posted name of the field.
    """

    answers: Answers
    stay: bool = False
    silent: bool = False
    focus: str = ""
    found_places: Mapping[str, list[PlaceName]] = field(default_factory=dict)


def act(definition: Definition, slug: str, data: Mapping[str, Any], answers: Answers) -> ActResult:
    """Read one posted page.

    The buttons are posted as ACT: nothing or anything unknown (go on), "refresh", "find-place:<field>",
    "find-code:<field>", "take-code:<field>:<code>", "add:<group>", "remove:<group>:<row>", "autosave".

    Raises:
        KeyError: there is no such page.
    """
    posted = typed(data)
    pressed = (posted.get(ACT) or [""])[-1]
    after = read(definition, slug, data, answers, known=places())
    verb, _, what = pressed.partition(":")
    found = {}
    if pressed.startswith(FIND):
        found = {what: places().find((posted.get(f"{what}__find") or [""])[-1])}
    return ActResult(
        answers=after,
        stay=pressed == REFRESH or verb in {"add", "remove"} or pressed.startswith((FIND, FIND_CODE, TAKE_CODE)),
        silent=pressed == AUTOSAVE,
        focus=_focus(definition, after, verb, what),
        found_places=found,
    )


def _focus(definition: Definition, answers: Answers, verb: str, what: str) -> str:
    """A new row's first input; after a removal the button that adds; after a search
    the box that was sought in."""
    if verb == "find-place":
        return f"{html_id(what)}--find"
    if f"{verb}:" in {FIND_CODE, TAKE_CODE}:
        return html_id(what.partition(":")[0])
    group = definition.holders.get(what.partition(":")[0])
    if not isinstance(group, Group) or verb not in {"add", "remove"}:
        return ""
    if verb == "add" and (rows := answers.get(group.id)):
        return html_id(post_name(group.fields[0].id, group=group.id, row=len(rows) - 1))
    return f"{html_id(group.id)}--add"
