"""What is different when somebody stands at the counter: ways, counts of papers, and the words for them. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import LimitUnit

Pay = OfferingVersion.Pay
Receive = OfferingVersion.Receive
KINDS = ("chinh", "sao", "chup")  # bản chính, bản sao chứng thực, bản chụp: how the boxes are named
MOST = 99  # sheets of one kind: more is a typing mistake


def receive_ways(offered: Sequence[str]) -> list[str]:
    """How a result can be received by who stands here: as offered, and always at the desk, first."""
    return [str(Receive.DESK), *(way for way in offered if way != Receive.DESK)]


def pay_ways(version: OfferingVersion) -> list[str]:
    """Now; or with the result, where the clock doesn't wait for the money. Other ways need the person's own screen."""
    if version.clock_starts == OfferingVersion.ClockStarts.COMPLETE_AND_PAID:
        return [str(Pay.DESK_BEFORE)]
    postman = [str(Pay.POSTMAN)] if Pay.POSTMAN in version.pay_ways else []
    return [str(Pay.DESK_BEFORE), str(Pay.DESK), *postman]


def first_choice(version: OfferingVersion) -> dict[str, Any]:
    """What most people want who come in person: the result here, the fee now. One key changes either."""
    return {"hand_in": str(OfferingVersion.HandIn.DESK), "receive": [str(Receive.DESK)], "copies": 0,
            "pay": str(Pay.DESK_BEFORE)}  # fmt: skip


def counts_in(data: Mapping[str, str], key: str) -> tuple[int, int, int] | None:
    """How many of a paper somebody typed in; None: its boxes were not on the page. No number is none.

    Args:
        data: what was posted, under `ban-<key>-<kind>`.
    """
    typed = [data.get(f"ban-{key}-{kind}") for kind in KINDS]
    if all(text is None for text in typed):
        return None
    originals, certified, copies = (_count(text or "") for text in typed)
    return originals, certified, copies


def _count(text: str) -> int:
    text = text.strip()
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def limit_words(version: OfferingVersion) -> str:
    """The time limit in words: "1 ngày làm việc"."""
    value = f"{version.limit_value:f}"
    value = value.rstrip("0").rstrip(".").replace(".", ",") if "." in value else value
    return f"{value} {LimitUnit(version.limit_unit).label}"
