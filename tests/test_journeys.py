"""docs/journeys.md tells the truth: all steps are there, and every test that it names exists."""

import re
from pathlib import Path

from tests.journeys import PAGE

PROJECT = Path(__file__).resolve().parents[1]
STEPS_IN_SECTION = [4, 11, 6, 10, 3, 4, 4, 7]
ROW = re.compile(r"^\| (\d\.\d+) \|(.*)\|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
NUMBERED = re.compile(r"^def (test_j(\d)_(\d+)_\w+)\(", re.MULTILINE)


def rows() -> dict[str, list[str]]:
    """Number of the step → its other cells: step, guides, test, not yet."""
    return {number: [cell.strip() for cell in cells.split("|")] for number, cells in ROW.findall(PAGE)}


def test_every_step_is_there_once_and_in_order() -> None:
    numbers = [number for number, _ in ROW.findall(PAGE)]
    assert numbers == [f"{section}.{step}" for section, most in enumerate(STEPS_IN_SECTION, 1)
                       for step in range(1, most + 1)]  # fmt: skip
    assert len(numbers) == 49


def test_every_step_has_a_test_or_the_words_not_yet() -> None:
    for number, (step, guides, test, _) in rows().items():
        assert step, number
        assert guides, number
        assert NAMED.search(test) or test == "not yet", number


def test_every_named_test_exists() -> None:
    for file, name in NAMED.findall(PAGE):
        text = (PROJECT / "tests" / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {name}\(", text, re.MULTILINE), f"{file}::{name}"


def test_every_numbered_test_belongs_to_a_step_that_is_not_left_for_later() -> None:
    found = rows()
    for file in sorted((PROJECT / "tests/e2e").glob("test_*.py")):
        for name, section, step in NUMBERED.findall(file.read_text(encoding="utf-8")):
            assert found[f"{section}.{step}"][2] != "not yet", name
