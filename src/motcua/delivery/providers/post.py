"""The post's API: getToken, postOrder, cancelOrder, getOrderTracking (docs/integrator/post.md)."""

import threading
import time
from typing import Any

from django.conf import settings

from motcua.core.calls import NoAnswer, post_json
from motcua.core.text import clean
from motcua.delivery.models import Parcel
from motcua.delivery.providers.base import PostRefused, PostUnavailable
from motcua.delivery.rules import protocol
from motcua.delivery.rules.addresses import in_one_line
from motcua.delivery.rules.states import Direction
from motcua.places.queries import full_name, unit

TIMEOUT = 10  # seconds
LARGEST = 500_000  # bytes of an answer
EARLY = 60  # seconds before its end a token is asked for anew
TOKEN_WRONG = "401"  # noqa: S105 (a Status)
TO_COLLECT, TO_DELIVER = "1", "2"  # FlagConfig: fetch at the sender's, or take over at the agency's

_lock = threading.Lock()
_tokens: dict[str, tuple[str, float]] = {}  # this process's own: address → token, until when


def place_order(parcel: Parcel) -> str:
    """Tell the post of a parcel; its item code. The same number twice is one order, with the same code.

    Raises:
        PostRefused: it doesn't take this parcel.
        PostUnavailable: no answer.
    """
    answer = _call("postOrder", order_fields(parcel))
    code = protocol.item_code(answer.get("ItemCode"))
    if not code:
        raise PostUnavailable("The post gave no item code.")
    return code


def cancel_order(number: str) -> None:
    """Drop an order. One that the post doesn't know is dropped, too.

    Raises:
        PostRefused: the postman has it already.
        PostUnavailable: no answer.
    """
    _call("cancelOrder", {"CustomerCode": settings.POST_CUSTOMER, "OrderNumber": number})


def tracking(parcel: Parcel) -> list[dict[str, Any]]:
    """All that the post has to say of a parcel, oldest first.

    Raises:
        PostRefused: it knows no such parcel.
        PostUnavailable: no answer.
    """
    asked = {"CustomerCode": settings.POST_CUSTOMER, "OrderNumber": parcel.number, "ItemCode": parcel.item_code}
    found = _call("getOrderTracking", asked).get("Tracking")
    if not isinstance(found, list):
        raise PostUnavailable("The post's answer has no list.")
    return [entry for entry in found if isinstance(entry, dict)]


def order_fields(parcel: Parcel) -> dict[str, Any]:
    """A parcel as the post takes it. Names of papers go along: the postman checks them at the door (QĐ 45/2016 Đ6)."""
    return {
        "CustomerCode": settings.POST_CUSTOMER,
        "OrderNumber": parcel.number,
        "FlagConfig": TO_COLLECT if parcel.direction == Direction.TO_AGENCY else TO_DELIVER,
        "govAgencyCode": parcel.agency.code,
        "CODAmount": parcel.fee_due,
        "Postage": parcel.postage_due,
        **_side("Sender", parcel.sender),
        **_side("Receiver", parcel.receiver),
        "Description": parcel.get_direction_display(),
        "Contents": [_line(line) for line in parcel.contents],
        "Collect": [_line(line) for line in parcel.collects],
    }


def _side(side: str, address: dict[str, str]) -> dict[str, str]:
    """The post's old fields ask for districts, which no longer exist: they bear the commune's code."""
    place = unit(address["unit"])
    return {
        f"{side}Name": address["name"],
        f"{side}Tel": address["phone"],
        f"{side}Address": in_one_line(address["address"], full_name(place) if place else ""),
        f"{side}Province": (place.parent_id or place.pk) if place else "",
        f"{side}District": address["unit"],
    }


def _line(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "Key": line.get("key", ""),
        "Name": line.get("name", ""),
        "Note": line.get("what", ""),
        "Count": line.get("count", 1),
    }


def _call(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    answer = _send(name, fields, _token())
    if answer.get("Status") == TOKEN_WRONG:  # the post has forgotten it, by a restart
        _tokens.clear()
        answer = _send(name, fields, _token())
    if answer.get("Status") == TOKEN_WRONG:
        raise PostUnavailable("The post takes no token that it gave.")
    if answer.get("Status") != protocol.OK:
        said = clean(str(answer.get("Message") or ""))[:200]
        raise PostRefused(said or "Bưu chính không cho biết lý do.")
    return answer


def _token() -> str:
    with _lock:
        kept, until = _tokens.get(settings.POST_URL, ("", 0.0))
        if time.monotonic() < until:
            return kept
        who = {"Username": settings.POST_USER, "Password": settings.POST_PASSWORD}
        answer = _send("getToken", who, "")
        token, seconds = answer.get("Token"), answer.get("ExpiresIn")
        if answer.get("Status") != protocol.OK or not isinstance(token, str) or not isinstance(seconds, int):
            raise PostUnavailable("The post gives no token.")
        _tokens[settings.POST_URL] = (token, time.monotonic() + max(seconds - EARLY, 0))
        return token


def _send(name: str, fields: dict[str, Any], token: str) -> dict[str, Any]:
    url = f"{settings.POST_URL.rstrip('/')}/{name}"
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        return post_json(url, fields, headers, timeout=TIMEOUT, largest=LARGEST)
    except NoAnswer as trouble:
        raise PostUnavailable(f"The post {trouble}.") from None
