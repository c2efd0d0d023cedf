"""Counting the dossiers of one month, from the dossiers themselves.

A dossier counts from its acceptance on, where it was accepted: what was never accepted isn't in the form's columns. It
is settled when it has a result or when it was ended without one. With a result it is early, on time or late as its
clock says (`dossiers.rules.clock.Clock.standing`); without one (refused, stopped, taken back) it is never early: "đúng
hạn" includes what was given back, as the form's note says, unless the promise had been missed.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, DateTimeField, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from motcua.core.worktime import VIETNAM, local
from motcua.dossiers.models import Dossier, Pause, State
from motcua.dossiers.rules.clock import add_months
from motcua.offerings.models import OfferingVersion
from motcua.reports.models import MonthCount
from motcua.reports.rules.counts import NOTHING, Month
from motcua.reports.rules.periods import beginning

Place = tuple[int, str, int]  # agency, field, procedure
WITHOUT_RESULT = [State.REFUSED, State.STOPPED, State.WITHDRAWN]
_PLACE = ("agency_id", "procedure_version__field_id", "procedure_version__procedure_id")


def counted(month: date) -> dict[Place, Month]:
    """What a month brought, by agency, field and procedure; for places where there is anything to tell.

    What is in work at its end is what was before, and came, less what was settled; so a line balances also where some
    of it was counted elsewhere (`Closing.taken_over`).
    """
    flows = dict(_flows(month))
    before = {place: one.in_work for place, one in month_counts(add_months(month, -1)).items()}
    overdue = _overdue_at(month)
    found = {}
    for place in flows.keys() | before.keys():
        one = flows.get(place, NOTHING)
        in_work = max(before.get(place, 0) + one.taken_in - one.resolved, 0)
        late = min(overdue.get(place, 0), in_work)
        found[place] = Month(one.online, one.other, one.early, one.on_time, one.late, in_work - late, late)
    return {place: one for place, one in found.items() if not one.empty}


def first_month() -> date | None:
    """The month in which the first dossier was accepted; None: there is none."""
    first = Dossier.objects.aggregate(first=Min("accepted_at"))["first"]
    return local(first).date().replace(day=1) if first else None


def month_counts(month: date) -> dict[Place, Month]:
    """What is kept of a month that is closed."""
    rows = MonthCount.objects.filter(month=month)
    return {(one.agency_id, one.field_id, one.procedure_id): one.counts for one in rows}


def _flows(month: date) -> Iterator[tuple[Place, Month]]:
    begins, ends = beginning(month), beginning(add_months(month, 1))
    came = Q(accepted_at__gte=begins, accepted_at__lt=ends)
    left = Q(accepted_at__isnull=False, finished_at__gte=begins, finished_at__lt=ends)
    online = Q(delivery__hand_in=OfferingVersion.HandIn.ONLINE)
    late = Q(due_at__isnull=False, finished_at__gt=F("due_at"))
    early = Q(due_at__isnull=False, finished_day__lt=F("due_day")) & ~Q(state__in=WITHOUT_RESULT)
    rows = (
        Dossier.objects.filter(came | left)
        .annotate(finished_day=TruncDate("finished_at", tzinfo=VIETNAM), due_day=TruncDate("due_at", tzinfo=VIETNAM))
        .values_list(*_PLACE)
        .annotate(
            n_online=Count("pk", filter=came & online),
            n_other=Count("pk", filter=came & ~online),
            n_early=Count("pk", filter=left & early),
            n_on_time=Count("pk", filter=left & ~late & ~early),
            n_late=Count("pk", filter=left & late),
        )
        .order_by()
    )
    for agency, field, procedure, *counts in rows:
        yield (agency, field, procedure), Month(*counts)


def _overdue_at(month: date) -> dict[Place, int]:
    """What had missed its promise when the month ended, as the promise was then: clocks may have stopped since."""
    moment = beginning(add_months(month, 1))
    stopped = Pause.objects.filter(dossier=OuterRef("pk"), started_at__lt=moment).filter(
        Q(ended_at=None) | Q(ended_at__gt=moment)
    )
    later = Pause.objects.filter(dossier=OuterRef("pk"), started_at__gte=moment).order_by("started_at")
    rows = (
        Dossier.objects.filter(accepted_at__lt=moment)
        .filter(Q(finished_at=None) | Q(finished_at__gte=moment))
        .annotate(
            due_then=Coalesce(Subquery(later.values("due_before")[:1]), F("due_at"), output_field=DateTimeField()),
        )
        .filter(due_then__lt=moment)
        .exclude(Exists(stopped))
        .values_list(*_PLACE)
        .annotate(number=Count("pk"))
        .order_by()
    )
    return {(agency, field, procedure): count for agency, field, procedure, count in rows}
