"""What a dossier does when its money moves or its parcel does, in the transaction that moved it.

The news: `payments.signals`, `delivery.signals`.
"""

from typing import Any

from django.dispatch import receiver

from motcua.delivery.models import Parcel
from motcua.delivery.signals import about_to_lock as about_to_lock_parcel
from motcua.delivery.signals import parcel_changed
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.people import public_stage
from motcua.dossiers.rules.searching import number_in
from motcua.dossiers.services import money_moved, parcels
from motcua.notifications.signals import zalo_said
from motcua.payments.models import Order
from motcua.payments.signals import about_to_lock, money_changed

KIND = "dossier"
NOT_FOUND = "Không có hồ sơ nào mang mã này. Xin xem lại từng chữ, từng số."


@receiver(about_to_lock)
@receiver(about_to_lock_parcel)
def hold_dossier(sender: object, *, about: tuple[str, str], **_: Any) -> None:
    """Every act locks the dossier first, its order or parcel second; so does whoever comes from the other side."""
    kind, ref = about
    if kind == KIND:
        list(Dossier.objects.select_for_update(of=("self",), no_key=True).filter(ref=ref).values_list("pk"))


@receiver(money_changed)
def settle_dossier(sender: object, *, order: Order, what: str, **_: Any) -> None:
    """The dossier follows its money."""
    if order.about_kind == KIND:
        money_moved.settle(order.about_ref, order, what)


@receiver(parcel_changed)
def follow_parcel(sender: object, *, parcel: Parcel, what: str, **_: Any) -> None:
    """The dossier follows its parcel."""
    if parcel.about_kind == KIND:
        parcels.follow(parcel, what)


@receiver(zalo_said)
def tell_stage(sender: object, *, zalo_user: str, text: str, **_: Any) -> str:
    """Whoever writes the number of a dossier to the province's Zalo account learns its stage, and nothing else."""
    number = number_in(text)
    if not number:
        return ""
    stage = public_stage(number)
    return f"Hồ sơ {stage.number}: {stage.status}." if stage else NOT_FOUND
