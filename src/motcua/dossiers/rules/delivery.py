"""How a dossier is handed in, how its result is received, how the fee is paid (`Dossier.delivery`)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from motcua.core.identity import show_phone
from motcua.core.text import clean
from motcua.dossiers.rules.person import address
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
    """What a new draft begins with: the only way where there is only one, else nothing is chosen for the person.

    Who fills a form in here hands it in here, unless they say otherwise.
    """
    only = hand_in_ways[0] if len(hand_in_ways) == 1 else ""
    return {
        "hand_in": str(HandIn.ONLINE) if HandIn.ONLINE in hand_in_ways else only,
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


@dataclass(frozen=True)
class Offered:
    """What a service offers, and what this person can use of it.

    Attributes:
        owes: whether a fee must be paid.
        has_email: whether the account has an email address that was proved.
    """

    hand_in_ways: Collection[str]
    receive_ways: Collection[str]
    pay_ways: Collection[str]
    owes: bool
    has_email: bool = True


def problems(delivery: Mapping[str, Any], offered: Offered) -> list[tuple[str, str]]:
    """What is missing, not offered or doesn't fit together, as (field, message)."""
    found = []
    if delivery.get("hand_in") not in offered.hand_in_ways:
        found.append(("hand_in", "Chọn cách nộp hồ sơ"))
    received = set(delivery.get("receive") or [])
    if trouble := _receiving(received, offered):
        found.append(("receive", trouble))
    if offered.owes and (trouble := _paying(str(delivery.get("pay") or ""), received, offered)):
        found.append(("pay", trouble))
    return found


def _receiving(received: Collection[str], offered: Offered) -> str:
    if not received or not set(received) <= set(offered.receive_ways):
        return "Chọn cách nhận kết quả"
    if {Receive.DESK, Receive.POST} <= set(received):
        return "Bản giấy chỉ nhận ở một nơi: chọn tại Bộ phận Một cửa hoặc qua bưu chính công ích"
    if Receive.EMAIL in received and not offered.has_email:
        return "Tài khoản chưa có thư điện tử đã xác nhận. Thêm trong mục Tài khoản, hoặc chọn cách nhận khác"
    return ""


def _paying(pay: str, received: Collection[str], offered: Offered) -> str:
    if pay not in offered.pay_ways:
        return "Chọn cách trả phí, lệ phí"
    if pay == Pay.POSTMAN and Receive.POST not in received:
        return "Chỉ trả cho nhân viên bưu chính khi nhận kết quả qua bưu chính"
    if pay == Pay.DESK and Receive.POST in received:
        return "Kết quả qua bưu chính thì trả cho nhân viên bưu chính, hoặc trả trước khi có kết quả"
    return ""


# ---- By post ----

ON_PAPER = frozenset({Receive.DESK, Receive.POST})

# What is kept of whom the post goes to, as of a person (`rules.person`): delivery["post"].
_OF_PERSON = ("full_name", "phone", "residence", "residence_detail", "residence_province", "residence_name")


def received_by(delivery: Mapping[str, Any]) -> frozenset[str]:
    """The ways in which the result is received as things stand now.

    "receive" stays what was declared and signed; what became of it later is "receive_now": a parcel that came back
    waits at the desk, until the person wants it sent again.
    """
    return frozenset(delivery.get("receive_now") or delivery.get("receive") or [])


def paid_at_the_door(delivery: Mapping[str, Any]) -> bool:
    """Whether the postman takes the fee when he brings the result: chosen, and it still goes by post."""
    return delivery.get("pay") == Pay.POSTMAN and Receive.POST in received_by(delivery)


def needs_address(delivery: Mapping[str, Any]) -> bool:
    """Whether the post has to find the person: to bring the result, or to fetch the papers."""
    return Receive.POST in received_by(delivery) or delivery.get("hand_in") == HandIn.POST


def post_address(delivery: Mapping[str, Any], applicant: Mapping[str, Any]) -> dict[str, Any]:
    """Whom the post goes to: as it was typed, else the applicant."""
    kept = delivery.get("post")
    if isinstance(kept, Mapping) and kept:
        return dict(kept)
    return {key: applicant.get(key, "") for key in _OF_PERSON}


def in_words(field: str, value: Any) -> str:
    """A choice as people read it."""
    if field == "hand_in":
        return _label(HandIn, value)
    if field == "receive":
        return "; ".join(_label(Receive, way) for way in value or [])
    if field == "pay":
        return _label(Pay, value)
    if field == "post":
        return post_in_words(value or {})
    return str(value)


def post_in_words(post: Mapping[str, Any]) -> str:
    """Whom the post goes to, in one line: name, phone, address."""
    phone = str(post.get("phone") or "")
    parts = [str(post.get("full_name") or ""), show_phone(phone) if phone.startswith("+") else phone, address(post)]
    return ", ".join(part for part in parts if part)


def _label(choices: type[HandIn] | type[Receive] | type[Pay], value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""
