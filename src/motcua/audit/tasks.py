"""Jobs of the audit room."""

from procrastinate.contrib.django import app

from motcua.audit import services
from motcua.core.jobs import Backoff


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queue="audit", queueing_lock="audit.seal", retry=Backoff())
def seal(timestamp: int) -> None:
    """Seal what was committed since the last minute."""
    services.seal_pending()
