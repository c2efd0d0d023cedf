"""How a dossier is handed in, how its result is received, how the fee is paid (`Dossier.delivery`)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from motcua.core.text import clean
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import Channel

HandIn = OfferingVersion.HandIn
Receive = OfferingVersion.Receive


Pay = OfferingVersion.Pay

# What a fee depends on is how the dossier reaches the agency, in the words of the procedure's record.
_CHANNELS = {HandIn.ONLINE: Channel.ONLINE, HandIn.DESK: Channel.DIRECT, HandIn.POST: Channel.POST}


def channel(delivery: Mapping[str, Any]) -> Channel:
    """How the dossier is handed in, as fees know it; online as long as nothing is chosen."""
    way = delivery.get("hand_in")
    return _CHANNELS[HandIn(way)] if way in HandIn.values else Channel.ONLINE


def first_choice(hand_in_ways: Sequence[str], receive_ways: Sequence[str]) -> dict[str, Any]:
    """What a new draft begins with: the only way where there is only one, else nothing is chosen for the person."""
    return {
        "hand_in": hand_in_ways[0] if len(hand_in_ways) == 1 else "",
        "receive": list(receive_ways) if len(receive_ways) == 1 else [],
        "copies": 0,
        "pay": "",
    }


def read(data: QueryDict, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the page says, over what was there. Ticks that are gone are known by the page's hidden mark."""
    after = dict(before)
    if "hand_in" in data:
        after["hand_in"] = clean(str(data["hand_in"]))[:20]
    if "receive" in data or "receive-shown" in data:
        after["receive"] = [clean(way)[:20] for way in data.getlist("receive")[:5] if way]
    if "pay" in data:
        after["pay"] = clean(str(data["pay"]))[:20]
    return after


def problems(
    delivery: Mapping[str, Any],
    *,
    hand_in_ways: Collection[str],
    receive_ways: Collection[str],
    pay_ways: Collection[str],
    owes: bool,
) -> list[tuple[str, str]]:
    """What is missing or not offered, as (field, message)."""
    found = []
    if delivery.get("hand_in") not in hand_in_ways:
        found.append(("hand_in", "Chọn cách nộp hồ sơ"))
    received = delivery.get("receive") or []
    if not received or not set(received) <= set(receive_ways):
        found.append(("receive", "Chọn cách nhận kết quả"))
    if not owes:
        return found
    if delivery.get("pay") not in pay_ways:
        found.append(("pay", "Chọn cách trả phí, lệ phí"))
    elif delivery["pay"] == Pay.POSTMAN and Receive.POST not in received:
        found.append(("pay", "Chỉ trả cho nhân viên bưu chính khi nhận kết quả qua bưu chính"))
    return found


def in_words(field: str, value: Any) -> str:
    """A choice as people read it."""
    if field == "hand_in":
        return _label(HandIn, value)
    if field == "receive":
        return "; ".join(_label(Receive, way) for way in value or [])
    if field == "pay":
        return _label(Pay, value)
    return str(value)


def _label(choices: type[HandIn] | type[Receive] | type[Pay], value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""
