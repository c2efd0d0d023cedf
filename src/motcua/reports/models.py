"""The room's own aggregates: what was counted month by month, and what of it is published."""

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.procedures.models import Field, Procedure
from motcua.reports.rules.counts import Month
from motcua.reports.rules.periods import Span


class MonthCount(models.Model):
    """What one month brought to an agency for one procedure; exact, seen by nobody outside.

    Attributes:
        online, other: accepted in this month, by the way they were handed in.
        early, on_time, late: settled in this month.
        within, overdue: in work when it ended.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    online = models.PositiveIntegerField(default=0)
    other = models.PositiveIntegerField(default=0)
    early = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    within = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "agency", "field", "procedure"], name="month_count_once"),
            models.CheckConstraint(name="month_count_is_of_a_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.field_id}/{self.procedure_id} {self.month:%m/%Y}"

    @property
    def counts(self) -> Month:
        """As the rules count."""
        return Month(self.online, self.other, self.early, self.on_time, self.late, self.within, self.overdue)


class Closing(models.Model):
    """A month that is closed: counted once and published, never counted again (chốt số liệu)."""

    month = models.DateField(primary_key=True)
    closed_at = models.DateTimeField()
    # What went on before this portal came from elsewhere, and was counted there.
    taken_over = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"


class Figure(models.Model):
    """A published line of a table: all agencies, one of them, one of its fields, one procedure of a field.

    A column without a number isn't shown, so that no count under five can be read or worked out (rules.hiding). Of a
    quarter or a year that is still going on, `through` is the last month counted.
    """

    span = models.CharField(max_length=5, choices=Span)
    start = models.DateField()
    through = models.DateField()  # the first day of the last month counted
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey(Field, models.PROTECT, null=True, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="+")
    taken_in = models.PositiveIntegerField(null=True)  # (4) + (5)
    online = models.PositiveIntegerField(null=True)  # (4)
    other = models.PositiveIntegerField(null=True)  # (5)
    carried = models.PositiveIntegerField(null=True)  # (6)
    resolved = models.PositiveIntegerField(null=True)  # (7)
    early = models.PositiveIntegerField(null=True)  # (8)
    on_time = models.PositiveIntegerField(null=True)  # (9)
    late = models.PositiveIntegerField(null=True)  # (10)
    in_work = models.PositiveIntegerField(null=True)  # (11)
    within = models.PositiveIntegerField(null=True)  # (12)
    overdue = models.PositiveIntegerField(null=True)  # (13)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["span", "start", "agency", "field", "procedure"], nulls_distinct=False, name="figure_once"
            ),
            models.CheckConstraint(
                name="figure_has_its_place",
                condition=(Q(field=None) | Q(agency__isnull=False)) & (Q(procedure=None) | Q(field__isnull=False)),
            ),
            models.CheckConstraint(
                name="figure_balances",
                condition=Q(taken_in=None)
                | Q(carried=None)
                | Q(resolved=models.F("carried") + models.F("taken_in") - models.F("in_work")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "span", "start"], name="figure_of_agency")]

    def __str__(self) -> str:
        return f"{self.span} {self.start:%m/%Y} {self.agency_id}/{self.field_id}/{self.procedure_id}"

    @property
    def total(self) -> int | None:
        """(3) = (4) + (5) + (6)."""
        return None if self.taken_in is None or self.carried is None else self.taken_in + self.carried

    @property
    def punctual(self) -> float | None:
        """The share of what was settled that was settled early or on time, from 0 to 1; None: hidden, or none was."""
        if self.resolved is None or not self.resolved or self.late is None:
            return None
        return (self.resolved - self.late) / self.resolved
