"""A whole portal on one machine: `make run`, and other commands on its database."""

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from motcua.config.cli import CommandError, preparing, setup
from motcua.config.cli.children import Processes, program, say, start_stand_ins, stop_in_order, wait_for
from motcua.config.embedded import Server, die_with_parent
from motcua.config.ports import free_port

PROJECT = Path(__file__).resolve().parents[4]
NEEDED_MB = 300


def run(given: argparse.Namespace) -> int:
    """Database, migrations, sample, mail catcher, demo peers, worker and web; Ctrl-C stops all of it."""
    if given.with_parent:
        die_with_parent(signal.SIGTERM)()
    stop_in_order()
    folder = run_dir()
    with only_one(folder):
        port = chosen_port()
        check_space(folder)
        _run(folder, port)
    say("\nEverything is stopped. The data is kept; `make run` goes on with it.")
    return 0


def _run(folder: Path, port: int) -> None:
    with database(folder) as (url, server):
        environment = local_environment(folder, port, url)
        os.environ.update(environment)
        remember(folder, environment)
        setup()
        preparing.prepare()
        with Processes(environment) as processes:
            if server and server.process:
                processes.watched.append(("the database", server.process))
            processes.start(
                "web", "granian", "--interface", "wsgi", "--host", environment["MOTCUA_BIND"], "--port", str(port),
                "--workers", "2", "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
                "--respawn-failed-workers", "motcua.config.wsgi:application",
            )  # fmt: skip
            wait_for(port, processes)  # the page first: on two cores the others would only slow it down
            processes.start("mail catcher", "motcua", "mail-catcher")
            processes.start("demo gateways", "motcua", "demo-peers")
            start_stand_ins(processes)
            processes.start("worker", "motcua", "worker")
            say(preparing.welcome())
            processes.wait()


def run_with_database(given: argparse.Namespace) -> int:
    """`motcua local WORDS`: run WORDS with the database that `make run` uses, starting it if it isn't running."""
    if not given.words:
        raise CommandError("say what to run: motcua local manage shell")
    folder = run_dir()
    try:
        with only_one(folder), database(folder) as (url, _):
            return _call(given.words, local_environment(folder, chosen_port(check=False), url))
    except AlreadyRunning:
        return _call(given.words, dict(os.environ) | remembered(folder))


def at_home(act: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command that needs the database, said without DATABASE_URL: it is the one of this folder, as for `make run`."""

    def run_at_home(given: argparse.Namespace) -> int:
        if os.environ.get("DATABASE_URL", "").strip():
            return act(given)
        return run_with_database(argparse.Namespace(words=sys.argv[1:]))

    return run_at_home


REMEMBERED = (
    "DATABASE_URL", "MOTCUA_LOCAL", "MOTCUA_RUN_DIR", "MOTCUA_BASE_URL", "MOTCUA_SMTP_PORT", "MOTCUA_DEMO_PEERS_URL",
    "MOTCUA_BIND", "MOTCUA_NATIONAL_ISSUER", "MOTCUA_VNPAY_URL", "MOTCUA_VNPAY_API_URL",
    "MOTCUA_POST_URL",
    "MOTCUA_ZALO_URL",
)  # fmt: skip


def remember(folder: Path, environment: dict[str, str]) -> None:
    """Leave word where the database, the mail catcher and the gateways of this start are."""
    note = folder / "started.json"
    note.unlink(missing_ok=True)
    note.touch(mode=0o600)
    note.write_text(json.dumps({name: environment[name] for name in REMEMBERED}))


def remembered(folder: Path) -> dict[str, str]:
    """What the start that is at work now has left word of.

    Raises:
        CommandError: it is just beginning.
    """
    try:
        found: dict[str, str] = json.loads((folder / "started.json").read_text())
    except (OSError, ValueError):
        raise CommandError(f"another command is at work in {folder}. Try again in a moment.") from None
    return found


def _call(words: list[str], environment: dict[str, str]) -> int:
    """Ctrl-C is the command's own business (a shell goes on after it); our database must outlive the command."""
    signal.signal(signal.SIGINT, lambda *_: None)
    return subprocess.run(
        [program("motcua"), *words], env=environment, check=False, preexec_fn=die_with_parent(signal.SIGTERM)
    ).returncode


# ---- what must be so before anything starts ----


class AlreadyRunning(CommandError):
    """Another `make run` of this folder is at work."""


def run_dir() -> Path:
    """Where everything that a local start writes lies."""
    folder = Path(os.environ.get("MOTCUA_RUN_DIR", "").strip() or PROJECT / ".run").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lock").open("a").close()
    except OSError as trouble:
        raise CommandError(
            f"the folder {folder} can't be written ({trouble.strerror}); MOTCUA_RUN_DIR names another."
        ) from None
    return folder


def chosen_port(*, check: bool = True) -> int:
    """The port from PORT, 8000 if it isn't set.

    Raises:
        CommandError: it is no port, or something else listens there.
    """
    value = os.environ.get("PORT", "").strip() or "8000"
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise CommandError(f"PORT={value} is not a port; use a number from 1 to 65535.")
    port = int(value)
    if check:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((os.environ.get("MOTCUA_BIND", "127.0.0.1"), port))
            except PermissionError:
                raise CommandError(f"port {port} may only be used by root; try PORT=8080 make run.") from None
            except OSError:
                raise CommandError(f"port {port} is in use by another program; try PORT={port + 1} make run.") from None
    return port


def check_space(folder: Path) -> None:
    """A full disk is said before it breaks something.

    Raises:
        CommandError: less than 300 MB are free.
    """
    free = shutil.disk_usage(folder).free // 2**20
    if free < NEEDED_MB:
        raise CommandError(f"the disk is almost full: {free} MB are free in {folder}, {NEEDED_MB} MB are needed.")


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; it falls with the process, however that ends.

    Raises:
        AlreadyRunning: somebody else holds it.
    """
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(
                f"Một Cửa is already running from this folder ({folder}). Stop it with Ctrl-C where it was started."
            ) from None
        yield


@contextlib.contextmanager
def database(folder: Path) -> Iterator[tuple[str, Server | None]]:
    """The address of the database: the one in DATABASE_URL, else an embedded server of this folder, and that server."""
    named = os.environ.get("DATABASE_URL", "").strip()
    if named:
        yield named, None
        return
    with Server(folder / "postgres") as server:
        server.ensure_database("motcua")
        yield server.url("motcua"), server


def local_environment(folder: Path, port: int, url: str) -> dict[str, str]:
    """The configuration of a local start; what the caller has set stays."""
    vnpay = f"http://127.0.0.1:{free_port()}"
    return (
        {
            "MOTCUA_LOCAL": "1",
            "MOTCUA_BASE_URL": f"http://127.0.0.1:{port}",
            "MOTCUA_SMTP_PORT": str(free_port()),
            "MOTCUA_DEMO_PEERS_URL": f"http://127.0.0.1:{free_port()}",
            "MOTCUA_NATIONAL_ISSUER": f"http://127.0.0.1:{steady_port(folder, 'MOTCUA_NATIONAL_ISSUER')}",
            "MOTCUA_VNPAY_URL": f"{vnpay}/paymentv2/vpcpay.html",
            "MOTCUA_VNPAY_API_URL": f"{vnpay}/merchant_webapi/api/transaction",
            "MOTCUA_ZALO_URL": f"http://127.0.0.1:{steady_port(folder, 'MOTCUA_ZALO_URL')}",
            "MOTCUA_POST_URL": f"http://127.0.0.1:{free_port()}/api",
            "MOTCUA_RUN_DIR": str(folder),
            "MOTCUA_BIND": "127.0.0.1",
            "PYTHONUNBUFFERED": "1",
        }
        | dict(os.environ)
        | {"DATABASE_URL": url}
    )


def steady_port(folder: Path, name: str) -> int:
    """The port that an earlier start of this folder had for this address, if it is free: its name is kept in tables."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        port = urllib.parse.urlsplit(json.loads((folder / "started.json").read_text())[name]).port
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
        return int(port)
    return free_port()
