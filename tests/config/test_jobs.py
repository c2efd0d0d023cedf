"""The jobs: real workers that are stopped, killed and cut off; lost jobs, failed ones, old ones."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.audit.models import Event
from motcua.config import jobs
from motcua.config.peers.gateways import Gateways, Trouble, handler
from motcua.notifications import services
from motcua.notifications.models import Message
from motcua.notifications.services import Recipient
from tests.config import worker_jobs

assert worker_jobs  # registers the jobs in this process

PROGRAM = """
import django; django.setup()
from tests.config import worker_jobs
from motcua.config.jobs import run_worker
run_worker(concurrency=2, heartbeat_seconds=0.2, stalled_seconds=1)
"""


def query(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def statuses() -> list[object]:
    """Of this module's jobs; a real worker also queues the periodic ones of all rooms."""
    return [row[0] for row in query("SELECT status FROM procrastinate_jobs WHERE queue_name = 'tests' ORDER BY id")]


def wait_until(so: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < deadline, "It did not come about."
        time.sleep(0.05)


def defer(name: str, **values: object) -> None:
    app.configure_task(name, queue="tests").defer(**values)


class TestRealWorkers:
    """Each test has a database of its own that other processes see, and starts `run_worker` in processes of its own."""

    pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_worker]

    @pytest.fixture
    def gateways(self, tmp_path: Path) -> Iterator[Gateways]:
        peers = Gateways(tmp_path / "peers")
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler(peers))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self.gateway_url = f"http://127.0.0.1:{server.server_address[1]}"
        yield peers
        server.shutdown()
        thread.join()
        server.server_close()

    @pytest.fixture
    def start_worker(self) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
        running: list[subprocess.Popen[bytes]] = []
        name = str(connection.settings_dict["NAME"])
        url = os.environ["DATABASE_URL"].replace("/motcua?", f"/{name}?")

        def start() -> "subprocess.Popen[bytes]":
            environment = os.environ | {
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
                "MOTCUA_MESSAGE_CLAIM_SECONDS": "2",
                "MOTCUA_DEMO_PEERS_URL": getattr(self, "gateway_url", "http://127.0.0.1:9"),
                "PGAPPNAME": "worker-under-test",
                "PYTHONPATH": os.pathsep.join(["src", "."]),
            }
            running.append(subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment))
            return running[-1]

        yield start
        for process in running:
            process.kill()
            process.wait()

    def test_a_worker_killed_in_the_middle_of_an_act_leaves_nothing_and_the_next_one_does_it_once(
        self, start_worker: Callable[[], "subprocess.Popen[bytes]"], tmp_path: Path
    ) -> None:
        wait = tmp_path / "wait"
        wait.touch()
        defer("tests.act", ref="killed", wait=str(wait))
        first = start_worker()
        wait_until(Path(f"{wait}.reached").exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
        wait.unlink()
        assert statuses() == ["doing"]
        assert not Event.objects.filter(subject_ref="killed").exists()
        start_worker()
        wait_until(lambda: statuses() == ["succeeded"])
        assert Event.objects.filter(subject_ref="killed").count() == 1

    def test_a_message_whose_worker_was_killed_before_the_gateway_answered_arrives_once(
        self, start_worker: Callable[[], "subprocess.Popen[bytes]"], gateways: Gateways
    ) -> None:
        gateways.troubles["sms"] = Trouble(late=4, times=1)  # taken, but the answer never reaches the row
        [message] = services.notify("dossier_withdrawn", Recipient(phone="+84900000217"), key="k", ref="NH-1")
        first = start_worker()
        wait_until(lambda: gateways.got)
        first.send_signal(signal.SIGKILL)
        first.wait()
        message.refresh_from_db()
        assert message.state == Message.State.QUEUED
        start_worker()
        wait_until(lambda: Message.objects.get().state == Message.State.SENT)
        message.refresh_from_db()
        assert message.provider_ref == gateways.got[0]["message_id"]
        assert len(gateways.got) == 1
        assert message.attempts == 2

    def test_a_message_whose_worker_was_killed_before_anything_was_sent_arrives(
        self, start_worker: Callable[[], "subprocess.Popen[bytes]"], gateways: Gateways
    ) -> None:
        gateways.troubles["sms"] = Trouble(seconds=3, status=503, times=1)
        services.notify("dossier_withdrawn", Recipient(phone="+84900000217"), key="k", ref="NH-1")
        first = start_worker()
        wait_until(lambda: gateways.troubles["sms"].times == 0)
        first.send_signal(signal.SIGKILL)
        first.wait()
        start_worker()
        wait_until(lambda: Message.objects.get().state == Message.State.SENT)
        assert len(gateways.got) == 1

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_worker_told_to_stop_finishes_what_it_is_at(
        self, start_worker: Callable[[], "subprocess.Popen[bytes]"], tmp_path: Path, number: signal.Signals
    ) -> None:
        wait = tmp_path / "wait"
        defer("tests.act", ref="last", wait=str(wait), seconds=1)
        worker = start_worker()
        wait_until(Path(f"{wait}.reached").exists)
        worker.send_signal(number)
        assert worker.wait(60) == 0
        assert statuses() == ["succeeded"]
        assert Event.objects.filter(subject_ref="last").count() == 1
        assert query("SELECT * FROM procrastinate_workers") == []

    def test_an_idle_worker_stops_when_told(self, start_worker: Callable[[], "subprocess.Popen[bytes]"]) -> None:
        worker = start_worker()
        wait_until(lambda: jobs.jobs_health().workers == 1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0

    def test_a_job_queued_inside_a_job_that_fails_is_never_done(
        self, start_worker: Callable[[], "subprocess.Popen[bytes]"]
    ) -> None:
        defer("tests.rolled_back", ref="never")
        start_worker()
        wait_until(lambda: statuses() == ["failed"])
        assert jobs.jobs_health().failed == {"tests.rolled_back": 1}
        assert not jobs.jobs_health().ok

    def test_a_worker_outlives_a_database_that_cuts_it_off(
        self, start_worker: Callable[[], "subprocess.Popen[bytes]"]
    ) -> None:
        worker = start_worker()
        defer("tests.act", ref="before")
        wait_until(lambda: statuses() == ["succeeded"])
        query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'worker-under-test' AND datname = current_database()"
        )
        defer("tests.act", ref="after")
        wait_until(lambda: statuses() == ["succeeded", "succeeded"])
        assert worker.poll() is None


@pytest.mark.django_db
class TestLostJobs:
    def left(self, *, beat_seconds_ago: float | None, attempts: int = 0) -> None:
        """A job at hand; its worker said so many seconds ago that it is alive (None: it is not even known)."""
        defer("tests.act", ref="x")
        worker = None
        if beat_seconds_ago is not None:
            [[worker]] = query(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
                " RETURNING id",
                beat_seconds_ago,
            )
        query("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s", worker, attempts)

    @pytest.mark.parametrize(("beat", "taken"), [(None, 1), (31, 1), (29, 0), (0, 0)])
    def test_only_a_dead_workers_job_is_taken_back(self, beat: float | None, taken: int) -> None:
        self.left(beat_seconds_ago=beat)
        assert jobs.take_back() == taken
        assert statuses() == ["todo" if taken else "doing"]

    def test_a_job_that_kills_every_worker_is_given_up(self) -> None:
        self.left(beat_seconds_ago=None, attempts=jobs.MOST_ATTEMPTS)
        jobs.take_back()
        assert statuses() == ["failed"]

    def test_a_job_taken_back_is_done(self, run_jobs: Callable[[], list[str]]) -> None:
        self.left(beat_seconds_ago=None)
        jobs.take_back()
        assert run_jobs() == ["tests.act"]

    def test_two_workers_never_take_back_the_same_job(self) -> None:
        self.left(beat_seconds_ago=None)
        assert (jobs.take_back(), jobs.take_back()) == (1, 0)


@pytest.mark.django_db
class TestHealth:
    def test_says_who_works_and_what_waits(self) -> None:
        query("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now() - interval '1 hour')")
        defer("tests.act", ref="due")
        app.configure_task("tests.act", queue="tests", schedule_in={"hours": 1}).defer(ref="later")
        health = jobs.jobs_health()
        assert (health.workers, health.waiting, health.later, health.doing, health.failed) == (1, 1, 1, 0, {})
        assert health.ok
        assert "workers at work: 1" in health.lines()

    def test_says_how_long_the_oldest_has_waited(self) -> None:
        defer("tests.act", ref="due")
        query("UPDATE procrastinate_events SET at = now() - interval '10 minutes'")
        health = jobs.jobs_health()
        assert 595 <= health.oldest_seconds <= 660
        assert not health.ok

    def test_an_empty_house_is_quiet(self) -> None:
        health = jobs.jobs_health()
        assert (health.waiting, health.oldest_seconds, health.left) == (0, 0, 0)
        assert not health.ok  # nobody is at work


@pytest.mark.django_db
def test_done_jobs_go_after_a_week_and_failed_ones_stay(run_jobs: Callable[..., list[str]]) -> None:
    defer("tests.act", ref="old")
    run_jobs()
    query("UPDATE procrastinate_events SET at = now() - interval '8 days'")
    defer("tests.act", ref="new")
    defer("tests.rolled_back", ref="failed")
    run_jobs(fail=True)
    query("UPDATE procrastinate_events SET at = now() - interval '8 days' WHERE job_id = (SELECT max(id) FROM"
          " procrastinate_jobs)")  # fmt: skip
    jobs.tidy.func(timestamp=0)
    assert statuses() == ["succeeded", "failed"]


@pytest.mark.django_db
def test_run_jobs_leaves_what_is_for_later(run_jobs: Callable[..., list[str]]) -> None:
    app.configure_task("tests.act", queue="tests", schedule_in={"hours": 1}).defer(ref="later")
    assert run_jobs() == []
    assert run_jobs(until=timezone.now() + timedelta(hours=2)) == ["tests.act"]


@pytest.mark.django_db
def test_run_jobs_does_not_pass_over_a_broken_job(run_jobs: Callable[..., list[str]]) -> None:
    defer("tests.rolled_back", ref="x")
    with pytest.raises(RuntimeError):
        run_jobs()


def test_every_job_outlives_a_database_that_was_away_for_a_moment() -> None:
    """A task without a retry strategy fails for good with its first lost connection; a periodic one comes again."""
    app.perform_import_paths()
    periodic = {name for name, _id in app.periodic_registry.periodic_tasks}
    ours = {
        name: task for name, task in app.tasks.items() if not name.startswith(("builtin", "procrastinate", "tests"))
    }
    assert ours
    assert {name for name, task in ours.items() if task.retry_strategy is None} <= periodic
