"""Jobs of the room of content; each may run twice."""

from procrastinate.contrib.django import app

from motcua.content.services import visits


@app.periodic(cron="7 * * * *")
@app.task(name="content.close_days", queue="house", queueing_lock="content.close_days")
def close_days(timestamp: int) -> None:
    """Once an hour, since a day ends at another hour in UTC and a worker may have stood still."""
    visits.close_days()
