"""How the post speaks: its codes, notices, signature (docs/integrator/post.md). Nothing here talks to anybody."""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from motcua.core.text import clean
from motcua.delivery.rules.states import Failure, Step

OK = "100"  # Status of every answer that says yes
SIGNATURE = "X-Post-Signature"
# What a notice is answered with. Anything but 100 and 102 lets the post tell it again.
REPLIES = {
    "100": "Đã nhận",
    "101": "Chữ ký không đúng",
    "102": "Nội dung không đọc được",
    "103": "Tạm thời chưa nhận được, xin gửi lại",
}
STEPS = {
    "10": Step.ACCEPTED, "20": Step.COLLECTING, "30": Step.COLLECTED, "40": Step.IN_TRANSIT,
    "50": Step.OUT_FOR_DELIVERY, "60": Step.DELIVERED, "61": Step.FAILED, "70": Step.RETURNING, "71": Step.RETURNED,
    "90": Step.LOST, "91": Step.CANCELLED,
}  # fmt: skip
FAILURES = {"1": Failure.ABSENT, "2": Failure.REFUSED, "3": Failure.ADDRESS, "9": Failure.OTHER}
MOST_DONG = 2_000_000_000
MOST_PAPERS = 50
ITEM_CODE = re.compile(r"[A-Z0-9]{8,30}")


@dataclass(frozen=True)
class Word:
    """One word of the post about one parcel.

    Attributes:
        sequence: its place in the post's own order; a word told twice bears the same.
        at: the post's time.
        failure, words, next_on: why nothing was delivered, and when the postman comes again.
        fee_collected, postage_collected: đồng; None: it says nothing of money.
        received_by: who signed.
        papers: keys of what the postman took along at the door; `back_item_code`: under which it travels.
    """

    sequence: int
    step: Step
    at: datetime
    place: str = ""
    failure: Failure | None = None
    words: str = ""
    next_on: date | None = None
    fee_collected: int | None = None
    postage_collected: int | None = None
    received_by: str = ""
    papers: list[str] = field(default_factory=list)
    back_item_code: str = ""


@dataclass(frozen=True)
class Told:
    """A notice as it can be read: which parcel it is about, by our number or the post's code or both, and the word."""

    order_number: str
    item_code: str
    word: Word


class Unreadable(ValueError):
    """What the post said isn't in the form that was agreed on."""


def sign(body: bytes, secret: str) -> str:
    """HMAC-SHA256 of a notice's body, in hexadecimal."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()


def is_signed(body: bytes, given: str, secret: str) -> bool:
    """Whether a notice comes from whoever has the secret. Without a secret nothing does."""
    given = given.strip().lower()
    return bool(secret) and given.isascii() and hmac.compare_digest(sign(body, secret), given)


def read(body: bytes) -> Told:
    """A notice.

    Raises:
        Unreadable: see there.
    """
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("It is no JSON.") from None
    if not isinstance(fields, dict):
        raise Unreadable("It is no object.")
    number, code = names_in(fields)
    if not number and not code:
        raise Unreadable("It names no parcel.")
    return Told(number, code, word_from(fields))


def names_in(fields: Mapping[str, Any]) -> tuple[str, str]:
    """Our number and the post's code, as far as they are there and can be such."""
    number, code = _text(fields, "OrderNumber", 20), item_code(fields.get("ItemCode"))
    return number, code


def item_code(given: object) -> str:
    """A code of the post as it is kept; "" for what can't be one."""
    code = "".join(given.upper().split()) if isinstance(given, str) else ""
    return code if ITEM_CODE.fullmatch(code) else ""


def word_from(fields: Mapping[str, Any]) -> Word:
    """One word, in a notice or in a list of them.

    Raises:
        Unreadable: no such code, no order, no time, or money that isn't whole đồng.
    """
    step = STEPS.get(_text(fields, "StatusCode", 4))
    sequence = fields.get("Sequence")
    if step is None:
        raise Unreadable("There is no such StatusCode.")
    if not isinstance(sequence, int) or isinstance(sequence, bool) or not 0 < sequence < 2**31:
        raise Unreadable("Sequence is no number.")
    failed = step == Step.FAILED
    papers = fields.get("Papers") or []
    if not isinstance(papers, list):
        raise Unreadable("Papers is no list.")
    return Word(
        sequence=sequence, step=step, at=_moment(fields.get("Time")), place=_text(fields, "Place", 200),
        failure=FAILURES.get(_text(fields, "ReasonCode", 4), Failure.OTHER) if failed else None,
        words=_text(fields, "Reason", 300), next_on=_day(fields.get("NextTry")) if failed else None,
        fee_collected=_dong(fields.get("CODCollected")), postage_collected=_dong(fields.get("PostageCollected")),
        received_by=_text(fields, "ReceivedBy", 200), papers=[clean(str(key))[:60] for key in papers[:MOST_PAPERS]],
        back_item_code=item_code(fields.get("ReturnItemCode")),
    )  # fmt: skip


def reply(code: str) -> dict[str, str]:
    """What a notice is answered with."""
    return {"Status": code, "Message": REPLIES[code]}


def _text(fields: Mapping[str, Any], name: str, most: int) -> str:
    value = fields.get(name)
    return clean(str(value))[:most] if isinstance(value, str | int) else ""


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Unreadable("Time is no moment.") from None
    if moment.tzinfo is None or not 2000 <= moment.year <= 2200:
        raise Unreadable("Time is no moment of a time zone.")
    return moment


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        raise Unreadable("NextTry is no day.") from None


def _dong(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_DONG:
        raise Unreadable("An amount is no whole đồng.")
    return value
