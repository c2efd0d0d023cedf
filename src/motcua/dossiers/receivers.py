"""What a dossier does when its money moves (`payments.signals`), in the transaction that moved it."""

from typing import Any

from django.dispatch import receiver

from motcua.dossiers.models import Dossier
from motcua.dossiers.services import money
from motcua.payments.models import Order
from motcua.payments.signals import about_to_lock, money_changed

KIND = "dossier"


@receiver(about_to_lock)
def hold_dossier(sender: object, *, about: tuple[str, str], **_: Any) -> None:
    """Every act locks the dossier first and its order second; so does whoever comes from the order's side."""
    kind, ref = about
    if kind == KIND:
        list(Dossier.objects.select_for_update(of=("self",), no_key=True).filter(ref=ref).values_list("pk"))


@receiver(money_changed)
def settle_dossier(sender: object, *, order: Order, what: str, **_: Any) -> None:
    """The dossier follows its money."""
    if order.about_kind == KIND:
        money.settle(order.about_ref, order, what)
