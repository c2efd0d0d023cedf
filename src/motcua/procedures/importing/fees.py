"""Fees: an amount, or free, only where nothing speaks against it. What isn't published is never free."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.procedures.importing.doubts import Kind
from motcua.procedures.importing.tidying import one_line
from motcua.procedures.models import FeeKind

LARGEST = 10**12  # đồng; no fee comes near it
SMALLEST = 1000  # đồng; below, the source has lost its thousands ("20 VNĐ" for 20.000)

_UNKNOWN = re.compile(r"^\W*(?:không có thông tin|n/a|chưa có thông tin)\b", re.I)
_NOTHING = (
    r"(?:không|không có|không có quy định|không quy định|không thu|không mất|không áp dụng|không phải nộp"
    r"|miễn|miễn phí)"
    r"(?: (?:thu )?(?:phí|lệ phí)(?:,? (?:và )?lệ phí)?)?"
)
_FREE_NOTE = re.compile(rf"^\W*{_NOTHING}\W*$", re.I)
_FREE_TEXT = re.compile(
    rf"^\W*(?:(?:phí|lệ phí)\s*:\s*)?(?:(?:0|không)\s*(?:đồng|vnđ|việt nam đồng)|{_NOTHING})\W*$", re.I
)
_KIND = re.compile(r"^\W*(phí|lệ phí)\s*:", re.I)
_PLAIN = re.compile(r"^(\d{1,3}(?:[.,]\d{3})+|\d{4,9})\s*(?:đồng|đ|vnđ|vnd|việt nam đồng)\W*$", re.I)
_MONEY = re.compile(r"(\d{1,3}(?:[.,]\d{3}){1,5}|\d{4,15})\s*(?:đồng|đ(?!\w)|vnđ|vnd)", re.I)
_TIMED = re.compile(r"đến hết|(?:kể )?từ ngày \d|trước ngày|áp dụng (?:đến|từ)|hết hiệu lực|đến ngày \d", re.I)


@dataclass(frozen=True)
class Fee:
    """What a row of ways costs, as read: `fees` only with AMOUNTS, `text` for people, `doubt` about it if any."""

    kind: FeeKind
    text: str
    fees: list[dict[str, str]]
    doubt: Kind | None


def read_fee(row: Mapping[str, Any]) -> Fee:
    """The fee of a row of ways.

    Not believed: "Miễn phí" with a note (or a description) that names money or a law, an amount under 1,000 đồng, an
    amount that its own note contradicts or that holds only for a time. The note is then all that is said.
    """
    text = row.get("fee_text") or ""
    fees = row.get("fees") or []
    if _UNKNOWN.match(text):
        return Fee(FeeKind.UNKNOWN, "", [], Kind.FEE_MISSING)
    if not fees:
        return _from_text(text)
    amounts = [_amount(fee) for fee in fees]
    notes = [one_line(fee.get("note")) for fee in fees]
    if all(amount == 0 for amount in amounts):
        return _claimed_free(notes, row)
    if not any(notes) and all(amount is None for amount in amounts):
        return _from_text(text)
    said = [f"{kind} {part}".strip() for kind, part in zip(_kinds(text, len(fees)), map(_said, fees), strict=True)]
    shown = "\n".join(_first_capital(part) for part in said if part)
    if all(_is_certain(amount, fee, note) for amount, fee, note in zip(amounts, fees, notes, strict=True)):
        return Fee(FeeKind.AMOUNTS, shown, [_kept(fee) for fee in fees], None)
    return Fee(FeeKind.TEXT if shown else FeeKind.UNKNOWN, shown, [], Kind.FEE_DOUBTFUL)


def _from_text(text: str) -> Fee:
    if not text:
        return Fee(FeeKind.UNKNOWN, "", [], Kind.FEE_MISSING)
    if _FREE_TEXT.match(text):
        return Fee(FeeKind.FREE, FeeKind.FREE.label, [], None)
    plain = _PLAIN.match(one_line(text))
    if plain:
        amount = re.sub(r"\D", "", plain[1])
        fee = {"amount": amount, "currency": "VND"}
        if int(amount) >= SMALLEST:
            return Fee(FeeKind.AMOUNTS, _said(fee), [fee], None)
    return Fee(FeeKind.TEXT, text, [], Kind.FEE_DOUBTFUL)


def _claimed_free(notes: Sequence[str], row: Mapping[str, Any]) -> Fee:
    """The portal prints 0 as "Miễn phí": believed when no note says more, and the description names no money."""
    speaking = [note for note in notes if note and not _FREE_NOTE.match(note)]
    if speaking:
        return Fee(FeeKind.TEXT, "\n".join(map(_first_capital, speaking)), [], Kind.FEE_DOUBTFUL)
    description = one_line(row.get("description"))
    if _MONEY.search(description):
        return Fee(FeeKind.TEXT, FeeKind.TEXT.label, [], Kind.FEE_DOUBTFUL)
    return Fee(FeeKind.FREE, FeeKind.FREE.label, [], None)


def _is_certain(amount: Decimal | None, fee: Mapping[str, Any], note: str) -> bool:
    if amount is None or _TIMED.search(note):
        return False
    if not amount:
        return bool(_FREE_NOTE.match(note)) or "miễn" in note.lower()
    if fee.get("currency") == "USD":
        return True
    if fee.get("currency") != "VND" or amount < SMALLEST:
        return False
    named = {Decimal(re.sub(r"\D", "", money)) for money in _MONEY.findall(note)}
    return not named or named == {amount}


def _amount(fee: Mapping[str, Any]) -> Decimal | None:
    """The amount; None where there is none, or what stands there can't be one. That is not the same as nothing."""
    try:
        amount = Decimal(str(fee.get("amount")))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < LARGEST else None


def _kinds(text: str, count: int) -> list[str]:
    """The word "Phí" or "Lệ phí" as the published text calls each fee; the list of fees has lost it."""
    lines = [line for line in text.split("\n") if line]
    if len(lines) != count:
        return [""] * count
    return [found[1] if (found := _KIND.match(line)) else "" for line in lines]


def _said(fee: Mapping[str, Any]) -> str:
    """A fee for people; an amount that can't be believed is left out, its note is not."""
    amount, note = _amount(fee) or Decimal(0), one_line(fee.get("note"))
    if fee.get("currency") == "USD" and _amount(fee) is not None:
        money = f"{_plain(amount).replace('.', ',')} USD"
    elif amount >= SMALLEST:
        money = f"{int(amount):,}".replace(",", ".") + " đồng"
    else:
        money = ""
    if not note:
        return money
    return f"{money} ({note})" if money else note


def _kept(fee: Mapping[str, Any]) -> dict[str, str]:
    kept = {"amount": _plain(_amount(fee) or Decimal(0)), "currency": str(fee["currency"])}
    note = one_line(fee.get("note"))
    return kept | {"note": note} if note else kept


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
