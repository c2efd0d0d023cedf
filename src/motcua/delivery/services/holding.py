"""What every act on parcels begins with: the lock on the row, the names of the jobs, new numbers."""

from procrastinate.contrib.django import app

from motcua.core.ids import drawn
from motcua.delivery.models import Parcel
from motcua.delivery.signals import about_to_lock

QUEUE = "delivery"
CALL, DROP, DRAW = "delivery.call_post", "delivery.drop_order", "delivery.make_slip"


def lock(parcel: Parcel) -> Parcel:
    """The parcel's row as it is now, held until the end of the transaction."""
    about_to_lock.send(sender=Parcel, about=parcel.about)
    rows = Parcel.objects.select_for_update(of=("self",), no_key=True).select_related("agency")
    return rows.get(pk=parcel.pk)


def queue(job: str, parcel: Parcel) -> None:
    """Have a job done for a parcel, once the transaction stands."""
    app.configure_task(job, queue=QUEUE).defer(parcel_id=parcel.pk)


def new_number() -> str:
    """A number that tells nothing and is short enough to read aloud: BG7K3F92XA."""
    return f"BG{drawn(8)}"
