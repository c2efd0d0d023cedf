"""docs/operator/configuration.md names every variable that the code reads, and no other."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENT = (PROJECT / "docs/operator/configuration.md").read_text(encoding="utf-8")
SOURCES = [*(PROJECT / "src").rglob("*.py"), *(PROJECT / "tools").rglob("*.py"), PROJECT / "Makefile"]
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
