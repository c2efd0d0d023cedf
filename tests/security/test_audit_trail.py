"""No act without a trace: every service that somebody does writes into the proof, and names who it was."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import motcua

ROOT = Path(motcua.__file__).parent
TRACES = {"record", "prove"}
# Single saves of a draft or of a supplement that is being worked on: nobody's statement yet (services.drafts says why).
SAVES = {
    "save_answers", "save_all_answers", "save_case", "save_person", "save_delivery", "save_post", "copy_applicant",
    "save_remark",
}  # fmt: skip
BY_THE_SYSTEM_UNLESS_SAID = {"load_units", "add_unit"}  # the state's own list of units
LEADS_AWAY = {"begin_national"}  # changes nothing: the act is what comes back
PARTS = {"write_batch", "settle_changed"}  # of acts that record: test_what_is_part_of_an_act_has_one_around_it
HELPERS = {"begin", "begin_as_applicant", "note", "tell", "prove", "lock_draft"}  # what acts are made of


def service_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        if path.name == "services.py" or path.parent.name == "services":
            yield path


def calls_in(node: ast.AST) -> set[str]:
    """The names of everything that is called; what another room does, with the room: "payments.refund"."""
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            found.add(inner.func.attr if isinstance(inner.func, ast.Attribute) else getattr(inner.func, "id", ""))
            if isinstance(inner.func, ast.Attribute) and isinstance(inner.func.value, ast.Name):
                found.add(f"{inner.func.value.id}.{inner.func.attr}")
    return found


Place = tuple[str, str]  # room and name
Nodes = dict[Place, ast.FunctionDef | ast.ClassDef]


@pytest.fixture(scope="module")
def services() -> Nodes:
    """Functions and classes at the top of the services' files."""
    return {
        (path.relative_to(ROOT).parts[0], node.name): node
        for path in service_files()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }


def traced(services: Nodes, place: Place, seen: frozenset[Place] = frozenset()) -> bool:
    """Whether what stands there records, or what it calls does."""
    node = services.get(place)
    if node is None or place in seen:
        return False
    called = calls_in(node)
    there = [tuple(inner.split(".", 1)) if "." in inner else (place[0], inner) for inner in called]
    return bool(called & TRACES) or any(traced(services, inner, seen | {place}) for inner in there)


def test_every_act_leaves_a_trace(services: Nodes) -> None:
    acts = [
        (room, name)
        for (room, name), node in services.items()
        if isinstance(node, ast.FunctionDef) and not name.startswith("_")
        if "by" in {argument.arg for argument in node.args.kwonlyargs}
        if name not in SAVES | HELPERS | LEADS_AWAY | PARTS
    ]
    assert len(acts) > 30
    assert [act for act in acts if not traced(services, act)] == []


@pytest.mark.parametrize("part", sorted(PARTS))
def test_what_is_part_of_an_act_has_one_around_it(services: Nodes, part: str) -> None:
    around = [
        (path.relative_to(ROOT).parts[0], getattr(node, "name", path.name))
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if part in calls_in(node)
    ]
    assert around
    assert [act for act in around if not traced(services, act)] == []


def test_an_act_is_never_somebodys_by_default() -> None:
    """`by` has no default: who acts must be said, the system too."""
    silent = [
        node.name
        for path in service_files()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if argument.arg == "by" and default is not None and node.name not in HELPERS
    ]
    assert set(silent) <= BY_THE_SYSTEM_UNLESS_SAID
