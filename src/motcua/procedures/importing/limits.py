"""Time limits: a number and its unit only where the source is certain of both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.procedures.importing.doubts import Kind
from motcua.procedures.importing.tidying import one_line
from motcua.procedures.models import LimitUnit

UNIT_OPEN = " (không ghi là ngày hay giờ)"
WHICH_DAYS = " (không rõ ngày làm việc hay ngày thường)"
UNIT_UNSURE = " (nguồn không chắc về đơn vị)"

_UNITS = {"working_day": LimitUnit.WORKING_DAYS, "day": LimitUnit.CALENDAR_DAYS, "month": LimitUnit.MONTHS}
_SAID = {
    "ngày làm việc": LimitUnit.WORKING_DAYS,
    "ngày": LimitUnit.CALENDAR_DAYS,
    "tháng": LimitUnit.MONTHS,
    "giờ làm việc": LimitUnit.WORKING_HOURS,
}
_PLAIN = re.compile(r"^(\d{1,3}(?:[.,]\d{1,2})?)\s*(ngày làm việc|ngày|tháng|giờ làm việc|giờ)?\s*\.?$", re.I)
_ELSEWHERE = re.compile(
    r"thời hạn giải quyết[^.;\n\d]{0,60}(\d{1,3}(?:[.,]\d{1,2})?)\s*(ngày làm việc|ngày|tháng|giờ)", re.I
)
_NONE_SET = re.compile(r"^\W*(?:không|không có|không quy định|chưa quy định|không áp dụng|theo mô tả)\W*$", re.I)
_ZEROS = re.compile(r",0+$")
_LONGEST = Decimal(1000)


@dataclass(frozen=True)
class Limit:
    """A time limit as read: `value` and `unit` only when certain, `text` for people, `doubt` about it if any."""

    value: float | int | None
    unit: str
    text: str
    doubt: Kind | None


def read_limit(row: Mapping[str, Any]) -> Limit:
    """The limit of a row of ways.

    Not believed: a number without unit, a unit that the source itself calls uncertain, zero, hours that may be working
    hours or not, and a number that the row's own description contradicts.
    """
    text = one_line(row.get("duration_text"))
    plain = _PLAIN.match(text)
    if not plain:
        return _in_words(text)
    said = (plain[2] or "").lower()
    figure = _ZEROS.sub("", plain[1].replace(".", ","))
    shown = f"{figure} {said}" if said else figure + UNIT_OPEN
    if said and row.get("duration_unit_uncertain"):
        shown += WHICH_DAYS if said == "ngày" else UNIT_UNSURE
    unit = _SAID.get(said)
    value = Decimal(plain[1].replace(",", "."))
    if unit and value and _is_certain(row, value, unit):
        return Limit(_number(value), unit, shown, None)
    return Limit(None, "", shown, Kind.LIMIT_DOUBTFUL)


def _in_words(text: str) -> Limit:
    if not text or _NONE_SET.match(text):
        return Limit(None, "", text, Kind.LIMIT_MISSING)
    return Limit(None, "", text, Kind.LIMIT_DOUBTFUL)


def _is_certain(row: Mapping[str, Any], value: Decimal, unit: LimitUnit) -> bool:
    given, given_unit = row.get("duration_value"), row.get("duration_unit")
    if row.get("duration_unit_uncertain") or value > _LONGEST:
        return False
    if given is not None and Decimal(str(given)) != value:
        return False
    if given_unit is not None and _UNITS.get(given_unit, unit) != unit:
        return False
    other = _ELSEWHERE.search(one_line(row.get("description")))
    return other is None or Decimal(other[1].replace(",", ".")) == value


def _number(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)
