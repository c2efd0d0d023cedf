"""What editors are at: records being written, procedures withdrawn."""

from django.db import models
from django.db.models import Q

from motcua.procedures.models.record import Procedure, ProcedureVersion


class Draft(models.Model):
    """The next record of a procedure while it is being written (bản nháp); a procedure has one at most.

    Its content is a version with number 0 that isn't published; publication gives it its number.
    """

    procedure = models.OneToOneField(Procedure, models.CASCADE, related_name="draft")
    version = models.OneToOneField(ProcedureVersion, models.CASCADE, related_name="draft")
    # The version that it was begun from. Another one standing now: what came between must be looked at.
    base = models.ForeignKey(ProcedureVersion, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=200)  # by name, as it was then

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return str(self.procedure)


class Withdrawal(models.Model):
    """A procedure is no longer in force from a day on (bãi bỏ thủ tục)."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="withdrawals")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")  # the last one in force
    day = models.DateField()  # the first one without it
    reason = models.TextField()  # people read this sentence
    decision_no = models.CharField(max_length=100, blank=True)  # số quyết định bãi bỏ
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)  # before its day came

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["version"], condition=Q(taken_back_at=None), name="withdrawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.day:%d/%m/%Y}"
