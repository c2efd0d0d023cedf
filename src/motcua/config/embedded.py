"""A PostgreSQL of one's own, for `make run` and `make test` on a machine where none is installed.

PostgreSQL refuses to run as root, so there it runs as an unprivileged user, from folders that this user can reach.
Clients come in by a Unix socket in a short folder (a path over 107 bytes is refused); no port is opened.
"""

import contextlib
import ctypes
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.config.binaries import OPEN_TO_ALL, ServerError, find_binaries, major_version, passable, readable_copy

__all__ = ["Server", "ServerError", "die_with_parent", "find_binaries", "major_version"]

START_SECONDS = 60
STOP_SECONDS = 60
SUPERUSER = "motcua"
PR_SET_PDEATHSIG = 1


def unprivileged_user(data: Path) -> pwd.struct_passwd | None:
    """Who runs the server when we are root: the data's owner if there is data; nobody else is needed otherwise."""
    if os.geteuid() != 0:
        return None
    if (data / "PG_VERSION").exists() and data.stat().st_uid != 0:
        with contextlib.suppress(KeyError):
            return pwd.getpwuid(data.stat().st_uid)
    for name in ("postgres", "nobody", "daemon"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("PostgreSQL can't run as root, and there is no user postgres, nobody or daemon to run it as.")


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """What a child calls before it starts: where Linux offers it, it gets this signal when its parent is killed."""

    def ask() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)

    return ask


@dataclass
class Server:
    """One server with its data folder; `with Server(...) as server: server.url("motcua")`.

    Args:
        home: where the data should lie. As root in a closed folder, where the server's user can't come, only a note
            lies here that says which folder of /var/tmp it is.
        durable: False for tests: nothing is flushed to disk.

    Raises:
        ServerError: we are root and there is no other user.
    """

    home: Path
    durable: bool = True
    process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.home = self.home.resolve()
        self.user = unprivileged_user(self.home)
        self.note = self.home / "elsewhere"
        self.data = OPEN_TO_ALL / f"motcua-postgres-{self._mark()}" if self._must_move() else self.home
        name = f"motcua-pg-{hashlib.sha256(str(self.home).encode()).hexdigest()[:10]}"
        self.socket_dir = Path(tempfile.gettempdir()) / name
        if len(str(self.socket_dir)) > 80:
            self.socket_dir = Path("/tmp") / name  # noqa: S108 (mode 0700)
        self.log = self.data.with_name(self.data.name + ".log")

    def url(self, database: str) -> str:
        """The address of one of its databases, as DATABASE_URL wants it."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.socket_dir}"

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server, after whatever an earlier start left behind was cleared away.

        Raises:
            ServerError: no binaries, no space, no permission; with the end of the server's own log.
        """
        try:
            self._start()
        except OSError as trouble:
            self.stop()
            raise ServerError(
                f"The database can't be started: {trouble.strerror or trouble}: {trouble.filename or self.data}"
            ) from None
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        self._make_folder(self.socket_dir)
        self._end_leftover()
        written = self._version_of_data()
        binaries = find_binaries(written)
        if written not in {None, here := major_version(binaries)}:
            raise ServerError(
                f"The data in {self.data} was made by PostgreSQL {written}; {binaries} is {here}. "
                f"Name the older one in PG_BIN, or move the folder away to start anew."
            )
        if self.user:
            binaries = readable_copy(binaries)
        if written is None:
            self._create(binaries)
        options = ["listen_addresses=", f"unix_socket_directories={self.socket_dir}", "max_connections=100"]
        # Its log must not quote the statement that failed, nor the row: they hold people's data.
        options += ["log_min_error_statement=panic", "log_error_verbosity=terse"]
        if not self.durable:
            options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        words = [word for option in options for word in ("-c", option)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [binaries / "postgres", "-D", self.data, *words],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, cwd="/",
                preexec_fn=die_with_parent(signal.SIGINT), **self._identity(),
            )  # fmt: skip
        self._wait_until_ready()

    def stop(self) -> None:
        """End all sessions and stop; waits until the process is gone."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # "fast": sessions are ended, data is kept
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(STOP_SECONDS)
        self.process = None

    def remove(self) -> None:
        """Stop and delete the data; for tests."""
        self.stop()
        for folder in (self.data, self.data.with_name(self.data.name + ".new"), self.socket_dir):
            shutil.rmtree(folder, ignore_errors=True)
        self.note.unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)

    def ensure_database(self, name: str) -> None:
        """Create the database unless it is there."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))

    # ---- where ----

    def _must_move(self) -> bool:
        return self.user is not None and not passable(self.home.parent)

    def _mark(self) -> str:
        """Random, so that nobody else can make the folder first, and a new clone at an old path has data of its own."""
        try:
            return self.note.read_text().strip()
        except OSError:
            return secrets.token_hex(6)

    def _identity(self) -> dict[str, Any]:
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}

    def _make_folder(self, folder: Path) -> None:
        """A folder of the server's user that nobody else can enter.

        Raises:
            ServerError: somebody else made it, or it is a link: handing it over could give away any folder.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        facts = folder.lstat()
        owners = {os.geteuid(), self.user.pw_uid} if self.user else {os.geteuid()}
        if facts.st_uid not in owners or not stat.S_ISDIR(facts.st_mode):
            raise ServerError(f"{folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.")
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)
        folder.chmod(0o700)

    # ---- steps ----

    def _version_of_data(self) -> int | None:
        """The version that made the data; None when there is none, and it is to be made."""
        try:
            if not (self.data / "global" / "pg_control").exists():
                return None
            return int((self.data / "PG_VERSION").read_text().split(".")[0])
        except (OSError, ValueError) as trouble:
            raise ServerError(
                f"The data in {self.data} can't be read ({trouble}). Move the folder away to start anew."
            ) from None

    def _create(self, binaries: Path) -> None:
        """Make the data beside its place and move it there when it is whole: what was interrupted never counts."""
        fresh = self.data.with_name(self.data.name + ".new")
        if self._must_move():
            self.home.mkdir(parents=True, exist_ok=True)
            self.note.write_text(self.data.name.rsplit("-", 1)[1])
        shutil.rmtree(fresh, ignore_errors=True)
        self._make_folder(fresh)
        builtin = major_version(binaries) >= 17
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if builtin else ["--locale=C.UTF-8"]
        sync = [] if self.durable else ["--no-sync"]
        done = subprocess.run(
            [
                binaries / "initdb", "-D", fresh, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-instructions",
                *locale, *sync,
            ],
            capture_output=True, text=True, cwd="/", check=False, **self._identity(),
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise ServerError(f"The database could not be created in {self.data}:\n{done.stderr.strip()[-800:]}")
        if self.data.exists():  # no data, or half of it: kept aside, in case somebody wants to look
            if any(self.data.iterdir()):
                self.data.rename(self.data.with_name(f"{self.data.name}.broken-{secrets.token_hex(3)}"))
            else:
                self.data.rmdir()
        fresh.rename(self.data)

    def _end_leftover(self) -> None:
        """After a killed start the old server may still be there: end it and wait until it is gone."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if not self._is_ours(pid):
            pid_file.unlink(missing_ok=True)
            return
        deadline = time.monotonic() + STOP_SECONDS
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        while self._is_ours(pid):
            if time.monotonic() > deadline:
                raise ServerError(f"An earlier database server (process {pid}) does not end. Stop it and try again.")
            time.sleep(0.05)

    def _is_ours(self, pid: int) -> bool:
        """Is this process alive, and the server of this data (not a later process with the same number)?"""
        return f"-D {self.data} " in _command_of(pid)

    def _wait_until_ready(self) -> None:
        import psycopg

        deadline = time.monotonic() + START_SECONDS
        while True:
            assert self.process is not None
            if self.process.poll() is not None:
                self.process = None
                raise ServerError(f"The database server did not start:\n{self._log_end()}")
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise ServerError(f"The database server does not answer:\n{self._log_end()}") from None
                time.sleep(0.05)

    def _log_end(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return "(no log)"


def _command_of(pid: int) -> str:
    """The command line of a living process; empty when there is none."""
    try:
        if sys.platform != "linux":
            words = ["ps", "-ww", "-p", str(pid), "-o", "args="]
            return subprocess.run(words, capture_output=True, text=True, check=False).stdout
        if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return ""
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
