"""Run a command with a throw-away PostgreSQL: `tools/with_database.py motcua manage makemigrations`."""

import os
import subprocess
import sys

from throwaway import database, said


def main() -> int:
    """The exit code of the command."""
    with database() as local:
        return subprocess.run(sys.argv[1:], env=os.environ | local, check=False).returncode


if __name__ == "__main__":
    sys.exit(said(main))
