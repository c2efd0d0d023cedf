"""Reading files: their bytes, a page as a picture, whether the bytes are still what they were."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction

from motcua.documents import rules, store
from motcua.documents.inspection import Unreadable, inspector
from motcua.documents.models import Blob, Document, PageImage


def open_blob(blob: Blob) -> "File[Any]":
    """The bytes, to be read and closed.

    Raises:
        FileNotFoundError: the storage has lost them.
    """
    return store.open_file(blob)


def form_file(sha256: str) -> Document | None:
    """The blank form with this content. What people have uploaded for themselves is never found here."""
    return Document.objects.filter(origin=Document.Origin.FORM, blob=sha256).order_by("created_at").first()


def verify(blob: Blob) -> bool:
    """Whether the storage still holds exactly these bytes; reads them all."""
    digest, size = hashlib.sha256(), 0
    try:
        with store.open_file(blob) as file:
            while chunk := file.read(store.CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == blob.sha256 and size == blob.size


def words_of(content: bytes) -> str:
    """The words of a PDF, with one space between them, however its lines break.

    Raises:
        UploadRefused: it can't be read.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-words-") as folder:
        path = Path(folder) / "content"
        path.write_bytes(content)
        return _words(path, "")


def words_of_document(document: Document) -> str:
    """The same of a document; "" for a picture.

    Raises:
        UploadRefused: it can't be read.
    """
    if document.kind != rules.PDF:
        return ""
    with store.local_file(document.blob) as path:
        return _words(path, document.name)


def _words(path: Path, name: str) -> str:
    try:
        return " ".join(inspector.text(path).split())
    except Unreadable as trouble:
        raise rules.refusal(trouble.reason, name, **trouble.facts) from None


def page_image(document: Document, page: int, width: int) -> Blob:
    """A page (from 1) as a JPEG of the next wider of `rules.PAGE_WIDTHS`; made once, then kept.

    Raises:
        LookupError: the document has no such page.
        UploadRefused: the page can't be drawn.
    """
    if not 1 <= page <= document.pages:
        raise LookupError(page)
    width = next((step for step in rules.PAGE_WIDTHS if step >= width), rules.PAGE_WIDTHS[-1])
    kept = PageImage.objects.filter(document=document, page=page, width=width).select_related("blob").first()
    if kept:
        return kept.blob
    with tempfile.TemporaryDirectory(prefix="motcua-page-") as folder, store.local_file(document.blob) as path:
        out = Path(folder) / "page"
        try:
            inspector.render(path, document.kind, "page", out, page=page, width=width)
        except Unreadable as trouble:
            raise rules.refusal(trouble.reason, document.name, **trouble.facts) from None
        stored = store.put(out)
        with transaction.atomic():
            (blob,) = store.claim(stored)
            PageImage.objects.bulk_create(
                [PageImage(document=document, page=page, width=width, blob=blob)], ignore_conflicts=True
            )
    return blob
