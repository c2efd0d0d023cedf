"""Jobs of the room of procedures; each may run twice."""

from procrastinate.contrib.django import app

from motcua.core.jobs import Backoff
from motcua.procedures.search import building
from motcua.procedures.services import finding, importing
from motcua.procedures.services.stamp import INDEX, QUEUE


@app.task(name=INDEX, queue=QUEUE, lock=INDEX, retry=Backoff())
def store_index() -> None:
    """Build the search's index for what was just published."""
    _store()


@app.periodic(cron="* * * * *")
@app.task(name="procedures.keep_index", queue=QUEUE, lock=INDEX, queueing_lock="procedures.keep_index", retry=Backoff())
def keep_index(timestamp: int) -> None:
    """Build it where the day has changed, a job was lost, or an import has ended."""
    _store()


@app.periodic(cron="29 3 * * *")
@app.task(name="procedures.forget_searches", queue=QUEUE, queueing_lock="procedures.forget_searches", retry=Backoff())
def forget_searches(timestamp: int) -> None:
    """Delete what people typed and too few others with them."""
    finding.forget_searches()


def _store() -> None:
    """An import publishes every second for a minute: the index is built once, when it has ended."""
    if not importing.is_at_work():
        building.store_missing()
