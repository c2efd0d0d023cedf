"""Jobs of the room of figures."""

from procrastinate.contrib.django import app

from motcua.core.jobs import Backoff
from motcua.reports.services import closing


@app.periodic(cron="7 1 * * *")
@app.task(name=closing.CLOSE, queue=closing.QUEUE, queueing_lock=closing.CLOSE, retry=Backoff())
def close_months(timestamp: int) -> None:
    """Close the month that is over; on most nights there is nothing to do."""
    closing.close_months()
