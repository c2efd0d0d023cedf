"""What provinces take off fees and charges."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from motcua.places.models import Unit as Place
from motcua.procedures.models.record import Channel, FeeLine, Procedure


class FeeRelief(models.Model):
    """An exemption or a reduction set by a provincial council (miễn, giảm phí, lệ phí), in force between two days.

    It belongs to the province, not to a record: every agency there charges less for all procedures that it names.
    """

    key = models.SlugField(max_length=60, unique=True)
    province = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)  # "Giảm 30% khi nộp trực tuyến"
    procedures = models.ManyToManyField(Procedure, related_name="+")  # none: every procedure
    kind = models.CharField(max_length=6, choices=FeeLine.Kind, blank=True)  # empty: fees and charges
    percent = models.PositiveSmallIntegerField()  # what is taken off; 100: nothing is charged
    channel = models.CharField(max_length=12, choices=Channel, blank=True)  # empty: however it is handed in
    applies_if = models.JSONField(null=True)  # an e-form condition; empty: always
    ground = models.CharField(max_length=300)  # "289/2022/NQ-HĐND"
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)  # the first day on which it is no longer in force

    class Meta:
        ordering = ["province", "effective_from", "key"]
        constraints = [
            models.CheckConstraint(name="relief_is_a_part", condition=Q(percent__gte=1) & Q(percent__lte=100)),
            models.CheckConstraint(
                name="relief_ends_after_start",
                condition=Q(effective_to=None) | Q(effective_to__gt=models.F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.ground})"

    @property
    def last_day(self) -> date | None:
        """The last day on which it counts; None: no end is set."""
        return self.effective_to - timedelta(days=1) if self.effective_to else None
