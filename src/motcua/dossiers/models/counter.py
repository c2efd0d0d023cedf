"""What an officer enters for a person at the counter (nhập hồ sơ tại quầy): where they are, what papers they took."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.dossiers.models.case import Dossier, State

# What an officer is still typing in for a person: the counter's, not yet the person's.
AT_COUNTER = Q(state=State.DRAFT, helped_by__isnull=False)


class CounterCase(models.Model):
    """A draft that an officer is typing in for a person; it ends when the dossier is received or discarded."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="counter_case")
    at_field = models.CharField(max_length=120, blank=True)  # the id of the box where the typing went on last
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")  # who typed last: cases are carried on
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.dossier)


class PaperTaken(models.Model):
    """How many of a paper were taken in at the counter (số bản giấy nhận tại quầy), as mẫu 01 lists them."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers_taken")
    requirement_key = models.CharField(max_length=60)
    originals = models.PositiveSmallIntegerField(default=0)  # bản chính
    certified = models.PositiveSmallIntegerField(default=0)  # bản sao có chứng thực
    copies = models.PositiveSmallIntegerField(default=0)  # bản chụp
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "requirement_key"], name="paper_taken_once"),
            models.CheckConstraint(
                name="paper_taken_is_something", condition=Q(originals__gt=0) | Q(certified__gt=0) | Q(copies__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_key}: {self.originals}, {self.certified}, {self.copies}"

    @property
    def is_left_here(self) -> bool:
        """Whether it was shown or left with the agency, so that nobody has to bring it again: a plain copy wasn't."""
        return bool(self.originals or self.certified)
