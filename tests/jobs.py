"""Jobs in tests. The fixture `run_jobs` (tests/conftest.py imports it, so every test has it):

    def test_the_person_is_told(db, run_jobs):
        services.accept(dossier, by=chi)
        assert run_jobs() == ["notifications.deliver", "notifications.deliver"]

It runs every job that is due, and those these jobs defer, in this process and within the test's own transaction, and
returns their names in order. A job that raises is retried or fails as its task says; a failed one raises here, so that
no test passes over a broken job (`run_jobs(fail=True)` lets it stand as failed). Jobs scheduled for later stay, unless
`run_jobs(until=moment)` says that it is later already.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

MOST = 1000  # a job that defers itself without end must not hang the suite

NEXT = """
SELECT id, 'doing' AS status, task_name, priority, lock, queueing_lock, args, scheduled_at, queue_name, attempts,
       worker_id
  FROM procrastinate_jobs
 WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
 ORDER BY priority DESC, id LIMIT 1
"""


@pytest.fixture
def run_jobs(request: pytest.FixtureRequest) -> Callable[..., list[str]]:
    """Run all due jobs here and now; see the module's docstring."""
    if not {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("db")

    def run(*, until: datetime | None = None, fail: bool = False) -> list[str]:
        done: list[str] = []
        while (job := _next(until or timezone.now())) and len(done) < MOST:
            done.append(job.task_name)
            _run(job, fail)
        assert len(done) < MOST, "These jobs never end."
        return done

    return run


def _next(moment: datetime) -> Job | None:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [moment])
        row = cursor.fetchone()
        if not row:
            return None
        found: dict[str, Any] = dict(zip([column[0] for column in cursor.description or []], row, strict=True))
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [found["id"]])
    if isinstance(found["args"], str):
        found["args"] = json.loads(found["args"])
    return Job.from_row(found)


def _run(job: Job, fail: bool) -> None:
    task = app.tasks[job.task_name]
    try:
        task.func(**job.task_kwargs)
    except Exception as trouble:  # a worker's edge: the task says what follows
        again = task.get_retry_exception(exception=trouble, job=job)
        if again:
            _set(
                job,
                "status = 'todo', attempts = attempts + 1, scheduled_at = %s",
                again.retry_decision.retry_at or timezone.now(),
            )
            return
        _set(job, "status = 'failed', attempts = attempts + 1")
        if not fail:
            raise
        return
    _set(job, "status = 'succeeded', attempts = attempts + 1")


def _set(job: Job, assignments: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE procrastinate_jobs SET {assignments} WHERE id = %s", [*values, job.id])
