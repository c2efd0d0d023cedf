"""Jobs of the accounts room."""

from procrastinate.contrib.django import app

from motcua.accounts import services
from motcua.core import ratelimit
from motcua.core.jobs import Backoff


@app.task(name="accounts.make_digits", queue="messages", retry=Backoff())
def make_digits(code_id: str, channel: str) -> None:
    """Make and send the code of somebody who forgot their password."""
    services.make_digits(code_id, channel)


@app.periodic(cron="17 3 * * *")
@app.task(name="accounts.clear_codes", queue="accounts", queueing_lock="accounts.clear_codes")
def clear_codes(timestamp: int) -> None:
    """Delete codes that ran out long ago."""
    services.clear_codes()
    services.clear_zalo_codes()


@app.periodic(cron="37 3 * * *")
@app.task(name="accounts.clear_complaints", queue="accounts", queueing_lock="accounts.clear_complaints")
def clear_complaints(timestamp: int) -> None:
    """Delete complaints about accounts whose time is over."""
    services.clear_complaints()


@app.periodic(cron="27 * * * *")
@app.task(name="accounts.clear_sessions", queue="accounts", queueing_lock="accounts.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Delete sessions that have ended: what was typed while registering is among what they hold."""
    services.clear_sessions()


@app.periodic(cron="*/20 * * * *")
@app.task(name="accounts.clear_counters", queue="accounts", queueing_lock="accounts.clear_counters")
def clear_counters(timestamp: int) -> None:
    """Delete counters of rate limits that have run out."""
    ratelimit.clear_old()
