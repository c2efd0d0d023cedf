"""The processes of a portal on one machine: started, watched and stopped together."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from motcua.config.cli import CommandError
from motcua.config.embedded import die_with_parent

STOP_SECONDS = 15
STAND_INS = (  # command, and the variable with the address at which it answers
    ("demo-national", "MOTCUA_NATIONAL_ISSUER"),
    ("demo-vnpay", "MOTCUA_VNPAY_URL"),
    ("demo-post", "MOTCUA_POST_URL"),
    ("demo-zalo", "MOTCUA_ZALO_URL"),
)


def stop_in_order() -> None:
    """Ctrl-C, SIGTERM and a closed terminal end this process once, in order; what comes later can't disturb that."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(*_: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in numbers:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup: the caller wants it so
            signal.signal(number, stop)


def terminal_watch() -> Callable[[], bool]:
    """Asks whether the terminal of this start was closed.

    The signal for it reaches only the terminal's first process. When that is `make` itself (`ssh -t host make run`),
    it keeps the signal for itself and waits for us.
    """
    poll = select.poll()
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        for number in filter(os.isatty, range(3)):
            poll.register(number, 0)
    return lambda: any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll(0))


def say(words: str) -> None:
    """Print, if anybody still listens: the terminal may be gone."""
    with contextlib.suppress(OSError):
        print(words, flush=True)


def program(name: str) -> str:
    """A program of this virtual environment."""
    return str(Path(sys.executable).with_name(name))


@dataclass
class Processes:
    """Children that live and die together.

    Attributes:
        running: what was started here, and is stopped here.
        watched: somebody else's; all ends when one of them does.
    """

    environment: dict[str, str]
    running: list[tuple[str, subprocess.Popen[bytes]]] = field(default_factory=list)
    watched: list[tuple[str, subprocess.Popen[bytes]]] = field(default_factory=list)

    def start(self, name: str, command: str, *words: str) -> None:
        """Start a program of this virtual environment, in a group of its own so that Ctrl-C reaches only us."""
        child = subprocess.Popen(
            [program(command), *words], env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )  # fmt: skip
        self.running.append((name, child))

    def ended(self) -> str:
        """The name of one that has ended, or nothing."""
        return next((name for name, child in self.watched + self.running if child.poll() is not None), "")

    def wait(self) -> None:
        """Until Ctrl-C, or until the terminal is closed.

        Raises:
            CommandError: one of them ended by itself.
        """
        gone = terminal_watch()
        try:
            while not self.ended():
                if gone():
                    return
                time.sleep(0.3)
        except KeyboardInterrupt:
            say("\nStopping …")
            return
        raise CommandError(f"{self.ended()} has ended by itself; everything else was stopped.")

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        for _name, child in reversed(self.running):
            child.terminate()  # it ends its own children in order
        deadline = time.monotonic() + STOP_SECONDS
        for _name, child in self.running:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
        for _name, child in self.running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def wait_for(port: int, processes: Processes) -> None:
    """Until the portal answers its home page.

    Raises:
        CommandError: a process ended, the page is broken, or a minute passed.
    """
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if processes.ended():
            raise CommandError(f"{processes.ended()} did not start; see above.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
            return
        except urllib.error.HTTPError as trouble:
            raise CommandError(f"the portal answers with an error {trouble.code}; see above.") from None
        except OSError:
            time.sleep(0.1)
    raise CommandError("the portal does not answer after a minute.")


def start_stand_ins(processes: Processes) -> None:
    """Those for whom no real counterpart was named."""
    for command, variable in STAND_INS:
        if urllib.parse.urlsplit(processes.environment[variable]).hostname == "127.0.0.1":
            processes.start(command, "motcua", command)
