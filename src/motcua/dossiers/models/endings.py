"""The other ways in which a dossier ends or is put off: refused, withdrawn, late."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.documents.models import Document
from motcua.dossiers.models.case import Dossier


class Refusal(models.Model):
    """A refusal with its reason (phiếu từ chối, mẫu 03): at reception by the desk, later proposed and then signed.

    The leader's notice that the work on a dossier is stopped (mẫu 05) says the same things and is kept here too.
    """

    class Stage(models.TextChoices):
        RECEPTION = "reception", "Từ chối tiếp nhận"
        PROCESSING = "processing", "Từ chối giải quyết"
        STOPPED = "stopped", "Dừng giải quyết"

    class Outcome(models.TextChoices):
        REFUSED = "refused", "Đã từ chối"
        SENT_BACK = "sent_back", "Lãnh đạo trả lại"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="refusals")
    stage = models.CharField(max_length=10, choices=Stage)
    reason = models.CharField(max_length=2000)
    ground = models.CharField(max_length=500, blank=True)  # căn cứ
    right_agency = models.CharField(max_length=300, blank=True)  # who is competent, if another one is
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)  # empty: before the leader
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    slip = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")  # mẫu 03, 05

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(outcome="") | Q(outcome="refused"), name="refusal_one_standing"
            ),
            models.CheckConstraint(name="refusal_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_stage_display()


class Withdrawal(models.Model):
    """The person takes the dossier back (rút hồ sơ)."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"rút {self.at:%d/%m/%Y %H:%M}"


class Apology(models.Model):
    """An apology with a new date (văn bản xin lỗi và đề nghị gia hạn, mẫu 04); once only.

    Made at least a working day before the promise it moves it (`extends`); made later it only says when the result is
    to be expected, and the dossier stays late (NĐ 61/2018 Điều 19.9).
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="apology")
    reason = models.CharField(max_length=2000)
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    extends = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    slip = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")  # mẫu 04

    class Meta:
        constraints = [
            models.CheckConstraint(name="apology_is_later", condition=Q(new_due_at__gt=models.F("old_due_at"))),
        ]

    def __str__(self) -> str:
        return f"xin lỗi {self.at:%d/%m/%Y %H:%M}"
