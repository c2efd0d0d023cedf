"""No act without a trace: every service that somebody does writes into the proof, and names who it was."""

import ast
from collections.abc import Iterator
from pathlib import Path

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


def test_every_act_leaves_a_trace() -> None:
    functions: dict[tuple[str, str], ast.FunctionDef] = {}
    for path in service_files():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                room = path.relative_to(ROOT).parts[0]
                functions[room, node.name] = node

    def traced(room: str, name: str, seen: frozenset[tuple[str, str]] = frozenset()) -> bool:
        node = functions.get((room, name))
        if node is None or (room, name) in seen:
            return False
        called = calls_in(node)
        there = [tuple(inner.split(".", 1)) if "." in inner else (room, inner) for inner in called]
        return bool(called & TRACES) or any(traced(where, inner, seen | {(room, name)}) for where, inner in there)

    acts = [
        (room, name)
        for (room, name), node in functions.items()
        if not name.startswith("_") and "by" in {argument.arg for argument in node.args.kwonlyargs}
        if name not in SAVES | HELPERS | LEADS_AWAY
    ]
    assert len(acts) > 30
    assert [act for act in acts if not traced(*act)] == []


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
