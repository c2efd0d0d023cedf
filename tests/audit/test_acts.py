"""Every act that any room records has its sentence."""

import ast
from pathlib import Path

import pytest

import motcua
from motcua.audit import acts

ROOT = Path(motcua.__file__).parent


def recorded() -> list[tuple[str, int, str]]:
    """File, line and act of every call `record("...")` in the portal."""
    calls = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            act = node.args[0]
            if name == "record" and isinstance(act, ast.Constant) and isinstance(act.value, str) and "." in act.value:
                calls.append((str(path.relative_to(ROOT)), node.lineno, act.value))
    return calls


def test_every_recorded_act_has_a_sentence() -> None:
    unknown = [call for call in recorded() if not acts.is_known(call[2])]
    assert not unknown, f"Add these to audit/acts.py: {unknown}"


@pytest.mark.parametrize("act", sorted(acts.ACTS))
def test_an_act_fits_its_column_and_reads_without_data(act: str) -> None:
    assert len(act) <= 60
    assert "." in act
    assert acts.sentence(act, {})
