"""A file on its way to a browser. The caller has checked who asks; here the browser is kept from running any of it."""

from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase

from motcua.core.text import without_accents
from motcua.documents import queries, rules, services, store
from motcua.documents.models import Blob, Document

FORM_SECONDS = 24 * 60 * 60
SANDBOX = "sandbox; default-src 'none'"  # browsers' own PDF viewers work in it (tried with Chromium 156)


def file_response(document: Document, *, variant: str = "original", download: bool = True) -> HttpResponseBase:
    """The document as "original", "preview" or "thumbnail"; `download` asks the browser to save it.

    An uploaded original is always for saving: only previews are for looking at.

    Raises:
        UploadRefused, StorageFull: the variant has to be made first, and can't be.
        FileNotFoundError: the storage has lost the file.
    """
    blob, kind = services.ensure_variant(document, variant)
    name = document.name if kind == document.kind else rules.safe_name(document.name, kind)
    uploaded_original = variant == "original" and document.origin != Document.Origin.GENERATED
    return _respond(blob, kind, name, download=download or uploaded_original)


def form_response(document: Document, name: str) -> HttpResponseBase:
    """A published blank form for everybody to save, under the name that its procedure calls it by.

    Any cache may keep it for a day: another content has another address, so it only ages when it is taken away.

    Raises:
        FileNotFoundError: the storage has lost the file.
    """
    response = _respond(document.blob, document.kind, rules.safe_name(name, document.kind), download=True)
    response["Cache-Control"] = f"public, max-age={FORM_SECONDS}"
    response["ETag"] = f'"{document.blob_id}"'
    return response


def page_response(document: Document, page: int, width: int) -> HttpResponseBase:
    """A page (from 1) as a picture, for the desk's viewer.

    Raises:
        LookupError: the document has no such page.
    """
    blob = queries.page_image(document, page, width)
    return _respond(blob, rules.JPEG, rules.safe_name(document.name, rules.JPEG), download=False)


def _respond(blob: Blob, kind: str, name: str, *, download: bool) -> HttpResponseBase:
    response: HttpResponseBase
    prefix = getattr(settings, "DOCUMENTS_ACCEL_PREFIX", "")
    if prefix:  # nginx sends the file itself (X-Accel-Redirect to an internal location)
        response = HttpResponse(content_type=kind)
        response["X-Accel-Redirect"] = prefix.rstrip("/") + "/" + store.path_of(blob.sha256)
    else:
        response = FileResponse(queries.open_blob(blob), content_type=kind)
        response["Content-Length"] = str(blob.size)
    response["Content-Security-Policy"] = SANDBOX
    response["Content-Disposition"] = disposition(name, download=download)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str, *, download: bool) -> str:
    """Content-Disposition with the name in UTF-8 (RFC 6266, RFC 5987) and, for old programs, without accents."""
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%' else "_"
        for letter in without_accents(name)
    )
    return f"{'attachment' if download else 'inline'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
