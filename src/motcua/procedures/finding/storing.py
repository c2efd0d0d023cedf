"""An index as one piece of bytes and back: built once, read by every process."""

import hashlib
import zipfile
from collections.abc import Iterable
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

_QUICK = 1  # of nine: the second it takes to press harder isn't worth the megabyte


_HERE = Path(__file__).parent
# What is written into an index's files: as long as these are the same, the files can be read.
_WRITERS = (
    *(_HERE / name for name in ("engine.py", "entry.py", "index.py", "spelling.py", "storing.py", "vocabulary.py")),
    _HERE.parent / "search" / "catalogue.py",
)


def layout() -> str:
    """What an index's files look like and mean, as 20 characters: another engine or other words make another index.

    The first ten are the `form`. An index of another layout is built anew; of the same form it answers until then.
    """
    everything = [path for path in _HERE.rglob("*") if path.suffix in {".py", ".txt", ".json"}]
    return form() + _digest(everything)[:10]


def form() -> str:
    """What an index's files look like, as ten characters: another program that has the same can read them."""
    return _digest(_WRITERS)[:10]


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(version("tantivy").encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def packed(folder: Path) -> bytes:
    """All files of a folder."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as archive:
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.endswith(".lock"):
                archive.write(path, path.name)
    return content.getvalue()


def unpack(content: bytes, folder: Path) -> None:
    """Put the files back into a folder.

    Raises:
        zipfile.BadZipFile: these aren't packed files.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        archive.extractall(folder)
