"""Dossiers whose result goes by post, and what the post says of them."""

from datetime import date
from typing import Any

from django.db import transaction

from motcua.delivery import services as delivery
from motcua.delivery.models import Parcel
from motcua.delivery.rules.protocol import Word
from motcua.delivery.rules.states import Failure, Step
from motcua.delivery.services.holding import lock
from motcua.delivery.services.notices import hear
from motcua.delivery.services.placing import took_order
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.posting import mail_of
from motcua.dossiers.services import posting
from tests.cast import at, chi
from tests.dossiers.stages import fresh, issued
from tests.factories import an_offering

CODE = "EB123456789VN"
FEE, POSTAGE = 16_000, 20_000
WAYS: dict[str, Any] = {
    "receive_ways": ["truc-tuyen", "tai-quay", "buu-chinh", "thu-dien-tu"],
    "hand_in_ways": ["truc-tuyen", "buu-chinh"],
    "pay_ways": ["truc-tuyen", "tai-quay-truoc", "tai-quay", "buu-chinh"],
}
CHOSEN = {"hand_in": "truc-tuyen", "receive": ["buu-chinh"], "copies": 2, "pay": "buu-chinh"}


def set_prices() -> None:
    """The price list: 20.000 đồng within a commune, 25.000 in the province."""
    zones = ["same_commune", "same_province", "between_cities", "other_province"]
    rates = [
        {"zone": zone, "direction": direction, "amount": 20_000 + 5_000 * place, "days": place + 1}
        for place, zone in enumerate(zones)
        for direction in ("to_person", "to_agency")
    ]
    delivery.set_postage(rates, since=date(2026, 1, 1), ground="Bảng giá cước mẫu", by=None)


def to_be_posted(**fields: Any) -> Dossier:
    """A dossier with its result, which waits for the post."""
    return issued(**{"version": an_offering(**WAYS), "delivery": CHOSEN} | fields)


def ordered(**fields: Any) -> tuple[Dossier, Parcel]:
    """The same with its order, which the post has taken."""
    dossier = to_be_posted(**fields)
    return dossier, placed(posting.hand_to_post(dossier, by=chi()))


def posted(**fields: Any) -> tuple[Dossier, Parcel]:
    """The same in the postman's hands."""
    dossier, parcel = ordered(**fields)
    posting.give_to_postman(dossier, by=chi())
    return fresh(dossier), now_of(parcel)


def now_of(parcel: Parcel) -> Parcel:
    """The parcel as it is now."""
    return Parcel.objects.get(pk=parcel.pk)


@transaction.atomic
def placed(parcel: Parcel, code: str = CODE) -> Parcel:
    """The parcel once the post's system has taken its order."""
    held = lock(parcel)
    took_order(held, code)
    return now_of(parcel)


@transaction.atomic
def says(parcel: Parcel, step: Step, sequence: int, **more: Any) -> Parcel:
    """The parcel after a word of the post."""
    hear(lock(parcel), [Word(sequence, step, at("26/11/2026 09:00"), **more)])
    return now_of(parcel)


def absent(parcel: Parcel, sequence: int, again: date | None = date(2026, 11, 27)) -> Parcel:
    """Nobody was at home."""
    return says(parcel, Step.FAILED, sequence, failure=Failure.ABSENT, next_on=again)


def delivered(parcel: Parcel, sequence: int = 9, fee: int = FEE, **more: Any) -> Parcel:
    """Delivered, and paid at the door."""
    money = {"fee_collected": fee, "postage_collected": POSTAGE, "received_by": "Nguyễn Thị An"}
    return says(parcel, Step.DELIVERED, sequence, **money | more)


def back_of(dossier: Dossier) -> Parcel:
    """What the postman took along at the door."""
    papers = mail_of(dossier).papers
    assert papers is not None
    return papers
