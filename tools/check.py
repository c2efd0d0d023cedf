"""`make check`: all that can be said of the code without running it as a whole."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from throwaway import database, said

PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
ARCHITECTURE = ["tests/test_architecture.py", "tests/test_journeys.py", "tests/audit/test_acts.py"]
Check = tuple[str, list[str], dict[str, str]]  # name, command, environment


def main() -> int:
    """0 if every check passes; all run, so that one round shows everything."""
    failed = []
    with database() as local, ThreadPoolExecutor(os.cpu_count() or 2) as side_by_side:
        production = local | {
            "MOTCUA_LOCAL": "0", "MOTCUA_ALLOW_DEMO": "1",
            "MOTCUA_SECRET_KEY": os.urandom(40).hex(), "MOTCUA_HOSTS": "dichvucong.example",
            "MOTCUA_BASE_URL": "https://dichvucong.example",
        }  # fmt: skip
        wanted = checks(local, production)
        for (name, *_), (done, seconds) in zip(wanted, side_by_side.map(run, wanted), strict=True):
            print(f"{'FAIL' if done.returncode else 'ok  '} {name} ({seconds:.1f} s)", flush=True)
            if done.returncode:
                failed.append(name)
                print((done.stdout + done.stderr).strip()[-6000:], flush=True)
    print(f"\n{len(failed)} checks failed: {', '.join(failed)}" if failed else "\nAll checks pass.")
    return 1 if failed else 0


def run(check: Check) -> tuple[subprocess.CompletedProcess[str], float]:
    """What a check said, and the seconds it took."""
    _, words, settings = check
    began = time.monotonic()
    done = subprocess.run(words, cwd=PROJECT, env=os.environ | settings, capture_output=True, text=True, check=False)
    return done, time.monotonic() - began


def checks(local: dict[str, str], production: dict[str, str]) -> list[Check]:
    """All of them, the longest first."""
    motcua, python = str(BIN / "motcua"), sys.executable
    templates = sorted(str(path.relative_to(PROJECT)) for path in (PROJECT / "src").rglob("*.html"))
    return [
        ("mypy", [python, "-m", "mypy"], local),
        ("architecture", [python, "-m", "pytest", "-q", *ARCHITECTURE], local),
        ("ruff", [str(BIN / "ruff"), "check", "src", "tests", "tools"], {}),
        ("format", [str(BIN / "ruff"), "format", "--check", "src", "tests", "tools"], {}),
        ("import contracts", [str(BIN / "lint-imports")], local),
        ("migrations", [motcua, "manage", "makemigrations", "--check", "--dry-run"], local),
        ("deploy check", [motcua, "manage", "check", "--deploy", "--fail-level", "WARNING"], production),
        ("template lint", [str(BIN / "djlint"), "--lint", "--quiet", *templates], {}),
    ]


if __name__ == "__main__":
    sys.exit(said(main))
