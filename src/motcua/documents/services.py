"""The acts on files: take one in, keep one that we made, make what a browser can show, throw one away, tidy up."""

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, ManyToOneRel, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from motcua.accounts.models import User
from motcua.audit.services import record
from motcua.documents import queries, rules, store
from motcua.documents.inspection import Unreadable, inspector
from motcua.documents.models import Blob, Document, PageImage, Signature
from motcua.documents.pdf import make_pdf
from motcua.documents.rules import StorageFull, UploadRefused
from motcua.documents.signatures import NoKey, keys
from motcua.documents.signatures.checking import MARK, signatures_in

__all__ = [
    "NoKey",
    "StorageFull",
    "UploadRefused",
    "discard",
    "ensure_variant",
    "make_pdf",
    "make_signed_pdf",
    "seal_pdf",
    "sign_pdf",
    "store_generated",
    "sweep",
    "take_form_file",
    "take_upload",
]

KEEP_UNUSED = timedelta(days=1)  # a form may be open that long before its file is attached


class Upload(Protocol):
    """What Django gives a view for a file; any object with a name, its size in bytes, and `read(size)`."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self, size: int = ..., /) -> bytes: ...


def take_upload(file: Upload, *, by: User) -> Document:
    """Take in a file that a person chose: look into it, store it, make its thumbnail.

    Call it outside a transaction: looking into a file takes up to seconds.

    Raises:
        UploadRefused: empty, too large, of a kind that we don't take, damaged, too many pixels or pages, encrypted.
        StorageFull: there is no space left.
    """
    name = file.name or ""
    with store.room_or_refusal(), tempfile.TemporaryDirectory(prefix="motcua-upload-") as folder:
        scratch = _Scratch(Path(folder))
        _receive(file, scratch.original, most=settings.UPLOAD_MAX_BYTES)
        document, signatures = _look_into(scratch, name)
        document.owner = by
        return _keep(document, scratch, signatures, by=by, act="document.uploaded")


def take_form_file(file: Upload, *, by: User | None) -> Document:
    """Take in a blank form that everybody is to download: docx, doc, odt, xlsx, xls or PDF, that does nothing but show.

    Call it outside a transaction. The same bytes come back as the same document.

    Raises:
        UploadRefused: empty, over `rules.FORM_MAX_BYTES`, another kind, damaged, encrypted; it carries a program, a
            control or another file, or fetches something when opened.
        StorageFull: there is no space left.
    """
    name = file.name or ""
    with store.room_or_refusal(), tempfile.TemporaryDirectory(prefix="motcua-form-") as folder:
        scratch = _Scratch(Path(folder))
        _receive(file, scratch.original, most=min(rules.FORM_MAX_BYTES, settings.UPLOAD_MAX_BYTES))
        try:
            kind, pages = _form_kind(scratch)
        except Unreadable as trouble:
            raise rules.form_refusal(trouble.reason, name, **trouble.facts) from None
        if known := queries.form_file(store.described(scratch.original).sha256):
            return known
        origin, safe = Document.Origin.FORM, rules.safe_name(name, kind)
        document = Document(origin=origin, kind=kind, name=safe, owner=by, pages=pages)
        return _keep(document, scratch, [], by=by, act="document.uploaded")


def _form_kind(scratch: "_Scratch") -> tuple[str, int]:
    """The kind of a blank form, and its pages where it is a PDF; else 1.

    Raises:
        Unreadable: it can't be taken.
    """
    if set(inspector.detect(scratch.original)) != {rules.PDF}:
        return inspector.office(scratch.original), 1
    paths = {"thumbnail": scratch.thumbnail, "preview": scratch.preview}
    found = inspector.inspect(scratch.original, rules.PDF, **paths)
    if found.active:
        raise Unreadable("active")
    return rules.PDF, found.pages


def _receive(file: Upload, into: Path, *, most: int) -> None:
    """Write what comes to a file; at most so many bytes, whatever it calls itself.

    Raises:
        UploadRefused: empty, or larger. StorageFull: it was cut off for want of space.
    """
    name = file.name or ""
    if getattr(file, "no_room", False):  # see handlers.BoundedUploadHandler
        raise StorageFull
    if file.size is not None:
        rules.check_size(file.size, most, name)
    try:
        size = store.receive(file, into, most=most)
    except store.TooMuch:  # it called itself smaller than it is
        size = most + 1
    rules.check_size(size, most, name)


@dataclass(frozen=True)
class _Scratch:
    """The files of one upload on their way into the store."""

    folder: Path

    @property
    def original(self) -> Path:
        return self.folder / "original"

    @property
    def preview(self) -> Path:
        return self.folder / "preview"

    @property
    def thumbnail(self) -> Path:
        return self.folder / "thumbnail"


def _look_into(scratch: _Scratch, name: str) -> tuple[Document, list[Signature]]:
    """A document and its signatures, none of it saved yet.

    The thumbnail and, where one is needed, the preview lie in the scratch folder.
    """
    with _in_words(name):
        kind = rules.agreed_kind(*inspector.detect(scratch.original), name)
        found = inspector.inspect(scratch.original, kind, thumbnail=scratch.thumbnail, preview=scratch.preview)
        signatures = signatures_in(scratch.original) if found.signed else []
    document = Document(
        origin=Document.Origin.UPLOAD,
        kind=kind,
        name=rules.safe_name(name, kind),
        pages=found.pages,
        active=found.active,
        preview_kind=_preview_kind(kind) if found.preview else "",
    )
    return document, signatures


@contextlib.contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except Unreadable as trouble:
        raise rules.refusal(trouble.reason, name, **trouble.facts) from None


def _preview_kind(kind: str) -> str:
    return kind if kind == rules.PDF else rules.JPEG


def _keep(document: Document, scratch: _Scratch, signatures: list[Signature], *, by: User | None, act: str) -> Document:
    """The files first, then, in one transaction, all the rows."""
    paths = {"blob": scratch.original, "preview": scratch.preview, "thumbnail": scratch.thumbnail}
    parts = [part for part, path in paths.items() if path.exists()]
    stored = store.put(*(paths[part] for part in parts))
    with transaction.atomic():
        for part, blob in zip(parts, store.claim(stored), strict=True):
            setattr(document, part, blob)
        document.save(force_insert=True)
        for signature in signatures:
            signature.document = document
        Signature.objects.bulk_create(signatures)
        record(
            act,
            subject_kind="document",
            subject_ref=str(document.pk),
            actor=by,
            kind=document.kind,
            size=document.blob.size,
            sha256=document.blob.sha256,
        )
    return document


def store_generated(
    content: bytes, name: str, *, kind: str = Document.Kind.PDF, owner: User | None = None, pages: int = 1
) -> Document:
    """Keep a file that we made ourselves; `owner` is the person it was made for.

    Raises:
        StorageFull: there is no space left.
    """
    document = Document(
        origin=Document.Origin.GENERATED, kind=kind, name=rules.safe_name(name, kind), owner=owner, pages=pages
    )
    with store.room_or_refusal(), tempfile.TemporaryDirectory(prefix="motcua-made-") as folder:
        scratch = _Scratch(Path(folder))
        scratch.original.write_bytes(content)
        signatures = signatures_in(scratch.original) if MARK in content else []
        return _keep(document, scratch, signatures, by=None, act="document.generated")


def make_signed_pdf(
    template: str,
    values: Mapping[str, Any],
    *,
    title: str,
    agency_name: str,
    signer: User | None = None,
    post: str = "",
    at: datetime | None = None,
) -> bytes:
    """A paper of an agency as a PDF: made, signed by an officer if there is a `signer`, and sealed.

    Where this portal signs nothing, it is only made, and says nothing of a signature.

    Args:
        template, values, title, at: as for `make_pdf`.
        post: the signer's title ("Chủ tịch").

    Raises:
        TemplateError: the values don't fit the template.
        NoKey: there is no key for this agency or officer.
    """
    content = make_pdf(template, values, title=title, at=at, sealed_by=agency_name if keys.signs() else "")
    if signer:
        content = sign_pdf(content, signer=signer, title=post, organization=agency_name, reason=title)
    return seal_pdf(content, agency_name=agency_name, reason=title)


def sign_pdf(content: bytes, *, signer: User, title: str, organization: str, reason: str) -> bytes:
    """The PDF with an officer's signature (ký số) after what was there; unchanged where this portal signs nothing.

    Raises:
        NoKey: there is no key for this officer.
    """
    if not keys.signs():
        return content
    from motcua.documents.signatures.signing import sign  # a quarter of a second, for those who sign

    return sign(content, keys.key_of_person(signer, title=title, organization=organization), reason=reason)


def seal_pdf(content: bytes, *, agency_name: str, reason: str) -> bytes:
    """The PDF with the agency's seal (chữ ký số của cơ quan) as well; unchanged where this portal signs nothing.

    Raises:
        NoKey: there is no key for this agency.
    """
    if not keys.signs():
        return content
    from motcua.documents.signatures.signing import sign

    return sign(content, keys.key_of_seal(agency_name), reason=reason)


def ensure_variant(document: Document, variant: str) -> tuple[Blob, str]:
    """The blob of "original", "preview" or "thumbnail", and its kind; made now if it wasn't wanted before.

    Raises:
        UploadRefused: it can't be drawn.
        StorageFull: there is no space left.
    """
    if variant == "thumbnail":
        return document.thumbnail or _render(document, "thumbnail"), rules.JPEG
    if variant == "preview":
        if document.kind == rules.PDF and not document.active:
            return document.blob, rules.PDF
        return document.preview or _render(document, "preview"), _preview_kind(document.kind)
    return document.blob, document.kind


def _render(document: Document, variant: str) -> Blob:
    with (
        store.room_or_refusal(),
        tempfile.TemporaryDirectory(prefix="motcua-view-") as folder,
        store.local_file(document.blob) as path,
    ):
        out = Path(folder) / variant
        with _in_words(document.name):
            inspector.render(path, document.kind, variant, out)
        stored = store.put(out)
        with transaction.atomic():
            (blob,) = store.claim(stored)
            setattr(document, variant, blob)
            changed = [variant]
            if variant == "preview":
                document.preview_kind = _preview_kind(document.kind)
                changed.append("preview_kind")
            document.save(update_fields=changed)
    return blob


@transaction.atomic
def discard(document: Document, *, by: User) -> None:
    """Throw away an upload that nothing refers to any more; its bytes go with a later sweep, unless others use them.

    Raises:
        django.db.models.ProtectedError: something still refers to it.
    """
    ref, sha256 = str(document.pk), document.blob_id
    document.delete()
    record("document.discarded", subject_kind="document", subject_ref=ref, actor=by, sha256=sha256)


@dataclass(frozen=True)
class Swept:
    """How much the sweep took away."""

    documents: int
    blobs: int
    files: int


def sweep(*, now: datetime | None = None) -> Swept:
    """Take away what a day has not used: uploads never attached, bytes without a document, files without a row."""
    moment = (now or timezone.now()) - KEEP_UNUSED
    documents = [document for document in _unused_documents(moment) if _discard_unused(document)]
    blobs = [
        sha256
        for sha256 in _unused_blobs(moment).values_list("pk", flat=True).iterator()
        if store.remove_unused(sha256, moment)
    ]
    files = [name for name in store.files_before(moment) if store.remove_unclaimed(name, moment)]
    return Swept(len(documents), len(blobs), len(files))


def _unused_documents(moment: datetime) -> "QuerySet[Document]":
    """Uploads older than a moment to which no row of any room refers; asks the model, so it needs to know no room."""
    uploads = [Document.Origin.UPLOAD, Document.Origin.FORM]
    unused = Document.objects.filter(origin__in=uploads, created_at__lt=moment)
    for relation in Document._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.related_model not in {PageImage, Signature}:
            there = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            unused = unused.exclude(Exists(there))
    return unused


def _discard_unused(document: Document) -> bool:
    with contextlib.suppress(ProtectedError, IntegrityError), transaction.atomic():
        ref, sha256 = str(document.pk), document.blob_id
        document.delete()
        record("document.discarded", subject_kind="document", subject_ref=ref, actor=None, sha256=sha256)
        return True
    return False


def _unused_blobs(moment: datetime) -> "QuerySet[Blob]":
    unused = Blob.objects.filter(created_at__lt=moment)
    for model, name in (
        (Document, "blob"),
        (Document, "preview"),
        (Document, "thumbnail"),
        (PageImage, "blob"),
    ):
        unused = unused.exclude(Exists(model._default_manager.filter(**{name: OuterRef("pk")})))
    return unused
