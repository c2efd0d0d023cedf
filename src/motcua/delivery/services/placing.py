"""The post takes an order, refuses it, or drops it: what follows for a held parcel."""

from motcua.audit.services import record
from motcua.delivery.models import Parcel
from motcua.delivery.rules.states import Placing
from motcua.delivery.services.following import follow
from motcua.delivery.services.holding import CALL, DROP, queue
from motcua.delivery.signals import parcel_changed


def took_order(parcel: Parcel, item_code: str) -> None:
    """The post has the order, under its own code. If it is to be dropped meanwhile, that is asked next."""
    if Parcel.objects.filter(item_code=item_code).exclude(pk=parcel.pk).exists():
        refused_order(parcel, f"Bưu chính cấp mã bưu gửi {item_code}, mã này đã dùng cho một bưu gửi khác.")
        return
    parcel.item_code, parcel.placing, parcel.trouble = item_code, Placing.PLACED, ""
    parcel.save(update_fields=["item_code", "placing", "trouble"])
    record("parcel.placed", subject_kind="parcel", subject_ref=parcel.number, actor=None, item_code=item_code)
    parcel_changed.send(sender=Parcel, parcel=parcel, what="placed")
    follow(parcel)
    if parcel.cancel_wanted_at is not None:  # wanted while the order was on its way
        queue(CALL if parcel.is_open else DROP, parcel)


def refused_order(parcel: Parcel, why: str) -> None:
    """The post doesn't carry it like this: somebody must look."""
    parcel.placing, parcel.trouble, parcel.call_at = Placing.REFUSED, why[:300], None
    parcel.save(update_fields=["placing", "trouble", "call_at"])
    record("parcel.refused", subject_kind="parcel", subject_ref=parcel.number, actor=None, trouble=parcel.trouble)
    parcel_changed.send(sender=Parcel, parcel=parcel, what="refused")


def refused_cancelling(parcel: Parcel, why: str) -> None:
    """Too late: the postman has it. It goes its way, and we ask which."""
    parcel.cancel_wanted_at, parcel.trouble = None, why[:300]
    parcel.save(update_fields=["cancel_wanted_at", "trouble"])
    record(
        "parcel.cancel_refused", subject_kind="parcel", subject_ref=parcel.number, actor=None, trouble=parcel.trouble
    )
    follow(parcel)
    parcel_changed.send(sender=Parcel, parcel=parcel, what="cancel_refused")
    queue(CALL, parcel)
