"""What a schema can't say of a form: that everything it refers to exists, and that conditions don't go in circles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from motcua.eforms.rules.conditions import Condition, fields_of, leaves
from motcua.eforms.rules.definition import Check, Definition, Field, Gates, Group, Item, Note, Section
from motcua.eforms.rules.kinds import KINDS
from motcua.eforms.rules.kinds.codes import code_list
from motcua.eforms.rules.kinds.lists import Listed, listed

Scope = Mapping[str, Field | Group]


def troubles(definition: Definition) -> Iterator[str]:
    """Everything that is wrong with a form that follows the schema."""
    yield from _repeated("page", (page.slug for page in definition.pages))
    yield from _repeated("id", _ids(definition))
    subject = definition.holders.get(definition.subject)
    if definition.subject and not isinstance(subject, Field):
        yield f"subject: there is no field {definition.subject}"
    for page in definition.pages:
        yield from _gate_troubles(page.slug, page.gates, definition.holders)
        for item in page.items:
            yield from _item_troubles(item, definition.holders)
    try:
        order(definition)
        for holder in definition.holders.values():
            assert not isinstance(holder, Group) or holder.order
    except CycleError as circle:
        yield f"conditions go in a circle: {' → '.join(circle.args[1])}"


def order(definition: Definition) -> tuple[str, ...]:
    """The ids of fields and groups, each after those that its conditions look at.

    Raises:
        graphlib.CycleError: conditions go in a circle.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for holder in definition.holders.values():
        looked_at = [one for gate in holder.gates for one in fields_of(gate)]
        sorter.add(holder.id, *(one for one in looked_at if one in definition.holders))
    return tuple(sorter.static_order())


def _ids(definition: Definition) -> Iterator[str]:
    for page in definition.pages:
        yield from (holder.id for holder in page.holders())
        yield from (item.id for item in page.items if isinstance(item, Section))
    for holder in definition.holders.values():
        if isinstance(holder, Group):
            # A row's ids may come again in another group, but not twice in one, nor outside.
            yield from (id_ for item in holder.fields for id_ in _repeats_in_row(item, holder, definition.holders))


def _repeats_in_row(item: Field, group: Group, holders: Scope) -> Iterator[str]:
    same = [one for one in group.fields if one.id == item.id]
    if item.id in holders or len(same) > 1:
        yield from (item.id, item.id)


def _repeated(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what} {name} is used {count} times"


def _item_troubles(item: Item, scope: Scope) -> Iterator[str]:
    if isinstance(item, Note):
        yield from _gate_troubles("note", item.gates, scope, with_clock=True)
    elif isinstance(item, Section):
        yield from _gate_troubles(item.id, item.gates, scope)
        for inner in item.items:
            yield from _item_troubles(inner, scope)
    elif isinstance(item, Group):
        yield from _gate_troubles(item.id, item.gates, scope)
        if item.least > item.most:
            yield f"{item.id}: least is more than most"
        for check in item.checks:
            yield from _unknown(item.id, [check.params["field"]], item.members)
        for field in item.members.values():
            yield from _field_troubles(field, {**scope, **item.members})
    else:
        yield from _field_troubles(item, scope)
        for option in item.options:
            for field in option.reveals:
                yield from _item_troubles(field, scope)


def _field_troubles(field: Field, scope: Scope) -> Iterator[str]:
    yield from _gate_troubles(field.id, field.gates, scope)
    if not isinstance(field.required, bool):
        yield from _gate_troubles(field.id, (field.required,), scope)
    yield from _repeated(f"{field.id}: option", (option.value for option in field.options))
    if field.kind == "code" and not _has_list(field):
        yield f"{field.id}: there is no list {field.settings['list']}"
    for check in field.checks:
        yield from _unknown(field.id, _fields_of_check(check), scope)
        if "if" in check.params:
            yield from _gate_troubles(field.id, (check.params["if"],), scope, with_clock=True)
    for source in field.prefill:
        if "." not in source["field"]:
            yield from _unknown(field.id, [source["field"]], scope)
        yield from _gate_troubles(field.id, tuple(filter(None, [source.get("if")])), scope)
    if field.options and isinstance(field.default, str) and field.default not in {one.value for one in field.options}:
        yield f"{field.id}: the default {field.default} is no option"


def _has_list(field: Field) -> bool:
    try:
        return bool(code_list(field.settings["list"]).entries)
    except (FileNotFoundError, KeyError):
        return False


def _fields_of_check(check: Check) -> list[str]:
    named = [check.params[key] for key in ("field", "birth", "sex") if key in check.params]
    return [*named, *check.params.get("fields", ())]


def _unknown(place: str, ids: Iterable[str], scope: Scope) -> Iterator[str]:
    yield from (f"{place}: there is no field {id_}" for id_ in ids if id_ not in scope)


def _gate_troubles(place: str, gates: Gates, scope: Scope, *, with_clock: bool = False) -> Iterator[str]:
    for gate in gates:
        yield from _unknown(place, fields_of(gate), scope)
        for leaf in leaves(gate):
            if "more_days_ago_than" in leaf and not with_clock:
                yield f"{place}: only notes and checks may look at today, or answers would come and go with the day"
            yield from _unknown_values(place, leaf, scope.get(leaf["field"]))


def _unknown_values(place: str, leaf: Condition, field: Field | Group | None) -> Iterator[str]:
    values = [leaf["is"]] if "is" in leaf else leaf.get("in", ())
    if not isinstance(field, Field):
        return
    known = {option.value for option in field.options}
    kind = KINDS[field.kind]
    if isinstance(kind, Listed):
        known = set(listed(kind.list_name))
    elif field.kind == "code" and _has_list(field):
        known = set(code_list(field.settings["list"]).entries)
    for value in values:
        if known and value not in known:
            yield f"{place}: {field.id} has no value {value}"
        if field.kind == "tick" and not isinstance(value, bool):
            yield f"{place}: {field.id} is true or false"
