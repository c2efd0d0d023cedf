"""Jobs that only the tests of real workers know; the worker process imports this module."""

import time
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.audit.services import record
from motcua.core.jobs import Backoff


@app.task(name="tests.act", queue="tests", retry=Backoff())
def act(ref: str, wait: str = "", seconds: float = 0) -> None:
    """An act that records itself; in its middle it waits, as long as the file `wait` is there, or some seconds."""
    with transaction.atomic():
        record("dossier.viewed", subject_kind="test", subject_ref=ref, actor=None)
        if wait:
            Path(wait + ".reached").touch()
            while Path(wait).exists():
                time.sleep(0.02)
        time.sleep(seconds)


@app.task(name="tests.rolled_back", queue="tests")
def rolled_back(ref: str) -> None:
    """Queues another act, then goes wrong."""
    with transaction.atomic():
        app.configure_task("tests.act", queue="tests").defer(ref=ref)
        raise RuntimeError("wrong on purpose")
