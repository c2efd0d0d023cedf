"""Run a command with a throw-away PostgreSQL: `tools/with_database.py motcua manage makemigrations`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from motcua.config.embedded import Server


def main() -> int:
    """The exit code of the command."""
    with tempfile.TemporaryDirectory(prefix="motcua-db-") as folder:
        server = Server(Path(folder) / "postgres", durable=False)
        server.start()
        try:
            server.ensure_database("motcua")
            environment = os.environ | {
                "DATABASE_URL": server.url("motcua"),
                "MOTCUA_LOCAL": "1",
                "MOTCUA_RUN_DIR": str(Path(folder) / "run"),
            }
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            server.remove()


if __name__ == "__main__":
    sys.exit(main())
