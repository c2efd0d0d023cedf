"""Jobs of the room of messages."""

from procrastinate.contrib.django import app

from motcua.core.jobs import Backoff
from motcua.notifications import services


@app.task(name=services.DELIVER, queue=services.QUEUE, retry=Backoff())
def deliver(message_id: int) -> None:
    """Hand one message over."""
    services.deliver(message_id)
