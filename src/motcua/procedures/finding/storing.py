"""An index as one piece of bytes and back: built once, read by every process."""

import hashlib
import zipfile
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

_QUICK = 1  # of nine: the second it takes to press harder isn't worth the megabyte


def layout() -> str:
    """What an index's files look like and mean, as 20 characters: another engine or other words make another index.

    An index of another layout isn't read, but built anew.
    """
    digest = hashlib.sha256(version("tantivy").encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".py", ".txt", ".json"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:20]


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
