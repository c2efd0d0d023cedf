"""Reads about agencies, for those who ask who works where and when."""

from datetime import date, time
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import JSONField, Q, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Calendar, Post, Role
from motcua.core.text import sort_key
from motcua.core.worktime import Calendar as WorkingCalendar

Hours = tuple[tuple[time, time], ...]


def hours_from(pairs: Any) -> Hours:
    """`[["07:30", "11:30"], …]` as times of day."""
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)


def working_calendar(agency: Agency) -> WorkingCalendar:
    """When this agency works, for the clock: its usual week and all days that differ."""
    differing = JSONBAgg(
        JSONObject(date="days__date", hours="days__hours"), filter=Q(days__isnull=False), default=Value([], JSONField())
    )
    week, days = (
        Calendar.objects.annotate(differing=differing).values_list("week", "differing").get(pk=agency.calendar_id)
    )
    return WorkingCalendar(
        week=tuple(hours_from(day) for day in week),
        days={date.fromisoformat(day["date"]): hours_from(day["hours"]) for day in days},
    )


def posts_of(user: User) -> list[Post]:
    """The posts this person holds today, with unit and agency."""
    return list(Post.objects.held_by(user, timezone.localdate()))


def is_administrator(user: User) -> bool:
    """Whether this person holds a post of an administrator today."""
    return Post.objects.held_by(user, timezone.localdate()).filter(roles__contains=[Role.ADMINISTRATOR]).exists()


def administered(user: User) -> frozenset[str] | None:
    """The codes of the agencies whose affairs this administrator looks after today; None: everybody's.

    An agency with none above it is the province's, and its administrators answer for the whole portal.
    """
    held = Post.objects.held_by(user, timezone.localdate()).filter(roles__contains=[Role.ADMINISTRATOR])
    agencies = [post.unit.agency for post in held]
    if any(agency.parent_id is None for agency in agencies):
        return None
    return frozenset(agency.code for agency in agencies)


def desks() -> list[Agency]:
    """All agencies with how to reach their desks: the province's centre first, then by name."""
    found = Agency.objects.only("code", "kind", "desk_name", "address", "phone")
    return sorted(found, key=lambda agency: (agency.kind != Agency.Kind.PROVINCE_CENTRE, sort_key(agency.desk_name)))
