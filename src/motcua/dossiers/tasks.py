"""Jobs of the room of dossiers. Each takes an id, calls a service, and may run twice."""

from procrastinate.contrib.django import app

from motcua.core.jobs import Backoff
from motcua.dossiers.services import drafts, reception, slips, supplements, work


@app.task(name=reception.MAKE_RECEIPT, queue=reception.QUEUE, retry=Backoff())
def make_receipt(dossier_id: int) -> None:
    """Make the receipt of an accepted dossier."""
    reception.make_receipt(dossier_id)


@app.task(name=slips.MAKE_REFUSAL, queue=slips.QUEUE, retry=Backoff())
def make_refusal_slip(refusal_id: int) -> None:
    """Make the slip of a refusal, or the notice of a stop."""
    slips.make_refusal_slip(refusal_id)


@app.task(name=slips.MAKE_APOLOGY, queue=slips.QUEUE, retry=Backoff())
def make_apology_slip(apology_id: int) -> None:
    """Make the letter of an apology."""
    slips.make_apology_slip(apology_id)


@app.task(name=work.SILENCE, queue=work.QUEUE, retry=Backoff())
def silence_agrees(draft_id: int) -> None:
    """A draft's last moment: whoever hasn't answered has agreed."""
    work.silence_agrees(draft_id)


@app.task(name=slips.MAKE_SUPPLEMENT, queue=slips.QUEUE, retry=Backoff())
def make_supplement_slip(request_id: int) -> None:
    """Make the slip of a request for a supplement."""
    slips.make_supplement_slip(request_id)


@app.task(name=supplements.EXPIRE, queue=supplements.QUEUE, retry=Backoff())
def supplement_expires(request_id: int) -> None:
    """The last moment of a supplement: person and desk are told if it hasn't come."""
    supplements.note_expiry(request_id)


@app.periodic(cron="47 2 * * *")
@app.task(name="dossiers.discard_forgotten", queue=work.QUEUE, queueing_lock="dossiers.discard_forgotten")
def discard_forgotten(timestamp: int) -> None:
    """Delete drafts that nobody has touched for half a year."""
    drafts.discard_forgotten()
