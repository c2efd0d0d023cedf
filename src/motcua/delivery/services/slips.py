"""The slip of a parcel (phiếu gửi): drawn by a job, printed by the desk or shown to the person."""

from typing import Any

from django.db import transaction

from motcua.delivery.models import Parcel
from motcua.delivery.queries import address_line
from motcua.delivery.rules.states import Direction
from motcua.delivery.services.holding import lock
from motcua.documents.models import Document
from motcua.documents.services import make_pdf, store_generated


def make_slip(parcel_id: int) -> None:
    """Draw a parcel's slip and keep its file; one that has its file is left alone."""
    parcel = Parcel.objects.select_related("agency").get(pk=parcel_id)
    if parcel.slip_id is not None:
        return
    content = make_pdf("post-slip", slip_values(parcel), title=f"Phiếu gửi {parcel.number}", at=parcel.ordered_at)
    _attach(parcel, store_generated(content, f"Phieu-gui-{parcel.number}.pdf"))


@transaction.atomic
def _attach(parcel: Parcel, document: Document) -> None:
    """The first worker's file counts; the same slip drawn twice at once is the same file."""
    parcel = lock(parcel)
    if parcel.slip_id is None:
        parcel.slip = document
        parcel.save(update_fields=["slip"])


def slip_values(parcel: Parcel) -> dict[str, Any]:
    """What stands on the slip (TT 17/2017 Điều 9), as the PDF template `post-slip` takes it."""
    return {
        "number": parcel.number,
        "link": parcel.number,
        "to_agency": parcel.direction == Direction.TO_AGENCY,
        "about": parcel.about_ref,
        "agency": parcel.agency.name,
        "sender": _side(parcel.sender),
        "receiver": _side(parcel.receiver),
        "contents": [_line(line) for line in parcel.contents],
        "collects": [_line(line) for line in parcel.collects],
        "postage_due": parcel.postage_due,
        "fee_due": parcel.fee_due,
        "days": parcel.days,
        "ordered_at": parcel.ordered_at,
    }


def _side(address: dict[str, str]) -> dict[str, str]:
    return {"name": address["name"], "phone": address["phone"], "address": address_line(address)}


def _line(line: dict[str, Any]) -> dict[str, Any]:
    return {"name": str(line.get("name", "")), "what": str(line.get("what", "")), "count": int(line.get("count") or 1)}
