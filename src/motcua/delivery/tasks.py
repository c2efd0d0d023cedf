"""Jobs of the room of the post. Each takes an id, calls a service, and may run twice."""

from procrastinate.contrib.django import app

from motcua.core.jobs import Backoff
from motcua.delivery.services import calling, holding, notices, slips


@app.task(name=holding.CALL, queue=holding.QUEUE, retry=Backoff())
def call_post(parcel_id: int) -> None:
    """Place an order, drop it, or ask where its parcel is."""
    calling.call_post(parcel_id)


@app.task(name=holding.DROP, queue=holding.QUEUE, retry=Backoff())
def drop_order(parcel_id: int) -> None:
    """Drop an order whose parcel went by paper."""
    calling.drop_order(parcel_id)


@app.task(name=holding.DRAW, queue=holding.QUEUE, retry=Backoff())
def make_slip(parcel_id: int) -> None:
    """Draw a slip."""
    slips.make_slip(parcel_id)


@app.periodic(cron="* * * * *")
@app.task(name="delivery.call_due", queue=holding.QUEUE, queueing_lock="delivery.call_due", retry=Backoff())
def call_due(timestamp: int) -> None:
    """Call the post about what waits for it, and about parcels of which it has said nothing for long."""
    calling.call_due()


@app.periodic(cron="* * * * *")
@app.task(name="delivery.settle_left", queue=holding.QUEUE, queueing_lock="delivery.settle_left", retry=Backoff())
def settle_left(timestamp: int) -> None:
    """Settle notices that were kept and not settled, or came before we knew their parcel."""
    notices.settle_left()


@app.periodic(cron="23 3 * * *")
@app.task(name="delivery.clear_notices", queue=holding.QUEUE, queueing_lock="delivery.clear_notices")
def clear_notices(timestamp: int) -> None:
    """Delete notices that nobody can ask about any more."""
    notices.clear_notices()
