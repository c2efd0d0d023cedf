"""Fee lines times copies, only what applies and only while it is in force."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from motcua.dossiers.rules.fees import count_from, fee_quote, fee_total

TODAY = date(2026, 11, 25)


@dataclass
class Line:
    key: str = "trich-luc"
    kind: str = "phi"
    name: str = "Bản sao trích lục"
    amount: int = 8000
    per: str = "copies"
    applies_if: Any = None
    ground: str = "281/2016/TT-BTC"
    effective_from: date | None = None
    effective_to: date | None = None


@pytest.mark.parametrize(
    ("line", "answers", "counts", "amounts"),
    [
        (Line(), {"copies": "2"}, None, [16000]),
        (Line(), {"copies": 0}, None, []),
        (Line(), {}, None, []),
        (Line(), {"copies": "nhiều"}, None, []),
        (Line(), {"copies": "2"}, {"copies": 3}, [24000]),
        (Line(per=""), {}, None, [8000]),
        (Line(per="", amount=0), {}, None, [0]),  # free is said, not left out
        (Line(per="", applies_if={"field": "late", "is": "co"}), {"late": "khong"}, None, []),
        (Line(per="", applies_if={"field": "late", "is": "co"}), {"late": "co"}, None, [8000]),
        (Line(per="", effective_from=date(2026, 11, 26)), {}, None, []),
        (Line(per="", effective_from=date(2026, 11, 25)), {}, None, [8000]),
        (Line(per="", effective_to=date(2026, 11, 25)), {}, None, []),
        (Line(per="", effective_to=date(2026, 11, 26)), {}, None, [8000]),
    ],
)
def test_a_line(line: Line, answers: dict[str, Any], counts: dict[str, int] | None, amounts: list[int]) -> None:
    assert [row["amount"] for row in fee_quote([line], answers, on=TODAY, counts=counts)] == amounts


def test_the_quote_keeps_how_it_was_made() -> None:
    quote = fee_quote([Line(), Line(key="khai-sinh", kind="le-phi", per="", amount=0)], {"copies": 2}, on=TODAY)
    assert quote[0] == {
        "key": "trich-luc", "kind": "phi", "name": "Bản sao trích lục", "unit_amount": 8000, "count": 2,
        "amount": 16000, "ground": "281/2016/TT-BTC",
    }  # fmt: skip
    assert fee_total(quote) == 16000


@pytest.mark.parametrize(
    ("value", "count"), [("2", 2), (" 3 ", 3), (-1, 0), ("101", 0), ("1.5", 0), (None, 0), ("", 0)]
)
def test_what_isnt_a_sensible_number_is_none(value: Any, count: int) -> None:
    assert count_from(value) == count
