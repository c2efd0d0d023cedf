"""Files: what was uploaded and what we made. Stored once under the hash of the content, seen only through a door."""

import uuid

from django.db import models

from motcua.accounts.models import User


class Blob(models.Model):
    """Some bytes, stored once however often they come, under their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Document(models.Model):
    """A file with a name and an owner (tệp, giấy tờ điện tử).

    `blob` is exactly what was uploaded or made. `preview` is what a browser may show of it: a picture upright, at most
    2400 px, without its metadata; a PDF without scripts. `thumbnail` is a small JPEG of the first page. Both are made
    from `blob` when first wanted (`services.ensure_variant`).
    """

    class Kind(models.TextChoices):
        JPEG = "image/jpeg", "Ảnh JPEG"
        PNG = "image/png", "Ảnh PNG"
        HEIC = "image/heic", "Ảnh HEIC"
        WEBP = "image/webp", "Ảnh WebP"
        PDF = "application/pdf", "PDF"

    class Origin(models.TextChoices):
        UPLOAD = "upload", "Người dân tải lên"
        GENERATED = "generated", "Hệ thống lập"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # empty: made by the system
    origin = models.CharField(max_length=10, choices=Origin)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)  # as the person called it, made safe
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    preview = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    preview_kind = models.CharField(max_length=20, choices=Kind, blank=True)
    thumbnail = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    pages = models.PositiveIntegerField(default=1)
    # The original carries scripts, programs to start or embedded files; it is kept as it came, for its signatures'
    # sake, but only the preview without them is shown.
    active = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class PageImage(models.Model):
    """A page of a document as a JPEG, made once for each width that the desk's viewer asks for."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="page_images")
    page = models.PositiveIntegerField()  # from 1
    width = models.PositiveSmallIntegerField()  # pixels
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "page", "width"], name="page_image_once")]

    def __str__(self) -> str:
        return f"{self.document} {self.page}/{self.width}"
