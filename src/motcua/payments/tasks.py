"""Jobs of the room of money. Each takes an id, calls a service, and may run twice."""

from procrastinate.contrib.django import app

from motcua.core.jobs import Backoff
from motcua.payments.services import asking, attempts, orders, receipts, refunds


@app.task(name=attempts.ASK, queue=orders.QUEUE, retry=Backoff())
def ask_provider(attempt_id: int) -> None:
    """Ask the provider what became of an attempt."""
    asking.ask_provider(attempt_id)


@app.periodic(cron="* * * * *")
@app.task(name="payments.ask_due", queue=orders.QUEUE, queueing_lock="payments.ask_due", retry=Backoff())
def ask_due(timestamp: int) -> None:
    """Ask about attempts that nobody has told us of."""
    asking.ask_due()


@app.task(name=refunds.ASK, queue=orders.QUEUE, retry=Backoff())
def ask_refund(refund_id: int) -> None:
    """Ask the provider to give money back."""
    refunds.ask_refund(refund_id)


@app.task(name=receipts.MAKE, queue=receipts.QUEUE, retry=Backoff())
def make_fee_receipt(receipt_id: int) -> None:
    """Draw a receipt."""
    receipts.make_fee_receipt(receipt_id)
