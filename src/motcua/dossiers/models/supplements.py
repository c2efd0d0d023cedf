"""What an officer asks a person to correct, once and completely, and what the person makes of it."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.documents.models import Document
from motcua.dossiers.models.case import Dossier


class SupplementRequest(models.Model):
    """A request to complete or correct a dossier (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, mẫu 02).

    `answers` is the person's working copy: the form's answers as they type them, only the items' fields count. Nothing
    of it reaches the dossier before they send it.
    """

    class Stage(models.TextChoices):
        RECEPTION = "reception", "Khi tiếp nhận"
        PROCESSING = "processing", "Khi giải quyết"

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "Đã bổ sung"
        LATE = "late", "Đã bổ sung, quá hạn"
        ENDED = "ended", "Kết thúc, chưa bổ sung"  # withdrawn, declined or stopped meanwhile

    SENT = (Outcome.ANSWERED, Outcome.LATE)

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplements")
    stage = models.CharField(max_length=10, choices=Stage)
    reason = models.CharField(max_length=2000)  # why, for all items together
    ground = models.CharField(max_length=500)  # căn cứ: the rule that asks for it
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)  # when the time ran out and the person was told
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    field_revisions = models.JSONField(default=dict)  # as a draft's: two windows notice each other
    saved_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=1000, blank=True)  # the person's to the desk: why something stays
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)  # empty: open
    ended_at = models.DateTimeField(null=True)
    slip = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")  # mẫu 02

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(outcome=""), name="supplement_one_open"),
            models.CheckConstraint(
                name="supplement_ended_has_time",
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"bổ sung {self.asked_at:%d/%m/%Y %H:%M}"


class SupplementItem(models.Model):
    """One answer or one paper to correct, with the reason (nội dung cần bổ sung)."""

    class Kind(models.TextChoices):
        ANSWER = "answer", "Lời khai"
        PAPER = "paper", "Giấy tờ"

    request = models.ForeignKey(SupplementRequest, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    key = models.CharField(max_length=60)  # a field or a repeating group of the form; the key of a paper
    label = models.CharField(max_length=1000)  # as the person reads it
    reason = models.CharField(max_length=500, blank=True)  # empty: nobody asked, another correction brought it along
    before = models.JSONField(null=True)  # the answer when it was asked for
    after = models.JSONField(null=True)  # the answer that was sent

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "key"], name="supplement_item_once"),
        ]

    def __str__(self) -> str:
        return self.label


class SupplementFile(models.Model):
    """A file of a paper that is being corrected: as it was, and as it is to be."""

    class Which(models.TextChoices):
        OLD = "old", "Đã nộp trước"
        NEW = "new", "Nộp lại"

    item = models.ForeignKey(SupplementItem, models.CASCADE, related_name="files")
    which = models.CharField(max_length=3, choices=Which)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["which", "position"]

    def __str__(self) -> str:
        return f"{self.item} {self.which} {self.position}"
