"""What a dossier costs: the fee lines in force on a day, each times the number of copies that it is charged by."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from motcua.eforms.rules.conditions import holds

MOST_COPIES = 100  # a typing mistake, not a wish


class Line(Protocol):
    """What the rule asks of a `procedures.FeeLine`."""

    key: str
    kind: str
    name: str
    amount: int
    per: str
    applies_if: Any
    ground: str
    effective_from: date | None
    effective_to: date | None


def count_from(value: Any) -> int:
    """How many somebody asks for; what isn't a sensible number is none (the form has said so already)."""
    try:
        count = int(str(value).strip() or 0)
    except ValueError:
        return 0
    return count if 0 <= count <= MOST_COPIES else 0


def in_force(line: Line, on: date) -> bool:
    """Whether the line is charged on this day; the last day named is the first on which it no longer is."""
    return (line.effective_from is None or line.effective_from <= on) and (
        line.effective_to is None or on < line.effective_to
    )


def fee_quote(
    lines: Iterable[Line], answers: Mapping[str, Any], *, on: date, counts: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """The rows of `Dossier.fee_quote`: what is charged for these answers on this day, free lines included.

    Args:
        counts: numbers known from elsewhere than the form, such as {"copies": 2} from the way of delivery.
    """
    counts = counts or {}
    rows = []
    for line in lines:
        if not in_force(line, on) or (line.applies_if is not None and not holds(line.applies_if, answers)):
            continue
        count = counts.get(line.per, count_from(answers.get(line.per))) if line.per else 1
        if not count:
            continue
        rows.append(
            {
                "key": line.key,
                "kind": line.kind,
                "name": line.name,
                "unit_amount": line.amount,
                "count": count,
                "amount": line.amount * count,
                "ground": line.ground,
            }
        )
    return rows


def fee_total(quote: Iterable[Mapping[str, Any]]) -> int:
    """The sum of a quote, in đồng."""
    return sum(row["amount"] for row in quote)
