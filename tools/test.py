"""Run pytest on a PostgreSQL made for this one run: `tools/test.py tests/eforms -x`; `--everything` runs all."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from browser import NoBrowser, find
from motcua.config.embedded import Server, ServerError

PROJECT = Path(__file__).resolve().parents[1]


def main() -> int:
    """The exit code of pytest; 2 when no database or no browser could be had."""
    words = sys.argv[1:]
    environment = dict(os.environ)
    try:
        if words == ["--everything"]:
            words = ["tests", "-q", "-n", str(os.cpu_count() or 2), "--dist", "loadfile", "--no-loadscope-reorder"]
            environment["MOTCUA_TEST_BROWSER"] = find()
        with tempfile.TemporaryDirectory(prefix="motcua-test-") as folder:
            began = time.monotonic()
            code = run(words, environment, Path(folder))
            print(f"{time.monotonic() - began:.0f} s", flush=True)
            return code
    except (ServerError, NoBrowser) as trouble:
        print(f"make test: {trouble}", file=sys.stderr)
        return 2


def run(words: list[str], environment: dict[str, str], folder: Path) -> int:
    """Pytest between the start and the end of a server."""
    server = Server(folder / "postgres", durable=False)
    try:
        server.start()
        server.ensure_database("motcua")
        (folder / "run" / "static").mkdir(parents=True)
        environment |= {
            "DATABASE_URL": server.url("motcua"),
            "MOTCUA_LOCAL": "1",
            "MOTCUA_RUN_DIR": str(folder / "run"),
        }
        return subprocess.run(
            [sys.executable, "-m", "pytest", *words], cwd=PROJECT, env=environment, check=False
        ).returncode
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(main())
