"""Short words for tests on parcels: order one, be the postman, carry the post's notices to the portal."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from motcua.agencies.models import Agency
from motcua.config.peers.post.office import Office
from motcua.delivery import services
from motcua.delivery.models import Parcel
from motcua.delivery.signals import parcel_changed
from tests import cast, factories

ABOUT = ("petition", "PA-7K3F-92XA")  # no room above listens to it: here only the post is tried
DAYS = {"same_commune": 1, "same_province": 2, "between_cities": 3, "other_province": 5}
PRICES = [
    {"zone": zone, "direction": direction, "amount": 20_000 + 5_000 * place, "days": days}
    for direction in ("to_person", "to_agency")
    for place, (zone, days) in enumerate(DAYS.items())
]
RESULT = [{"key": "ket-qua", "name": "Giấy khai sinh", "what": "Bản chính", "count": 1}]
COLLECTS = [
    {"key": "chung-sinh", "name": "Giấy chứng sinh", "what": "Bản chính", "count": 1},
    {"key": "ket-hon", "name": "Giấy chứng nhận kết hôn", "what": "Bản sao có chứng thực", "count": 1},
]


def desk_of(agency: Agency) -> dict[str, str]:
    """The agency's side of a parcel."""
    return {"name": agency.desk_name, "phone": agency.phone, "address": agency.address, "unit": agency.place_id}


def home(**changed: str) -> dict[str, str]:
    """An's side of a parcel."""
    unit = factories.an_agency().place_id
    return {"name": "Nguyễn Thị An", "phone": "0900 000 217", "address": "Số 5 đường Lê Lợi", "unit": unit} | changed


def a_parcel(**changed: Any) -> Parcel:
    """A result for An, with a fee of 150.000 đồng to collect, unless words say otherwise."""
    agency = factories.an_agency()
    wanted: dict[str, Any] = {
        "about": ABOUT, "agency": agency, "direction": "to_person", "sender": desk_of(agency), "receiver": home(),
        "contents": RESULT, "fee_due": 150_000, "by": cast.chi(),
    }  # fmt: skip
    return services.order_parcel(**wanted | changed)


def a_pick_up(**changed: Any) -> Parcel:
    """Papers of An that the postman fetches for the agency."""
    agency = factories.an_agency()
    sides = {"sender": home(), "receiver": desk_of(agency), "contents": COLLECTS}
    return a_parcel(**{"direction": "to_agency", "fee_due": 0, "by": cast.an()} | sides | changed)


def now_of(parcel: Parcel) -> Parcel:
    """The parcel as it is now."""
    return Parcel.objects.get(pk=parcel.pk)


def at_the_post(parcel: Parcel) -> Parcel:
    """The parcel once the post has taken the order."""
    services.call_post(parcel.pk)
    return now_of(parcel)


def word(parcel: Parcel, sequence: int, status: str, **more: Any) -> dict[str, Any]:
    """What a notice says."""
    return {
        "OrderNumber": parcel.number, "ItemCode": parcel.item_code, "Sequence": sequence, "StatusCode": status,
        "Time": f"2026-11-25T{8 + sequence % 10:02d}:00:00+07:00",
    } | more  # fmt: skip


def tell(fields: dict[str, Any] | bytes, secret: str = "bi-mat-cua-bai-thu") -> str:
    """A notice of whoever has the secret; the Status of its answer."""
    body = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return services.take_notice({"X-Post-Signature": signature}, body)["Status"]


def tells(office: Office, parcel: Parcel, status: str, **more: Any) -> Parcel:
    """Something happens to a parcel, and the portal hears of it; the parcel afterwards."""
    item = office.items[parcel.item_code]
    assert office.act(item.code, status, more, how="never")
    assert tell(item.events[-1] | {"ItemCode": item.code, "OrderNumber": item.number}) == "100"
    return now_of(parcel)


class Heard:
    """Collects what `parcel_changed` says."""

    def __init__(self) -> None:
        self.whats: list[str] = []

    def __call__(self, sender: object, *, parcel: Parcel, what: str, **_: object) -> None:
        self.whats.append(what)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While a test runs."""
        parcel_changed.connect(self)
        try:
            yield
        finally:
            parcel_changed.disconnect(self)
