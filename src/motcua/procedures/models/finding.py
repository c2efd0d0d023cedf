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


class UnmetSearch(models.Model):
    """What people typed and didn't find (tìm không thấy): a keyed hash until enough of them typed it, then the text.

    docs/decisions/0027-searches-without-hits.md says how nobody is known by it.
    """

    class Outcome(models.TextChoices):
        NOTHING = "khong-co", "Không có kết quả"
        WRONG = "khong-dung", "Có kết quả nhưng không đúng điều cần tìm"

    mark = models.CharField(max_length=64, unique=True)  # keyed hash of the text, folded, and of the outcome
    outcome = models.CharField(max_length=12, choices=Outcome)
    text = models.CharField(max_length=100, blank=True)  # digits blanked; empty: too few have typed it
    times = models.PositiveIntegerField(default=1)
    # Until the text is shown: who typed it, as keyed hashes that are good for this text alone, and on which days.
    visitors = ArrayField(models.CharField(max_length=16), default=list)
    days = ArrayField(models.DateField(), default=list)
    last_day = models.DateField()
    settled_at = models.DateTimeField(null=True)  # staff have seen to it
    settled_by = models.CharField(max_length=200, blank=True)  # by name, as it was then

    class Meta:
        ordering = ["-times", "text"]
        indexes = [models.Index(fields=["last_day"], name="unmet_search_by_day")]

    def __str__(self) -> str:
        return self.text or self.mark[:8]


class SearchDay(models.Model):
    """What people said of the results on one day: numbers, nothing else."""

    day = models.DateField(primary_key=True)
    found = models.PositiveIntegerField(default=0)  # "Đúng điều cần tìm"
    wrong = models.PositiveIntegerField(default=0)  # "Chưa đúng"
    nothing = models.PositiveIntegerField(default=0)  # searches without a single result

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
