"""A PostgreSQL for one command: made for it, removed after it, however it ends."""

import contextlib
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from motcua.config.embedded import Server, ServerError


@contextlib.contextmanager
def database() -> Iterator[dict[str, str]]:
    """The configuration of a local start on an empty database.

    Raises:
        ServerError: no database can be had.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-") as name:
        folder = Path(name)
        server = Server(folder / "postgres", durable=False)
        try:
            server.start()
            server.ensure_database("motcua")
            (folder / "run" / "static").mkdir(parents=True)
            yield {"DATABASE_URL": server.url("motcua"), "MOTCUA_LOCAL": "1", "MOTCUA_RUN_DIR": str(folder / "run")}
        finally:
            server.remove()


def said(act: Callable[[], int], *known: type[Exception]) -> int:
    """The exit code of `act`; 2 with one clear line when there is no database, or one of the known troubles."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # as Ctrl-C: the server is stopped and removed
    try:
        return act()
    except (ServerError, *known) as trouble:
        print(f"{Path(sys.argv[0]).name}: {trouble}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
