"""Where the bytes lie: in Django's storage "documents", each content once, under aa/bb/<its SHA-256>.

The file comes first, its row after, so a crash in between leaves at worst a file that no row names; `sweep` takes it
away after a day. A row without its file never is: who makes the row and who sweeps both hold the content's lock.
"""

import contextlib
import errno
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from motcua.documents.models import Blob
from motcua.documents.rules import StorageFull

CHUNK = 256 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Readable(Protocol):
    """Anything that gives its bytes in parts: an upload, an open file."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Stored:
    """Bytes that lie in the storage and wait for their row; `path` still holds them."""

    sha256: str
    size: int
    path: Path


class TooMuch(Exception):
    """More bytes came than allowed."""


def storage() -> Storage:
    """The storage of all documents."""
    return storages["documents"]


def path_of(sha256: str) -> str:
    """Where this content lies, in terms of the storage."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


@contextlib.contextmanager
def room_or_refusal() -> Iterator[None]:
    """A full disk or store is told to the person; other trouble is a bug and stays one.

    Raises:
        StorageFull: there is no space left.
    """
    try:
        yield
    except OSError as trouble:
        if trouble.errno in FULL:
            raise StorageFull from trouble
        raise


def receive(source: Readable, into: Path, *, most: int) -> int:
    """Copy what comes to a file, part by part; its size in bytes.

    Raises:
        TooMuch: after `most` bytes there was still more.
    """
    size = 0
    with into.open("wb") as file:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise TooMuch
            file.write(chunk)
    return size


def put(*paths: Path) -> list[Stored]:
    """Lay the content of files into the storage. Outside a transaction, please: a remote storage takes its time."""
    waiting = [described(path) for path in paths]
    hashes = [stored.sha256 for stored in waiting]
    there = set(Blob.objects.filter(pk__in=hashes).values_list("pk", flat=True))  # a row says that the file is there
    for stored in waiting:
        if stored.sha256 not in there:
            _write(stored)
    return waiting


def described(path: Path) -> Stored:
    """What this file would be kept as."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Stored(digest.hexdigest(), size, path)


def _write(stored: Stored) -> None:
    name = path_of(stored.sha256)
    with room_or_refusal(), stored.path.open("rb") as file:
        written = storage().save(name, File(file, name))
    if written != name:  # a storage that renames instead of replacing: the other one has the same content
        storage().delete(written)


def claim(waiting: Sequence[Stored]) -> list[Blob]:
    """The rows of stored bytes; in a transaction, which must also make the row that refers to them.

    A file that the sweep took away in between is laid down again.
    """
    lock(*(stored.sha256 for stored in waiting))
    blobs = [Blob(sha256=stored.sha256, size=stored.size) for stored in waiting]
    Blob.objects.bulk_create(blobs, ignore_conflicts=True)
    for stored in waiting:
        if not storage().exists(path_of(stored.sha256)):
            _write(stored)
    return blobs


def lock(*hashes: str) -> None:
    """Hold these contents until the transaction ends; always in the same order, so that nobody waits in a circle."""
    keys = sorted({int(sha256[:15], 16) for sha256 in hashes})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def open_file(blob: Blob) -> "File[Any]":
    """The bytes, to be read and closed.

    Raises:
        FileNotFoundError: the storage has lost them; see `queries.verify`.
    """
    file = storage().open(path_of(blob.sha256), "rb")
    file.seek(0)  # some storages hand out the same object again, read to its end
    return file


@contextlib.contextmanager
def local_file(blob: Blob) -> Iterator[Path]:
    """A path on this machine with the content: the storage's own file, or a copy for as long as it is needed."""
    here = storage()
    if isinstance(here, FileSystemStorage):
        yield Path(here.path(path_of(blob.sha256)))
        return
    with tempfile.TemporaryDirectory(prefix="motcua-blob-") as folder:
        copy = Path(folder) / "content"
        with open_file(blob) as source, copy.open("wb") as file:
            while chunk := source.read(CHUNK):
                file.write(chunk)
        yield copy


def files_before(moment: datetime) -> Iterator[str]:
    """The names of files last written before a moment. Reads the whole store: for the nightly sweep only."""
    store = storage()
    for first in sorted(_folders(store, "")):
        for second in sorted(_folders(store, first)):
            for name in store.listdir(second)[1]:
                if _is_older(f"{second}/{name}", moment):
                    yield f"{second}/{name}"


def _folders(store: Storage, path: str) -> list[str]:
    try:
        return [f"{path}/{name}".lstrip("/") for name in store.listdir(path)[0] if len(name) == 2]
    except FileNotFoundError:
        return []


def _is_older(name: str, moment: datetime) -> bool:
    """Whether the file was last written before a moment; False when it is gone."""
    try:
        return storage().get_modified_time(name) < moment
    except FileNotFoundError:
        return False


@transaction.atomic
def remove_unclaimed(name: str, moment: datetime) -> bool:
    """Delete a file that no row names and that is older than a moment; whether it was deleted."""
    sha256 = name.rpartition("/")[2]
    if len(sha256) == 64:  # else half-written by a process that was killed
        lock(sha256)
        if Blob.objects.filter(pk=sha256).exists() or not _is_older(name, moment):
            return False
    storage().delete(name)
    return True


@transaction.atomic
def remove_unused(sha256: str, moment: datetime) -> bool:
    """Delete a row that nothing refers to, and its file; whether it was deleted. The row goes first: see above."""
    lock(sha256)
    try:
        with transaction.atomic():
            gone, _ = Blob.objects.filter(pk=sha256, created_at__lt=moment).delete()
    except (ProtectedError, IntegrityError):  # taken into use since it was listed
        return False
    if gone:
        transaction.on_commit(lambda: remove_unclaimed(path_of(sha256), timezone.now()))
    return bool(gone)
