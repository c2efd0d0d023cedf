"""Files: what was uploaded and what we made. Stored once under the hash of the content, seen only through a door."""

import uuid
from pathlib import PurePosixPath

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
        # Blank forms only: nobody can look at these in a browser, and none has a preview.
        DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (docx)"
        XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (xlsx)"
        ODT = "application/vnd.oasis.opendocument.text", "LibreOffice (odt)"
        DOC = "application/msword", "Word (doc)"
        XLS = "application/vnd.ms-excel", "Excel (xls)"

    class Origin(models.TextChoices):
        UPLOAD = "upload", "Người dân tải lên"
        FORM = "form", "Mẫu để công bố"  # a blank form: looked into as strictly as for everybody to open it
        GENERATED = "generated", "Hệ thống lập"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # empty: made by the system
    origin = models.CharField(max_length=10, choices=Origin)
    kind = models.CharField(max_length=80, choices=Kind)
    name = models.CharField(max_length=200)  # as the person called it, made safe
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    preview = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    preview_kind = models.CharField(max_length=80, choices=Kind, blank=True)
    thumbnail = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    pages = models.PositiveIntegerField(default=1)
    # The original carries scripts, programs to start or embedded files; it is kept as it came, for its signatures'
    # sake, but only the preview without them is shown.
    active = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def ending(self) -> str:
        """Of its name, as its content wants it: "docx"; empty for a name without one."""
        return PurePosixPath(self.name).suffix.removeprefix(".").lower()

    @property
    def all_signatures(self) -> "list[Signature]":
        """Its digital signatures (chữ ký số); only a PDF can have any, so nothing is asked for others."""
        return list(self.signatures.all()) if self.kind == self.Kind.PDF else []


class Signature(models.Model):
    """A digital signature in a PDF (chữ ký số): who, when, and what it was worth when the file came in."""

    class Trouble(models.TextChoices):
        """What keeps a signature from counting; the first that was found."""

        NONE = "", "Nội dung nguyên vẹn từ khi ký"
        BROKEN = "broken", "Không đọc được chữ ký này"
        CHANGED = "changed", "Nội dung đã bị sửa sau khi ký"
        CHANGED_AFTER = "changed_after", "Có phần thêm vào sau khi ký mà không được ký"
        UNTRUSTED = "untrusted", "Chưa xác nhận được nơi cấp chứng thư số"
        REVOKED = "revoked", "Chứng thư số đã bị thu hồi"
        EXPIRED = "expired", "Chứng thư số không còn hạn"

    document = models.ForeignKey(Document, models.CASCADE, related_name="signatures")
    position = models.PositiveSmallIntegerField()  # from 1, in the order of signing
    signer = models.CharField(max_length=300, blank=True)  # the name in the certificate; empty: it can't be read
    organization = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=14, blank=True)  # số định danh or mã số thuế, where the certificate has one
    number_kind = models.CharField(max_length=4, blank=True)  # "cccd", "mst" …
    serial = models.CharField(max_length=60, blank=True)  # of the certificate, hexadecimal
    issuer = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True)  # as the signer's computer said
    intact = models.BooleanField(default=False)  # the signed bytes are those that were signed
    trusted = models.BooleanField(default=False)  # the certificate leads to an authority that counts here
    in_time = models.BooleanField(default=False)  # the certificate was in force when signing, and when the file came in
    trouble = models.CharField(max_length=14, choices=Trouble, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="signature_once"),
            models.CheckConstraint(
                name="signature_good_is_sound",
                condition=~models.Q(trouble="") | models.Q(intact=True, trusted=True, in_time=True),
            ),
        ]

    def __str__(self) -> str:
        return self.signer or "chữ ký không đọc được"

    @property
    def is_good(self) -> bool:
        """Whether it counts."""
        return not self.trouble


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
