"""Reads about agencies, for those who ask who works where and when."""

from datetime import time
from typing import Any

from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Calendar, Post
from motcua.core.worktime import Calendar as WorkingCalendar

Hours = tuple[tuple[time, time], ...]


def hours_from(pairs: Any) -> Hours:
    """`[["07:30", "11:30"], …]` as times of day."""
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)


def working_calendar(agency: Agency) -> WorkingCalendar:
    """When this agency works, for the clock: its usual week and all days that differ."""
    calendar = Calendar.objects.prefetch_related("days").get(pk=agency.calendar_id)
    return WorkingCalendar(
        week=tuple(hours_from(day) for day in calendar.week),
        days={day.date: hours_from(day.hours) for day in calendar.days.all()},
    )


def posts_of(user: User) -> list[Post]:
    """The posts this person holds today, with unit and agency."""
    return list(Post.objects.held_by(user, timezone.localdate()))
