"""What search keeps: the stamp of the catalogue, the index built for it, words and results set by staff."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.procedures.models.record import Procedure


class CatalogueStamp(models.Model):
    """One row that moves with every publication: who keeps an index of the catalogue sees whether it is still true."""

    # A new one each time rather than a count: a count would come back to the same number after a rollback.
    token = models.UUIDField()

    def __str__(self) -> str:
        return str(self.token)


class StoredIndex(models.Model):
    """A search index as one file, built once for all processes; each keeps a copy and reads that."""

    token = models.UUIDField()  # of the catalogue's stamp that it was built from
    day = models.DateField()  # whose records in force it knows
    layout = models.CharField(max_length=20)  # of the file; another program reads it only if it knows this one
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "day", "layout"], name="stored_index_once")]

    def __str__(self) -> str:
        return f"{self.token} {self.day}"


class Synonym(models.Model):
    """What people say for what the catalogue writes (từ đồng nghĩa), set by staff beside the portal's own list."""

    said = models.CharField(max_length=100, unique=True)  # "sổ đỏ"
    meant = ArrayField(models.CharField(max_length=200))  # "giấy chứng nhận quyền sử dụng đất"; one of them

    class Meta:
        ordering = ["said"]

    def __str__(self) -> str:
        return self.said


class PinnedResult(models.Model):
    """A procedure that staff put on top for what people type (kết quả ghim)."""

    typed = models.CharField(max_length=200)  # folded: without accents, small letters, single blanks
    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["typed", "position"]
        constraints = [models.UniqueConstraint(fields=["typed", "procedure"], name="pinned_once")]

    def __str__(self) -> str:
        return self.typed
