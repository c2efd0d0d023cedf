"""The documents say what is there: every variable, every decision, every place that a link or a path leads to."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from motcua.config.cli import _parser

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENT = (PROJECT / "docs/operator/configuration.md").read_text(encoding="utf-8")
SOURCES = [*(PROJECT / "src").rglob("*.py"), *(PROJECT / "tools").rglob("*.py"), PROJECT / "Makefile"]
TEXTS = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
ROOTS = [PROJECT, PROJECT / "src/motcua", PROJECT / "tests"]  # what a path in a text may begin at
NAME = re.compile(r"""["'](MOTCUA_[A-Z_]+|DATABASE_URL|PG_BIN|PORT)["']""")


def read_by_the_code() -> set[str]:
    return {name for path in SOURCES for name in NAME.findall(path.read_text(encoding="utf-8"))}


def documented() -> set[str]:
    rows = [line.split("|")[1] for line in DOCUMENT.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}


def test_every_variable_is_documented() -> None:
    assert read_by_the_code() - documented() == set()


def test_no_variable_is_documented_that_nobody_reads() -> None:
    assert documented() - read_by_the_code() == set()


def test_every_counter_of_tries_is_documented() -> None:
    words = (PROJECT / "docs/operator/limits.md").read_text(encoding="utf-8")
    source = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "src").rglob("*.py"))
    counters = set(re.findall(r"""(?:\bhit\(|\b_count\(request,|"bucket":)\s*f?"([a-z_.]+)""", source))
    for name in re.findall(r"\bhit\(\s*([A-Z_]+),", source):
        counters |= set(re.findall(rf'^{name} = "([a-z_.]+)"$', source, re.MULTILINE))
    assert len(counters) > 30
    assert counters - set(re.findall(r"`([a-z_.]+)`", words)) == set()


def test_every_decision_stands_in_the_list_under_its_title() -> None:
    folder = PROJECT / "docs/decisions"
    for path in folder.glob("0*.md"):
        number, title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(". ", 1)
        assert path.name.startswith(f"{int(number):04}-")
        assert f"- [{path.name[:4]}]({path.name}) {title}\n" in (folder / "README.md").read_text(encoding="utf-8")


def test_links_and_paths_lead_somewhere() -> None:
    lost = []
    for text in TEXTS:
        words = text.read_text(encoding="utf-8")
        linked = [name for name in re.findall(r"\]\(([^)#\s]+)", words) if "://" not in name and "mailto:" not in name]
        named = re.findall(r"`((?:src|tests|tools|docs|deploy|sample|assets)/[^`\s:*<{…]+)", words)
        lost += [f"{text.name}: {name}" for name in linked if not (text.parent / name).exists()]
        lost += [f"{text.name}: {name}" for name in named if not any((root / name).exists() for root in ROOTS)]
    assert lost == []


def test_commands_in_the_texts_are_there() -> None:
    words = "\n".join(text.read_text(encoding="utf-8") for text in TEXTS)
    targets = re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", words, re.MULTILINE)) - set(targets) == set()
    parser = _parser()
    known = {" ".join(path) for path in _paths(parser)} | {"motcua local", "motcua manage"}
    for command in re.findall(r"(?:`|bin/|^)motcua ((?:[a-z-]+ ?){1,2})", words, re.MULTILINE):
        first, *rest = command.split()
        assert f"motcua {first}" in known, command
        if rest and any(path.startswith(f"motcua {first} ") for path in known):
            assert f"motcua {first} {rest[0]}" in known, command


def _paths(parser: argparse.ArgumentParser) -> Iterator[list[str]]:
    """The words of every command."""
    yield parser.prog.split()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _paths(below)
