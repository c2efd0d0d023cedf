"""Jobs of the room of dossiers. Each takes an id, calls a service, and may run twice."""

from procrastinate.contrib.django import app

from motcua.core.jobs import Backoff
from motcua.dossiers.services import drafts, reception, work


@app.task(name=reception.MAKE_RECEIPT, queue=reception.QUEUE, retry=Backoff())
def make_receipt(dossier_id: int) -> None:
    """Make the receipt of an accepted dossier."""
    reception.make_receipt(dossier_id)


@app.task(name=work.SILENCE, queue=work.QUEUE, retry=Backoff())
def silence_agrees(draft_id: int) -> None:
    """A draft's last moment: whoever hasn't answered has agreed."""
    work.silence_agrees(draft_id)


@app.periodic(cron="47 2 * * *")
@app.task(name="dossiers.discard_forgotten", queue=work.QUEUE, queueing_lock="dossiers.discard_forgotten")
def discard_forgotten(timestamp: int) -> None:
    """Delete drafts that nobody has touched for half a year."""
    drafts.discard_forgotten()
