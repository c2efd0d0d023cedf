"""What a dossier costs: the fee lines in force on a day, each times its count, less what the province takes off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from motcua.eforms.rules.conditions import holds
from motcua.procedures.models import Channel

MOST_COPIES = 100  # a typing mistake, not a wish


class Line(Protocol):
    """What the rule asks of a `procedures.FeeLine`."""

    key: str
    kind: str
    name: str
    amount: int
    channel: str
    per: str
    applies_if: Any
    ground: str
    effective_from: date | None
    effective_to: date | None


class Relief(Protocol):
    """What the rule asks of a `procedures.FeeRelief`."""

    name: str
    kind: str
    percent: int
    channel: str
    applies_if: Any
    ground: str
    effective_from: date
    effective_to: date | None


def count_from(value: Any) -> int:
    """How many somebody asks for; what isn't a sensible number is none (the form has said so already)."""
    try:
        count = int(str(value).strip() or 0)
    except ValueError:
        return 0
    return count if 0 <= count <= MOST_COPIES else 0


class Dated(Protocol):
    """Something in force between two days."""

    effective_from: Any
    effective_to: Any


def in_force(dated: Dated, on: date) -> bool:
    """Whether it counts on this day; the last day named is the first on which it no longer does."""
    return (dated.effective_from is None or dated.effective_from <= on) and (
        dated.effective_to is None or on < dated.effective_to
    )


@dataclass(frozen=True)
class Case:
    """What the amount depends on.

    Args:
        channel: how it is handed in (`procedures.Channel`).
        counts: numbers known from elsewhere than the form, such as {"copies": 2}.
    """

    answers: Mapping[str, Any]
    on: date
    channel: str = Channel.ONLINE
    counts: Mapping[str, int] = field(default_factory=dict)

    def meets(self, rule: "Line | Relief") -> bool:
        """Whether a line or a relief is meant for this case."""
        return (
            in_force(rule, self.on)
            and rule.channel in {"", self.channel}
            and (rule.applies_if is None or holds(rule.applies_if, self.answers))
        )

    def times(self, line: Line) -> int:
        """How many times a line is charged."""
        if not line.per:
            return 1
        return self.counts.get(line.per, count_from(self.answers.get(line.per)))


def fee_quote(lines: Iterable[Line], case: Case, reliefs: Iterable[Relief] = ()) -> list[dict[str, Any]]:
    """The rows of `Dossier.fee_quote`: what is charged in this case, free lines included, each with its ground.

    A row that costs less by a province's relief has `relief`: its name, ground, percent, and what it takes off.
    """
    granted = [relief for relief in reliefs if case.meets(relief)]
    return [_row(line, case.times(line), granted) for line in lines if case.meets(line) and case.times(line)]


def _row(line: Line, count: int, granted: Iterable[Relief]) -> dict[str, Any]:
    full = line.amount * count
    row = {
        "key": line.key,
        "kind": line.kind,
        "name": line.name,
        "unit_amount": line.amount,
        "count": count,
        "amount": full,
        "ground": line.ground,
    }
    # Several reliefs don't add up: the person gets the best of them.
    best = max((relief for relief in granted if relief.kind in {"", line.kind}), key=_percent, default=None)
    if best is None or not full:
        return row
    left = full * (100 - best.percent) // 100  # a fraction of a đồng is nobody's
    relief = {"name": best.name, "ground": best.ground, "percent": best.percent, "amount": full - left}
    return row | {"amount": left, "relief": relief}


def _percent(relief: Relief) -> int:
    return relief.percent


def fee_total(quote: Iterable[Mapping[str, Any]]) -> int:
    """The sum of a quote, in đồng."""
    return sum(row["amount"] for row in quote)
