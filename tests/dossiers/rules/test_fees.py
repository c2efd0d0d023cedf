"""Fee lines times copies, less what a province takes off; only what applies and only while it is in force."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from motcua.dossiers.rules.fees import Case, count_from, fee_quote, fee_total

TODAY = date(2026, 11, 25)


@dataclass
class Line:
    key: str = "trich-luc"
    kind: str = "phi"
    name: str = "Bản sao trích lục"
    amount: int = 8000
    channel: str = ""
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
        (Line(per="", channel="truc-tuyen"), {}, None, [8000]),
        (Line(per="", channel="truc-tiep"), {}, None, []),
    ],
)
def test_a_line(line: Line, answers: dict[str, Any], counts: dict[str, int] | None, amounts: list[int]) -> None:
    assert [row["amount"] for row in fee_quote([line], Case(answers, TODAY, counts=counts or {}))] == amounts


def test_the_quote_keeps_how_it_was_made() -> None:
    quote = fee_quote([Line(), Line(key="khai-sinh", kind="le-phi", per="", amount=0)], Case({"copies": 2}, TODAY))
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


# ---- What a province takes off ----

CHARGE = Line(key="le-phi", kind="le-phi", name="Lệ phí đăng ký hộ kinh doanh", amount=150_000, per="")


@dataclass
class Relief:
    name: str = "Giảm 30% khi nộp trực tuyến"
    kind: str = ""
    percent: int = 30
    channel: str = ""
    applies_if: Any = None
    ground: str = "289/2022/NQ-HĐND"
    effective_from: date = date(2022, 7, 13)
    effective_to: date | None = None


FREE = Relief(name="Không thu", percent=100, kind="le-phi")


@pytest.mark.parametrize(
    ("reliefs", "answers", "amount"),
    [
        ([], {}, 150_000),
        ([Relief()], {}, 105_000),
        ([FREE], {}, 0),
        ([Relief(), FREE], {}, 0),  # the best one, not both
        ([Relief(percent=33)], {}, 100_500),
        ([Relief(kind="phi")], {}, 150_000),
        ([Relief(channel="truc-tuyen")], {}, 105_000),
        ([Relief(channel="truc-tiep")], {}, 150_000),
        ([Relief(effective_to=date(2024, 1, 1))], {}, 150_000),  # Thanh Hóa's, ended
        ([Relief(effective_to=TODAY)], {}, 150_000),
        ([Relief(effective_from=date(2026, 11, 26))], {}, 150_000),
        ([Relief(applies_if={"field": "ho_ngheo", "is": "co"})], {}, 150_000),
        ([Relief(applies_if={"field": "ho_ngheo", "is": "co"})], {"ho_ngheo": "co"}, 105_000),
    ],
)
def test_a_relief(reliefs: list[Relief], answers: dict[str, Any], amount: int) -> None:
    quote = fee_quote([CHARGE], Case(answers, TODAY), reliefs)
    assert fee_total(quote) == amount


def test_a_relief_says_what_it_takes_off_and_on_which_ground() -> None:
    row = fee_quote([CHARGE], Case({}, TODAY), [Relief()])[0]
    assert row["amount"] == 105_000
    assert row["relief"] == {
        "name": "Giảm 30% khi nộp trực tuyến", "ground": "289/2022/NQ-HĐND", "percent": 30, "amount": 45_000,
    }  # fmt: skip


def test_what_is_free_anyway_needs_no_relief() -> None:
    assert "relief" not in fee_quote([Line(per="", amount=0)], Case({}, TODAY), [Relief()])[0]


def test_a_fraction_of_a_dong_is_nobodys() -> None:
    assert fee_total(fee_quote([Line(per="", amount=999)], Case({}, TODAY), [Relief(percent=50)])) == 499
