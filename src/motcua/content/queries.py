"""Reads for every page (the strip, the figures at the foot), for the page of notices and for administrators."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.content.models import Outage, VisitDay, Visitor
from motcua.content.remembered import Remembered
from motcua.content.rules import ONLINE, monday_of

SHOWN_LONG = timedelta(days=366)  # how far back the page of notices goes
MOST_PAST = 20

NO_ANSWERS = (Outage.Part.ALL, Outage.Part.LOGIN, Outage.Part.HANDING_IN)  # a person can't answer the agency


# ---- Outages ----


def _to_be_told() -> list[Outage]:
    return list(Outage.objects.to_be_told(timezone.now()))


to_be_told = Remembered(_to_be_told)


def announced() -> list[Outage]:
    """What every page must say now: outages that are on or ahead, the nearest first."""
    now = timezone.now()
    return [outage for outage in to_be_told() if now < outage.ends_at]


def past_outages(now: datetime) -> list[Outage]:
    """Those of the last year that are over or called off, the newest first."""
    over = Q(ends_at__lte=now) | Q(ended_at__isnull=False)
    return list(Outage.objects.filter(over, ends_at__gt=now - SHOWN_LONG).order_by("-starts_at", "-pk")[:MOST_PAST])


def all_outages() -> list[Outage]:
    """For administrators: everything that is on or ahead, then the last ones that are over."""
    now = timezone.now()
    return [*Outage.objects.to_be_told(now), *past_outages(now)]


def outage_at(moment: datetime) -> Outage | None:
    """The outage during which people can't answer at this moment (hand in, complete, log in); the longest one."""
    found = Outage.objects.real().filter(starts_at__lte=moment, affected__overlap=list(NO_ANSWERS))
    return max((outage for outage in found if moment < outage.over_at), key=lambda outage: outage.over_at, default=None)


# ---- Visits ----


@dataclass(frozen=True)
class Visits:
    """How many people came; one person counts once a day.

    Attributes:
        online: seen within the last five minutes.
        today, week, total: visitors of this day, of the days from Monday on, of all days.
    """

    online: int = 0
    today: int = 0
    week: int = 0
    total: int = 0


def _visits() -> Visits:
    now = timezone.now()
    today = timezone.localdate(now)
    monday = monday_of(today)
    closed = VisitDay.objects.aggregate(
        week=Coalesce(Sum("visitors", filter=Q(day__gte=monday)), 0), total=Coalesce(Sum("visitors"), 0)
    )
    # Also the marks of a day that is over and not folded up yet.
    open_days = Visitor.objects.aggregate(
        online=Count("pk", filter=Q(seen_at__gt=now - ONLINE)),
        today=Count("pk", filter=Q(day=today)),
        week=Count("pk", filter=Q(day__gte=monday)),
        total=Count("pk"),
    )
    return Visits(
        open_days["online"], open_days["today"], closed["week"] + open_days["week"],
        closed["total"] + open_days["total"],
    )  # fmt: skip


visits = Remembered(_visits)


def visits_by_day(first: date, last: date) -> list[tuple[date, int]]:
    """Visitors of each day that had any, the newest first."""
    found = dict(VisitDay.objects.filter(day__range=(first, last)).values_list("day", "visitors"))
    open_days = Visitor.objects.filter(day__range=(first, last)).values("day").annotate(count=Count("pk"))
    for row in open_days:
        found[row["day"]] = found.get(row["day"], 0) + row["count"]
    return sorted(found.items(), reverse=True)
