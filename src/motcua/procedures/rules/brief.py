"""A record in a line: how long, how much, who does it. What isn't published is said to be so, never guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from motcua.core.words import money, say

LONGEST = 60  # characters of a published text that a line takes whole
SHORTEST = 3  # characters; sources have "A" for a fee
VND = "VND"
_SAYS_NOTHING = re.compile(r"\W*(?:theo|xem) (?:mô tả|quy định)(?: của pháp luật)?\W*", re.IGNORECASE)
FREE, AMOUNTS, TEXT, UNKNOWN = "mien-phi", "co-muc", "mo-ta", "chua-ro"  # `models.FeeKind`
# Roughly, to say which of two limits is the longer: a working day is a day and a half of the calendar.
HOURS_OF = {"gio-lam-viec": 1, "ngay-lam-viec": 8, "ngay": 6, "thang": 170}


class Way(Protocol):
    """What these rules ask of a row of the table of ways (cách thức thực hiện)."""

    limit_value: Any
    limit_unit: Any
    limit_text: Any
    fee_kind: Any
    fee_text: Any
    fees: Any


@dataclass(frozen=True)
class Doer:
    """Who settles a procedure: the first agency that is named, and how many others are."""

    name: str
    others: int = 0


def how_long(ways: Sequence[Way]) -> str:
    """The time limit over all ways: one, a span, or that it isn't published."""
    said = [way for way in ways if way.limit_text or way.limit_value is not None]
    if not said:
        return say("Chưa công bố thời hạn")
    if any(way.limit_value is None for way in said):
        texts = [way.limit_text or limit(way.limit_value, way.limit_unit) for way in said]
        return _in_their_words(texts) or say("Thời hạn tùy trường hợp, xem chi tiết")
    limits = sorted({(Decimal(way.limit_value), str(way.limit_unit)) for way in said}, key=_rough_hours)
    (least, unit), (most, other_unit) = limits[0], limits[-1]
    if len(limits) == 1:
        return limit(least, unit)
    if unit == other_unit:
        return say("{least} đến {most}", least=_figure(least), most=limit(most, unit))
    return say("{least} đến {most}", least=limit(least, unit), most=limit(most, other_unit))


def limit(value: Any, unit: str) -> str:
    """7.5, "ngay-lam-viec" → "7,5 ngày làm việc"."""
    figure = _figure(Decimal(value))
    if unit == "gio-lam-viec":
        return say("{value} giờ làm việc", value=figure)
    if unit == "ngay-lam-viec":
        return say("{value} ngày làm việc", value=figure)
    return say("{value} tháng", value=figure) if unit == "thang" else say("{value} ngày", value=figure)


def how_much(ways: Sequence[Way]) -> str:
    """The fee over all ways. "Miễn phí" only where every way is; what isn't published is never free."""
    kinds = {str(way.fee_kind) for way in ways} or {UNKNOWN}
    amounts = _amounts(ways)
    if kinds == {FREE}:
        return say("Miễn phí")
    if amounts:
        span = _span(amounts, from_free=FREE in kinds)
        return span if kinds <= {FREE, AMOUNTS} else say("{span}, có khoản chưa rõ mức", span=span)
    if kinds <= {TEXT, ""}:
        texts = [way.fee_text for way in ways if way.fee_text]
        unclear = say("Phí tùy trường hợp, xem chi tiết")
        return _in_their_words(texts) or unclear if texts else say("Chưa công bố mức phí")
    if FREE in kinds:
        return say("Miễn phí ở một số cách nộp")
    return say("Chưa công bố mức phí")


def who(agencies: Mapping[str, Iterable[str]], as_published: str = "") -> Doer | None:
    """The performing agencies, else the competent ones, else the text as published; None: nobody is named."""
    for part in ("performing", "competent", "authorised"):
        names = list(dict.fromkeys(agencies.get(part) or ()))
        if names:
            return Doer(names[0], len(names) - 1)
    return Doer(as_published) if as_published else None


def _in_their_words(texts: Iterable[str]) -> str:
    """The one short text that all ways have; empty where they have several, or none that says anything."""
    different = list(dict.fromkeys(texts))
    if len(different) != 1 or not SHORTEST <= len(different[0]) <= LONGEST:
        return ""
    return "" if _SAYS_NOTHING.fullmatch(different[0]) else different[0]


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _rough_hours(limit_and_unit: tuple[Decimal, str]) -> Decimal:
    value, unit = limit_and_unit
    return value * HOURS_OF.get(unit, 1)


def _amounts(ways: Iterable[Way]) -> list[tuple[str, Decimal]]:
    """Every amount above nothing, with its currency."""
    found = []
    for way in ways:
        for fee in way.fees:
            try:
                amount = Decimal(str(fee.get("amount", "")))
            except InvalidOperation:
                continue
            if amount > 0:
                found.append((str(fee.get("currency") or VND), amount))
    return found


def _span(amounts: Sequence[tuple[str, Decimal]], *, from_free: bool) -> str:
    currency = VND if any(name == VND for name, _ in amounts) else amounts[0][0]
    figures = [amount for name, amount in amounts if name == currency]
    least, most = _sum(min(figures), currency), _sum(max(figures), currency)
    if from_free:
        return say("Miễn phí hoặc đến {most}", most=most)
    return least if least == most else say("{least} đến {most}", least=least, most=most)


def _sum(amount: Decimal, currency: str) -> str:
    return money(int(amount)) if currency == VND else f"{_figure(amount)} {currency}"
