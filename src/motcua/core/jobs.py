"""What every job follows: when to try again, and when to give up."""

from django.db import InterfaceError, OperationalError
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

DATABASE_PAUSES = (1, 5, 15, 60, 300)  # seconds


class TryLater(Exception):
    """A service asks to be called again: what it needs is not there just now."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"in {seconds} s")
        self.seconds = seconds


class Backoff(BaseRetryStrategy):
    """`@app.task(retry=Backoff())`: comes again when the service says so, or when the database was away.

    Anything else is a bug: the job fails at once, stays as failed, and `motcua doctor` names it.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, TryLater):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        if isinstance(exception, (OperationalError, InterfaceError)) and job.attempts < len(DATABASE_PAUSES):
            return RetryDecision(retry_in={"seconds": DATABASE_PAUSES[job.attempts]})
        return None
