"""The worker: does the jobs of all rooms, takes back those of a worker that died, tidies up; and how the jobs are.

Jobs lie in the portal's own database (procrastinate). A job whose worker was killed stays "doing": its worker no longer
says that it is alive, so every worker looks for such jobs, when it starts and every few seconds, and puts them back.
"""

import asyncio
import contextlib
import logging
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import psycopg
from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from psycopg.conninfo import make_conninfo

from motcua.core.jobs import Backoff

if TYPE_CHECKING:
    from procrastinate.contrib.django.django_connector import DjangoConnector

log = logging.getLogger("motcua.jobs")

HEARTBEAT_SECONDS = 10.0  # how often a worker says that it is alive
STALLED_SECONDS = 30.0  # silent for so long: it is dead
GRACE_SECONDS = 12.0  # how long a worker that is told to stop waits for the jobs at hand
RESTART_PAUSES = (1, 2, 5, 10, 30)  # seconds, when the database went away
MOST_ATTEMPTS = 20  # a job that was taken up so often and left again kills its worker: it is failed
KEPT_HOURS = 7 * 24  # how long done jobs stay to be looked at


def run_worker(
    concurrency: int = 2,
    *,
    heartbeat_seconds: float = HEARTBEAT_SECONDS,
    stalled_seconds: float = STALLED_SECONDS,
) -> None:
    """Do jobs until SIGTERM or SIGINT; the jobs at hand are finished first. Survives a database that goes away.

    Args:
        concurrency: jobs at the same time.
        heartbeat_seconds: how often it says that it is alive; `stalled_seconds` must be at least twice that.
    """
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    asyncio.run(_run(concurrency, heartbeat_seconds, stalled_seconds))


async def _run(concurrency: int, heartbeat: float, stalled: float) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _tell_to_stop, loop, stop)
    failures = 0
    while not stop.is_set():
        began = loop.time()
        try:
            await _work(concurrency, heartbeat, stalled, stop)
        except (ConnectorException, OperationalError, InterfaceError, OSError) as trouble:
            log.error("The worker lost the database (%s), it starts again.", type(trouble).__name__)
        if stop.is_set():
            return
        failures = 0 if loop.time() - began > 60 else failures + 1
        await sync_to_async(close_old_connections)()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(stop.wait(), RESTART_PAUSES[min(failures, len(RESTART_PAUSES)) - 1])


def _tell_to_stop(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Stop in order; that waits long for a database that is gone, so there is an end to patience."""
    stop.set()
    loop.call_later(GRACE_SECONDS + 2, os._exit, 1)
    _leaving.add(loop.create_task(_leave_without_database()))


_leaving: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly


def direct_address() -> str:
    """The database's address for a connection of one's own, past Django's pool."""
    given = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return make_conninfo("", **{ours: given[theirs] or None for ours, theirs in names.items()})


async def _leave_without_database() -> None:
    """Without a database no job at hand can end well: leave at once, the jobs are taken back later."""
    address = direct_address()
    while True:
        await asyncio.sleep(0.5)
        try:
            probe = await psycopg.AsyncConnection.connect(address, connect_timeout=2)
        except psycopg.OperationalError:
            os._exit(1)
        await probe.close()


async def _work(concurrency: int, heartbeat: float, stalled: float, stop: asyncio.Event) -> None:
    """One life of the worker: ends when told to stop, or when one of its parts failed."""
    django = cast("DjangoConnector", app.connector)
    # The twin has connections of its own for fetching jobs. Rooms go on deferring through `app`, that is through
    # Django's connection: a job deferred inside a job is rolled back with it, like everywhere else.
    twin = app.with_connector(django.get_worker_connector())
    async with twin.open_async():
        await sync_to_async(take_back)(stalled)
        work = twin.run_worker_async(
            concurrency=concurrency,
            install_signal_handlers=False,
            update_heartbeat_interval=heartbeat,
            stalled_worker_timeout=stalled,
            shutdown_graceful_timeout=GRACE_SECONDS,
        )
        parts: list[asyncio.Task[Any]] = [asyncio.create_task(part) for part in (work, _sweep(stalled), stop.wait())]
        done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        for part in parts:
            part.cancel()
        await asyncio.gather(*parts, return_exceptions=True)
        for part in done:
            part.result()


async def _sweep(stalled: float) -> None:
    while True:
        await asyncio.sleep(stalled / 2)
        await sync_to_async(take_back)(stalled)


LEFT = """
SELECT job.id, job.task_name, job.attempts
  FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
 WHERE job.status = 'doing'
   AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
   FOR UPDATE OF job SKIP LOCKED
"""


@transaction.atomic
def take_back(stalled_seconds: float = STALLED_SECONDS) -> int:
    """Put the jobs of dead workers back into the queue; how many. Two workers never take back the same job.

    procrastinate's own `get_stalled_jobs` and `retry_job` are two steps without a lock between them: a second sweeper
    could put back a job that is already done again.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [stalled_seconds])
        left = cursor.fetchall()
        for job_id, name, attempts in left:
            if attempts >= MOST_ATTEMPTS:
                log.error("Job %s (%s) was given up after %s attempts.", job_id, name, attempts)
                cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job_id])
            else:
                log.warning("Job %s (%s) was left by a dead worker, it is done again.", job_id, name)
                app.job_manager.retry_job_by_id(job_id, retry_at=timezone.now())
    return len(left)


@app.periodic(cron="17 3 * * *")
@app.task(name="jobs.tidy", queue="house", queueing_lock="jobs.tidy", retry=Backoff())
def tidy(timestamp: int) -> None:
    """Remove jobs that were done long ago; failed ones stay until somebody has looked at them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs job WHERE job.status IN ('succeeded', 'cancelled') AND NOT EXISTS ("
            "SELECT 1 FROM procrastinate_events event WHERE event.job_id = job.id"
            " AND event.at > now() - make_interval(hours => %s))",
            [KEPT_HOURS],
        )


@dataclass(frozen=True)
class JobsHealth:
    """How the jobs are.

    Attributes:
        workers: workers that said so within the last half minute.
        waiting: jobs that are due and not taken up; `oldest_seconds` is how long the first of them has waited.
        later: jobs that wait for their time, also for another try.
        doing: jobs at hand; `left` are those whose worker is dead.
        failed: name of the job → how many have failed.
    """

    workers: int
    waiting: int
    oldest_seconds: int
    later: int
    doing: int
    left: int
    failed: dict[str, int]

    @property
    def ok(self) -> bool:
        """Somebody is at work, nothing waits long, nothing has failed."""
        return self.workers > 0 and self.oldest_seconds < 300 and not self.failed

    def lines(self) -> list[str]:
        """What `motcua doctor` says."""
        said = [
            f"workers at work: {self.workers}",
            f"jobs waiting: {self.waiting} (the oldest for {self.oldest_seconds} s), for later: {self.later}, "
            f"at hand: {self.doing}, left by a dead worker: {self.left}",
        ]
        said += [f"failed: {count} × {name}" for name, count in self.failed.items()]
        return said

    def __str__(self) -> str:
        return "; ".join(self.lines())


HEALTH = """
SELECT
  (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %(stalled)s)),
  count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
  coalesce(extract(epoch FROM max(now() - coalesce(scheduled_at, (
    SELECT min(at) FROM procrastinate_events event WHERE event.job_id = job.id AND event.type = 'deferred'
  ))) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())), 0)::int,
  count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
  count(*) FILTER (WHERE status = 'doing'),
  count(*) FILTER (WHERE status = 'doing' AND NOT EXISTS (
    SELECT 1 FROM procrastinate_workers worker
     WHERE worker.id = job.worker_id AND worker.last_heartbeat > now() - make_interval(secs => %(stalled)s)
  ))
FROM procrastinate_jobs job WHERE status IN ('todo', 'doing')
"""


def jobs_health() -> JobsHealth:
    """Count workers and jobs, for `motcua doctor`."""
    with connection.cursor() as cursor:
        cursor.execute(HEALTH, {"stalled": STALLED_SECONDS})
        row = cursor.fetchone()
        cursor.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY task_name ORDER BY 1"
        )
        failed = {str(name): int(count) for name, count in cursor.fetchall()}
    workers, waiting, oldest, later, doing, left = (int(value) for value in row or [0] * 6)
    return JobsHealth(workers, waiting, oldest, later, doing, left, failed)
