"""Run pytest against a PostgreSQL made for this one run: `tools/test.py tests/eforms -x`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from motcua.config.embedded import Server, ServerError


def main() -> int:
    """The exit code of pytest; 2 when no database could be had."""
    with tempfile.TemporaryDirectory(prefix="motcua-test-") as folder:
        server = Server(Path(folder) / "postgres", durable=False)
        try:
            server.start()
        except ServerError as trouble:
            print(f"make test: {trouble}", file=sys.stderr)
            return 2
        try:
            server.ensure_database("motcua")
            environment = os.environ | {
                "DATABASE_URL": server.url("motcua"),
                "MOTCUA_LOCAL": "1",
                "MOTCUA_RUN_DIR": str(Path(folder) / "run"),
            }
            return subprocess.run(
                [sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment, check=False
            ).returncode
        finally:
            server.remove()


if __name__ == "__main__":
    sys.exit(main())
