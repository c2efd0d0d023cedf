"""The table of ways as people read it. What isn't published is said to be so; a missing fee is never free."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.core.words import money, named, say
from motcua.procedures.models import FeeKind, Method, ProcedureVersion
from motcua.procedures.rules import brief


@dataclass(frozen=True)
class Way:
    """One row: how, how long, how much."""

    channel: str
    limit: str
    fees: list[str]
    description: str


def ways_of(version: ProcedureVersion) -> list[Way]:
    """All rows; a channel may have several."""
    typed = version.origin == ProcedureVersion.Origin.IMPORTED  # editors' own words are better than figures
    return [
        Way(method.get_channel_display(), _limit(method, typed=typed), _fees(method, typed=typed), method.description)
        for method in version.methods.all()
    ]


def _limit(method: Method, *, typed: bool) -> str:
    if method.limit_value is not None and method.limit_unit and (typed or not method.limit_text):
        return brief.limit(method.limit_value, method.limit_unit)
    return method.limit_text or say("Chưa công bố")


def _fees(method: Method, *, typed: bool) -> list[str]:
    if method.fees and (typed or not method.fee_text) and method.fee_kind == FeeKind.AMOUNTS:
        return [_amount(fee) for fee in method.fees]
    if method.fee_text:
        return [method.fee_text]
    return [named("Miễn phí") if method.fee_kind == FeeKind.FREE else say("Chưa công bố")]


def _amount(fee: Mapping[str, Any]) -> str:
    amount, currency, note = str(fee.get("amount", "")), fee.get("currency") or brief.VND, fee.get("note", "")
    try:
        figure = Decimal(amount)
    except InvalidOperation:
        return " ".join([amount, currency, note]).strip()
    whole = figure == figure.to_integral_value()
    plain = f"{figure.normalize():f}".replace(".", ",")
    said = money(int(figure)) if currency == brief.VND and whole else f"{plain} {currency}"
    if currency != brief.VND and note.startswith("/"):  # "10 USD/lần"
        return f"{said}{note}"
    return say("{amount} ({note})", amount=said, note=note) if note else said
