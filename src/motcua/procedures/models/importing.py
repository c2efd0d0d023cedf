"""Where imported records come from, and what in them is doubtful."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from motcua.procedures.models.record import Procedure, ProcedureVersion


def _before(expression: Any, sign: str) -> models.Func:
    """What stands before a sign; all of it where the sign isn't there."""
    return models.Func(
        expression, models.Value(sign), models.Value(1), function="split_part", output_field=models.TextField()
    )


class ImportRun(models.Model):
    """One run of an import (lần nhập dữ liệu)."""

    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)  # empty: it was broken off, or goes on
    files = models.JSONField(default=list)  # their names
    counts = models.JSONField(default=dict)  # what became of the lines: {"new": 4213, "unchanged": 0, "bad": 1}
    by_name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class SourceRecord(models.Model):
    """What a source says of one procedure (bản ghi nguồn): its newest line, tidied, with nothing left out."""

    key = models.CharField(max_length=80, unique=True)  # the procedure's code; without one "nguon-" and a hash
    line = models.JSONField()  # docs/catalogue.md
    content_hash = models.CharField(max_length=64)
    is_short = models.BooleanField(default=False)  # a line of the catalogue only
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="sources")
    # The version published from this very line; empty: it waits for an editor.
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="records")
    imported_at = models.DateTimeField(auto_now=True)
    # Kept by the database beside the line, so that the editors' list needn't unpack hundreds of kilobytes to filter it.
    name = models.GeneratedField(expression=KT("line__name"), output_field=models.TextField(null=True), db_persist=True)
    field_name = models.GeneratedField(
        expression=KT("line__field"), output_field=models.TextField(null=True), db_persist=True
    )
    origin = models.GeneratedField(  # who published the file that it came with: "name@version:file" is kept by its name
        expression=_before(_before(KT("line__source"), "@"), ":"),
        output_field=models.TextField(null=True),
        db_persist=True,
    )

    def __str__(self) -> str:
        return self.key


class Doubt(models.Model):
    """Something in a source's line that isn't certain enough to be believed (điểm cần xem lại)."""

    class Kind(models.TextChoices):
        NO_CODE = "khong-ma", "Không có mã thủ tục"
        EDITED_HERE = "da-bien-tap", "Nguồn khác với bản đã biên tập tại Cổng"
        FEE_MISSING = "thieu-phi", "Nguồn không công bố phí, lệ phí"
        FEE_DOUBTFUL = "phi-nghi-ngo", "Mức phí, lệ phí đáng ngờ"
        LIMIT_MISSING = "thieu-thoi-han", "Không có thời hạn giải quyết"
        LIMIT_DOUBTFUL = "thoi-han-nghi-ngo", "Thời hạn đáng ngờ"
        PAPER_DOUBTFUL = "giay-to-nghi-ngo", "Không rõ là giấy tờ hay ghi chú"
        NAME_DOUBTFUL = "ten-nghi-ngo", "Tên thủ tục đáng ngờ"
        PART_MISSING = "thieu-phan", "Thiếu phần bắt buộc"
        STALE = "het-danh-muc", "Không còn trong danh mục quốc gia"
        DAY_OVER = "ngay-da-qua", "Ngày có hiệu lực của nguồn đã qua"

    source = models.ForeignKey(SourceRecord, models.CASCADE, related_name="doubts")
    kind = models.CharField(max_length=20, choices=Kind)
    place = models.CharField(max_length=100, blank=True)  # in the record: "methods/2"; empty: all of it
    text = models.TextField(blank=True)  # the source's own words
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["source", "kind", "place"]
        constraints = [models.UniqueConstraint(fields=["source", "kind", "place"], name="doubt_once")]
        indexes = [models.Index(fields=["kind", "source"], name="doubt_open", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"
