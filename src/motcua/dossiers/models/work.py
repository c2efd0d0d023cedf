"""What officers find and decide on the way, and what comes out at the end."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.documents.models import Document
from motcua.dossiers.models.case import Dossier


class Verdict(models.Model):
    """What the registrar found of one paper (kết quả kiểm tra giấy tờ)."""

    class Finding(models.TextChoices):
        GOOD = "dat", "Đạt"
        BAD = "chua-dat", "Chưa đạt"
        NOT_NEEDED = "khong-can", "Không cần"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="verdicts")
    requirement_key = models.CharField(max_length=60)
    finding = models.CharField(max_length=10, choices=Finding)
    remark = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "requirement_key"], name="verdict_once")]

    def __str__(self) -> str:
        return f"{self.requirement_key}: {self.get_finding_display()}"


class ResultDraft(models.Model):
    """A draft of the result shown to the applicant (bản nháp điện tử): at most a day to confirm, silence agrees.

    NĐ 87/2020; steps of procedure 1.001193.
    """

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", "Đồng ý"
        OBJECTED = "objected", "Đề nghị sửa"
        SILENT = "silent", "Không trả lời, coi như đồng ý"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="drafts")
    values = models.JSONField()  # what the result will say, by field of the result template
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True)  # empty: not shown to the applicant
    answer_by = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(shown_at__isnull=False) & Q(answered_at=None),
                name="draft_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"bản nháp {self.created_at:%d/%m/%Y %H:%M}"


class Decision(models.Model):
    """What the leader decided on what the registrar proposed (quyết định): approve, or send back with a reason."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Đồng ý ký"
        SENT_BACK = "sent_back", "Trả lại"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="decisions")
    draft = models.ForeignKey(ResultDraft, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(name="decision_back_has_reason", condition=~Q(outcome="sent_back") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Result(models.Model):
    """What came out (kết quả giải quyết), with its number in the book, signer and file."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    result_code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=60)  # "45/2026"
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "result_code", "number"], name="result_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} số {self.number}"


class HandOver(models.Model):
    """The result given to a person at the desk (trả kết quả tại quầy)."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="hand_over")
    receiver_name = models.CharField(max_length=200)
    receiver_number = models.CharField(max_length=12)
    fee_collected = models.PositiveIntegerField(default=0)  # đồng
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.receiver_name


class Call(models.Model):
    """A telephone call of an officer to the person of a dossier (cuộc gọi đã ghi)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="calls")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()  # when the call was, as the officer says
    phone = models.CharField(max_length=16)  # E.164: the number that was called
    answered = models.BooleanField()
    said = models.CharField(max_length=1000)  # what was agreed; of an unanswered call what was to be said
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"gọi {self.at:%d/%m/%Y %H:%M}"
