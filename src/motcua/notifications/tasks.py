"""Jobs of the room of messages."""

from procrastinate.contrib.django import app

from motcua.core.jobs import Backoff
from motcua.notifications import services
from motcua.notifications.services import delivering, followers


@app.task(name=services.DELIVER, queue=services.QUEUE, retry=Backoff())
def deliver(message_id: int) -> None:
    """Hand one message over."""
    services.deliver(message_id)


@app.task(name=delivering.CHECK, queue=services.QUEUE, retry=Backoff())
def check_arrival(message_id: int) -> None:
    """Whether one message has arrived by now."""
    services.check_arrival(message_id)


@app.task(name=followers.SETTLE, queue=services.QUEUE, retry=Backoff())
def settle_event(event_id: int) -> None:
    """Do what one notice of Zalo asks for."""
    services.settle_event(event_id)


@app.periodic(cron="11 */3 * * *")
@app.task(
    name="notifications.keep_keys_fresh",
    queue=services.QUEUE,
    queueing_lock="notifications.keep_keys_fresh",
    retry=Backoff(),
)
def keep_keys_fresh(timestamp: int) -> None:
    """Renew Zalo's access token before it runs out."""
    services.keep_keys_fresh()


@app.periodic(cron="41 3 * * *")
@app.task(name="notifications.clear_events", queue=services.QUEUE, queueing_lock="notifications.clear_events")
def clear_events(timestamp: int) -> None:
    """Delete old notices of Zalo, and files that went with letters that never went."""
    services.clear_events()
    services.clear_enclosures()
