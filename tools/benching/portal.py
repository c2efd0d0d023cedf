"""A portal to measure: its own database, its own files, the server as `make run` starts it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from motcua.config.embedded import Server, die_with_parent

WORKERS, THREADS = 2, 2  # as in motcua.config.cli.local
APPLICATION = "motcua.config.wsgi:application"


@dataclass
class Portal:
    """Where it answers, and whose processor time is whose."""

    host: str
    port: int
    web: psutil.Process
    database: psutil.Process

    def cpu(self) -> tuple[float, float]:
        """Processor seconds so far: of the web processes, of the database."""
        return _seconds(self.web), _seconds(self.database)


def _seconds(root: psutil.Process) -> float:
    total = 0.0
    for process in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def environment(folder: Path, port: int, url: str) -> dict[str, str]:
    """Production's settings but for https; behind a proxy, so that every visitor can have an address of their own."""
    return {
        "DATABASE_URL": url,
        "MOTCUA_LOCAL": "1",
        "MOTCUA_BEHIND_PROXY": "1",
        "MOTCUA_BASE_URL": f"http://127.0.0.1:{port}",
        "MOTCUA_RUN_DIR": str(folder / "run"),
        "MOTCUA_STATIC_DIR": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
    }


@contextlib.contextmanager
def database(folder: Path) -> Iterator[tuple[Server, str]]:
    """A PostgreSQL of its own that flushes to disk as a real one does; gone afterwards."""
    server = Server(folder / "postgres")
    server.start()
    try:
        server.ensure_database("motcua")
        yield server, server.url("motcua")
    finally:
        server.remove()


@contextlib.contextmanager
def serving(server: Server, port: int, *, threads: int = THREADS, application: str = APPLICATION) -> Iterator[Portal]:
    """The web server, for as long as it is measured."""
    granian = Path(sys.executable).with_name("granian")
    web = subprocess.Popen(
        [
            granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS),
            "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning", application,
        ],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if web.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("bench: the web server does not start; see above.")
            time.sleep(0.1)
        assert server.process is not None
        yield Portal("127.0.0.1", port, psutil.Process(web.pid), psutil.Process(server.process.pid))
    finally:
        web.terminate()
        try:
            web.wait(20)
        except subprocess.TimeoutExpired:
            web.kill()
            web.wait()
