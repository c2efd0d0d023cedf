"""A record in a line: what is certain is said, what isn't published is never free."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from motcua.procedures.models import FeeKind, LimitUnit
from motcua.procedures.rules.brief import Doer, how_long, how_much, who

FREE, AMOUNTS, TEXT, UNKNOWN = FeeKind.FREE, FeeKind.AMOUNTS, FeeKind.TEXT, FeeKind.UNKNOWN
DAYS, WORKING, HOURS, MONTHS = (
    LimitUnit.CALENDAR_DAYS, LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS, LimitUnit.MONTHS,
)  # fmt: skip


@dataclass
class Way:
    limit_value: Decimal | None = None
    limit_unit: str = ""
    limit_text: str = ""
    fee_kind: str = ""
    fee_text: str = ""
    fees: list[dict[str, Any]] = field(default_factory=list)


def limited(value: str, unit: str) -> Way:
    return Way(Decimal(value), unit, f"{value} {unit}")


def costing(*amounts: str, currency: str = "VND", kind: str = AMOUNTS) -> Way:
    return Way(fee_kind=kind, fees=[{"amount": amount, "currency": currency, "note": ""} for amount in amounts])


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        ([limited("5.00", WORKING)] * 3, "5 ngày làm việc"),
        ([limited("7.50", WORKING)], "7,5 ngày làm việc"),
        ([Way(limit_text="Theo mô tả")], "Thời hạn tùy trường hợp, xem chi tiết"),
        ([limited("30", DAYS)], "30 ngày"),
        ([limited("8", HOURS)], "8 giờ làm việc"),
        ([limited("100", DAYS)], "100 ngày"),
        ([limited("2", WORKING), limited("5", WORKING)], "2 đến 5 ngày làm việc"),
        ([limited("1", MONTHS), limited("8", HOURS), limited("10", WORKING)], "8 giờ làm việc đến 1 tháng"),
        ([Way(limit_text="Ngay khi nhận hồ sơ")] * 2, "Ngay khi nhận hồ sơ"),
        ([Way(limit_text="Theo mô tả"), limited("5", WORKING)], "Thời hạn tùy trường hợp, xem chi tiết"),
        ([Way(limit_text="x" * 61)], "Thời hạn tùy trường hợp, xem chi tiết"),
        ([Way(), limited("5", WORKING)], "5 ngày làm việc"),
        ([Way()], "Chưa công bố thời hạn"),
        ([], "Chưa công bố thời hạn"),
    ],
)
def test_how_long(ways: list[Way], said: str) -> None:
    assert how_long(ways) == said


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        ([Way(fee_kind=FREE), Way(fee_kind=FREE)], "Miễn phí"),
        ([costing("150000")], "150.000 đồng"),
        ([costing("150000", "50000"), costing("50000")], "50.000 đồng đến 150.000 đồng"),
        ([Way(fee_kind=FREE), costing("50000")], "Miễn phí hoặc đến 50.000 đồng"),
        ([costing("50000"), Way(fee_kind=UNKNOWN)], "50.000 đồng, có khoản chưa rõ mức"),
        ([costing("1.5", currency="USD")], "1,5 USD"),
        ([costing("10", currency="USD"), costing("50000")], "50.000 đồng"),
        ([Way(fee_kind=UNKNOWN)], "Chưa công bố mức phí"),
        ([Way(fee_kind=FREE), Way(fee_kind=UNKNOWN)], "Miễn phí ở một số cách nộp"),
        ([Way(fee_kind=TEXT, fee_text="Theo nghị quyết của HĐND tỉnh")], "Theo nghị quyết của HĐND tỉnh"),
        ([Way(fee_kind=TEXT, fee_text="x" * 61)], "Phí tùy trường hợp, xem chi tiết"),
        ([Way(fee_kind=TEXT, fee_text="A")], "Phí tùy trường hợp, xem chi tiết"),
        ([Way(fee_kind=UNKNOWN), Way(fee_kind=TEXT, fee_text="20")], "Chưa công bố mức phí"),
        ([costing("0", kind=UNKNOWN)], "Chưa công bố mức phí"),
        ([costing("không rõ", kind=UNKNOWN)], "Chưa công bố mức phí"),
        ([Way(fee_text="8.000 đồng một bản")], "8.000 đồng một bản"),
        ([], "Chưa công bố mức phí"),
    ],
)
def test_how_much(ways: list[Way], said: str) -> None:
    assert how_much(ways) == said


@pytest.mark.parametrize(
    ("agencies", "published", "said"),
    [
        ({"performing": ["Sở Tư pháp"]}, "Sở Tư pháp", Doer("Sở Tư pháp")),
        ({"performing": ["A", "B", "A", "C"]}, "", Doer("A", 2)),
        ({"performing": [], "competent": ["Bộ Tư pháp"]}, "", Doer("Bộ Tư pháp")),
        ({"receiving": ["Bộ phận Một cửa"]}, "Công an xã", Doer("Công an xã")),
        ({}, "", None),
    ],
)
def test_who(agencies: dict[str, list[str]], published: str, said: Doer | None) -> None:
    assert who(agencies, published) == said
