"""House rules that imports can't show (docs/decisions/0001-one-house.md)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.web.components.doors import door_of

SRC = Path(__file__).resolve().parents[1] / "src" / "motcua"
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(SRC.rglob("*.html"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal with its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, where)
        else:
            yield where, entry


def test_every_route_says_who_may_come_in() -> None:
    undecided = [where for where, route in routes() if door_of(route.callback) is None]
    assert undecided == []


def test_there_are_routes_to_ask() -> None:
    assert len(list(routes())) > 30


def test_addresses_are_plain_vietnamese_without_accents() -> None:
    odd = [where for where, _ in routes() if not re.fullmatch(r"[a-z0-9/_.<>:-]*", where)]
    assert odd == []


def test_faces_reach_rows_only_through_access_queries_and_services() -> None:
    found = [
        f"{path.relative_to(SRC)}:{number}"
        for path in MODULES
        if path.is_relative_to(SRC / "web")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\.objects\b", line)
    ]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_template_has_no_inline_code_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = text.replace('<script type="application/ld+json">', "")  # a data block: no browser runs it
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=\"|javascript:", text)


def test_files_stay_short_enough_to_be_read() -> None:
    long = {
        str(path.relative_to(SRC)): length
        for path in MODULES
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_functions_stay_short_enough_to_be_read() -> None:
    long = [
        f"{path.relative_to(SRC)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_public_names_are_explained() -> None:
    silent = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree) and path.name not in {"__init__.py", "apps.py"}:
            silent.append(str(path.relative_to(SRC)))
        if path.name in {"services.py", "rules.py"} or {"services", "rules"} & set(path.parts):
            silent += [
                f"{path.relative_to(SRC)}:{node.lineno} {node.name}"
                for node in tree.body
                if isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ]
    assert silent == []


def test_nothing_is_left_open() -> None:
    open_ends = [
        str(path.relative_to(SRC))
        for path in MODULES + TEMPLATES
        if re.search(r"\b(TODO|FIXME|raise NotImplementedError)\b", path.read_text(encoding="utf-8"))
    ]
    assert open_ends == []


def test_tests_share_acting_modules_and_not_each_other() -> None:
    tests = Path(__file__).parent
    shared = [
        f"{path.relative_to(tests)}: {line}"
        for path in sorted(tests.rglob("*.py"))
        for line in re.findall(
            r"^from tests\.(?:\w+\.)*test_\w+ import .*", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert shared == []
