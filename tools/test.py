"""Run pytest on a PostgreSQL made for this one run: `tools/test.py tests/eforms -x`; `--everything` runs all."""

import os
import subprocess
import sys
import time
from pathlib import Path

from browser import NoBrowser, find
from messages import compile_messages
from throwaway import database, said

PROJECT = Path(__file__).resolve().parents[1]


def main() -> int:
    """The exit code of pytest; 2 when no database or no browser could be had."""
    words = sys.argv[1:]
    environment = dict(os.environ)
    if words == ["--everything"]:
        words = ["tests", "-q", "-n", str(os.cpu_count() or 2), "--dist", "loadfile", "--no-loadscope-reorder"]
        environment["MOTCUA_TEST_BROWSER"] = find()
    compile_messages()
    began = time.monotonic()
    with database() as local:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *words], cwd=PROJECT, env=environment | local, check=False
        )
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(said(main, NoBrowser))
