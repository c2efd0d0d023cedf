"""Jobs of the documents room."""

from procrastinate.contrib.django import app

from motcua.documents import services


@app.periodic(cron="40 2 * * *")
@app.task(name="documents.sweep", queue="documents", queueing_lock="documents.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Take away, at night, what nobody has used for a day."""
    services.sweep()
